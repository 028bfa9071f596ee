"""The roll-up: check-ins under one root beside check-ins under many, and what carrying up and recomputing take.

`python -m tests.benchmarks.roll_up --home FOLDER` writes RESULTS-roll_up.md. Sixteen clients call the services in this
process, a worker process carries up what they do, on a copy of the generated group whose commits wait for the disk.
"""

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID, uuid4

import asyncpg
import uvloop
from tortoise.transactions import in_transaction

from api.embedded.child import Child
from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role
from domain.objectives import service_check_ins, service_roll_up, service_roll_up_proof
from tests.benchmarks import engines, machine
from tests.benchmarks.engines import DATABASE, ROOT, Engines
from tests.benchmarks.tables import TENANT

RESULTS = Path(__file__).with_name("RESULTS-roll_up.md")
COPY = "roll_up"
CLIENTS = 16
TARGETS = 4_000
ROOTS = 400
TOUCHED = 1_000
DRAIN_SECONDS_MAX = 600
TENANT_ID = UUID(TENANT)
FORMS = ("one root", "many roots")


@dataclass(frozen=True, slots=True)
class Target:
    """A key result of a promised objective, and who acts on it."""

    key_result: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of one form: check-ins a second, and how long what was left took to be carried up."""

    per_second: float
    p50: float
    p99: float
    drained: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that was measured; times in milliseconds."""

    turns: Sequence[tuple[Turn, ...]]
    writes: int
    writes_per_second: float
    drift: int
    touched: float
    touched_hot: float
    touched_one: float
    recomputed: float
    objectives: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a folder in which the group is kept for the next time")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--writes", type=int, default=100_000, help="check-ins before kept and recomputed are compared")
    options = parser.parse_args()
    with engines.running(options.home, say) as started:
        asyncio.run(engines.provide_group(started, say))
        asyncio.run(copied(started))
        copy = replace(started, database_url=started.postgres.url(COPY))
        measured = measure(copy, rounds=options.rounds, seconds=options.seconds, writes=options.writes)
        figures = uvloop.run(measured)
        RESULTS.write_text(report(figures, asyncio.run(started.version())), encoding="utf-8")
    say(f"Written to {RESULTS.name}")


async def copied(started: Engines) -> None:
    """A fresh copy of the group: of promises that nobody serves, some under one root, as many under four hundred."""
    connection = await asyncpg.connect(started.postgres.url("postgres"))
    await connection.execute(f'drop database if exists "{COPY}" with (force)')
    await connection.execute(f'create database "{COPY}" template "{DATABASE}"')
    await connection.close()
    connection = await asyncpg.connect(started.postgres.url(COPY))
    await connection.execute(
        f"""create table target as
            select row_number() over (order by md5(o.id::text))::int as n, o.id as objective, o.owner_id as owner
            from objective o where o.state = 'ACTIVE'
              and not exists (select from objective c where c.tenant_id = o.tenant_id and c.parent_id = o.id)
            limit {2 * TARGETS + ROOTS + 1};
            grant select on target to catchball_app;
            update objective o set parent_id = case
                when t.n <= {TARGETS} then (select objective from target where n = {2 * TARGETS + 1})
                when t.n <= {2 * TARGETS}
                then (select objective from target r where r.n = {2 * TARGETS + 2} + t.n % {ROOTS}) end
            from target t where o.id = t.objective"""
    )
    async with connection.transaction():
        say(f"{await service_roll_up_proof.recompute(connection, TENANT_ID):,} objectives moved")
    await connection.execute("vacuum analyze")
    await connection.close()


async def measure(started: Engines, *, rounds: int, seconds: float, writes: int) -> Figures:
    async with connected(started.database_url):
        hot, spread = await targets(1), await targets(TARGETS + 1)
        with worker(started):
            turns = await side_by_side((hot, spread), rounds=rounds, seconds=seconds)
            all_at_once = await check_in([*hot, *spread], number=writes, seconds=None)
            say(f"{writes:,} check-ins at {all_at_once.per_second:,.0f} a second")
        drift = await service_roll_up_proof.drift(TENANT_ID)
        say(f"{drift} objectives differ from a full recompute")
        touched = [await carried_up(first, TOUCHED, rounds=rounds) for first in (TARGETS + 1, 1)]
        return Figures(
            turns=turns,
            writes=writes,
            writes_per_second=all_at_once.per_second,
            drift=drift,
            touched=touched[0],
            touched_hot=touched[1],
            touched_one=await carried_up(1, 1, rounds=rounds),
            recomputed=await recomputed(rounds),
            objectives=await value("select count(*) from objective"),
        )


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[None]:
    await database.connect(url)
    try:
        yield
    finally:
        await database.close()


@contextmanager
def worker(started: Engines) -> Generator[None]:
    """A worker process of the product, as long as the block lasts."""
    given = engines.environment(started, engines.free_port())
    child = Child(
        name="worker",
        command=[sys.executable, "-m", "catchball", "worker"],
        log=started.home / "logs" / "worker.log",
        last_signal=signal.SIGTERM,
        environment=given | {"PYTHONPATH": str(ROOT)},
    )
    child.start()
    try:
        yield
    finally:
        child.stop(signal.SIGTERM, patience_seconds=10)


async def targets(first: int) -> list[Target]:
    with database.tenant(TENANT_ID):
        async with database.connection() as connection:
            rows = await connection.fetch(
                """select k.id, t.owner from target t
                   join key_result k on k.tenant_id = $1 and k.objective_id = t.objective and k.position = 1
                   where t.n >= $2 and t.n < $3 order by t.n""",
                TENANT_ID,
                first,
                first + TARGETS,
            )
    return [
        Target(row["id"], Actor(TENANT_ID, "UTC", person_id=row["owner"], roles=frozenset({Role.EMPLOYEE})))
        for row in rows
    ]


async def side_by_side(forms: Sequence[Sequence[Target]], *, rounds: int, seconds: float) -> list[tuple[Turn, ...]]:
    """In turns, after a round that is not counted; which form is first changes with each round."""
    turns: list[tuple[Turn, ...]] = []
    for number in range(rounds + 1):
        found: dict[int, Turn] = {}
        for form in (0, 1) if number % 2 else (1, 0):
            found[form] = await check_in(forms[form], number=None, seconds=seconds)
        hot, spread = found[0], found[1]
        say(f"{FORMS[0]} {hot.per_second:,.0f}, {FORMS[1]} {spread.per_second:,.0f}: {ratio((hot, spread)):.2f}")
        if number:
            turns.append((hot, spread))
    return turns


def ratio(turn: Sequence[Turn]) -> float:
    return turn[0].per_second / turn[1].per_second


async def check_in(chosen: Sequence[Target], *, number: int | None, seconds: float | None) -> Turn:
    """Sixteen clients, one check-in after the other, so many or so long; then everything is carried up."""
    numbers, took = count(), list[float]()
    begun = time.monotonic()
    until = begun + (seconds or float("inf"))

    async def client(seed: int) -> None:
        chance = Random(seed)
        while time.monotonic() < until and (number is None or next(numbers) < number):
            one, started = chance.choice(chosen), time.monotonic()
            value = Decimal(chance.randrange(9_000)) / 100
            await service_check_ins.check_in(one.actor, one.key_result, value, key=uuid4().hex, confidence=7)
            took.append(time.monotonic() - started)

    await asyncio.gather(*map(client, range(CLIENTS)))
    passed = time.monotonic() - begun
    took.sort()
    p50, p99 = (took[int(len(took) * part)] * 1000 for part in (0.5, 0.99))
    return Turn(len(took) / passed, p50, p99, await drained())


async def drained() -> float:
    """Seconds until nothing waits to be carried up or followed up."""
    begun = time.monotonic()
    while await value("select count(*) from (select from journal_unread where parked_at is null limit 1) u"):
        if time.monotonic() - begun > DRAIN_SECONDS_MAX:
            raise TimeoutError("the worker does not come to an end")
        await asyncio.sleep(0.05)
    return time.monotonic() - begun


async def carried_up(first: int, size: int, *, rounds: int) -> float:
    """Milliseconds to carry up so many objectives that were moved, with the commit."""
    took: list[float] = []
    for _ in range(rounds + 1):
        with database.tenant(TENANT_ID):
            async with database.connection() as connection:
                rows = await connection.fetch(
                    """update objective o set progress = progress + 1 from target t
                       where o.tenant_id = $1 and o.id = t.objective and t.n >= $2 and t.n < $3 returning o.id""",
                    TENANT_ID,
                    first,
                    first + size,
                )
            begun = time.monotonic()
            async with in_transaction(), database.connection() as connection:
                await service_roll_up.carry_up(connection, TENANT_ID, [row["id"] for row in rows])
            took.append((time.monotonic() - begun) * 1000)
    return median(took[1:])


async def recomputed(rounds: int) -> float:
    """Milliseconds of a full recompute that finds everything as it is kept."""
    took: list[float] = []
    for _ in range(rounds + 1):
        begun = time.monotonic()
        assert await service_roll_up_proof.prove(TENANT_ID) == 0
        took.append((time.monotonic() - begun) * 1000)
    return median(took[1:])


async def value(sql: str) -> int:
    return int(str(await database.fetch_value(TENANT_ID, sql, ())))


def report(figures: Figures, version: str) -> str:
    """The results as a page of Markdown."""
    ratios = [ratio(turn) for turn in figures.turns]
    rows = [
        " | ".join(
            [name]
            + [
                f"{median(getattr(turn[form], part) for turn in figures.turns):,.{digits}f}"
                for part, digits in (("per_second", 0), ("p50", 2), ("p99", 2), ("drained", 2))
            ]
        )
        for form, name in enumerate(FORMS)
    ]
    return PAGE.format(
        on=clock.now().date(),
        rounds=len(figures.turns),
        machine="\n".join(f"- {line}" for line in machine.describe(version)),
        rows="\n".join(f"| {row} |" for row in rows),
        ratio=f"**{median(ratios):.2f}** ({min(ratios):.2f}–{max(ratios):.2f})",
        figures=figures,
    )


PAGE = """# Roll-up: check-ins under one root beside check-ins under many

Written by `python -m tests.benchmarks.roll_up` on {on}; {rounds} rounds, in turns, sixteen clients that call the
services in one process, one worker process, commits wait for the disk. 4,000 promises stand under one objective, 4,000
under four hundred.

{machine}

| | check-ins/s | p50 ms | p99 ms | carried up and followed up, s after |
|---|---|---|---|---|
{rows}

One root ÷ many roots: {ratio}.

- After {figures.writes:,} check-ins at {figures.writes_per_second:,.0f} a second, {figures.drift} objectives differ
  from a full recompute, compared as exact decimals.
- 1,000 objectives that were moved are carried up in {figures.touched:.1f} ms under many roots, in
  {figures.touched_hot:.1f} ms under one; a single one in {figures.touched_one:.2f} ms.
- A full recompute of {figures.objectives:,} objectives that finds all as kept: {figures.recomputed:.0f} ms.
"""


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
