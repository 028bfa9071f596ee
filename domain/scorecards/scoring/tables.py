"""Rules that look the actual up: a range, bands, standards, marks and zones.

x is the actual; the numbers of the rules are those of the domain's paper, section 2.1.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.scorecards.scoring.arithmetic import HUNDRED, ONE, ZERO, goes_one_way, refuse, rises

ROWS_MAX = 50


class EdgeSide(StrEnum):
    """To which band a value exactly on an edge belongs: the one above it, or the one below it."""

    UPPER = "UPPER"
    LOWER = "LOWER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """3: 100 from `full_low` to `full_high`, 0 outside of `zero_low` to `zero_high`, a straight line between.

    Equal neighbours make a cliff, whose edge counts in full; `full_low` = `full_high` is a target that is best.
    """

    zero_low: Decimal
    full_low: Decimal
    full_high: Decimal
    zero_high: Decimal

    def __post_init__(self) -> None:
        refuse(self.zero_low > self.full_low, "The lower slope rises to where it counts in full.", "fullLow")
        refuse(self.full_low > self.full_high, "The range does not end before it begins.", "fullHigh")
        refuse(self.full_high > self.zero_high, "The upper slope falls from where it counts in full.", "zeroHigh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """6: points[0] below edges[0], points[i] from edges[i−1] on. Falling points are for smaller-is-better.

    Bands are closed below and open above, unless edges belong to the LOWER band, as in "at most 3 defects".
    """

    edges: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    edge_belongs: EdgeSide = EdgeSide.UPPER

    def __post_init__(self) -> None:
        refuse(not 1 <= len(self.edges) <= ROWS_MAX, f"There are 1 to {ROWS_MAX} edges.", "edges")
        refuse(not rises(self.edges), "Each edge lies above the one before.", "edges")
        refuse(len(self.points) != len(self.edges) + 1, "There is one more band than there are edges.", "points")
        refuse(not goes_one_way(self.points), "Points only rise or only fall from band to band.", "points")
        refuse(self.points[0] == self.points[-1], "Some band earns more than another.", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Interpolated:
    """7: p_lo + (p_hi−p_lo)·(x−lo)/(hi−lo) between neighbours; the outermost bands have no end.

    `below` and `above` are the points outside of the knots: those of the nearest knot unless told otherwise.
    """

    knots: tuple[Decimal, ...]
    points: tuple[Decimal, ...]
    below: Decimal | None = None
    above: Decimal | None = None

    def __post_init__(self) -> None:
        refuse(not 2 <= len(self.knots) <= ROWS_MAX, f"There are 2 to {ROWS_MAX} knots.", "knots")
        refuse(not rises(self.knots), "Each knot lies above the one before.", "knots")
        refuse(len(self.points) != len(self.knots), "Each knot has its points.", "points")
        told = [p for p in (self.below, *self.points, self.above) if p is not None]
        refuse(not goes_one_way(told), "Points only rise or only fall.", "points")
        refuse(told[0] == told[-1], "Some knot earns more than another.", "points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficacy:
    """8, the efficacy coefficient method: standards from excellent to worst, each with its share of the full points.

    Between two standards a straight line; excellent or better is 100 and no more, beyond the worst is 0: a cliff.
    """

    standards: tuple[Decimal, ...]
    coefficients: tuple[Decimal, ...] = (ONE, Decimal("0.8"), Decimal("0.6"), Decimal("0.4"), Decimal("0.2"))

    def __post_init__(self) -> None:
        refuse(not 2 <= len(self.standards) <= 10, "There are 2 to 10 standards.", "standards")
        one_way = rises(self.standards) or rises(self.standards[::-1])
        refuse(not one_way, "Standards only fall or only rise, from excellent to worst.", "standards")
        refuse(len(self.coefficients) != len(self.standards), "Each standard has its coefficient.", "coefficients")
        refuse(not rises(self.coefficients[::-1]), "Coefficients fall from standard to standard.", "coefficients")
        refuse(self.coefficients[0] != 1, "The first coefficient is 1: excellent is all there is.", "coefficients")
        refuse(self.coefficients[-1] < 0, "No coefficient is below 0.", "coefficients")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """9: straight lines through threshold, target and stretch; short of the threshold 0, beyond stretch no more."""

    threshold: Decimal
    target: Decimal
    stretch: Decimal
    threshold_points: Decimal = Decimal(60)
    target_points: Decimal = HUNDRED
    stretch_points: Decimal = Decimal(120)

    def __post_init__(self) -> None:
        marks = (self.threshold, self.target, self.stretch)
        one_way = rises(marks) or rises(marks[::-1])
        refuse(not one_way, "The target lies between threshold and stretch, and all three differ.", "target")
        earned = (self.threshold_points, self.target_points, self.stretch_points)
        refuse(earned[0] < 0 or not rises(earned), "Points rise from 0 by threshold and target to stretch.", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordinal:
    """Zones in words, from worst to best, with their points: such as FAIL, COMMIT, TARGET, STRETCH."""

    zones: tuple[str, ...]
    points: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        refuse(not 2 <= len(self.zones) <= 20, "There are 2 to 20 zones.", "zones")
        refuse(len(set(self.zones)) < len(self.zones), "Two zones have the same name.", "zones")
        refuse(len(self.points) != len(self.zones), "Each zone has its points.", "points")
        refuse(not rises(self.points), "Points rise from zone to zone.", "points")


Table = Range | Bands | Interpolated | Efficacy | Stretch


def points(rule: Table, actual: Decimal) -> Decimal:
    """The points of an actual, unrounded where the caller computes in the exact context."""
    match rule:
        case Range():
            return _range(rule, actual)
        case Bands():
            find = bisect_right if rule.edge_belongs == EdgeSide.UPPER else bisect_left
            return rule.points[find(rule.edges, actual)]
        case Interpolated():
            return _interpolated(rule, actual)
        case Efficacy():
            earned = [HUNDRED * coefficient for coefficient in rule.coefficients]
            return _from_worst(rule.standards[::-1], earned[::-1], actual)
        case Stretch():
            marks = (rule.threshold, rule.target, rule.stretch)
            return _from_worst(marks, (rule.threshold_points, rule.target_points, rule.stretch_points), actual)


def zone_points(rule: Ordinal, zone: str) -> Decimal | None:
    """The points of a zone; None if the rule knows no such zone."""
    return rule.points[rule.zones.index(zone)] if zone in rule.zones else None


def _range(rule: Range, actual: Decimal) -> Decimal:
    if rule.full_low <= actual <= rule.full_high:
        return HUNDRED
    if not rule.zero_low < actual < rule.zero_high:
        return ZERO
    if actual < rule.full_low:
        return HUNDRED * (actual - rule.zero_low) / (rule.full_low - rule.zero_low)
    return HUNDRED * (rule.zero_high - actual) / (rule.zero_high - rule.full_high)


def _interpolated(rule: Interpolated, actual: Decimal) -> Decimal:
    if actual < rule.knots[0]:
        return rule.points[0] if rule.below is None else rule.below
    if actual > rule.knots[-1]:
        return rule.points[-1] if rule.above is None else rule.above
    return _between(rule.knots, rule.points, actual)


def _from_worst(marks: Sequence[Decimal], earned: Sequence[Decimal], actual: Decimal) -> Decimal:
    """0 short of the worst mark, the last points beyond the best, a straight line between; marks rise or fall."""
    if marks[0] > marks[-1]:
        marks, actual = [mark.copy_negate() for mark in marks], actual.copy_negate()
    if actual < marks[0]:
        return ZERO
    return earned[-1] if actual >= marks[-1] else _between(marks, earned, actual)


def _between(knots: Sequence[Decimal], earned: Sequence[Decimal], actual: Decimal) -> Decimal:
    """On the line between the two knots around the actual, which lies within them."""
    at = min(bisect_right(knots, actual), len(knots) - 1)
    low, high = knots[at - 1], knots[at]
    return earned[at - 1] + (earned[at] - earned[at - 1]) * (actual - low) / (high - low)
