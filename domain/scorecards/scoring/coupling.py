"""Organisation and person together, from score to pay: by product, by sum, or by a pool that is never overspent.

Coefficients are around 1. Money is counted in the smallest unit of its currency, in whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import lcm

from domain.kernel import percents
from domain.scorecards.scoring.arithmetic import ONE, ZERO, exact, finest, refuse

MONEY_MAX = 10**18
PEOPLE_MAX = 10_000


class Coupling(StrEnum):
    """How a person's result is bounded by that of the organisation."""

    MULTIPLICATIVE = "MULTIPLICATIVE"
    ADDITIVE = "ADDITIVE"
    POOL = "POOL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Couples:
    """How a mode couples. `alpha` is the organisation's part of a sum.

    `department_strength` and `quota_strength`, from 0 to 1: how much the department's coefficient and the quotas by the
    department's grade count. Both let departments differ; at full strength only one of them may.
    """

    how: Coupling = Coupling.POOL
    alpha: Decimal = Decimal("0.5")
    department_strength: Decimal = ONE
    quota_strength: Decimal = ZERO

    def __post_init__(self) -> None:
        refuse(not 0 <= self.alpha <= 1, "The organisation's part is 0 to 1.", "alpha")
        refuse(not 0 <= self.department_strength <= 1, "A strength is 0 to 1.", "departmentStrength")
        refuse(not 0 <= self.quota_strength <= 1, "A strength is 0 to 1.", "quotaStrength")
        twice = self.department_strength == self.quota_strength == 1
        refuse(twice, "A department that counts by coefficient and by quota counts twice: weaken one.", "quotaStrength")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Who shares in a pool: the base in smallest units, and the person's coefficient."""

    key: str
    base: int
    coefficient: Decimal

    def __post_init__(self) -> None:
        refuse(not 0 <= self.base <= MONEY_MAX, "A base is 0 or more, in the currency's smallest unit.", "base")
        refuse(not 0 <= self.coefficient <= 100, "A coefficient is 0 to 100.", "coefficient")


@exact
def coefficient(couples: Couples, organisation: Decimal, person: Decimal) -> Decimal:
    """What a person's pay is multiplied by; in a pool, the person's own, as the pool holds the department's."""
    department = ONE + (organisation - ONE) * couples.department_strength
    match couples.how:
        case Coupling.MULTIPLICATIVE:
            return finest(person * department)
        case Coupling.ADDITIVE:
            return finest(couples.alpha * department + (ONE - couples.alpha) * person)
        case Coupling.POOL:
            return finest(person)


@exact
def pool(couples: Couples, organisation: Decimal, members: Sequence[Member]) -> int:
    """The department's money in smallest units: its coefficient times the sum of bases, rounded half up."""
    refuse(organisation < 0, "A coefficient is 0 or more.", "organisation")
    department = ONE + (organisation - ONE) * couples.department_strength
    return int((department * sum(member.base for member in members)).to_integral_value())


def payouts(whole: int, members: Sequence[Member]) -> dict[str, int]:
    """Who gets what of a pool, by base times coefficient; together exactly the pool.

    Whole smallest units by the largest remainder. InvalidInput where nobody has a claim on money that is there.
    """
    refuse(len(members) > PEOPLE_MAX, f"A pool has at most {PEOPLE_MAX:,} members.", "members")
    refuse(len({member.key for member in members}) < len(members), "Two members have the same key.", "members")
    refuse(not 0 <= whole <= MONEY_MAX, "A pool is 0 or more, in the currency's smallest unit.", "pool")
    claims = _whole_claims(members)
    refuse(whole > 0 and not any(claims), "Nobody has a claim on this pool.", "members")
    return dict(zip((member.key for member in members), percents.apportioned(whole, claims), strict=True))


@exact
def pay(base: int, multiple: Decimal) -> int:
    """A base in smallest units times a coefficient or the multiple of a grade, rounded half up."""
    return int((base * multiple).to_integral_value())


def _whole_claims(members: Sequence[Member]) -> list[int]:
    """Base times coefficient as whole numbers of one scale."""
    ratios = [member.coefficient.as_integer_ratio() for member in members]
    scale = lcm(*(bottom for _, bottom in ratios))
    return [member.base * top * (scale // bottom) for member, (top, bottom) in zip(members, ratios, strict=True)]
