"""Seats of grades in a group: guides by whole people, never for a group that is too small to have quotas."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from domain.kernel import percents
from domain.scorecards.scoring.arithmetic import ZERO, exact, finest, refuse

GROUP_MIN = 10
"""Below it a single person is a tenth or more: such groups are exempt, or pooled upward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """The share of a grade, as a relative whole number."""

    grade: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many people a grade is meant for, how many have it, and how many that is too many or too few."""

    grade: str
    seats: int
    taken: int

    @property
    def deviation(self) -> int:
        """A guide is explained, not enforced: what differs from 0 wants a reason."""
        return self.taken - self.seats


def seats(group: Sequence[str], quotas: Sequence[Quota], *, group_min: int = GROUP_MIN) -> list[Seats] | None:
    """The seats of each grade beside those who have it, whole people by the largest remainder; None for a small group.

    `group` has the grade of each person. The seats add up to the people.
    """
    refuse(group_min < GROUP_MIN, f"Groups of fewer than {GROUP_MIN} have no quotas.", "groupMin")
    check(quotas)
    if len(group) < group_min:
        return None
    places = percents.apportioned(len(group), [one.share for one in quotas])
    taken = {one.grade: group.count(one.grade) for one in quotas}
    return [Seats(grade=one.grade, seats=at, taken=taken[one.grade]) for one, at in zip(quotas, places, strict=True)]


def check(quotas: Sequence[Quota]) -> None:
    """InvalidInput unless each grade comes once and something is shared out."""
    refuse(not 1 <= len(quotas) <= 20, "There are 1 to 20 grades.", "quotas")
    refuse(len({one.grade for one in quotas}) < len(quotas), "Two quotas have the same grade.", "quotas")
    refuse(any(one.share < 0 for one in quotas), "A share is a whole number from 0.", "quotas")
    refuse(not any(one.share for one in quotas), "Some grade has a share.", "quotas")


def check_guides(guides: Sequence[Sequence[Quota]]) -> None:
    """Quotas by the department's grade, from the best department on: a better one never has a smaller top grade."""
    for quotas in guides:
        check(quotas)
    tops = [Fraction(quotas[0].share, sum(one.share for one in quotas)) for quotas in guides]
    same = len({tuple(one.grade for one in quotas) for quotas in guides}) <= 1
    refuse(not same, "All departments have the same grades, in the same order.", "guides")
    refuse(any(better < worse for better, worse in pairwise(tops)), "A better department has no fewer seats.", "guides")


@exact
def explained_by_group(groups: Sequence[Sequence[Decimal]]) -> Decimal | None:
    """The part of all differences that lies between groups, from 0 to 1 (eta squared); None where there are none.

    The check for counting twice: what departments already differ by must not make them differ again by quotas.
    """
    everybody = [score for group in groups for score in group]
    if not everybody:
        return None
    mean = sum(everybody, ZERO) / len(everybody)
    total = sum(((score - mean) ** 2 for score in everybody), ZERO)
    between = sum((len(group) * (sum(group, ZERO) / len(group) - mean) ** 2 for group in groups if group), ZERO)
    return finest(between / total) if total else None
