"""What of measures and actuals can be read, and by whom."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from domain.kernel.views import Column, Computed, Extensions, Filter, Json, Kind, Many, One, Order, Page, Roots, View
from domain.scorecards import staleness
from domain.scorecards.formulas.parsing import CODES_MAX

_READERS = "({me} is not null or 'measures:read' = any({scopes}) or 'actuals:write' = any({scopes}))"
REVISIONS_MAX = 50
INPUTS_MAX = 200

BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
BY_PERIOD = {"PERIOD": Order((("{child}.period", "date"), ("{child}.id", "uuid")), descending=True)}
NEWEST = {"NEWEST": Order((("{child}.proposed_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)}


def _is_current(one: str) -> str:
    """Whether no revision of the same month is higher."""
    return (
        f"not exists (select from actual n where n.tenant_id = {{tenant}} and n.measure_id = {one}.measure_id "
        f"and n.period = {one}.period and n.revision > {one}.revision)"
    )


def _newest(column: str) -> str:
    """Of the newest month that has a value."""
    return (
        f"(select l.{column} from actual l where l.tenant_id = {{tenant}} and l.measure_id = {{row}}.id "
        f"and l.value is not null and {_is_current('l')} order by l.period desc limit 1)"
    )


def _freshness(row: Sequence[object]) -> Mapping[str, Json]:
    newest, lag_days, today = row
    found = staleness.freshness(
        None if newest is None else date.fromisoformat(str(newest)),
        lag_days=cast("int", lag_days),
        today=date.fromisoformat(str(today)),
    )
    return {
        "state": found.state.value,
        "newestPeriod": found.newest and found.newest.isoformat(),
        "ageDays": found.age_days,
        "dueOn": found.due_on and found.due_on.isoformat(),
        "isLate": found.is_late,
        "isStale": found.is_stale,
    }


MEASURE = View(
    name="Measure",
    prefix="msr",
    source="measure",
    visible=_READERS,
    fields={
        "code": Column("{row}.code"),
        "name": Column("{row}.name"),
        "nameZh": Column("{row}.name_zh"),
        "unitOfMeasure": Column("{row}.unit_of_measure"),
        "low": Column("{row}.low", Kind.DECIMAL),
        "high": Column("{row}.high", Kind.DECIMAL),
        "expectedLagDays": Column("{row}.lag_days", Kind.INTEGER),
        "formula": Column("{row}.formula"),
        "missingInputs": Column("{row}.missing_inputs"),
        "version": Column("{row}.version", Kind.INTEGER),
        "freshness": Computed(
            inputs=f"json_build_array({_newest('period')}, {{row}}.lag_days, {{today}})",
            compute=lambda rows: [_freshness(cast("Sequence[object]", row)) for row in rows],
        ),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "owner": One("Person", on="{child}.id = {row}.owner_id"),
        "provider": One("Person", on="{child}.id = {row}.provider_id"),
        "inputs": Many(
            "Measure",
            on="{child}.id in (select i.input_id from measure_input i "
            "where i.tenant_id = {tenant} and i.measure_id = {row}.id)",
            order="{child}.code",
            limit=CODES_MAX,
            implied=True,
        ),
        "actuals": Page(
            "Actual",
            on=f"{{child}}.measure_id = {{row}}.id and {_is_current('{child}')}",
            orders=BY_PERIOD,
            implied=True,
        ),
        "latestActual": One("Actual", on=f"{{child}}.id = {_newest('id')}", implied=True),
    },
)

ACTUAL = View(
    name="Actual",
    prefix="act",
    source="actual",
    visible=_READERS,
    fields={
        "period": Column("{row}.period", Kind.DATE),
        "value": Column("{row}.value", Kind.DECIMAL),
        "missing": Column("{row}.missing"),
        "quality": Column("{row}.quality"),
        "source": Column("{row}.source"),
        "revision": Column("{row}.revision", Kind.INTEGER),
        "reason": Column("{row}.reason"),
        "isAfterClosing": Column("{row}.is_after_closing", Kind.BOOLEAN),
        "recordedAt": Column("{row}.recorded_at", Kind.INSTANT),
        "client": Column("(select c.name from client c where c.tenant_id = {tenant} and c.id = {row}.client_id)"),
        "fileName": Column("(select f.name from actual_file f where f.tenant_id = {tenant} and f.id = {row}.file_id)"),
        "fileHash": Column(
            "(select f.sha256 from actual_file f where f.tenant_id = {tenant} and f.id = {row}.file_id)"
        ),
        "fileRow": Column("{row}.file_row", Kind.INTEGER),
        "recordedBy": One("Person", on="{child}.id = {row}.person_id"),
        "approvedBy": One("Person", on="{child}.id = {row}.approved_by_id"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "inputs": Many(
            "Actual",
            on="{child}.id in (select i.input_id from actual_input i "
            "where i.tenant_id = {tenant} and i.actual_id = {row}.id)",
            order="{child}.period desc, {child}.measure_id, {child}.revision",
            limit=INPUTS_MAX,
            implied=True,
        ),
        "revisions": Many(
            "Actual",
            on="{child}.measure_id = {row}.measure_id and {child}.period = {row}.period",
            order="{child}.revision desc",
            limit=REVISIONS_MAX,
            implied=True,
        ),
    },
    # Partner systems get figures; words are for persons.
    masks={"reason": "{me} is not null"},
)

ADJUSTMENT = View(
    name="Adjustment",
    prefix="adj",
    source="adjustment",
    visible="({me} is not null or ({row}.client_id = {client}) is true)",
    fields={
        "period": Column("{row}.period", Kind.DATE),
        "revision": Column("{row}.revision", Kind.INTEGER),
        "value": Column("{row}.value", Kind.DECIMAL),
        "quality": Column("{row}.quality"),
        "reason": Column("{row}.reason"),
        "state": Column("{row}.state"),
        "isAfterClosing": Column("{row}.is_after_closing", Kind.BOOLEAN),
        "proposedAt": Column("{row}.proposed_at", Kind.INSTANT),
        "decidedAt": Column("{row}.decided_at", Kind.INSTANT),
        "answer": Column("{row}.answer"),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
        "proposedBy": One("Person", on="{child}.id = {row}.proposed_by_id"),
        "decidedBy": One("Person", on="{child}.id = {row}.decided_by_id"),
        "before": One(
            "Actual",
            on="{child}.measure_id = {row}.measure_id and {child}.period = {row}.period "
            "and {child}.revision = {row}.revision",
        ),
        "actual": One("Actual", on="{child}.id = {row}.actual_id"),
    },
)

VIEWS = (MEASURE, ACTUAL, ADJUSTMENT)

EXTENSIONS: Extensions = {
    "KeyResult": {"measure": One("Measure", on="{child}.id = {row}.measure_id")},
    "InboxItem": {
        "adjustment": One("Adjustment", on="{row}.subject_type = 'adjustment' and {child}.id = {row}.subject_id"),
    },
}

ROOTS: Roots = {
    "measures": Page(
        "Measure",
        on="true",
        orders=BY_CODE,
        filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
    ),
    "measure": One("Measure", on="true", filters={"id": Filter("{child}.id = {value}", "uuid", prefix="msr")}),
    "adjustments": Page(
        "Adjustment",
        on="true",
        orders=NEWEST,
        filters={"state": Filter("{child}.state = {value}", "text")},
    ),
}
