"""Refusals of plans, investments and assumptions."""

from domain.kernel.errors import DomainError


class PlanNotDraft(DomainError):
    """Only a draft can be written and submitted."""

    code = "plan_not_draft"
    help = "Draft a new version from this one."

    def __init__(self) -> None:
        super().__init__("This version of the plan is no draft any more.")


class PlanNotSubmitted(DomainError):
    """Nobody asked for a decision about it."""

    code = "plan_not_submitted"
    help = "Open it again to see how it was decided, or submit it first."

    def __init__(self) -> None:
        super().__init__("This version of the plan does not wait for a decision.")


class PlanEmpty(DomainError):
    """A plan without lines plans nothing."""

    code = "plan_empty"
    help = "Write its lines first."

    def __init__(self) -> None:
        super().__init__("This version of the plan has no lines.")


class PlanNotReconciled(DomainError):
    """What is stated of a unit is not what its lines and those below it come to."""

    code = "plan_not_reconciled"
    help = "Correct the lines or the stated total; `totals` shows each difference."


class ProfitDiffers(DomainError):
    """A profit was given that is not revenue minus cost."""

    code = "profit_differs"
    help = "Leave the profit out, or correct revenue and cost: it is computed from them."


class InvestmentNotOpen(DomainError):
    """The investment is not in a state in which this can be done with it."""

    code = "investment_not_open"


class GateNotOpen(DomainError):
    """Another gate stands before this one, or it is passed."""

    code = "gate_not_open"
    help = "Decide the gates in their order; what was passed stays passed."


class RevisionSettled(DomainError):
    """Somebody settled it already."""

    code = "revision_settled"

    def __init__(self) -> None:
        super().__init__("This revision is settled already.")
