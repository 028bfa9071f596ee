"""Strategies to be read: one published twice and written again, one that is a draft, one of another group; and intents
in every state: said, returned, confirmed, stale, never said."""

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.ids import new_id, public
from domain.objectives import service_teach_backs
from domain.objectives.model import Alignment
from tests.domain.strategy import maps
from tests.domain.strategy.maps import AGAIN, GOAL, MAP, Written

if TYPE_CHECKING:
    from tests.api.reading.world import World

HUGE = Decimal("-999999999999999999.99999999999999999999")
ODD = '战略 ✈️ "quoted" \\ back\u2028line'
SERVES = (("ACTIVE", "C1"), ("of Oskar", "C1"), ("ACTIVE", "P1"), ("big", "F1"), ("of Emil in February", "L1"))
TABLES = {
    "stg": "strategy",
    "stv": "strategy_version",
    "psp": "perspective",
    "thm": "theme",
    "ltg": "long_term_goal",
    "wpt": "waypoint",
    "sob": "strategic_objective",
    "lnk": "causal_link",
    "int": "intent",
    "tbk": "teach_back",
}


async def furnish(world: "World") -> None:
    """The clock stands; both groups are there."""
    strategy = await _strategies(world)
    for about, code in SERVES:
        await _align(world, strategy, about, code)
    await _intents(world, strategy)
    world.ids["strategy of GROUP"] = public("stg", strategy.id)
    world.ids["strategic objective P1"] = public("sob", await strategy.objective("P1"))
    world.ids["intent of C1"] = public("int", await _intent(world, strategy, "C1"))
    await _name_ids(world)
    assert world.rival is not None
    rival = await maps.published(world.rival.organisation)
    world.ids["elsewhere strategy"] = public("stg", rival.id)
    world.ids["elsewhere strategic objective"] = public("sob", await rival.objective("C1"))


async def _strategies(world: "World") -> Written:
    organisation = world.company.organisation
    odd = replace(GOAL, code="G0", title=ODD, title_zh=None, theme=None, baseline=HUGE, waypoints=())
    more = replace(MAP, goals=(GOAL, odd), themes=(*MAP.themes, replace(MAP.themes[0], code="T9", name=ODD)))
    strategy = await maps.published(organisation, more)
    owned = tuple(replace(one, owner_id=world.company["Dina"]) for one in MAP.objectives)
    await strategy.write(replace(MAP, objectives=owned, mission=None, vision_zh=ODD, links=MAP.links[:2]))
    await strategy.publish()
    await strategy.write(replace(more, objectives=owned[:2], links=()))
    await maps.written(organisation, unit="AIR")
    small = replace(MAP, goals=(), objectives=(replace(MAP.objectives[0], title_zh="财务"),), links=())
    crew = await maps.written(organisation, small, unit="CREW")
    await crew.publish(reason="机组先行")
    return strategy


async def _align(world: "World", strategy: Written, about: str, code: str) -> None:
    with database.tenant(world.company.tenant_id):
        await Alignment.create(
            id=new_id(),
            tenant_id=world.company.tenant_id,
            cycle_id=world.company.cycle_id,
            strategic_objective_id=await strategy.objective(code),
            child_id=world.objectives[about],
            method="QUALITATIVE",
            state="ACCEPTED",
            counted=False,
            rounds=0,
            version=1,
            proposed_by_id=world.company["Sofia"],
            proposed_at=clock.now(),
        )


async def _intents(world: "World", strategy: Written) -> None:
    """Of C1 there are two versions: Oskar's is stale, Dina's returned and said again. Of F1 all is confirmed."""
    dina, chen, oskar, ada = map(world.company.actor, ("Dina", "Chen", "Oskar", "Ada"))
    first = await _intent(world, strategy, "C1")
    said = await service_teach_backs.say_back(oskar, world.objectives["of Oskar"], first, "准时。", key=str(new_id()))
    await service_teach_backs.confirm(ada, said, key=str(new_id()))
    second = await strategy.intend("C1", AGAIN)
    active = world.objectives["ACTIVE"]
    said = await service_teach_backs.say_back(dina, active, second, "One.", key=str(new_id()))
    await service_teach_backs.give_back(chen, said, reason="And guests?", key=str(new_id()))
    for number in (2, 3):
        said = await service_teach_backs.say_back(dina, active, second, f"No. {number}", key=f"say {number}")
    world.ids["teach-back that waits"] = public("tbk", said)
    process = await _intent(world, strategy, "P1")
    said = await service_teach_backs.say_back(dina, world.objectives["odd"], process, "Odd.", key=str(new_id()))
    await service_teach_backs.give_back(chen, said, reason="Odd?", key=str(new_id()))
    finance = await _intent(world, strategy, "F1")
    said = await service_teach_backs.say_back(dina, world.objectives["big"], finance, ODD, key=str(new_id()))
    await service_teach_backs.confirm(chen, said, key=str(new_id()))


async def _intent(world: "World", strategy: Written, code: str) -> UUID:
    found = await world.company.organisation.value(
        "select id from intent where strategic_objective_id = $1 order by version desc", await strategy.objective(code)
    )
    return UUID(str(found))


async def _name_ids(world: "World") -> None:
    for prefix, table in TABLES.items():
        rows = await world.company.organisation.rows(f"select id from {table} order by id limit 3")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
