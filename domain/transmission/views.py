"""How much of the strategy arrives in a unit, as it is read: by who leads it or a unit above, its HR partners, the
strategy office, and partners that read strategies.

Every number counts what the reader may not see; what is listed is only what they see.
"""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from domain.kernel.views import Column, Computed, Filter, Json, Kind, One, Order, Page, Roots, View
from domain.modes import chains, rules, values
from domain.modes.terms import Feature
from domain.objectives.views import FACTS as OBJECTIVE_FACTS
from domain.objectives.views import NEWEST
from domain.people.views_leading import FACTS as LEADING
from domain.strategy.views import IN_FORCE, READS_STRATEGY
from domain.transmission import fidelity, health, readings
from domain.transmission.interlocks.views import BY_DATE
from domain.transmission.recall import suppression
from domain.transmission.recall.suppression import Cell

FACTS = {"units_as_hr_partner": OBJECTIVE_FACTS["units_as_hr_partner"], **LEADING}
VISIBLE = (
    f"('STRATEGY_OFFICE' = any({{roles}}) or '{READS_STRATEGY}' = any({{scopes}}) "
    "or {row}.unit_id = any({units_led}) or {row}.unit_id = any({units_as_hr_partner}))"
)
DAY = "least({today}, c.ends_on)"
"""Of a cycle that is over, everything is as it was at its end."""
SOURCE = (
    "(select u.tenant_id, md5(u.id::text || c.id::text)::uuid as id, u.id as unit_id, c.id as cycle_id, "
    f"{DAY} as day, t.form from unit u join cycle c on c.tenant_id = u.tenant_id "
    f"join unit_term t on t.tenant_id = u.tenant_id and t.unit_id = u.id and t.valid_from <= {DAY} "
    f"and {DAY} < t.valid_to)"
)
_MODE = chains.CHAIN.replace("{row}.id", "{row}.unit_id").replace("{as_of}", "{row}.day")
_TREND = (
    "(select json_agg(json_build_array(m.month, m.parts) order by m.month) from ("
    "select r.month, r.parts from reading r where r.tenant_id = {tenant} and r.unit_id = {row}.unit_id "
    "and r.cycle_id = {row}.cycle_id "
    f"order by r.month desc limit {readings.MONTHS_MAX}) m)"
)
FIGURES = Computed(
    inputs=(
        "(select json_build_object('unit', {row}.unit_id, 'counted', f.found, "
        f"'cells', recall_cells((f.found -> 'recall' ->> 'round')::uuid), 'mode', {_MODE}, 'trend', {_TREND}) "
        "from cascade_below(array[{row}.unit_id], {row}.cycle_id, {row}.day, {now}) f)"
    ),
    compute=lambda rows: [_figures(cast("Mapping[str, Json]", row)) for row in rows],
    list_sizes=readings.LIST_SIZES,
)
_HERE = "array[{row}.unit_id], {row}.cycle_id, {row}.day"
_GOALS = (
    f"(select g.* from goals_below({_HERE}) g join units_below(array[{{row}}.unit_id], {{row}}.day) b "
    "on b.below_id = g.unit_id)"
)
"""Promised objectives of the unit and those below, not those that somebody who works there has elsewhere."""
_UNCONFIRMED = (
    "select i.id from units_below(array[{row}.unit_id], {row}.day) b join interlock i on i.tenant_id = {tenant} "
    "and i.cycle_id = {row}.cycle_id and i.status in ('PROPOSED', 'DECLINED') and b.below_id = i."
)
_STRATEGY = "strategy_over({row}.unit_id, {row}.day)"

CASCADE_HEALTH = View(
    name="CascadeHealth",
    prefix="cah",
    source=SOURCE,
    visible=VISIBLE,
    facts=FACTS,
    fields={
        "day": Column("{row}.day", Kind.DATE),
        "unit": One("Unit", on="{child}.id = {row}.unit_id"),
        "cycle": One("Cycle", on="{child}.id = {row}.cycle_id"),
        "strategy": One("Strategy", on="{child}.id = " + _STRATEGY),
        "figures": FIGURES,
        "orphanGoals": Page(
            "Objective",
            on=("{child}.id in (select o.id from " + _GOALS + " o where o.aims = '{{}}')"),
            orders={"NEWEST": NEWEST},
        ),
        "unsupported": Page(
            "StrategicObjective",
            on=(
                "{child}.strategy_id = " + _STRATEGY + IN_FORCE + " and {child}.id not in "
                f"(select a.id from {_GOALS} o cross join unnest(o.aims) a (id) where o.is_ground)"
            ),
            orders={"POSITION": Order((("{child}.position", "integer"), ("{child}.id", "uuid")))},
        ),
        "overAssigned": Page(
            "KeyResult",
            on=(
                f"{{child}}.id in (select t.id from targets_below({_HERE}) t "
                f"where t.leaves > {fidelity.OVER_ASSIGNMENT_MAX})"
            ),
            orders={"UPDATED": Order((("{child}.updated_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)},
        ),
        "unconfirmedInterlocks": Page(
            "Interlock",
            on=f"{{child}}.id in ({_UNCONFIRMED}provider_unit_id union {_UNCONFIRMED}receiver_unit_id)",
            orders=BY_DATE,
        ),
    },
)

VIEWS = (CASCADE_HEALTH,)
ROOTS: Roots = {
    "cascadeHealth": One(
        "CascadeHealth",
        on="true",
        filters={
            "unit": Filter("{child}.unit_id = {value}", "uuid", prefix="unt"),
            "cycle": Filter(
                "{child}.cycle_id = {value}",
                "uuid",
                prefix="cyc",
                otherwise="{child}.cycle_id = (select c.id from cycle c where c.tenant_id = {tenant} "
                "and c.starts_on <= {today} order by c.starts_on desc limit 1)",
            ),
        },
    ),
}


def _figures(row: Mapping[str, Json]) -> Json:
    counted = cast("Mapping[str, Json]", row["counted"])
    may_tell = UUID(str(row["unit"])) in told(row["cells"])
    found = health.of(counted, declared(row["mode"]), may_tell_recall=may_tell)
    return readings.shown(found, cast("readings.Trend", row["trend"] or ()))


def told(cells: Json) -> frozenset[UUID]:
    """The units whose recall may be told, of all that a round asked."""
    rows = cast("Sequence[tuple[str, str | None, int]]", cells or ())
    return suppression.told(Cell(UUID(unit), UUID(above) if above else None, count) for unit, above, count in rows)


def declared(mode: Json) -> Mapping[str, int]:
    """The weights of perspectives that the unit's mode declares."""
    return values.weights(rules.resolve(chains.read(mode)), Feature.PERSPECTIVES)
