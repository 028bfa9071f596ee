"""Natural limits of a process, after its own noise: the XmR chart of individual values and moving ranges.

mean ± 3·MR̄ / 1.128, where MR̄ is the mean distance of neighbours and 1.128 is d₂ of pairs (Shewhart's constant), as the
domain's paper has it in sections 2.3 and 2.7.6. A value inside says nothing new; one outside is a signal. Rounded half
up at twenty decimals, so that every way to a limit comes to the same digits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from itertools import pairwise

VALUES_MIN = 8
"""Fewer tell too little about the noise."""
SIGMAS = Decimal(3)
D2_OF_PAIRS = Decimal("1.128")
_FINEST = Decimal("1E-20")
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)


class Signal(StrEnum):
    """Where a value lies beside the limits."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"
    INSIDE = "INSIDE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a process does by itself; `count` is of how many values this was learnt."""

    mean: Decimal
    low: Decimal
    high: Decimal
    count: int


def limits(values: Sequence[Decimal]) -> Limits | None:
    """The limits of a series in the order of time, the oldest first; None for fewer than eight values."""
    if len(values) < VALUES_MIN:
        return None
    mean = _mean(values)
    ranges = [_EXACT.abs(_EXACT.subtract(later, earlier)) for earlier, later in pairwise(values)]
    reach = _EXACT.divide(_EXACT.multiply(SIGMAS, _mean(ranges)), D2_OF_PAIRS)
    return Limits(
        mean=_fine(mean),
        low=_fine(_EXACT.subtract(mean, reach)),
        high=_fine(_EXACT.add(mean, reach)),
        count=len(values),
    )


def signal(value: Decimal, within: Limits) -> Signal:
    """Whether a value says something new; one on a limit does not."""
    if value > within.high:
        return Signal.ABOVE
    return Signal.BELOW if value < within.low else Signal.INSIDE


def _mean(values: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return _EXACT.divide(total, Decimal(len(values)))


def _fine(value: Decimal) -> Decimal:
    return value.quantize(_FINEST, context=_EXACT)
