"""An appraisal as the API shows it: money to two decimals, rates to six, years and ratios to four."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from domain.kernel.numbers import plain
from domain.kernel.views import Json
from domain.plans.investments import Appraisal

MONEY, RATE, RATIO = Decimal("0.01"), Decimal("0.000001"), Decimal("0.0001")
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)


def shown(found: Appraisal) -> Mapping[str, Json]:
    """By the names of the schema; what does not exist is None."""
    return {
        "netPresentValue": text(found.value, MONEY),
        "internalRate": text(found.root.rate, RATE),
        "internalRates": str(found.root.state),
        "paybackYears": text(found.payback_years, RATIO),
        "discountedPaybackYears": text(found.discounted_payback_years, RATIO),
        "profitabilityIndex": text(found.profitability, RATIO),
    }


def text(value: Decimal | None, step: Decimal) -> str | None:
    """Rounded half up to this step, written as every decimal of the API."""
    return None if value is None else plain(value.quantize(step, context=_EXACT))
