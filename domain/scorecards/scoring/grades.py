"""What a score is called, and what it pays: the grade, the ceiling of a grade, the multiple within a grade."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring.arithmetic import HUNDRED, ONE, ZERO, bounded, exact, finest, shown
from domain.scorecards.scoring.policy import Grade, Policy


class OkrZone(StrEnum):
    """How an OKR grade reads."""

    DELIVERED = "DELIVERED"
    PROGRESS = "PROGRESS"
    FAILED = "FAILED"


def okr_grade(score: Decimal) -> Decimal:
    """From 0.0 to 1.0, half up to one decimal: before the zone is looked up, as the published zones leave gaps."""
    return shown(bounded(score, ZERO, HUNDRED).scaleb(-2), 1)


def okr_zone(grade: Decimal) -> OkrZone:
    """0.7 to 1.0, 0.4 to 0.6, 0.0 to 0.3."""
    if grade >= Decimal("0.7"):
        return OkrZone.DELIVERED
    return OkrZone.PROGRESS if grade >= Decimal("0.4") else OkrZone.FAILED


@exact
def place(score: Decimal, policy: Policy) -> int:
    """The place of the grade among the policy's, 0 for the best; an edge belongs to the better grade."""
    if policy.grade_step:
        score = shown(score / policy.grade_step, 0) * policy.grade_step
    for at, grade in enumerate(policy.grades):
        if grade.from_score is None or score >= grade.from_score:
            return at
    return len(policy.grades) - 1


def ceiling(allowed: Sequence[str], policy: Policy) -> int:
    """The place of the best grade that all of these allow; 0 if there are none. A ceiling never raises a grade."""
    return max((known(code, policy) for code in allowed), default=0)


def known(code: str, policy: Policy, field: str | None = None) -> int:
    """The place of a grade by its code; InvalidInput if the policy has no such grade."""
    for at, grade in enumerate(policy.grades):
        if grade.code == code:
            return at
    raise InvalidInput(f"The policy has no grade {code}.", field=field)


@exact
def pay_multiple(score: Decimal, best: int, policy: Policy) -> Decimal:
    """Linear in the score within the grade without a cliff between grades; up to the end of the best one allowed."""
    at = place(score, policy)
    grade = policy.grades[at]
    end = policy.bounds.total_cap if at == 0 else policy.grades[at - 1].from_score
    multiple = grade.pay_low + (grade.pay_high - grade.pay_low) * _way(grade, score, end)
    return finest(min(multiple, policy.grades[best].pay_high) if best > at else multiple)


def _way(grade: Grade, score: Decimal, end: Decimal | None) -> Decimal:
    """How far into its grade a score is, from 0 to 1."""
    if grade.from_score is None or end is None:
        return ZERO
    return bounded((score - grade.from_score) / (end - grade.from_score), ZERO, ONE)
