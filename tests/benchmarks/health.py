"""How long it takes to count how much of a strategy arrives in a large group, for one unit and for all at night.

`python -m tests.benchmarks.health --people 20000` makes a group of eight units below each unit, five levels deep, with
three objectives for each person, every target thrown down to those below, and every second intent confirmed, on a
PostgreSQL of its own that goes away again. It says the median of five turns of each question.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg

from api.embedded import hold
from api.embedded.postgres import Postgres
from domain.kernel import clock, database
from domain.kernel.ids import new_id
from domain.transmission import service_readings
from tests.conftest import HASTY
from tests.domain.apart import connected
from tests.domain.objectives import cascade_of_intent, company
from tests.domain.objectives.cascade_of_intent import Cascade
from tests.domain.objectives.company import NOON
from tests.domain.organisations import START, ZONE

TURNS = 5
CHILDREN = 8
PER_UNIT = 12
PER_PERSON = 3
_UNITS = """
with made as (
  insert into unit (tenant_id, id, code, kind, created_at)
  select $1, n.id, 'B' || n.at, 'TEAM', now() from unnest($2::uuid[]) with ordinality n (id, at) returning id
), named as (
  insert into unit_term (tenant_id, id, unit_id, parent_id, name, form, valid_from)
  select $1, gen_random_uuid(), n.id, n.parent_id, 'Of many', 'HOLDING', $4
  from unnest($2::uuid[], $3::uuid[]) n (id, parent_id) returning unit_id
) select count(*) from made"""
_CLOSURE = """
insert into unit_closure (tenant_id, ancestor_id, descendant_id, depth, valid_from)
with recursive above (id, ancestor_id, depth) as (
  select n.id, n.id, 0 from unnest($2::uuid[]) n (id)
  union all
  select a.id, t.parent_id, a.depth + 1 from above a join unit_term t on t.tenant_id = $1 and t.unit_id = a.ancestor_id
  where t.parent_id is not null)
select $1, a.ancestor_id, a.id, a.depth, $3 from above a"""
_PEOPLE = """
with made as (
  insert into person (tenant_id, id, code, name, locale, zone, created_at)
  select $1, n.id, 'P' || n.at, 'One of many', 'en', 'UTC', now()
  from unnest($2::uuid[]) with ordinality n (id, at) returning id
), employed as (
  insert into employment (tenant_id, id, person_id, unit_id, position_id, share, is_primary, valid_from)
  select $1, gen_random_uuid(), n.id, n.unit_id, $4, 100, true, $5
  from unnest($2::uuid[], $3::uuid[]) n (id, unit_id) returning id
), answering as (
  insert into reporting_line (tenant_id, id, person_id, manager_id, kind, valid_from)
  select $1, gen_random_uuid(), n.id, n.manager_id, 'LINE', $5
  from unnest($2::uuid[], $6::uuid[]) n (id, manager_id) where n.manager_id is not null returning id
) select count(*) from made"""
_OBJECTIVES = """
insert into objective (tenant_id, id, owner_id, unit_id, cycle_id, title, audience, weight, state, version,
                         version_hash, parent_id, created_at, updated_at, approved_at)
  select $1, n.id, n.owner_id, n.unit_id, $2, 'One of many', 'CHAIN', 10, 'ACTIVE', 1, '', n.parent_id, $3, $3, $3
  from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[]) n (id, owner_id, unit_id, parent_id)"""
_KEY_RESULTS = """
insert into key_result (tenant_id, id, objective_id, position, title, kind, unit_of_measure, weight, start, target,
                        updated_at)
select $1, o.id, o.id, 1, 'Flights', 'INCREASE', 'flights', 100, 0, 1000, $2
from objective o where o.title = 'One of many'"""
_SLICES = """
insert into alignment (tenant_id, id, cycle_id, parent_id, parent_key_result_id, child_id, child_key_result_id,
                         receiver_id, method, state, amount, counted, proposed_by_id, proposed_at)
select $1, gen_random_uuid(), o.cycle_id, o.parent_id, k.id, o.id, o.id, o.owner_id, 'SPLIT', 'ACCEPTED',
  1000.0 / count(*) over (partition by k.id), true, o.owner_id, $2
from objective o join key_result k on k.id = o.parent_id where o.title = 'One of many'"""
_SAID = """
insert into teach_back (tenant_id, id, intent_id, objective_id, said_by_id, words, said_at, state, answered_by_id,
                        answered_at)
select $1, gen_random_uuid(), $2, n.id, $3, 'So.', $4, 'CONFIRMED', $3, $4 from unnest($5::uuid[]) n (id)"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="catchball-health-") as folder:
        hold.prepare(Path(folder))
        postgres = Postgres(home=Path(folder), options=HASTY)
        postgres.start()
        try:
            for question, milliseconds in asyncio.run(measured(postgres.url("postgres"), wanted.people)).items():
                sys.stdout.write(f"{question}: {milliseconds:,.1f} ms\n")
        finally:
            postgres.stop()


async def measured(url: str, people: int) -> dict[str, float]:
    """Milliseconds of each question."""
    await database.migrate(url)
    async with connected(url):
        with clock.frozen(NOON):
            cascade = await cascade_of_intent.plant(await company.lay())
            middle = await grow(cascade, people)
            await analyzed(url)
            units, tenant = cascade.company.organisation.units, cascade.company.tenant_id
            return {
                "the group": await timed(lambda: counted(cascade, units["GROUP"])),
                "the group's fidelity of intents, of old": await timed(
                    lambda: cascade.company.organisation.rows(
                        "select * from intent_fidelity($1, $2)", units["GROUP"], company.today()
                    )
                ),
                "a unit in the middle": await timed(lambda: counted(cascade, middle)),
                "a unit at the bottom": await timed(lambda: counted(cascade, units["SIDE"])),
                "all units at night": await timed(lambda: service_readings.read(tenant, ZONE)),
            }


async def analyzed(url: str) -> None:
    """By the owner: who the application is may not."""
    connection = await asyncpg.connect(url)
    await connection.execute("analyze")
    await connection.close()


async def counted(cascade: Cascade, unit_id: UUID) -> None:
    """What is asked when somebody looks."""
    await cascade.company.organisation.rows(
        "select found::text from cascade_below(array[$1::uuid], $2, $3, $4)",
        *(unit_id, cascade.company.cycle_id, company.today(), clock.now()),
    )


async def timed(question: Callable[[], Awaitable[object]]) -> float:
    spent: list[float] = []
    for _ in range(TURNS):
        begun = time.perf_counter()
        await question()
        spent.append(1000 * (time.perf_counter() - begun))
    return median(spent)


async def grow(cascade: Cascade, people: int) -> UUID:
    """Units, persons and objectives below those that are there; a unit in the middle of them."""
    organisation, tenant = cascade.company.organisation, cascade.company.tenant_id
    units = [new_id() for _ in range(max(1, people // PER_UNIT))]
    above = [units[(at - 1) // CHILDREN] if at else organisation.units["GROUP"] for at in range(len(units))]
    await organisation.rows(_UNITS, tenant, units, above, START)
    await organisation.rows(_CLOSURE, tenant, units, START)
    persons = [new_id() for _ in range(people)]
    places = [units[at % len(units)] for at in range(people)]
    head = dict(zip(units, persons, strict=False))
    managers = [
        _manager(one, place, head, dict(zip(units, above, strict=True)))
        for one, place in zip(persons, places, strict=True)
    ]
    position = organisation.positions["POST"]
    await organisation.rows(_PEOPLE, tenant, persons, places, position, START, managers)
    await _promise(cascade, persons, places, managers)
    return units[min(CHILDREN, len(units) - 1)]


def _manager(person: UUID, place: UUID, head: dict[UUID, UUID], above: dict[UUID, UUID]) -> UUID | None:
    """The head of the unit, and of a head that of the unit above."""
    return head[place] if head[place] != person else head.get(above[place])


async def _promise(cascade: Cascade, persons: list[UUID], places: list[UUID], managers: list[UUID | None]) -> None:
    organisation, tenant = cascade.company.organisation, cascade.company.tenant_id
    own = {person: [new_id() for _ in range(PER_PERSON)] for person in persons}
    rows = [
        (objective, person, place, own[manager][at] if manager else cascade.objectives["Ada"])
        for person, place, manager in zip(persons, places, managers, strict=True)
        for at, objective in enumerate(own[person])
    ]
    columns = [list(column) for column in zip(*rows, strict=True)]
    await organisation.rows(_OBJECTIVES, tenant, cascade.company.cycle_id, clock.now(), *columns)
    await organisation.rows(_KEY_RESULTS, tenant, clock.now())
    await organisation.rows(_SLICES, tenant, clock.now())
    said = [one for one, *_ in rows][::2]
    await organisation.rows(_SAID, tenant, await cascade.intent(), cascade.company["Dina"], clock.now(), said)


if __name__ == "__main__":
    main()
