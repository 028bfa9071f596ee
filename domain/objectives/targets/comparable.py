"""Past values on today's terms: without what happened once, at the same scope, exchange rate and length of a period.

Section 2.3 of the domain's paper, step 1. What is added comes before what is multiplied: first one-off effects, which
are in the actual alone, then changes of scope, then exchange rates and the calendar, which the last target shares.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

from domain.kernel.errors import InvalidInput
from domain.objectives.progress import EXACT, FINEST
from domain.objectives.rules import check_number
from domain.objectives.targets.terms import Adjustment, AdjustmentKind
from domain.objectives.terms import KeyResultKind

FACTOR_MAX = Decimal(100)
YEARS = 3
"""How many cycles the mean of the baseline looks back."""
_BY_FACTOR = (AdjustmentKind.CURRENCY, AdjustmentKind.CALENDAR)


def check(adjustment: Adjustment, field: str) -> None:
    """InvalidInput unless it says one thing: an amount for what happened once, a factor for rates and the calendar."""
    if (adjustment.amount is None) == (adjustment.factor is None):
        raise InvalidInput("Say either an amount or a factor.", field=field)
    if adjustment.kind is AdjustmentKind.ONE_OFF and adjustment.amount is None:
        raise InvalidInput("What happened once is an amount.", field=f"{field}.amount")
    if adjustment.kind in _BY_FACTOR and adjustment.factor is None:
        raise InvalidInput("An exchange rate or the calendar is a factor.", field=f"{field}.factor")
    for name, value in (("amount", adjustment.amount), ("factor", adjustment.factor)):
        if value is not None:
            check_number(value, f"{field}.{name}")
    if adjustment.factor is not None and not 1 / FACTOR_MAX <= adjustment.factor <= FACTOR_MAX:
        raise InvalidInput("A factor goes from 0.01 to 100.", field=f"{field}.factor")


def calendar_factor(days_then: int, days_now: int) -> Decimal:
    """By what a figure that adds up over the days is multiplied: 366 days after 365 give 366/365."""
    return EXACT.divide(Decimal(days_now), Decimal(days_then)).quantize(FINEST, context=EXACT)


def actual(value: Decimal, adjustments: Iterable[Adjustment]) -> Decimal:
    """What the past actual would have been."""
    found = list(adjustments)
    amounts = [one.amount for one in found if one.amount is not None]
    return _adjusted(value, amounts, [one.factor for one in found if one.factor is not None])


def target(value: Decimal, adjustments: Iterable[Adjustment]) -> Decimal:
    """What the past target would have been: nobody had set it for what happened once."""
    return actual(value, (one for one in adjustments if one.kind is not AdjustmentKind.ONE_OFF))


def _adjusted(value: Decimal, amounts: Sequence[Decimal], factors: Sequence[Decimal]) -> Decimal:
    with localcontext(EXACT):
        value = sum(amounts, value)
        for factor in factors:
            value = (value * factor).quantize(FINEST)
        return value


def baseline(actuals: Sequence[Decimal], kind: KeyResultKind) -> Decimal | None:
    """The less ambitious of the last actual and the mean of the last three, so that one good year sets no bar.

    `actuals` are comparable, the newest first; with fewer than three the mean is of those. None without any.
    """
    if not actuals:
        return None
    recent = actuals[:YEARS]
    with localcontext(EXACT):
        mean = (sum(recent, Decimal(0)) / len(recent)).quantize(FINEST)
    return max(actuals[0], mean) if kind is KeyResultKind.DECREASE else min(actuals[0], mean)
