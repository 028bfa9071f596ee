"""Scores of units that work on different scales, carried onto one: 100 is "target met" on each, the ends differ.

A scale is bent at the target: what lies below it is carried in a straight line from the one floor to the other, what
lies above it from the target to the one cap or the other. So units keep their order, a met target stays a met target,
and nobody rises above others because their own scale ends higher (section 2.1.10 of the domain's paper: raw scores of
unlike units are never ranked). Where a side has no end on one of the scales, its points stay as they are, up to the
end of the other.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from domain.kernel.errors import InvalidInput

MET = Decimal(100)
_STORED = Decimal(1).scaleb(-20)
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


class Side(StrEnum):
    """On which side of the target a score lies; a met target belongs to what is below it."""

    UP_TO_TARGET = "UP_TO_TARGET"
    BEYOND_TARGET = "BEYOND_TARGET"


@dataclass(frozen=True, slots=True)
class Scale:
    """Scores from `floor` to `cap`, with 100 between them or at the cap; None is without end."""

    floor: Decimal | None
    cap: Decimal | None

    def __post_init__(self) -> None:
        begins = self.floor is None or self.floor < MET
        if not begins or (self.cap is not None and self.cap < MET):
            raise InvalidInput("A scale begins below 100 and ends at 100 or above.", field="scale")

    def holds(self, score: Decimal) -> bool:
        """Whether this can be a score of the scale."""
        if not score.is_finite():
            return False
        return (self.floor is None or score >= self.floor) and (self.cap is None or score <= self.cap)

    def end(self, side: Side) -> Decimal | None:
        """Where a side ends."""
        return self.floor if side is Side.UP_TO_TARGET else self.cap


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A score on another scale, and how it came there.

    `share` says how far it lies from the target towards the end of its side, from 0 to 1; None where a side has no end.
    """

    value: Decimal
    score: Decimal
    source: Scale
    onto: Scale
    side: Side
    share: Decimal | None


def between(floor: Decimal | None, cap: Decimal | None) -> Scale:
    """The scale of these limits; a limit on the wrong side of the target ends nothing."""
    return Scale(floor if floor is not None and floor < MET else None, cap if cap is not None and cap >= MET else None)


def carry(score: Decimal, source: Scale, onto: Scale) -> Carried:
    """The score on the other scale, rounded half up at 20 decimals; InvalidInput for one that is not on its own."""
    if not source.holds(score):
        raise InvalidInput(f"{score} does not lie between {source.floor} and {source.cap}.", field="score")
    side = Side.UP_TO_TARGET if score <= MET else Side.BEYOND_TARGET
    value, share = _carried(score, source.end(side), onto.end(side))
    return Carried(value=value, score=score, source=source, onto=onto, side=side, share=share)


def _carried(score: Decimal, here: Decimal | None, there: Decimal | None) -> tuple[Decimal, Decimal | None]:
    """The value, and the share of the way from the target to the end of the side."""
    if here is None or there is None:
        return _kept(score, there), None
    with localcontext(_EXACT):
        away, whole = score - MET, here - MET
        if not whole:
            return MET, Decimal(0)
        return (MET + away * (there - MET) / whole).quantize(_STORED) + 0, (away / whole).quantize(_STORED) + 0


def _kept(score: Decimal, there: Decimal | None) -> Decimal:
    if there is None:
        return score
    return min(score, there) if score > MET else max(score, there)
