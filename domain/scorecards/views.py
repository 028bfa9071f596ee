"""What of measures and actuals can be read, and by whom."""

from domain.kernel.views import Column, Extensions, Filter, Kind, One, Order, Page, Roots, View

_READERS = "({me} is not null or 'measures:read' = any({scopes}) or 'actuals:write' = any({scopes}))"

BY_CODE = {"CODE": Order((("{child}.code", "text"), ("{child}.id", "uuid")))}
BY_PERIOD = {"PERIOD": Order((("{child}.period", "date"), ("{child}.id", "uuid")), descending=True)}

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
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "actuals": Page("Actual", on="{child}.measure_id = {row}.id", orders=BY_PERIOD, implied=True),
        "latestActual": One(
            "Actual",
            on="{child}.id = (select l.id from actual l where l.tenant_id = {tenant} "
            "and l.measure_id = {row}.id order by l.period desc limit 1)",
            implied=True,
        ),
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
        "recordedAt": Column("{row}.recorded_at", Kind.INSTANT),
        "measure": One("Measure", on="{child}.id = {row}.measure_id"),
    },
)

VIEWS = (MEASURE, ACTUAL)

EXTENSIONS: Extensions = {"KeyResult": {"measure": One("Measure", on="{child}.id = {row}.measure_id")}}

ROOTS: Roots = {
    "measures": Page(
        "Measure",
        on="true",
        orders=BY_CODE,
        filters={"unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt")},
    ),
}
