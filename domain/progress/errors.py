"""What progress refuses."""

from domain.kernel.errors import DomainError


class BalanceTooLow(DomainError):
    """The account does not hold as much."""

    code = "balance_too_low"

    def __init__(self) -> None:
        super().__init__("The account does not hold as much.")


class AlreadyReversed(DomainError):
    """An entry is taken back once."""

    code = "already_reversed"

    def __init__(self) -> None:
        super().__init__("This entry was taken back, or takes back another one.")
