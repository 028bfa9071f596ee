"""How a use case looks at the graph of objectives: whether an edge may be laid, and what a circle is called."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import circles, views
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.objectives import rules
from domain.objectives.views import OBJECTIVE

if TYPE_CHECKING:
    from domain.kernel.database import Connection


async def check_edge(work: Work, *, child_id: UUID, parent_id: UUID) -> None:
    """InvalidInput where an objective would come to serve itself, which names the path, or too many levels arise."""
    edges = await _above(work, parent_id)
    circle = circles.find([(child_id, parent_id), *edges])
    if circle:
        known = await titles(work.connection, work.actor, OBJECTIVE, circle)
        # Those that the actor may not see stand as dots.
        path = " → ".join(known.get(one, "…") for one in circle)
        message = f"An objective cannot serve itself, not even through others: {path}."
        raise InvalidInput(message, field="parent")
    depth: int = await work.connection.fetchval(
        "select max(depth) from objectives_below($1, $2, $3, $4)",
        work.actor.tenant_id,
        child_id,
        rules.LEVELS_MAX,
        10_000,
    )
    rules.check_place(is_circle=False, levels=_height(parent_id, edges) + depth + 1)


async def _above(work: Work, objective_id: UUID) -> list[tuple[UUID, UUID]]:
    rows = await work.connection.fetch(
        "select child_id, parent_id from serving_above($1, $2, $3, false) where parent_id is not null",
        work.actor.tenant_id,
        objective_id,
        rules.LEVELS_MAX,
    )
    return [(row["child_id"], row["parent_id"]) for row in rows]


def _height(objective_id: UUID, edges: Sequence[tuple[UUID, UUID]]) -> int:
    """How many objectives stand in the longest line from this one up, itself among them; edges form no circle."""
    above: dict[UUID, list[UUID]] = {}
    for child, parent in edges:
        above.setdefault(child, []).append(parent)
    found: dict[UUID, int] = {}
    waiting = [objective_id]
    while waiting:
        missing = [one for one in above.get(waiting[-1], []) if one not in found]
        if missing:
            waiting += missing
        else:
            one = waiting.pop()
            found[one] = 1 + max((found[parent] for parent in above.get(one, [])), default=0)
    return found[objective_id]


async def titles(connection: "Connection", actor: Actor, view: views.View, row_ids: Sequence[UUID]) -> dict[UUID, str]:
    """What rows of a view are called, by their ids, as far as the actor may see them; in one statement."""
    slots = views.Slots(view.facts, row="r")
    visible = view.visible.format_map(slots)
    tenant, ids = slots["tenant"], f"${len(slots.names) + 1}"
    rows = await connection.fetch(
        f"select r.id, r.title from {view.source} r "
        f"where r.tenant_id = {tenant} and r.id = any({ids}::uuid[]) and ({visible})",
        *slots.values_for(actor),
        list(row_ids),
    )
    return {row["id"]: row["title"] for row in rows}
