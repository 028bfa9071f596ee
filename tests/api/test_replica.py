"""Clients read from the replica what is there; what they wrote themselves they read wherever it is.

The replica of these tests is a second database, so that an answer tells where it comes from; `tests/scale` asks a
standby that really follows.
"""

import asyncio
import math
from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import cast

import pytest
from graphql import ExecutionResult, OperationType
from prometheus_client import CollectorRegistry
from redis.asyncio import Redis

from api.guard.callers import Context
from api.guard.operations import Prepared
from api.replica import Counts, Lateness, Place, Replica
from domain.kernel import database, standby
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id

WHERE = "select current_database()::text"
FAR = 2**60
"""A position that nothing has written yet."""
TENANT = new_id()


@dataclass(frozen=True, slots=True)
class _Operation:
    operation: OperationType


@dataclass(frozen=True, slots=True)
class _Asked:
    """As much of an operation as routing looks at."""

    operation: _Operation


@dataclass(frozen=True, slots=True)
class _Caller:
    actor: object


QUERY = cast("Prepared", _Asked(_Operation(OperationType.QUERY)))
MUTATION = cast("Prepared", _Asked(_Operation(OperationType.MUTATION)))


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[Redis]:
    client: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    yield client
    await client.aclose()


@pytest.fixture
async def servers(database_url: str, fresh_database_url: str) -> AsyncGenerator[tuple[str, str]]:
    """The names of the primary and of the replica, both connected."""
    await database.connect(database_url)
    standby.connect(fresh_database_url, statement_seconds=5)
    async with database.connection() as connection:
        primary = await connection.fetchval(WHERE)
    yield primary, str(await standby.fetch_value(TENANT, WHERE, ()))
    await standby.close()
    await database.close()


def client() -> Actor:
    return Actor(tenant_id=TENANT, zone="UTC", client_id=new_id())


def current(redis: Redis, registry: CollectorRegistry | None = None) -> Replica:
    """As a process that knows the replica to have everything."""
    now = asyncio.get_running_loop().time()
    lateness = Lateness(replayed=FAR, as_of=now, is_up=True)
    return Replica(redis, Counts(registry or CollectorRegistry()), lag_seconds_max=30, lateness=lateness)


def counted(registry: CollectorRegistry) -> dict[Place, float]:
    """How many reads were answered in each place."""
    values = {place: registry.get_sample_value("catchball_partner_reads_total", {"place": place}) for place in Place}
    return {place: number for place, number in values.items() if number}


async def test_a_client_of_whom_nothing_is_known_reads_from_the_primary_once(
    servers: tuple[str, str], redis: Redis
) -> None:
    primary, copy = servers
    registry = CollectorRegistry()
    replica, actor = current(redis, registry), client()

    found = [await replica.fetch(actor, WHERE, ()) for _ in range(3)]

    assert found == [primary, copy, copy]
    assert counted(registry) == {Place.UNKNOWN: 1, Place.REPLICA: 2}


async def test_what_a_client_wrote_is_read_by_every_process_where_it_is(servers: tuple[str, str], redis: Redis) -> None:
    primary, copy = servers
    registry = CollectorRegistry()
    one, other, actor = current(redis), current(redis, registry), client()
    await one.note(actor)
    for process in (one, other):
        process.lateness.replayed = 1

    early = [await process.fetch(actor, WHERE, ()) for process in (one, other)]
    for process in (one, other):
        process.lateness.reach(FAR)
    later = [await process.fetch(actor, WHERE, ()) for process in (one, other)]

    assert (early, later) == ([primary, primary], [copy, copy])
    assert counted(registry) == {Place.BEHIND: 1, Place.REPLICA: 1}


async def test_what_one_client_wrote_holds_up_no_other(servers: tuple[str, str], redis: Redis) -> None:
    _, copy = servers
    replica, writer, reader = current(redis), client(), client()
    await replica.note(reader)
    replica.lateness.replayed = await standby.written()
    async with database.connection() as connection:
        await connection.execute("select pg_logical_emit_message(false, 'catchball', repeat('x', 20000))")
    await replica.note(writer)

    assert await replica.place(writer) is Place.BEHIND
    assert await replica.fetch(reader, WHERE, ()) == copy


async def test_a_later_write_raises_the_mark_and_an_earlier_one_never_lowers_it(
    servers: tuple[str, str], redis: Redis
) -> None:
    replica, actor = current(redis), client()
    key = f"wrote:{{{actor.tenant_id}}}:{actor.client_id}"
    await redis.set(key, f"{FAR + 1:020}")

    await replica.note(actor)

    assert int(cast("bytes", await redis.get(key))) == FAR + 1
    assert await current(redis).place(actor) is Place.BEHIND


async def test_when_redis_has_lost_everything_the_primary_is_asked(servers: tuple[str, str], redis: Redis) -> None:
    replica, actor = current(redis), client()
    await replica.note(actor)
    assert await replica.place(actor) is Place.REPLICA

    await redis.execute_command("FLUSHDB")  # pyright: ignore[reportUnknownMemberType] - untyped answer

    assert await replica.place(actor) is Place.UNKNOWN
    assert await replica.place(actor) is Place.REPLICA


async def test_without_redis_the_primary_is_asked_and_a_write_is_remembered(servers: tuple[str, str]) -> None:
    nowhere: Redis = Redis.from_url("redis://127.0.0.1:1")  # pyright: ignore[reportUnknownMemberType] - untyped options
    registry = CollectorRegistry()
    replica, actor = current(nowhere, registry), client()
    primary, _ = servers

    assert await replica.fetch(actor, WHERE, ()) == primary
    await replica.note(actor)
    replica.lateness.replayed = 1

    assert await replica.place(actor) is Place.BEHIND
    assert registry.get_sample_value("catchball_untold_writes_total") == 1
    await nowhere.aclose()


async def test_a_replica_that_is_too_late_or_silent_is_not_asked(servers: tuple[str, str], redis: Redis) -> None:
    replica, actor = current(redis), client()
    await replica.note(actor)
    replica.lateness.as_of -= 31

    late = await replica.place(actor)
    replica.lateness.lost()

    assert (late, await replica.place(actor)) == (Place.LATE, Place.DOWN)


async def test_what_the_replica_cannot_answer_the_primary_does(database_url: str, redis: Redis) -> None:
    await database.connect(database_url)
    standby.connect("postgresql://x@127.0.0.1:1/x", statement_seconds=5)
    registry = CollectorRegistry()
    replica, actor = current(redis, registry), client()
    await replica.note(actor)

    assert await replica.fetch(actor, "select 1", ()) == 1

    assert counted(registry) == {Place.DOWN: 1}
    assert await replica.place(actor) is Place.DOWN
    await standby.close()
    await database.close()


async def test_a_server_that_follows_nobody_is_never_asked(servers: tuple[str, str], redis: Redis) -> None:
    registry = CollectorRegistry()
    replica = current(redis, registry)

    await replica.look()

    assert not replica.lateness.is_up
    assert registry.get_sample_value("catchball_replica_lag_seconds") == math.inf


async def test_only_queries_of_clients_are_routed_and_their_writes_noted_even_when_they_fail(
    servers: tuple[str, str], redis: Redis
) -> None:
    answered: list[str] = []

    async def primary(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        answered.append("primary")
        if prepared is MUTATION:
            raise RuntimeError("after the commit")
        return b""

    async def copy(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        answered.append("copy")
        return b""

    replica, partner = current(redis), client()
    person = replace(partner, client_id=None, person_id=new_id())
    execute = replica.routed(primary, copy)

    for prepared, caller in ((QUERY, None), (QUERY, person), (QUERY, partner)):
        await execute(prepared, cast("Context", _Caller(caller)))
    with pytest.raises(RuntimeError):
        await execute(MUTATION, cast("Context", _Caller(partner)))

    assert answered == ["primary", "primary", "copy", "primary"]
    assert await redis.exists(f"wrote:{{{TENANT}}}:{partner.client_id}")


def test_nothing_is_missing_before_the_newest_instant_that_was_reached() -> None:
    lateness = Lateness()
    for at, written in ((1.0, 100), (2.0, 100), (3.0, 150)):
        lateness.sample(at, written)

    lateness.reach(99)
    assert lateness.as_of == -math.inf
    lateness.reach(149)
    assert lateness.as_of == 2.0
    lateness.reach(150)
    assert lateness.as_of == 3.0


def test_a_lower_position_is_that_of_another_standby() -> None:
    lateness = Lateness()
    lateness.sample(1.0, 100)
    lateness.reach(100)

    lateness.reach(50)

    assert (lateness.replayed, lateness.as_of) == (50, -math.inf)
