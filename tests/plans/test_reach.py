"""Who sees little is given a page out of what they reach, who sees much walks: both are the same list."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.views import Reach, Slots, View
from tests.api.reading import world as worlds
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives.company import NOON
from tests.plans import explaining
from tests.plans.ways import CATALOGUE, DOCUMENTS, OBJECTIVE, asked, with_reach

PEOPLE = (*worlds.PEOPLE, "Bo", "Sofia", "Delia")


@pytest.fixture(scope="module")
async def world(cluster: Cluster, template: str) -> AsyncGenerator[World]:
    with apart(cluster, template) as url, clock.frozen(NOON):
        async with connected(url):
            yield await worlds.make()


def reaching() -> Iterator[tuple[View, Reach]]:
    for view in CATALOGUE.views.values():
        if view.reach:
            yield view, view.reach


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("view", "reach"), [pytest.param(*one, id=one[0].name) for one in reaching()])
async def test_whoever_sees_a_row_reaches_it(world: World, view: View, reach: Reach, name: str) -> None:
    actor = world.actor(name)
    slots = Slots(CATALOGUE.facts, row="r")
    sql = (
        f"select count(*) from {view.source} r where r.tenant_id = {slots['tenant']} "
        f"and ({view.visible.format_map(slots)}) and r.id not in ({reach.ids.format_map(slots)})"
    )

    with clock.frozen(NOON + timedelta(hours=1)), database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            seen_beyond = await connection.fetchval(sql, *slots.values_for(actor))
    assert seen_beyond == 0 or reach.widely(actor)


async def test_both_ways_are_one_list_for_everybody(world: World) -> None:
    assert OBJECTIVE.reach is not None
    questions = asked({name: world.actor(name) for name in PEOPLE})
    walking = replace(OBJECTIVE.reach, widely=everybody)

    with clock.frozen(NOON + timedelta(hours=1)):
        plain, reached, walked = [
            [await explaining.answer(desk, one) for one in questions]
            for desk in map(with_reach, (None, OBJECTIVE.reach, walking))
        ]

    assert plain == reached == walked
    assert len(set(plain)) > len(DOCUMENTS)


def everybody(_: Actor) -> bool:
    return True
