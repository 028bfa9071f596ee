"""Refusals of objectives."""

from domain.kernel.errors import DomainError


class ObjectiveNotSubmitted(DomainError):
    """It does not wait for a decision."""

    code = "objective_not_submitted"
    help = "Open it again to see how it was decided."

    def __init__(self) -> None:
        super().__init__("This objective does not wait for a decision.")


class ObjectiveNotEditable(DomainError):
    """It is under review or already promised."""

    code = "objective_not_editable"
    help = "Withdraw it first, or ask for a change once it is promised."

    def __init__(self) -> None:
        super().__init__("This objective is under review or promised and cannot be edited.")


class ObjectiveNotActive(DomainError):
    """Only a promised objective can be checked in on."""

    code = "objective_not_active"

    def __init__(self) -> None:
        super().__init__("Only a promised objective can be checked in on.")


class WeightsNot100(DomainError):
    """The weights of the key results do not add up."""

    code = "weights_not_100"

    def __init__(self, total: int) -> None:
        super().__init__(
            f"The weights of the key results add up to {total} %, not to 100 %.",
            help="Even them out, then submit again.",
        )


class SetOver100(DomainError):
    """The owner's objectives of the cycle weigh more than 100 % together."""

    code = "set_over_100"

    def __init__(self, total: int) -> None:
        super().__init__(
            f"Your objectives of this cycle would weigh {total} % together.",
            help="Lower a weight until all of them together weigh at most 100 %.",
        )


class NoApprover(DomainError):
    """Nobody is named who could approve."""

    code = "no_approver"
    help = "Ask your HR partner to name your manager."

    def __init__(self) -> None:
        super().__init__("Nobody is named who could approve this objective.")


class IntentMovedOn(DomainError):
    """The intent has a newer version than the one that is talked about."""

    code = "intent_moved_on"
    help = "Read the intent as it is now, and say that back."

    def __init__(self) -> None:
        super().__init__("This intent has a newer version.")


class SayBackConfirmed(DomainError):
    """What was said back is confirmed and need not be said again."""

    code = "say_back_confirmed"

    def __init__(self) -> None:
        super().__init__("What was said back of this intent is confirmed already.")


class SayBackNotWaiting(DomainError):
    """What was said back was answered, or said anew since."""

    code = "say_back_not_waiting"
    help = "Open the objective again to see what is said of its intent now."

    def __init__(self) -> None:
        super().__init__("What was said back does not wait for an answer any more.")
