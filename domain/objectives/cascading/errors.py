"""Refusals of the cascade."""

from decimal import Decimal

from domain.kernel.errors import DomainError


class SplitImpossible(DomainError):
    """A target cannot be divided as it was asked."""

    code = "split_impossible"
    help = "Widen the bounds, or change the reserve."


class SplitNotConserved(DomainError):
    """Slices and reserve do not add up to the target."""

    code = "split_not_conserved"
    help = "Change a slice or the reserve, or say why it need not add up."

    def __init__(self, difference: Decimal) -> None:
        over = "more" if difference > 0 else "less"
        super().__init__(f"Slices and reserve are {abs(difference).normalize():f} {over} than the target together.")
        self.difference = difference


class NotSplittable(DomainError):
    """The target of this key result cannot be thrown down in slices."""

    code = "not_splittable"


class AlignmentSettled(DomainError):
    """It does not wait for this answer."""

    code = "alignment_settled"
    help = "Open it again to see how it stands."

    def __init__(self) -> None:
        super().__init__("This does not wait for such an answer.")


class RoundsSpent(DomainError):
    """Both sides had their turns."""

    code = "rounds_spent"
    help = "Accept it or decline it with a reason. Those above have been told."

    def __init__(self, rounds: int) -> None:
        super().__init__(f"This was countered {rounds} times already.")


class AlreadyAligned(DomainError):
    """There is such an alignment already."""

    code = "already_aligned"

    def __init__(self) -> None:
        super().__init__("These are aligned already, or one of both sides has been asked.")
