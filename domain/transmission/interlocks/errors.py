"""Refusals of interlocks."""

from domain.kernel.errors import DomainError


class InterlockSettled(DomainError):
    """It does not stand where this can be done."""

    code = "interlock_settled"
    help = "Open it again to see where it stands."

    def __init__(self) -> None:
        super().__init__("This cannot follow on where the promise stands now.")


class InterlockOverdue(DomainError):
    """Its date has passed: it was kept, or it was not."""

    code = "interlock_overdue"
    help = "Let it be delivered late, and propose another one for what comes."

    def __init__(self) -> None:
        super().__init__("The date of this promise has passed; it can no longer be withdrawn.")


class NotTheirUnit(DomainError):
    """The person cannot promise for this unit."""

    code = "not_their_unit"
    help = "Name a unit in which the person works, or one below it."

    def __init__(self) -> None:
        super().__init__("This person does not work in this unit or above it.")
