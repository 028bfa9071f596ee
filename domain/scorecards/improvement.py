"""Whether measures improved from one cycle to the next by more than their own noise: B18 of the domain's paper.

Like for like: the same measure on both sides. The mean of the cycle's months is held against the natural limits of the
months before it (`xmr`), in the direction in which somebody promised it to move.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from domain.kernel import xmr

MONTHS_BEFORE_MAX = 24
"""How far back the noise is learnt."""
_EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
_FINEST = Decimal("1E-20")
_CENT = Decimal("0.01")


class Movement(StrEnum):
    """What became of a measure."""

    IMPROVED = "IMPROVED"
    WORSENED = "WORSENED"
    UNCHANGED = "UNCHANGED"
    NOT_ENOUGH_DATA = "NOT_ENOUGH_DATA"
    NO_DIRECTION = "NO_DIRECTION"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The months of a measure: `before` the cycle and within it (`now`), the oldest first; None: nobody promised it."""

    before: Sequence[Decimal]
    now: Sequence[Decimal]
    is_rising_good: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """How a measure moved; the limits are those of the months before, where there are enough of them."""

    movement: Movement
    mean: Decimal | None
    limits: xmr.Limits | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many measures improved among those of which one can tell; `share` in percent, None without any."""

    counts: dict[Movement, int]
    share: Decimal | None


def moved(course: Course) -> Moved:
    """Beyond the limits on the good side is improved, on the other worsened; inside is noise."""
    limits = xmr.limits(course.before[-MONTHS_BEFORE_MAX:])
    mean = _mean(course.now)
    if limits is None or mean is None:
        return Moved(movement=Movement.NOT_ENOUGH_DATA, mean=mean, limits=limits)
    if course.is_rising_good is None:
        return Moved(movement=Movement.NO_DIRECTION, mean=mean, limits=limits)
    good = xmr.Signal.ABOVE if course.is_rising_good else xmr.Signal.BELOW
    match xmr.signal(mean, limits):
        case xmr.Signal.INSIDE:
            movement = Movement.UNCHANGED
        case found:
            movement = Movement.IMPROVED if found is good else Movement.WORSENED
    return Moved(movement=movement, mean=mean, limits=limits)


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    if not values:
        return None
    with localcontext(_EXACT):
        return (sum(values, Decimal(0)) / len(values)).quantize(_FINEST)


def tally(found: Iterable[Moved]) -> Tally:
    """What cannot be told is counted apart, and is in no share."""
    counts = dict.fromkeys(Movement, 0)
    for one in found:
        counts[one.movement] += 1
    told = counts[Movement.IMPROVED] + counts[Movement.WORSENED] + counts[Movement.UNCHANGED]
    if not told:
        return Tally(counts=counts, share=None)
    with localcontext(_EXACT):
        return Tally(counts=counts, share=(Decimal(100) * counts[Movement.IMPROVED] / told).quantize(_CENT))
