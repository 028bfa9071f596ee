"""Refusals of targets."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import numbers
from domain.kernel.errors import DomainError

_HOW = "Ask for an exemption with `askExemption`: a reason, evidence and a last day; two people must agree to it."


class TargetNotExceeding(DomainError):
    """A target does not exceed the one that it continues."""

    code = "target_not_exceeding"

    def __init__(
        self, title: str, *, previous_id: UUID, previous: Decimal | None, minimum: Decimal | None, direction: str
    ) -> None:
        super().__init__(_sentence(title, previous, minimum, direction), help=_help(minimum))
        self.previous_id = previous_id
        self.previous_target = previous
        self.minimum = minimum


def _sentence(title: str, previous: Decimal | None, minimum: Decimal | None, direction: str) -> str:
    if previous is None or minimum is None:
        return f"“{title}” is measured otherwise than in the last cycle, so that nobody can tell whether it exceeds it."
    stood = numbers.plain(previous)
    return f"“{title}” does not exceed its last target of {stood}: it must be {direction} {numbers.plain(minimum)}."


def _help(minimum: Decimal | None) -> str:
    return f"Measure it as before. {_HOW}" if minimum is None else f"Set a more ambitious target. {_HOW}"


class ExemptionExpired(DomainError):
    """The exemption that a target rests on has ended since it was submitted."""

    code = "exemption_expired"
    help = "Decline it, so that its owner can set another target or ask for a new exemption."

    def __init__(self, last_day: date) -> None:
        super().__init__(f"The exemption that this target rests on ended on {last_day.isoformat()}.")


class ExemptionNotOpen(DomainError):
    """An exemption is not in the state that the step needs."""

    code = "exemption_not_open"
    help = "Open it again to see how it was decided."

    def __init__(self) -> None:
        super().__init__("This exemption does not wait for this step.")


class SecondPersonNeeded(DomainError):
    """One person cannot take two of the steps that need different people."""

    code = "second_person_needed"
    help = "Ask somebody else who may decide it."

    def __init__(self) -> None:
        super().__init__("Who asked or agreed before cannot agree again: it takes another person.")


class AlreadyAgreed(DomainError):
    """The shares are agreed already."""

    code = "already_agreed"
    help = "Propose other shares if they should change."

    def __init__(self) -> None:
        super().__init__("These shares are agreed already.")
