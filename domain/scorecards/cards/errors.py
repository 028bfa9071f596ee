"""Refusals of scorecards."""

from collections.abc import Sequence

from domain.kernel.errors import DomainError


class ScorecardNotPublishable(DomainError):
    """Something is missing or does not fit together; the sentence names everything at once."""

    code = "scorecard_not_publishable"

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))


class OrphanKpi(DomainError):
    """A key figure serves no strategic objective and nobody says why."""

    code = "orphan_kpi"
    help = "Name the strategic objective or the item that it serves, or say why it is operational."

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(f"Nothing says what these key figures serve: {', '.join(titles)}.")


class CountedTwice(DomainError):
    """The same figure or objective would count twice in a card."""

    code = "counted_twice"
    help = "Keep one of the two ways, or leave the measure off the objective."


class ScorecardCircle(DomainError):
    """Cards would count in a circle; the sentence names the way round."""

    code = "scorecard_circle"

    def __init__(self, path: Sequence[str]) -> None:
        super().__init__(f"These scorecards would count in a circle: {' → '.join(path)}.")


class ScorecardNotOpen(DomainError):
    """The card is a draft or closed, and what was asked needs a published one, or the other way round."""

    code = "scorecard_not_open"


class PeriodNotClosable(DomainError):
    """The month cannot be closed now."""

    code = "period_not_closable"
    help = "Close the months in their order, each when it is over and its figures are there."


class ScorecardExists(DomainError):
    """The unit or person has a card for this cycle."""

    code = "scorecard_exists"
    help = "Change the card that is there."
