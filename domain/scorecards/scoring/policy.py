"""By what a card is scored: how missing data count, limits, grades and lights, in a version of its own."""

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from domain.scorecards.scoring.arithmetic import ONE, ZERO, refuse
from domain.scorecards.scoring.coupling import Couples
from domain.scorecards.scoring.terms import Aggregation, Bounds, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """From which score on, None for the last; the pay multiple goes from `pay_low` to `pay_high` within the grade."""

    code: str
    from_score: Decimal | None
    pay_low: Decimal
    pay_high: Decimal


GRADES = (
    Grade(code="A", from_score=Decimal(110), pay_low=Decimal(2), pay_high=Decimal(3)),
    Grade(code="B", from_score=Decimal(100), pay_low=Decimal("1.5"), pay_high=Decimal(2)),
    Grade(code="C", from_score=Decimal(80), pay_low=ONE, pay_high=Decimal("1.5")),
    Grade(code="D", from_score=Decimal(60), pay_low=ZERO, pay_high=ONE),
    Grade(code="E", from_score=None, pay_low=ZERO, pay_high=ZERO),
)
"""Our own thresholds on a scale where 100 is "target met"; the multiples are those of the state supervisor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lights:
    """Where a light turns green or amber, and below what it stops to be; older than `stale_days` is grey."""

    green_enter: Decimal = Decimal(95)
    green_leave: Decimal = Decimal(93)
    amber_enter: Decimal = Decimal(75)
    amber_leave: Decimal = Decimal(73)
    stale_days: int = 45

    def __post_init__(self) -> None:
        refuse(self.green_leave > self.green_enter, "Green is left at or below where it is entered.", "greenLeave")
        refuse(self.amber_leave > self.amber_enter, "Amber is left at or below where it is entered.", "amberLeave")
        refuse(self.amber_enter > self.green_leave, "Amber begins at or below where green ends.", "amberEnter")
        refuse(self.stale_days < 1, "What is of today is never stale.", "staleDays")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A version of the rules of scoring; what was computed by it is computed again to the same bytes.

    Missing data that the scored unit itself owes count zero after `grace_days`, whatever `missing` says. A score that
    covers less than `minimum_covered` of the weight, or fewer perspectives than the minimum, is no number.
    `coupling` says how the result of a person counts together with that of their unit.
    A score is rounded half up to a multiple of `grade_step` before its grade is looked up; 0 does not round.
    """

    version: str
    missing: Missing = Missing.RENORMALISE
    carry_days_max: int = 0
    grace_days: int = 10
    minimum_covered: Decimal = Decimal("0.7")
    minimum_perspectives: int = 1
    aggregation: Aggregation = Aggregation.ARITHMETIC
    bounds: Bounds = field(default_factory=Bounds)
    bands: Lights = field(default_factory=Lights)
    grades: tuple[Grade, ...] = GRADES
    grade_step: Decimal = ZERO
    coupling: Couples = field(default_factory=Couples)

    def __post_init__(self) -> None:
        refuse(self.carry_days_max < 0, "An age is 0 or more days.", "carryDaysMax")
        carries = self.missing == Missing.CARRY_FORWARD
        refuse(carries and self.carry_days_max == 0, "Say up to which age a value is carried.", "carryDaysMax")
        refuse(self.grace_days < 0, "A grace is 0 or more days.", "graceDays")
        refuse(not 0 <= self.minimum_covered <= 1, "A covered share is 0 to 1.", "minimumCovered")
        refuse(not 1 <= self.minimum_perspectives <= 20, "A score needs 1 to 20 perspectives.", "minimumPerspectives")
        refuse(self.grade_step < 0, "A step is 0 or more.", "gradeStep")
        _check_grades(self.grades, self.bounds.total_cap)


def _check_grades(grades: tuple[Grade, ...], cap: Decimal | None) -> None:
    """From best to worst, the last one open below; multiples without a cliff between neighbours."""
    refuse(not 1 <= len(grades) <= 20, "There are 1 to 20 grades.", "grades")
    refuse(len({one.code for one in grades}) < len(grades), "Two grades have the same code.", "grades")
    last = len(grades) - 1
    for at, one in enumerate(grades):
        refuse((one.from_score is None) != (at == last), "All grades but the last have a lower edge.", f"grades.{at}")
        refuse(not 0 <= one.pay_low <= one.pay_high, "Multiples rise from 0.", f"grades.{at}.payLow")
    edges = [one.from_score for one in grades if one.from_score is not None]
    refuse(any(better <= worse for better, worse in pairwise(edges)), "Grades come from best to worst.", "grades")
    steps = any(better.pay_low != worse.pay_high for better, worse in pairwise(grades))
    refuse(steps, "Between neighbouring grades pay has no cliff: one begins where the other ends.", "grades")
    refuse(grades[-1].pay_low != grades[-1].pay_high, "The last grade is open below: one multiple.", "grades")
    _check_top(grades[0], cap)


def _check_top(best: Grade, cap: Decimal | None) -> None:
    if best.from_score is None or best.pay_low == best.pay_high:
        return
    refuse(cap is None or cap <= best.from_score, "Pay in the best grade rises up to the cap of the total.", "grades")
