"""How an objective's progress came about, line by line: its shares add up to what is shown, to the last digit."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, localcontext

from domain.objectives import progress

CENT = Decimal("0.01")
"""What people are shown."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What is known of a key result: its weight in percent, and its progress or None without data."""

    key_result_id: str
    title: str
    weight: int
    progress: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a key result adds: `share` percent of all that is known, `contribution` points; None without data."""

    part: Part
    share: Decimal | None
    contribution: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The progress to two decimals; the contributions add up to it, the shares to 100. None if nothing is known."""

    progress: Decimal | None
    shares: Sequence[Share]


def trace(parts: Sequence[Part]) -> Trace:
    """Each line is rounded so that the sum stays exact: what rounding down left goes to the largest remainders."""
    total = progress.of_objective([(part.weight, part.progress) for part in parts])
    if total is None:
        return Trace(progress=None, shares=[Share(part=part, share=None, contribution=None) for part in parts])
    with localcontext(progress.EXACT):
        return _explained(parts, shown(total))


def shown(percent: Decimal) -> Decimal:
    """To two decimals, half up; never a negative zero."""
    with localcontext(progress.EXACT):
        return percent.quantize(CENT, ROUND_HALF_UP) + 0


def _explained(parts: Sequence[Part], total: Decimal) -> Trace:
    known = [(part.weight, part.progress) for part in parts if part.progress is not None]
    weights = sum(weight for weight, _ in known)
    shares = iter(rounded([HUNDRED * weight / weights for weight, _ in known], HUNDRED))
    points = iter(rounded([weight * value / weights for weight, value in known], total))
    lines = [
        Share(part=part, share=None, contribution=None)
        if part.progress is None
        else Share(part=part, share=next(shares), contribution=next(points))
        for part in parts
    ]
    return Trace(progress=total, shares=lines)


def rounded(values: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """The values in cents that add up to `total`, which is their sum rounded to a cent."""
    floors = [value.quantize(CENT, ROUND_FLOOR) for value in values]
    left = int((total - sum(floors, Decimal(0))) / CENT)
    by_remainder = sorted(range(len(values)), key=lambda at: (floors[at] - values[at], at))
    raised = set(by_remainder[:left])
    return [floor + CENT if at in raised else floor for at, floor in enumerate(floors)]
