"""An edge that asks for no rights of its own leads nowhere that its reader could not go."""

from collections.abc import Iterator

import pytest

from api.reading import catalogue
from domain.kernel import database
from domain.kernel.views import Many, One, Page, Slots, View
from tests.api.reading.desk import Desk
from tests.api.reading.world import PEOPLE

Edge = One | Many | Page
CATALOGUE = catalogue.gather()
NEVER_SEEN_ALONE = "false"
"""What is read only as a part of something else."""


def implied() -> Iterator[tuple[View, str, Edge]]:
    for view in CATALOGUE.views.values():
        for name, declared in view.fields.items():
            if (
                isinstance(declared, One | Many | Page)
                and declared.implied
                and CATALOGUE.views[declared.view].visible != NEVER_SEEN_ALONE
            ):
                yield view, name, declared


EDGES = [pytest.param(view, edge, id=f"{view.name}.{name}") for view, name, edge in implied()]


def test_there_are_such_edges() -> None:
    assert {"Home.approvals", "Home.objectives", "Objective.keyResults"} <= {str(edge.id) for edge in EDGES}


@pytest.mark.parametrize(("view", "edge"), EDGES)
async def test_whoever_sees_the_one_end_sees_the_other(desk: Desk, view: View, edge: Edge) -> None:
    other = CATALOGUE.views[edge.view]
    reached, hidden = 0, 0
    for name in (*PEOPLE, "Bo", "Sofia", "Delia"):
        actor = desk.world.actor(name)
        slots = Slots(CATALOGUE.facts, row="parent", child="child")
        own = Slots(CATALOGUE.facts, row="child")
        own.names = slots.names
        sql = (
            f"select count(*), count(*) filter (where ({other.visible.format_map(own)}) is not true) "
            f"from {view.source.format_map(slots)} parent, {other.source.format_map(own)} child "
            f"where parent.tenant_id = {slots['tenant']} and child.tenant_id = parent.tenant_id "
            f"and ({view.visible.format_map(slots)}) and ({edge.on.format_map(slots)})"
        )
        with database.tenant(actor.tenant_id):
            async with database.connection() as connection:
                found = await connection.fetchrow(sql, *slots.values_for(actor))
        assert found is not None
        reached, hidden = reached + found[0], hidden + found[1]

    assert reached > 0
    assert hidden == 0
