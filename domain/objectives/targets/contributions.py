"""Who contributed how much to a joint result: shares in percent that add up to exactly 100.

Three ways, of the domain's paper B06. Agreed: the shares as people agreed on them. Driver: in proportion to one figure,
as hours or revenue. Shapley: the mean of what each adds, over all orders in which the players may come together; with
nobody it is worth nothing, and a group that nobody estimated is worth what its best part is worth.

Shares are whole hundredths of a percent: they are agreed on like money. What rounding down leaves goes to the largest
remainders, of equal ones to the first.
"""

import operator
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import factorial, lcm

from domain.kernel.errors import InvalidInput

PLAYERS_MAX = 12
"""All groups of twelve are 4,096."""
LINES_MAX = 50
"""How many persons and units may share a result."""
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
_CENTS = 10_000


def check_agreed(shares: Sequence[Decimal]) -> None:
    """InvalidInput unless they are hundredths of a percent above 0 that add up to exactly 100."""
    for at, share in enumerate(shares):
        if not 0 < share <= HUNDRED or share != share.quantize(CENT):
            message = "A share is above 0 and at most 100 %, in hundredths of a percent."
            raise InvalidInput(message, field=f"lines.{at}.share")
    if (total := sum(shares, Decimal(0))) != HUNDRED:
        raise InvalidInput(f"The shares add up to {total:f} %, not to 100 %.", field="lines")


def by_driver(values: Sequence[Decimal]) -> list[Decimal]:
    """Shares in proportion to a figure of each; InvalidInput where one is negative or nobody has any."""
    if any(value < 0 for value in values):
        raise InvalidInput("The figure that drives a share cannot be negative.", field="lines")
    if not any(values):
        raise InvalidInput("Nobody has any of the figure that drives the shares.", field="lines")
    return percentages([Fraction(value) for value in values])


def percentages(values: Sequence[Fraction]) -> list[Decimal]:
    """Each value in percent of their sum, which is not zero, so that they add up to exactly 100."""
    total = sum(values)
    exact = [_CENTS * value / total for value in values]
    floors = [share.numerator // share.denominator for share in exact]
    by_remainder = sorted(range(len(values)), key=lambda at: (floors[at] - exact[at], at))
    raised = set(by_remainder[: _CENTS - sum(floors)])
    return [(floor + (at in raised)) * CENT for at, floor in enumerate(floors)]


def shapley(players: int, worth: Mapping[int, Decimal]) -> list[Fraction]:
    """What each player adds on average; they add up to what all together are worth.

    `worth` is of groups, whose members are the bits of the key: player 0 is 1, player 1 is 2, both together are 3.
    """
    check_players(players)
    values, scale = _whole(_completed(players, worth))
    sums = [[0] * players for _ in range(players)]
    for group, value in enumerate(values):
        others = group.bit_count()
        for player in range(players):
            if not group >> player & 1:
                sums[player][others] += values[group | 1 << player] - value
    orders = [factorial(others) * factorial(players - 1 - others) for others in range(players)]
    total = factorial(players) * scale
    return [Fraction(sum(map(operator.mul, orders, of_one)), total) for of_one in sums]


def by_shapley(players: int, worth: Mapping[int, Decimal]) -> list[Decimal]:
    """Shares by Shapley's value; a share is negative of who takes away more than they add.

    InvalidInput where all together are worth nothing.
    """
    values = shapley(players, worth)
    if sum(values) <= 0:
        raise InvalidInput("All together must be worth more than nothing.", field="groups")
    return percentages(values)


def check_players(players: int) -> None:
    """InvalidInput for more than can be computed exactly."""
    if not 1 <= players <= PLAYERS_MAX:
        message = f"Shapley's value is computed exactly for 1 to {PLAYERS_MAX} players, not for {players}."
        raise InvalidInput(message, field="lines", help="Put some of them together as one, or agree on shares.")


def _completed(players: int, worth: Mapping[int, Decimal]) -> list[Fraction]:
    """The worth of every group; one that is not named is worth as much as its best part, and nobody nothing."""
    values = [Fraction(0)] * (1 << players)
    for group in range(1, len(values)):
        if group in worth:
            values[group] = Fraction(worth[group])
        else:
            parts = (values[group ^ 1 << player] for player in range(players) if group >> player & 1)
            values[group] = max(parts)
    return values


def _whole(values: Sequence[Fraction]) -> tuple[list[int], int]:
    """The values as whole numbers, and how many times greater they are: sums of those are a tenth of the work."""
    scale = lcm(*(value.denominator for value in values))
    return [value.numerator * (scale // value.denominator) for value in values], scale
