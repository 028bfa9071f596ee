"""The whole of a plan by accounts, as it is read: what its months and its units come to, and what was stated."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from domain.kernel.numbers import plain
from domain.kernel.views import Computed, Json
from domain.plans import summaries
from domain.plans.rules import CELLS_PER_PLAN_MAX
from domain.plans.summaries import Sums, Whole

_MONTHS = (
    "select case when l.account = 'HEADCOUNT' then null else sum(l.amount) end from plan_line l "
    "where l.tenant_id = {tenant} and l.plan_id = {row}.id and l.account = t.account "
    "and l.unit_of_measure = t.unit_of_measure group by l.account"
)
SUMMARY = Computed(
    inputs=(
        "array_to_json(array(select json_build_array(t.account, t.unit_of_measure, sum(t.own)::text, "
        f"({_MONTHS})::text, "
        "(max(t.stated) filter (where t.unit_id = {row}.unit_id))::text) "
        "from plan_total t where t.tenant_id = {tenant} and t.plan_id = {row}.id "
        "group by t.account, t.unit_of_measure order by t.account, t.unit_of_measure))"
    ),
    compute=lambda rows: [_shown(cast("Sequence[Sequence[object]]", row)) for row in rows],
    list_sizes={("AnnualPlan", "summary"): CELLS_PER_PLAN_MAX},
)
"""Of every unit, whether the reader leads it or not: the whole is masked as a whole."""


def _shown(rows: Sequence[Sequence[object]]) -> Json:
    return [_line(summaries.whole(_sums(*row))) for row in rows]


def _sums(account: object, unit_of_measure: object, units: object, months: object, stated: object) -> Sums:
    return Sums(
        account=str(account),
        unit_of_measure=str(unit_of_measure),
        units=Decimal(str(units)),
        months=_number(months),
        stated=_number(stated),
    )


def _number(text: object) -> Decimal | None:
    return None if text is None else Decimal(str(text))


def _line(found: Whole) -> Mapping[str, Json]:
    return {
        "account": found.sums.account,
        "unitOfMeasure": found.sums.unit_of_measure,
        "total": plain(found.total),
        "unitsTotal": plain(found.sums.units),
        "difference": plain(found.difference),
        "isStated": found.sums.stated is not None,
    }
