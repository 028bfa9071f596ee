"""Check-ins of one objective at the same time are all counted: the roll-up never comes from what stood before."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.objectives import events, progress, service_check_ins
from domain.objectives.terms import KeyResultKind
from tests.domain.objectives.company import FEWER, KEY_RESULT, Company, goal

if TYPE_CHECKING:
    Connection = asyncpg.Connection[asyncpg.Record]

ROUNDS = 4
PATIENCE_TURNS = 1000
BETWEEN = replace(KEY_RESULT, kind=KeyResultKind.RANGE, start=None, target=None, low=Decimal(2), high=Decimal(5))
TEN = goal(key_results=tuple(replace(one, weight=10) for one in (KEY_RESULT, FEWER, BETWEEN, FEWER, BETWEEN) * 2))


@pytest.fixture
async def other(database: str) -> AsyncGenerator["Connection"]:
    """Somebody else, who sees everything."""
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def check_in(company: Company, key_result_id: UUID, value: object) -> UUID:
    number = Decimal(str(value))
    return await service_check_ins.check_in(company.actor("Dina"), key_result_id, number, key=str(new_id()))


async def until_somebody_waits(other: "Connection") -> None:
    for _ in range(PATIENCE_TURNS):
        if await other.fetchval("select exists(select from pg_locks where not granted)"):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


async def test_who_waited_for_another_check_in_counts_it(company: Company, other: "Connection") -> None:
    objective_id = await company.promised()
    first, second = await company.key_results(objective_id)

    async with other.transaction():
        await other.execute("update key_result set current = 30, progress = 50 where id = $1", second)
        await other.execute("update objective set progress = 20 where id = $1", objective_id)
        waiting = asyncio.create_task(check_in(company, first, 75))
        await until_somebody_waits(other)
    await waiting

    assert await company.organisation.value("select progress from objective where id = $1", objective_id) == 50


async def test_who_waited_while_the_promise_ended_is_refused(company: Company, other: "Connection") -> None:
    objective_id = await company.promised()
    first, _ = await company.key_results(objective_id)

    async with other.transaction():
        await other.execute("update objective set state = 'MISSED' where id = $1", objective_id)
        waiting = asyncio.create_task(check_in(company, first, 75))
        await until_somebody_waits(other)
    [found] = await asyncio.gather(waiting, return_exceptions=True)

    assert type(found).__name__ == "ObjectiveNotActive"
    assert await company.organisation.count("check_in") == 0


async def test_many_check_ins_at_once_end_where_a_recomputation_ends(company: Company) -> None:
    objective_id = await company.promised(TEN)
    key_results = await company.key_results(objective_id)

    await asyncio.gather(
        *(check_in(company, one, at + turn) for turn in range(ROUNDS) for at, one in enumerate(key_results))
    )

    rows = await company.organisation.rows(
        """select k.*, c.value as told from key_result k join check_in c on c.id = k.latest_check_in_id
           where k.objective_id = $1 order by k.position""",
        objective_id,
    )
    reached = [
        progress.of_key_result(
            row["kind"], row["told"], start=row["start"], target=row["target"], low=row["low"], high=row["high"]
        )
        for row in rows
    ]
    total = progress.of_objective([(row["weight"], one) for row, one in zip(rows, reached, strict=True)])
    assert await company.organisation.count("check_in") == ROUNDS * len(key_results)
    assert [(row["current"], row["progress"]) for row in rows] == [
        (row["told"], one) for row, one in zip(rows, reached, strict=True)
    ]
    assert await company.organisation.value("select progress from objective where id = $1", objective_id) == total


async def test_the_journal_says_what_the_event_says(company: Company) -> None:
    objective_id = await company.promised()
    first, _ = await company.key_results(objective_id)

    made = await check_in(company, first, 75)

    said = events.CheckedIn(
        subject_id=objective_id,
        hearers=(company["Dina"],),
        owner_id=company["Dina"],
        key_result_id=first,
        check_in_id=made,
    )
    [row] = await company.organisation.rows(
        """select at, subject_type, subject_id, hearers, actor_person_id,
                  array(select (key, value) from jsonb_each_text(payload) order by key) as payload
           from journal where kind = $1""",
        said.kind,
    )
    assert (row["at"], row["actor_person_id"]) == (clock.now(), company["Dina"])
    assert (row["subject_type"], row["subject_id"]) == (said.subject_type, said.subject_id)
    assert tuple(row["hearers"]) == said.hearers
    assert [tuple(pair) for pair in row["payload"]] == sorted(said.payload().items())
