"""What goes wrong beside the requests: nobody is left waiting, nothing falls silent, no statement runs for ever."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from api import app
from api.guard.bucket import Bucket
from api.guard.callers import Budget
from api.identity.denied import CHANNEL, KEY, Denied
from domain.kernel import clock, database
from domain.kernel.ids import new_id
from tests.api.guard.conftest import ReadLog
from tests.conftest import Cluster
from tests.domain.apart import apart


async def test_a_fault_in_charging_reaches_everybody_who_waits() -> None:
    def count_failure() -> None:
        raise RuntimeError("the counter is broken")

    async with Redis(host="127.0.0.1", port=1, retry=Retry(NoBackoff(), 0)) as nowhere, asyncio.timeout(5):
        bucket = Bucket(nowhere, count_failure=count_failure)
        charges = (bucket.charge(key, 1, Budget()) for key in ("a", "b", "c"))
        outcomes = await asyncio.gather(*charges, return_exceptions=True)

    assert [str(outcome) for outcome in outcomes] == ["the counter is broken"] * 3


@asynccontextmanager
async def watching(denied: Denied, heard: asyncio.Event) -> AsyncGenerator[asyncio.Task[None]]:
    """Until it hears; what was denied before counts too."""
    task = asyncio.create_task(denied.watch())
    try:
        async with asyncio.timeout(10):
            await heard.wait()
        heard.clear()
        yield task
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.mark.parametrize("message", ["", "nonsense", "00000000-0000-0000-0000-000000000000 soon"])
async def test_a_message_that_is_none_is_counted_and_the_next_one_heard(redis: Redis, message: str) -> None:
    failures: list[None] = []
    ended: list[UUID] = []
    heard = asyncio.Event()
    there = Denied(redis, count_failure=lambda: failures.append(None))

    def hear(subject: UUID) -> None:
        ended.append(subject)
        heard.set()

    there.listeners.append(hear)
    here = Denied(redis, count_failure=lambda: None)
    first, second, until = new_id(), new_id(), clock.now() + timedelta(minutes=10)
    await redis.delete(KEY)
    await here.add(first, until)

    async with watching(there, heard) as task, asyncio.timeout(10):
        await redis.publish(CHANNEL, message)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
        await here.add(second, until)
        await heard.wait()
        assert not task.done()

    assert there.holds(second)
    assert ended == [first, second]
    assert len(failures) == 1


async def test_an_entry_of_the_list_that_is_none_hides_no_other(redis: Redis) -> None:
    failures: list[None] = []
    denied = Denied(redis, count_failure=lambda: failures.append(None))
    known = new_id()
    await redis.delete(KEY)
    await redis.zadd(KEY, {"nonsense": 4e9, str(known): 4e9})  # pyright: ignore[reportGeneralTypeIssues, reportUnknownMemberType] - untyped

    await denied.read()
    await redis.delete(KEY)

    assert denied.holds(known)
    assert len(failures) == 1


async def test_a_task_that_ended_by_a_fault_hinders_no_other_and_is_told_of(log: ReadLog) -> None:
    async def forever() -> None:
        await asyncio.Event().wait()

    async def fail() -> None:
        raise ValueError("not a message")

    broken, running = asyncio.create_task(fail()), asyncio.create_task(forever())
    await asyncio.wait([broken])

    await app.stop([broken, running])

    assert running.cancelled()
    assert [line["kind"] for line in log() if line["event"] == "fault"] == ["ValueError"]


@pytest.fixture
def url(cluster: Cluster, template: str) -> Generator[str]:
    with apart(cluster, template) as opened:
        yield opened


async def test_every_connection_of_a_process_has_its_longest_statement(url: str) -> None:
    await database.connect(url, statement_seconds=7)
    try:
        async with database.connection() as connection:
            plain = await connection.fetchval("show statement_timeout")
        records = await database.pool().fetchval("show statement_timeout")
        gate = await database.gate().fetchval("show statement_timeout")
    finally:
        await database.close()

    assert (plain, records, gate) == ("7s", "7s", "7s")


async def test_a_statement_that_runs_too_long_is_ended_by_the_database(url: str) -> None:
    await database.connect(url, statement_seconds=1)
    try:
        async with database.connection() as connection:
            with pytest.raises(asyncpg.QueryCanceledError, match="statement timeout"):
                await connection.fetchval("select count(*) from generate_series(1, 10000000000)")
    finally:
        await database.close()


async def test_work_in_the_background_has_a_minute_for_each_statement(url: str) -> None:
    await database.connect(url)
    try:
        async with database.connection() as connection:
            assert await connection.fetchval("show statement_timeout") == "1min"
    finally:
        await database.close()
