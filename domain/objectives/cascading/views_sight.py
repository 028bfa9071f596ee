"""The line of sight as it is read: from an objective to its strategic objective, by one statement."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from domain.kernel.ids import public
from domain.kernel.views import Computed, Filter, Json, One, Roots, View
from domain.objectives.cascading import sight
from domain.objectives.cascading.sight import Up
from domain.objectives.rules import LEVELS_MAX
from domain.objectives.views import FACTS, VISIBLE

_EDGES = f"serving_above({{tenant}}, {{row}}.id, {LEVELS_MAX}, true)"
STEPS = Computed(
    inputs=(
        f"(with upper as materialized (select * from {_EDGES}) select json_build_array({{row}}.id, "
        "(select json_agg(json_build_array(child_id, parent_id, strategic_objective_id, level)) from upper), "
        "(select json_object_agg(o.id, json_build_array(o.title, o.state, p.name, p.name_zh, "
        "trim_scale(round(o.progress, 2))::text)) from (select {row}.id union select parent_id from upper) s "
        "cross join lateral (select * from objective l where l.tenant_id = {tenant} and l.id = s.id offset 0) o "
        "join person p on p.tenant_id = {tenant} and p.id = o.owner_id where " + VISIBLE.replace("{row}", "o") + ")))"
    ),
    compute=lambda rows: [_steps(*cast("tuple[str, Json, Json]", row)) for row in rows],
    list_sizes={("LineOfSight", "steps"): LEVELS_MAX},
)
"""A step that the reader may not see is there without a name: the line is whole all the same."""
_NEAREST = (
    f"(select strategic_objective_id from {_EDGES} where strategic_objective_id is not null "
    "order by level, strategic_objective_id limit 1)"
)

LINE_OF_SIGHT = View(
    name="LineOfSight",
    prefix="los",
    source="objective",
    visible=VISIBLE,
    facts=FACTS,
    fields={
        "steps": STEPS,
        "strategicObjective": One("StrategicObjective", on="{child}.id = " + _NEAREST),
    },
)

VIEWS = (LINE_OF_SIGHT,)
ROOTS: Roots = {
    "lineOfSight": One(
        "LineOfSight", on="true", filters={"objective": Filter("{child}.id = {value}", "uuid", prefix="obj")}
    ),
}


def _steps(leaf: str, edges: Json, seen: Json) -> Sequence[Json]:
    rows = cast("Sequence[tuple[str, str | None, str | None, int]]", edges or [])
    found = sight.line(UUID(leaf), [_up(*row) for row in rows])
    known = cast("Mapping[str, Sequence[Json]]", seen or {})
    return [_step(at, one, known.get(str(one))) for at, one in enumerate(found.steps)]


def _up(child: str, parent: str | None, strategic: str | None, level: int) -> Up:
    return Up(UUID(child), (parent and UUID(parent)) or None, (strategic and UUID(strategic)) or None, level)


def _step(at: int, objective: UUID, known: Sequence[Json] | None) -> Mapping[str, Json]:
    title, state, name, name_zh, progress = known or (None, None, None, None, None)
    return {
        "level": at,
        "objective": None if known is None else public("obj", objective),
        "title": title,
        "state": state,
        "ownerName": name,
        "ownerNameZh": name_zh,
        "progress": progress,
    }
