"""What an investment is worth: net present value, internal rate, payback and profitability, exact.

Flows are amounts of consecutive years, negative when money goes out, each at the end of its year; the first is not
discounted: V = Σ Cₜ / (1 + r)ᵗ with t = 0, 1, … (Fisher, The Theory of Interest, 1930; Brealey, Myers & Allen,
Principles of Corporate Finance, chapters 2 and 5). A spreadsheet's NPV discounts the first flow as well.

Everything is computed with fractions, so that values are linear in the flows to the last digit; rounding happens once,
half up, at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

FINEST = 20
"""Decimals of a stored value, as everywhere."""
RATE_DECIMALS = 12
"""Decimals of an internal rate: between one of the last decimal below and above it, the value changes its sign."""
_BITS = 52
"""2⁻⁵² is finer than a thousandth of the last decimal."""
_SCALE = 10**20
"""Makes whole numbers of amounts: none has more than twenty decimals."""


class RootState(StrEnum):
    """How many internal rates there may be, by the signs of the flows."""

    NONE = "NONE"
    """The flows never change their sign: no rate makes them worth nothing."""
    ONE = "ONE"
    """They change it once, so that there is exactly one rate."""
    SEVERAL = "SEVERAL"
    """They change it more often: there may be several rates, or none, and to show one would mislead."""


@dataclass(frozen=True, slots=True)
class Root:
    """The internal rate of return as a fraction (0.1 is ten percent), where there is exactly one."""

    state: RootState
    rate: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What flows are worth at a rate. None where a figure does not exist."""

    value: Decimal
    root: Root
    payback_years: Decimal | None
    discounted_payback_years: Decimal | None
    profitability: Decimal | None


def appraise(flows: Sequence[Decimal], rate: Decimal) -> Appraisal:
    """All figures of flows at a discount rate above -1; stored exactness, nothing is rounded for the eye."""
    return Appraisal(
        value=net_present_value(flows, rate),
        root=internal_rate(flows),
        payback_years=payback(flows),
        discounted_payback_years=discounted_payback(flows, rate),
        profitability=profitability_index(flows, rate),
    )


def net_present_value(flows: Sequence[Decimal], rate: Decimal) -> Decimal:
    """V = Σ Cₜ / (1 + r)ᵗ, rounded half up at twenty decimals."""
    return rounded(exact_value(flows, rate), FINEST)


def exact_value(flows: Sequence[Decimal], rate: Decimal) -> Fraction:
    """The same without rounding: a V of sums is the sum of their V."""
    return sum(_discounted(flows, rate), Fraction(0))


def internal_rate(flows: Sequence[Decimal]) -> Root:
    """The rate at which the flows are worth nothing, by bisection.

    By Descartes' rule of signs flows that change their sign once have exactly one such rate above -100 %, and those
    that never change it have none. How often others do is not told by their signs (Lorie & Savage, Three Problems in
    Rationing Capital, 1955).
    """
    changes = sign_changes(flows)
    if changes == 0:
        return Root(RootState.NONE, None)
    if changes > 1:
        return Root(RootState.SEVERAL, None)
    return Root(RootState.ONE, _bisected(flows))


def sign_changes(flows: Sequence[Decimal]) -> int:
    """How often the flows change their sign; zeros have none."""
    signs = [one > 0 for one in flows if one]
    return sum(before != after for before, after in pairwise(signs))


def payback(flows: Sequence[Decimal]) -> Decimal | None:
    """Years from the first flow until what went out has come back for good, with the fraction of the last year.

    Within a year money comes in evenly. None if it never comes back; 0 if nothing was ever out.
    """
    return _recovered([Fraction(one) for one in flows])


def discounted_payback(flows: Sequence[Decimal], rate: Decimal) -> Decimal | None:
    """The same of discounted flows, so that the cost of capital has come back as well."""
    return _recovered(_discounted(flows, rate))


def profitability_index(flows: Sequence[Decimal], rate: Decimal) -> Decimal | None:
    """The present value of what comes in for each unit of what goes out; None if nothing goes out."""
    discounted = _discounted(flows, rate)
    out = -sum((one for one in discounted if one < 0), Fraction(0))
    return rounded(sum((one for one in discounted if one > 0), Fraction(0)) / out, FINEST) if out else None


def economic_value_added(*, profit: Decimal, capital: Decimal, cost_of_capital: Decimal) -> Decimal:
    """EVA = NOPAT - capital · WACC (Stewart, The Quest for Value, 1991): what is earned beyond the cost of capital.

    `profit` is the net operating profit after taxes, `cost_of_capital` the weighted average as a fraction of a year.
    """
    return rounded(Fraction(profit) - Fraction(capital) * Fraction(cost_of_capital), FINEST)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero at a tie; never a negative zero."""
    scaled = (abs(value.numerator) * 10**decimals * 2 + value.denominator) // (value.denominator * 2)
    number = Decimal(scaled).scaleb(-decimals, Context(prec=max(1, len(str(scaled)) + decimals)))
    return -number if value < 0 and scaled else number


def _discounted(flows: Sequence[Decimal], rate: Decimal) -> list[Fraction]:
    factor = 1 / (1 + Fraction(rate))
    return [Fraction(one) * factor**year for year, one in enumerate(flows)]


def _recovered(flows: Sequence[Fraction]) -> Decimal | None:
    standing, since = Fraction(0), Fraction(0)
    for year, flow in enumerate(flows):
        before, standing = standing, standing + flow
        if before < 0 <= standing:
            since = year - 1 + -before / flow
    return None if standing < 0 else rounded(since, FINEST)


def _bisected(flows: Sequence[Decimal]) -> Decimal:
    """The root of Σ Cₜ·xᵗ in x = 1 / (1 + r), in whole steps of a power of two so fine that r has all its decimals."""
    whole = [int(Fraction(one) * _SCALE) for one in flows]
    sizes = [abs(one) for one in whole if one]
    # Cauchy's bounds: every positive root lies between 1 / (1 + A/a₀) and 1 + A/aₙ, where A is the largest size.
    above = 1 + -(-max(sizes) // sizes[0])
    bits = _BITS + 2 * above.bit_length()
    low, high = (1 << bits) // above, (1 << bits) * (1 + -(-max(sizes) // sizes[-1]))
    is_rising = next(one for one in whole if one) < 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if (_at(whole, middle, bits) < 0) == is_rising else (low, middle)
    return rounded(Fraction(1 << bits, high) - 1, RATE_DECIMALS)


def _at(flows: Sequence[int], step: int, bits: int) -> int:
    """Σ Cₜ·xᵗ at x = step / 2ᵇⁱᵗˢ, times a power of two, by Horner's scheme."""
    value = 0
    for power, one in enumerate(reversed(flows)):
        value = value * step + (one << bits * power)
    return value
