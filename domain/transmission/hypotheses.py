"""Whether a cause on the strategy map moves its effect: monthly changes of one figure beside later ones of another.

Changes and not values: two figures that both grow always go together. The correlation is Pearson's, of the change of
the cause in a month with the change of the effect `lag` months on. Its interval is Fisher's, tanh(atanh r ± z / √(m-3))
with z = 1.96, where m is the number of pairs, lessened for series whose neighbours resemble or contradict each other
(Bartlett: m = n / (1 + 2 rx·ry), with the correlations rx and ry of neighbouring changes). The statistic is computed in
floating point, which PostgreSQL never sees; it is told to four decimals, and nothing is scored by it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise

PAIRS_MIN = 12
"""Fewer tell nothing: domain.md, A20."""
MONTHS_MAX = 120
LAGS_MAX = 12
"""How many months on the other lags are looked at as well."""
Z = 1.959963984540054
"""Of 95 in 100, to both sides: of links between figures that have nothing to do with each other, some five in a hundred
seem to be told."""
_TOLD = Decimal("0.0001")


class Verdict(StrEnum):
    """What the figures say of a link."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    OPEN = "OPEN"


class Untold(StrEnum):
    """Why the figures say nothing."""

    NO_MEASURE = "NO_MEASURE"
    SAME_MEASURE = "SAME_MEASURE"
    NOT_ENOUGH_DATA = "NOT_ENOUGH_DATA"
    NO_VARIATION = "NO_VARIATION"
    INTERVAL_HOLDS_ZERO = "INTERVAL_HOLDS_ZERO"


@dataclass(frozen=True, slots=True)
class AtLag:
    """How the changes go together so many months apart, of how many pairs."""

    lag_months: int
    correlation: Decimal
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of the test of a link. Correlations are turned so that better goes with better."""

    verdict: Verdict
    why: Untold | None
    pairs: int
    correlation: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    agreeing: Decimal | None = None
    """The share of pairs in which both figures changed as the link says, of those in which both changed."""
    lags: tuple[AtLag, ...] = ()
    """The same at other lags, from no lag on, where there are pairs enough."""

    @property
    def strongest_lag(self) -> int | None:
        """The lag at which the changes go together most, either way; of equal ones the shortest."""
        found = max(self.lags, key=lambda one: (abs(one.correlation), -one.lag_months), default=None)
        return None if found is None else found.lag_months


Series = Mapping[int, float]
"""Changes by the number of their month."""


def judge(
    cause: Mapping[date, Decimal],
    effect: Mapping[date, Decimal],
    *,
    lag_months: int,
    sign: int,
    orientation: int,
) -> Judged:
    """Test a link: `sign` is 1 or -1 as the map says, `orientation` -1 where of one of both less is better."""
    causes, effects = changes(cause), changes(effect)
    pairs = _pairs(causes, effects, lag_months)
    if len(pairs) < PAIRS_MIN:
        return Judged(verdict=Verdict.OPEN, why=Untold.NOT_ENOUGH_DATA, pairs=len(pairs))
    found = correlation(pairs)
    if found is None:
        return Judged(verdict=Verdict.OPEN, why=Untold.NO_VARIATION, pairs=len(pairs))
    low, high = sorted(one * orientation for one in interval(found, _counting(pairs)))
    verdict = _verdict(low * sign, high * sign)
    return Judged(
        verdict=verdict,
        why=Untold.INTERVAL_HOLDS_ZERO if verdict is Verdict.OPEN else None,
        pairs=len(pairs),
        correlation=_told(found * orientation),
        low=_told(low),
        high=_told(high),
        agreeing=_agreeing(pairs, sign * orientation),
        lags=_lags(causes, effects, max(LAGS_MAX, lag_months), orientation),
    )


def _verdict(low: float, high: float) -> Verdict:
    """By the interval, turned so that above zero is as the map says."""
    if min(low, high) > 0:
        return Verdict.SUPPORTED
    return Verdict.CONTRADICTED if max(low, high) < 0 else Verdict.OPEN


def changes(values: Mapping[date, Decimal]) -> Series:
    """The change of each month that has a figure, as has the month before; of the last ten years."""
    by_month = {day.year * 12 + day.month: value for day, value in sorted(values.items())[-MONTHS_MAX:]}
    return {at: float(value - by_month[at - 1]) for at, value in by_month.items() if at - 1 in by_month}


Pairs = Sequence[tuple[float, float]]


def _pairs(causes: Series, effects: Series, lag: int) -> Pairs:
    return [(change, effects[at + lag]) for at, change in sorted(causes.items()) if at + lag in effects]


def correlation(pairs: Pairs) -> float | None:
    """Pearson's; None where one side never changes otherwise."""
    if any(len(set(side)) == 1 for side in zip(*pairs, strict=True)):
        return None
    count = len(pairs)
    left, right = math.fsum(x for x, _ in pairs) / count, math.fsum(y for _, y in pairs) / count
    squares = math.fsum((x - left) ** 2 for x, _ in pairs) * math.fsum((y - right) ** 2 for _, y in pairs)
    both = math.fsum((x - left) * (y - right) for x, y in pairs)
    return max(-1.0, min(1.0, both / math.sqrt(squares)))


def interval(found: float, count: float) -> tuple[float, float]:
    """Fisher's, of 95 in 100; a perfect correlation has none beside itself."""
    if abs(found) >= 1:
        return found, found
    reach = Z / math.sqrt(max(count - 3, 1.0))
    return math.tanh(math.atanh(found) - reach), math.tanh(math.atanh(found) + reach)


def _counting(pairs: Pairs) -> float:
    """How many independent pairs these are worth, by Bartlett; never more than there are."""
    alike = _neighbours([x for x, _ in pairs]) * _neighbours([y for _, y in pairs])
    return len(pairs) / max(1.0, 1 + 2 * alike)


def _neighbours(values: Sequence[float]) -> float:
    """How much each value resembles the one before it, from -1 to 1."""
    middle = math.fsum(values) / len(values)
    spread = math.fsum((one - middle) ** 2 for one in values)
    return math.fsum((a - middle) * (b - middle) for a, b in pairwise(values)) / spread if spread else 0.0


def _agreeing(pairs: Pairs, sign: int) -> Decimal | None:
    moved = [x * y * sign > 0 for x, y in pairs if x and y]
    return (Decimal(sum(moved)) / len(moved)).quantize(_TOLD, ROUND_HALF_UP) if moved else None


def _lags(causes: Series, effects: Series, lag_max: int, orientation: int) -> tuple[AtLag, ...]:
    found = ((lag, _pairs(causes, effects, lag)) for lag in range(lag_max + 1))
    told = ((lag, correlation(pairs), len(pairs)) for lag, pairs in found if len(pairs) >= PAIRS_MIN)
    return tuple(AtLag(lag, _told(one * orientation), count) for lag, one, count in told if one is not None)


def _told(value: float) -> Decimal:
    return Decimal(value).quantize(_TOLD, ROUND_HALF_UP) + 0
