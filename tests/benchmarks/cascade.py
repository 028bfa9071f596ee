"""The cascade: everything recomputed beside reading it, one actual up seven levels beside one row, five hundred goals.

`python -m tests.benchmarks.cascade --home FOLDER` prints the figures, on a copy of the generated group in which five
hundred promises stand on seven levels, one in four by an agreed alignment. Each is measured in turns with what stands
beside it.
"""

import argparse
import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import asyncpg
import graphql
import uvloop
from tortoise.transactions import in_transaction

from api import schema
from api.guard.operations import Prepared
from api.reading import catalogue
from api.reading.execution import Reader
from api.reading.planning import Planner
from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role
from domain.objectives import progress, service_roll_up, service_roll_up_proof
from tests.benchmarks import engines
from tests.benchmarks.engines import DATABASE, Engines
from tests.benchmarks.roll_up import TENANT_ID, connected, say

COPY = "cascade"
LEVELS = (1, 3, 9, 27, 81, 160, 219)
NODES = sum(LEVELS)
ASKED = """query($root: ID!) { cascade(root: $root, depth: 7) { graph { nodes { objective depth title state owner
  ownerName ownerNameZh progress rolledUpProgress share assigned carried }
  edges { alignment parent child method state amount counted share } } } }"""
BY_HAND = Path(__file__).with_name("by_hand") / "cascade.sql"
OWN = f"""
with figures as materialized (
  select k.id, k.objective_id, k.weight, k.progress as was,
    {progress.OF_KEY_RESULT.format(row="k", value="k.current")} as progress
  from key_result k where k.tenant_id = $1 and k.current is not null
), written as (
  update key_result k set progress = f.progress from figures f
  where k.tenant_id = $1 and k.id = f.id and f.progress is distinct from f.was returning true
), own as (
  select f.objective_id, {progress.OF_OBJECTIVE.format(row="f")} as progress from figures f group by 1
)
update objective o set progress = w.progress from own w
where o.tenant_id = $1 and o.id = w.objective_id and o.approved_at is not null
  and o.progress is distinct from w.progress"""
"""The progress of all key results and objectives from their values, written back where it differs."""
READ = (
    "select id, parent_id, weight, state, progress from objective where tenant_id = $1",
    """select id, objective_id, kind, weight, start, target, low, high, current, progress
       from key_result where tenant_id = $1""",
)
"""What a recompute needs of the rows."""
Step = Callable[[], Awaitable[object]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        root = asyncio.run(copied(started))
        copy = replace(started, database_url=started.postgres.url(COPY))
        uvloop.run(measure(copy, root, rounds=options.rounds))


async def copied(started: Engines) -> UUID:
    """A fresh copy of the group with a cascade in it; the root."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'drop database if exists "{COPY}" with (force)')
    await connection.execute(f'create database "{COPY}" template "{DATABASE}"')
    await connection.close()
    connection = await asyncpg.connect(started.postgres.url(COPY))
    rows = await connection.fetch(
        """select o.id, o.owner_id, o.cycle_id from objective o where o.tenant_id = $1 and o.state = 'ACTIVE'
             and o.cycle_id = (
               select cycle_id from objective where state = 'ACTIVE' group by 1 order by count(*) desc limit 1)
             and not exists (select from objective c where c.tenant_id = $1 and c.parent_id = o.id)
           order by md5(o.id::text) limit $2""",
        TENANT_ID,
        NODES,
    )
    await _plant(connection, rows)
    async with connection.transaction():
        await connection.execute(OWN, TENANT_ID)
        say(f"{await service_roll_up_proof.recompute(connection, TENANT_ID):,} objectives moved")
    await connection.execute("vacuum analyze")
    await connection.close()
    return rows[0]["id"]


async def _plant(connection: asyncpg.Connection, rows: Sequence[asyncpg.Record]) -> None:
    """One in four by an alignment, the others by the parent that they name."""
    above, first = [rows[0]["id"]], 1
    for size in LEVELS[1:]:
        level = rows[first : first + size]
        for at, row in enumerate(level):
            parent = above[at % len(above)]
            named = None if at % 4 == 0 else parent
            await connection.execute(
                "update objective set parent_id = $3 where tenant_id = $1 and id = $2", TENANT_ID, row["id"], named
            )
            if named is None:
                await connection.execute(
                    """insert into alignment (tenant_id, id, cycle_id, parent_id, child_id, method, state, counted,
                                              proposed_by_id, proposed_at)
                       values ($1, $2, $3, $4, $5, 'WEIGHTED', 'ACCEPTED', true, $6, $7)""",
                    TENANT_ID,
                    uuid4(),
                    row["cycle_id"],
                    parent,
                    row["id"],
                    row["owner_id"],
                    clock.now(),
                )
        above, first = [row["id"] for row in level], first + size
    root = "update objective set parent_id = null where tenant_id = $1 and id = $2"
    await connection.execute(root, TENANT_ID, rows[0]["id"])


async def measure(started: Engines, root: UUID, *, rounds: int) -> None:
    async with connected(started.database_url):
        await recomputed(started, rounds)
        await carried_up(root, rounds * 40)
        await read(root, rounds * 20)


async def turns(rounds: int, *steps: Step) -> list[list[float]]:
    """Milliseconds of each step, in turns, after a round that is not counted."""
    took: list[list[float]] = [[] for _ in steps]
    for number in range(rounds + 1):
        for at, step in enumerate(steps):
            begun = time.perf_counter()
            await step()
            if number:
                took[at].append((time.perf_counter() - begun) * 1000)
    return took


async def recomputed(started: Engines, rounds: int) -> None:
    """From nothing: every score with its trace is computed and written, beside reading the rows that it is made of."""
    connection = await asyncpg.connect(started.database_url)

    async def rows() -> None:
        for read in READ:
            await connection.fetch(read, TENANT_ID)

    async def everything() -> None:
        async with connection.transaction():
            await connection.execute(OWN, TENANT_ID)
            await service_roll_up_proof.recompute(connection, TENANT_ID)

    await rows()
    took: list[tuple[float, float]] = []
    for _ in range(rounds):
        await connection.execute("truncate roll_up")
        await connection.execute("vacuum analyze roll_up")
        took.append((await once(rows), await once(everything)))
    counted = ("objective", "key_result", "roll_up")
    counts = [await connection.fetchval(f"select count(*) from {one}") for one in counted]
    await connection.close()
    reading, computing = (median(both[at] for both in took) for at in (0, 1))
    ratio = computing / reading
    say(f"{counts[0]:,} objectives and {counts[1]:,} key results are read in {reading:,.0f} ms; recomputed in full,")
    say(f"with {counts[2]:,} traces written, in {computing:,.0f} ms: {ratio:.2f} times the reading")


async def once(step: Step) -> float:
    begun = time.perf_counter()
    await step()
    return (time.perf_counter() - begun) * 1000


async def carried_up(root: UUID, rounds: int) -> None:
    """An actual of the lowest level up to the root, with the commit, beside the update of one row."""
    with database.tenant(TENANT_ID):
        async with database.connection() as connection:
            leaves = await connection.fetch(
                "select id from objectives_below($1, $2, 7, 2000) where depth = $3", TENANT_ID, root, len(LEVELS) - 1
            )
        chosen = [row["id"] for row in leaves]
        counter = iter(range(10**9))

        async def moved() -> None:
            async with database.connection() as connection:
                await connection.execute(
                    "update objective set progress = progress + 1 where tenant_id = $1 and id = $2",
                    TENANT_ID,
                    chosen[next(counter) % len(chosen)],
                )

        last = iter(range(10**9))

        async def carried() -> None:
            async with in_transaction(), database.connection() as connection:
                await service_roll_up.carry_up(connection, TENANT_ID, [chosen[next(last) % len(chosen)]])

        one, all_of_them = await turns(rounds, moved, carried)
    p95 = [sorted(took)[int(len(took) * 0.95)] for took in (one, all_of_them)]
    say(
        f"one row is updated in {median(one):.2f} ms, p95 {p95[0]:.2f}; what changed is carried up {len(LEVELS)} levels"
    )
    say(f"in {median(all_of_them):.2f} ms, p95 {p95[1]:.2f}: {p95[1] / p95[0]:.2f} times")


async def read(root: UUID, rounds: int) -> None:
    """Five hundred goals by the planner, beside the statement that a person would write for the same answer's rows."""
    core = schema.core()
    reader = Reader(core, Planner(core, catalogue.gather(), bytes(32), {"push_key": ""}))
    office = Actor(
        TENANT_ID, "UTC", person_id=await _somebody(), roles=frozenset({Role.EMPLOYEE, Role.STRATEGY_OFFICE})
    )
    prepared = _prepared(root)

    async def planned() -> bytes:
        found = await reader.answer(prepared, office)
        assert found is not None
        return found

    async def by_hand() -> bytes:
        with database.tenant(TENANT_ID):
            async with database.connection() as connection:
                return await connection.fetchval(BY_HAND.read_text(encoding="utf-8"), TENANT_ID, root)

    hand, plan = await turns(rounds, by_hand, planned)
    nodes = (await planned()).count(b'"depth":')
    say(f"{nodes} goals by hand {median(hand):.2f} ms, by the planner with shares and coverage {median(plan):.2f} ms:")
    say(f"{median(plan) / median(hand):.2f} times")


async def _somebody() -> UUID:
    return UUID(str(await database.fetch_value(TENANT_ID, "select id from person order by id limit 1", ())))


def _prepared(root: UUID) -> Prepared:
    document = graphql.parse(ASKED)
    operation = document.definitions[0]
    assert isinstance(operation, graphql.OperationDefinitionNode)
    return Prepared(
        document_hash="cascade",
        document=document,
        operation=operation,
        operation_name=None,
        variables={"root": f"obj_{root}"},
        cost=1,
        trusted_id=None,
    )


if __name__ == "__main__":
    main()
