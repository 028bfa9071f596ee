"""What an investment is worth, as it is read: its planned flows by SQL, the figures by rules."""

from collections.abc import Sequence
from decimal import Decimal
from typing import cast

from domain.kernel.views import Computed, Json
from domain.plans import appraisals, investments

APPRAISAL = Computed(
    inputs=(
        "json_build_array({row}.discount_rate::text, array(select f.amount::text from investment_flow f "
        "where f.tenant_id = {tenant} and f.investment_id = {row}.id and f.kind = 'PLANNED' order by f.year))"
    ),
    compute=lambda rows: [_appraised(*cast("tuple[str, Sequence[str]]", row)) for row in rows],
)


def _appraised(rate: str, flows: Sequence[str]) -> Json:
    return appraisals.shown(investments.appraise([Decimal(one) for one in flows], Decimal(rate)))
