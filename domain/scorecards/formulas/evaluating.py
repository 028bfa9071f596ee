"""What a formula comes to in a month: every step is an exact fraction, and the value is rounded half up at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NoReturn

from domain.kernel import numbers
from domain.scorecards.formulas.terms import (
    Call,
    Expression,
    Function,
    Negative,
    Number,
    Pair,
    Reference,
    Sign,
    YearToDate,
)
from domain.scorecards.terms import Missing, MissingInputs

_SCALE = 10**numbers.DECIMALS_MAX
_LARGEST = Fraction(numbers.NUMBER_MAX)
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)
Find = Callable[[str, date], Decimal | Missing | None]
"""The value of the measure of a code in a month, or why it has none; None where nothing was told."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Either a value of at most twenty decimals, or why there is none, in a word and a sentence."""

    value: Decimal | None
    missing: Missing | None = None
    reason: str | None = None


class _Missing(Exception):
    """No error: it leads to the `if_missing` around it, or to the outcome."""

    def __init__(self, missing: Missing, reason: str) -> None:
        super().__init__(reason)
        self.missing = missing
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Month:
    """What references are looked up by."""

    period: date
    find: Find
    missing: MissingInputs


def evaluate(expression: Expression, period: date, find: Find, missing: MissingInputs) -> Outcome:
    """The value in the month that begins on `period`."""
    try:
        return _rounded(_value(expression, _Month(period, find, missing)))
    except _Missing as stop:
        return Outcome(None, stop.missing, stop.reason)


def months_before(period: date, months: int) -> date:
    """The first day of the month so many months before."""
    at = period.year * 12 + period.month - 1 - months
    return date(at // 12, at % 12 + 1, 1)


def _value(expression: Expression, month: _Month) -> Fraction:
    match expression:
        case Number(value=value):
            return Fraction(value)
        case Reference(code=code, months_back=months_back):
            return _told(code, months_before(month.period, months_back), month)
        case YearToDate(code=code):
            at = month.period
            return sum((_told(code, date(at.year, one, 1), month) for one in range(1, at.month + 1)), Fraction())
        case Negative(of=of):
            return -_value(of, month)
        case Pair(sign=sign, left=left, right=right):
            return _pair(sign, _value(left, month), _value(right, month))
        case Call(function=Function.IF_MISSING, arguments=(meant, otherwise)):
            return _if_missing(meant, otherwise, month)
        case Call(function=function, arguments=arguments):
            return _called(function, [_value(one, month) for one in arguments])


def _told(code: str, period: date, month: _Month) -> Fraction:
    found = month.find(code, period)
    if isinstance(found, Decimal):
        return Fraction(found)
    if month.missing is MissingInputs.ZERO and found is not Missing.NOT_APPLICABLE:
        return Fraction()
    at = f"{code} has no value in {period:%Y-%m}."
    if found is Missing.NOT_APPLICABLE or month.missing is MissingInputs.NOT_APPLICABLE:
        raise _Missing(Missing.NOT_APPLICABLE, at)
    raise _Missing(Missing.INPUT_MISSING, at)


def _if_missing(meant: Expression, otherwise: Expression, month: _Month) -> Fraction:
    """Inside of what is meant, a missing input is missing, whatever the measure makes of it elsewhere."""
    try:
        return _value(meant, _Month(month.period, month.find, MissingInputs.BLANK))
    except _Missing:
        return _value(otherwise, month)


def _pair(sign: Sign, left: Fraction, right: Fraction) -> Fraction:
    match sign:
        case Sign.PLUS:
            return left + right
        case Sign.MINUS:
            return left - right
        case Sign.TIMES:
            return left * right
        case Sign.OVER:
            return left / right if right else _by_zero()


def _by_zero() -> NoReturn:
    raise _Missing(Missing.DIVIDED_BY_ZERO, "Something is divided by zero.")


def _called(function: Function, values: Sequence[Fraction]) -> Fraction:
    match function:
        case Function.MIN:
            return min(values)
        case Function.MAX:
            return max(values)
        case Function.AVG:
            return sum(values, Fraction()) / len(values)
        case _:
            return sum(values, Fraction())


def _rounded(value: Fraction) -> Outcome:
    if abs(value) > _LARGEST:
        return Outcome(None, Missing.TOO_LARGE, "This is not a number of a sensible size.")
    whole, rest = divmod(abs(value.numerator) * _SCALE, value.denominator)
    scaled = whole + (2 * rest >= value.denominator)
    found = Decimal(-scaled if value < 0 else scaled).scaleb(-numbers.DECIMALS_MAX, context=_WIDE)
    return Outcome(_plain(found))


def _plain(value: Decimal) -> Decimal:
    """Without zeros at the end of its decimals."""
    short = value.normalize(_WIDE)
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1), context=_WIDE) if isinstance(exponent, int) and exponent > 0 else short
