"""A list that is woven of strands is the same list whichever way it is read, and for whomever."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.views import Slots, Strands
from tests.api.reading import world as worlds
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives.company import NOON
from tests.plans import explaining, ways
from tests.plans.explaining import Desk
from tests.plans.ways import CATALOGUE, FEED, OBJECTIVE

LATER = NOON + timedelta(hours=1)
CHECK_IN = CATALOGUE.views["CheckIn"]


@pytest.fixture(scope="module")
async def world(cluster: Cluster, template: str) -> AsyncGenerator[World]:
    with apart(cluster, template) as url, clock.frozen(NOON):
        async with connected(url):
            yield await worlds.make()


@pytest.mark.parametrize("way", ways.WAYS)
async def test_every_way_is_one_list_for_everybody(world: World, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    actors = {name: world.actor(name) for name in worlds.READERS}
    every = ways.news(actors, world.ids["objective ACTIVE"])

    unwoven, desk = ways.without_strands(), Desk()

    with clock.frozen(LATER):
        plain = [await explaining.answer(unwoven, one) for one in every]
        ways.go(monkeypatch, way)
        woven = [await explaining.answer(desk, one) for one in every]

    assert woven == plain
    assert len(set(plain)) > len(ways.PARTS) * len(ways.WAYS)


def narrowed(world: World) -> Iterator[tuple[str, Strands]]:
    """Each filter that has strands, with every value: its predicate, and the strands."""
    for one in FEED.filters.values():
        assert one.strands is not None
        words = [f"'{row_id}'::uuid" for row_id in world.objectives.values()]
        for value in words if one.type == "uuid" else ["'ALL'", "'DIRECT'"]:
            keys = one.strands.keys.replace("{value}", value)
            yield one.sql.replace("{value}", value), replace(one.strands, keys=keys)


@pytest.mark.parametrize("name", worlds.READERS)
async def test_the_strands_of_a_filter_hold_what_it_leaves(world: World, name: str) -> None:
    for condition, strands in narrowed(world):
        assert await outside(world.actor(name), condition, strands, visible=CHECK_IN.visible) == 0
        assert await outside(world.actor(name), f"not ({condition})", strands, is_within=True) == 0


@pytest.mark.parametrize("name", worlds.READERS)
async def test_whoever_sees_a_check_in_has_its_strand(world: World, name: str) -> None:
    assert FEED.strands is not None
    assert OBJECTIVE.reach is not None
    actor = world.actor(name)

    seen_beyond = await outside(actor, "true", FEED.strands, visible=CHECK_IN.visible)

    assert seen_beyond == 0 or OBJECTIVE.reach.widely(actor)


async def outside(
    actor: Actor, condition: str, strands: Strands, *, visible: str = "true", is_within: bool = False
) -> int:
    """How many check-ins of this condition that the actor sees are in none of the strands, or in one of them."""
    slots = Slots(CATALOGUE.facts, child="r", row="r")
    within = "in" if is_within else "not in"
    sql = (
        f"select count(*) from check_in r where r.tenant_id = {slots['tenant']} and ({visible.format_map(slots)}) "
        f"and ({condition.format_map(slots)}) and r.{strands.column} {within} ({strands.keys.format_map(slots)})"
    )
    with clock.frozen(LATER), database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return cast("int", await connection.fetchval(sql, *slots.values_for(actor)))
