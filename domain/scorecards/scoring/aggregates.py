"""Scores by weight as one: the mean, the geometric mean or the lowest; and what each adds, to the last digit."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from domain.objectives.progress import FINEST
from domain.scorecards.scoring.arithmetic import EXACT, ZERO, exact, finest
from domain.scorecards.scoring.terms import Aggregation

Weighted = tuple[int, Decimal]
_PLACES = 20


@exact
def aggregate(how: Aggregation, scores: Sequence[Weighted]) -> Decimal | None:
    """At twenty decimals; None where nothing weighs anything.

    The geometric mean knows no negative scores: one at zero or below makes it zero.
    """
    weighing = [(weight, score) for weight, score in scores if weight]
    if not weighing:
        return None
    match how:
        case Aggregation.ARITHMETIC:
            total = sum((weight * score for weight, score in weighing), ZERO)
            return finest(total / sum(weight for weight, _ in weighing))
        case Aggregation.GEOMETRIC:
            return _geometric(weighing)
        case Aggregation.MINIMUM:
            return min(score for _, score in weighing)


def _geometric(scores: Sequence[Weighted]) -> Decimal:
    if any(score <= 0 for _, score in scores):
        return ZERO
    logarithm = sum((weight * score.ln() for weight, score in scores), ZERO)
    return finest((logarithm / sum(weight for weight, _ in scores)).exp())


def contributions(parts: Sequence[Fraction], scores: Sequence[Decimal], total: Decimal | None) -> list[Decimal]:
    """What each score adds with its part of the whole: twenty decimals each, `total` together.

    Each is rounded down, and what is left goes to the largest remainders. Without a total, that of the parts.
    """
    units = [part * _units(score) for part, score in zip(parts, scores, strict=True)]
    whole = [unit.numerator // unit.denominator for unit in units]
    wanted = _units(finest(_decimal(sum(units, Fraction(0))))) if total is None else _units(total)
    every, some = divmod(wanted - sum(whole), len(units)) if units else (0, 0)
    by_remainder = sorted(range(len(units)), key=lambda at: (whole[at] - units[at], at))
    raised = set(by_remainder[:some])
    return [FINEST * (unit + every + (at in raised)) for at, unit in enumerate(whole)]


def _units(score: Decimal) -> int:
    return int(score.scaleb(_PLACES, EXACT))


def _decimal(units: Fraction) -> Decimal:
    return EXACT.divide(Decimal(units.numerator), Decimal(units.denominator)).scaleb(-_PLACES, EXACT)
