"""How the whole of a plan stands to the sum of its units."""

from dataclasses import dataclass
from decimal import Context, Decimal

_EXACT = Context(prec=80)
"""Sums of numbers below 10**18 with twenty decimals need no rounding here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """An account of a plan: what its units come to, what its months do (None for what is no sum of months), and what
    is stated of the whole (None if nothing is).
    """

    account: str
    unit_of_measure: str
    units: Decimal
    months: Decimal | None
    stated: Decimal | None


@dataclass(frozen=True, slots=True)
class Whole:
    """The total of an account, and how much more it is than the sum of the units."""

    sums: Sums
    total: Decimal
    difference: Decimal


def whole(sums: Sums) -> Whole:
    """The total is what is stated, else what the months come to: two ways that do not go by the units."""
    other = sums.months if sums.months is not None else sums.units
    total = sums.stated if sums.stated is not None else other
    return Whole(sums, total, _EXACT.subtract(total, sums.units))
