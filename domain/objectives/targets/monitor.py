"""Whether targets follow results like a ratchet: section 2.3 of the domain's paper, step 7.

The change of the target is regressed on how far the last one was missed or beaten, apart for both sides: targets that
rise with success and never fall with failure are a ratchet's first sign (λ+ well above λ−). That alone proves nothing
(Matějka, Mahlendorf and Schäffer, 2024): the test is whether past success makes the next target *feel* harder, so the
change of the perceived difficulty is regressed as well.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from domain.objectives.progress import EXACT, FINEST
from domain.objectives.terms import KeyResultKind

PAIRS_MIN = 8
"""Fewer tell nothing."""
_SIGNIFICANT = Decimal(2)
"""A slope of so many standard errors is more than chance; about 95 %."""
Point = tuple[Decimal, Decimal]


class Reading(StrEnum):
    """What the monitor says."""

    NOT_ENOUGH_DATA = "NOT_ENOUGH_DATA"
    NO_SIGN = "NO_SIGN"
    TARGETS_FOLLOW_RESULTS = "TARGETS_FOLLOW_RESULTS"
    RATCHET = "RATCHET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One target, what came of it, and the next one; difficulties from 1 to 5 as its owner felt them."""

    kind: KeyResultKind
    target: Decimal
    actual: Decimal
    next_target: Decimal
    difficulty: int | None = None
    next_difficulty: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A slope by least squares over so many pairs; `error` is its standard error."""

    slope: Decimal
    error: Decimal
    pairs: int

    @property
    def is_rising(self) -> bool:
        """Whether it rises by more than chance."""
        return self.slope > _SIGNIFICANT * self.error


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitor:
    """How targets and difficulty follow results; a side without enough pairs is None."""

    over: Line | None
    under: Line | None
    difficulty: Line | None
    reading: Reading


def monitor(steps: Iterable[Step]) -> Monitor:
    """Each step counts in percent of the size of its target; a target of zero says nothing."""
    with localcontext(EXACT):
        known = [(_missed_by(step), step) for step in steps if step.target]
        over = line([(by, _moved(step)) for by, step in known if by > 0])
        under = line([(by, _moved(step)) for by, step in known if by < 0])
        felt = [(by, change) for by, step in known if (change := _felt(step)) is not None]
        difficulty = line(felt)
    return Monitor(over=over, under=under, difficulty=difficulty, reading=_reading(over, under, difficulty))


def line(points: Sequence[Point]) -> Line | None:
    """The slope; None for fewer than eight points, or when they do not differ in what is to explain."""
    count = len(points)
    if count < PAIRS_MIN:
        return None
    with localcontext(EXACT):
        mean_x = sum((x for x, _ in points), Decimal(0)) / count
        mean_y = sum((y for _, y in points), Decimal(0)) / count
        spread = sum(((x - mean_x) ** 2 for x, _ in points), Decimal(0))
        if not spread:
            return None
        slope = sum(((x - mean_x) * (y - mean_y) for x, y in points), Decimal(0)) / spread
        left = sum(((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points), Decimal(0))
        error = (left / (count - 2) / spread).sqrt()
        return Line(slope=slope.quantize(FINEST), error=error.quantize(FINEST), pairs=count)


def _missed_by(step: Step) -> Decimal:
    return _forwards(step, step.actual - step.target)


def _moved(step: Step) -> Decimal:
    return _forwards(step, step.next_target - step.target)


def _forwards(step: Step, by: Decimal) -> Decimal:
    percent = 100 * by / abs(step.target)
    return -percent if step.kind is KeyResultKind.DECREASE else percent


def _felt(step: Step) -> Decimal | None:
    if step.difficulty is None or step.next_difficulty is None:
        return None
    return Decimal(step.next_difficulty - step.difficulty)


def _reading(over: Line | None, under: Line | None, difficulty: Line | None) -> Reading:
    if over is None:
        return Reading.NOT_ENOUGH_DATA
    follows = over.is_rising and (under is None or over.slope > under.slope)
    if not follows:
        return Reading.NO_SIGN
    return Reading.RATCHET if difficulty is not None and difficulty.is_rising else Reading.TARGETS_FOLLOW_RESULTS
