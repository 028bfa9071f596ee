"""What weights really do: how much of the scores' differences an item makes, beside the weight that it was given.

An item that is the same for everybody decides nothing, whatever its weight says.
"""

from collections.abc import Sequence
from decimal import Decimal

from domain.scorecards.scoring.arithmetic import ZERO, exact, finest

CARDS_MIN = 3
"""From two cards every spread is a coincidence."""


@exact
def weights(nominal: Sequence[int], scores: Sequence[Sequence[Decimal]]) -> list[Decimal] | None:
    """The effective weights of items, in parts of 1: w·cov(s, S)/var(S), which allows for items that move together.

    `scores` has a row for each card, with the score of each item. One may be negative: it works against the whole.
    None for fewer than three cards and where all come to the same. They add up to 1 but for the twentieth decimal.
    """
    if len(scores) < CARDS_MIN or not sum(nominal):
        return None
    totals = [sum((weight * score for weight, score in zip(nominal, row, strict=True)), ZERO) for row in scores]
    spread = _joint(totals, totals)
    if not spread:
        return None
    columns = [[row[at] for row in scores] for at in range(len(nominal))]
    return [finest(weight * _joint(column, totals) / spread) for weight, column in zip(nominal, columns, strict=True)]


def _joint(left: Sequence[Decimal], right: Sequence[Decimal]) -> Decimal:
    """n² times the covariance: without a mean, nothing is rounded."""
    products = sum((a * b for a, b in zip(left, right, strict=True)), ZERO)
    return len(left) * products - sum(left, ZERO) * sum(right, ZERO)
