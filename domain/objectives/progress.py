"""How far a key result and an objective are, in percent, exact."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from domain.objectives.terms import KeyResultKind

HUNDRED = Decimal(100)
FINEST = Decimal("1E-20")
"""A quotient that has no end is rounded half up here, so that every way to it stores the same digits."""
EXACT = Context(prec=80, rounding=ROUND_HALF_UP)
"""Holds every sum and product of numbers below 10**18 with twenty decimals without rounding."""
Measured = tuple[int, Decimal | None]
"""Weight in percent and progress, or None without data."""

# The same in SQL, for statements that judge and write at once. PostgreSQL's division keeps as many decimals as its
# numerator has: sixty tell every quotient of such numbers from a tie, so that nothing is rounded up twice.
OF_KEY_RESULT = """case when {row}.kind = 'RANGE'
  then case when {value} between {row}.low and {row}.high then 100 else 0 end
  else round(round(100 * ({value} - {row}.start), 60) / ({row}.target - {row}.start), 20) end"""
"""`of_key_result` of the key result `{row}` at a `{value}` that is there."""
OF_OBJECTIVE = """round(round(sum({row}.weight * {row}.progress), 60)
  / sum({row}.weight) filter (where {row}.progress is not null), 20)"""
"""`of_objective` of all rows `{row}`."""


def of_key_result(
    kind: str,
    current: Decimal | None,
    *,
    start: Decimal | None,
    target: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
) -> Decimal | None:
    """Percent of the way from start to target, negative below the start, above 100 beyond the target.

    A range is reached (100) or not (0). No value yet is None.
    """
    if current is None:
        return None
    if kind == KeyResultKind.RANGE:
        return HUNDRED if low is not None and high is not None and low <= current <= high else Decimal(0)
    if start is None or target is None:
        return None
    with localcontext(EXACT):
        return (HUNDRED * (current - start) / (target - start)).quantize(FINEST)


def first_value(kind: str, start: Decimal | None) -> Decimal | None:
    """Where a promised key result stands before the first check-in: at its start; a range is unknown."""
    return None if kind == KeyResultKind.RANGE else start


def of_objective(key_results: Sequence[Measured]) -> Decimal | None:
    """The mean of what is known, by weight. Missing is not zero: a key result without data is left out."""
    known = [(weight, value) for weight, value in key_results if value is not None]
    if not known:
        return None
    with localcontext(EXACT):
        total = sum((weight * value for weight, value in known), Decimal(0))
        return (total / sum(weight for weight, _ in known)).quantize(FINEST)
