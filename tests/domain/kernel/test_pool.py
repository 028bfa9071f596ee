"""Connections for plain statements: handed to whoever waits longest, opened again when they broke."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from domain.kernel.pool import Pool


@asynccontextmanager
async def pool_of(url: str, size: int) -> AsyncGenerator[Pool]:
    pool = Pool(lambda: asyncpg.connect(url), size=size)
    try:
        yield pool
    finally:
        await pool.close()


async def test_whoever_waits_longest_goes_first(database_url: str) -> None:
    served: list[str] = []

    async def ask(pool: Pool, name: str) -> None:
        connection = await pool.acquire()
        served.append(name)
        pool.release(connection)

    async with pool_of(database_url, 1) as pool:
        held = await pool.acquire()
        waiting = [asyncio.create_task(ask(pool, name)) for name in ("first", "second")]
        await asyncio.sleep(0)
        pool.release(held)
        await ask(pool, "newcomer")
        await asyncio.gather(*waiting)

    assert served == ["first", "second", "newcomer"]


async def test_a_connection_serves_again(database_url: str) -> None:
    async with pool_of(database_url, 2) as pool:
        first = await pool.acquire()
        pool.release(first)
        second = await pool.acquire()
        pool.release(second)

    assert second is first


async def test_a_broken_connection_is_replaced(database_url: str) -> None:
    async with pool_of(database_url, 1) as pool:
        broken = await pool.acquire()
        broken.terminate()
        pool.release(broken)
        found = await pool.acquire()
        answer = await found.fetchval("select 1")
        pool.release(found)

    assert answer == 1


async def test_a_connection_left_inside_a_transaction_is_replaced(database_url: str) -> None:
    async with pool_of(database_url, 1) as pool:
        left = await pool.acquire()
        await left.execute("begin")
        pool.release(left)
        found = await pool.acquire()
        is_inside = found.is_in_transaction()
        pool.release(found)

    assert left.is_closed()
    assert not is_inside


async def test_who_gives_up_waiting_takes_nothing_away(database_url: str) -> None:
    async with pool_of(database_url, 1) as pool:
        held = await pool.acquire()
        given_up = asyncio.create_task(pool.acquire())
        too_late = asyncio.create_task(pool.acquire())
        await asyncio.sleep(0)
        given_up.cancel()
        pool.release(held)
        too_late.cancel()
        await asyncio.gather(given_up, too_late, return_exceptions=True)
        found = await pool.acquire()
        pool.release(found)

    assert found is held


async def test_a_connection_that_cannot_be_opened_leaves_its_place_free(database_url: str) -> None:
    urls = ["postgresql://nobody@127.0.0.1:1/nothing", database_url]
    pool = Pool(lambda: asyncpg.connect(urls.pop(0)), size=1)

    with pytest.raises(ConnectionRefusedError):
        await pool.acquire()
    found = await pool.acquire()
    pool.release(found)
    await pool.close()

    assert found.is_closed()
