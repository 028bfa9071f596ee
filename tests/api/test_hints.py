"""Live hints over a real Redis: to those concerned alone, never in the way of anybody, and never lost for long."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from uuid import UUID

import orjson
import pytest
from redis.asyncio import Redis

from api import hints
from api.guard.feeds import WAITING_MAX, Event, Lagging
from api.hints import Hub, RedisBell, Rope, Told
from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry

TENANT, ADA, BO = new_id(), new_id(), new_id()
PATIENCE_SECONDS = 10
ENTRY = Entry(
    tenant_id=TENANT,
    id=1,
    at=datetime(2026, 6, 10, tzinfo=UTC),
    kind="ObjectiveApproved",
    subject_type="objective",
    subject_id=new_id(),
    actor_person_id=ADA,
    hearers=(ADA, BO),
    payload={},
)


@pytest.fixture
async def redis(redis_url: str) -> AsyncGenerator[Redis]:
    client: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    yield client
    await client.aclose()


@pytest.fixture
async def hub(redis: Redis) -> AsyncGenerator[Hub]:
    made = Hub(redis)
    watching = asyncio.create_task(made.watch())
    yield made
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


Listener = AsyncGenerator[object]


def listen(hub: Hub, person: UUID) -> Listener:
    return aiter(hub.listen(TENANT, person))


async def next_of(listener: Listener) -> str:
    async with asyncio.timeout(PATIENCE_SECONDS):
        return cast("Told", await anext(listener)).topic


async def listening(hub: Hub, redis: Redis, person: UUID) -> Listener:
    """A listener who has heard once, so that everything after it is heard too."""
    listener = listen(hub, person)
    first = asyncio.create_task(next_of(listener))
    while not first.done():
        await hints.publish(redis, [replace(ENTRY, subject_type="first", hearers=(person,))])
        await asyncio.wait([first], timeout=0.02)
    async for found in _until_quiet(redis, listener, person):
        assert found == "first"
    return listener


async def _until_quiet(redis: Redis, listener: Listener, person: UUID) -> AsyncGenerator[str]:
    """What was published before this moment."""
    await hints.publish(redis, [replace(ENTRY, subject_type="quiet", hearers=(person,))])
    while (found := await next_of(listener)) != "quiet":
        yield found


async def test_everybody_concerned_gets_one_hint_for_many_facts(hub: Hub, redis: Redis) -> None:
    ada, bo = await listening(hub, redis, ADA), await listening(hub, redis, BO)

    await hints.publish(redis, [ENTRY, replace(ENTRY, id=2), replace(ENTRY, id=3, subject_type="unit", hearers=(BO,))])

    assert [found async for found in _until_quiet(redis, ada, ADA)] == ["objective"]
    assert sorted([found async for found in _until_quiet(redis, bo, BO)]) == ["objective", "unit"]


async def test_the_same_person_of_another_tenant_hears_nothing(hub: Hub, redis: Redis) -> None:
    ada = await listening(hub, redis, ADA)

    await hints.publish(redis, [replace(ENTRY, tenant_id=new_id())])

    assert [found async for found in _until_quiet(redis, ada, ADA)] == []


async def test_a_hint_says_only_that_something_changed(redis: Redis, hub: Hub) -> None:
    ada = await listening(hub, redis, ADA)

    with clock.frozen(ENTRY.at):
        await hints.publish(redis, [ENTRY])

    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await anext(ada) == Told("objective", ENTRY.at)


async def test_one_message_tells_everybody_and_a_long_list_is_cut() -> None:
    many = tuple(new_id() for _ in range(hints.HEARERS_MAX + 1))

    few = list(hints.messages_of([ENTRY, replace(ENTRY, id=2)]))
    cut = [orjson.loads(content)["hearers"] for _, content in hints.messages_of([replace(ENTRY, hearers=many)])]

    assert [channel for channel, _ in few] == [f"hint:{TENANT}"]
    assert orjson.loads(few[0][1])["hearers"] == [str(ADA), str(BO)]
    assert [len(part) for part in cut] == [hints.HEARERS_MAX, 1]
    assert [person for part in cut for person in part] == [str(person) for person in many]


async def test_two_devices_of_one_person_both_hear(hub: Hub, redis: Redis) -> None:
    phone, laptop = await listening(hub, redis, ADA), listen(hub, ADA)
    second = asyncio.create_task(next_of(laptop))
    await asyncio.sleep(0)

    await hints.publish(redis, [ENTRY])

    assert (await next_of(phone), await second) == ("objective", "objective")


async def test_all_listeners_of_a_process_share_one_event_and_one_connection(redis_url: str) -> None:
    named: Redis = Redis.from_url(redis_url, client_name="crowd")  # pyright: ignore[reportUnknownMemberType] - untyped options
    hub, heard = Hub(named), list[Event]()
    people = tuple(new_id() for _ in range(1000))
    for person in people:
        hub.listen(TENANT, person).join(heard.append)
    watching = asyncio.create_task(hub.watch())
    await listening(hub, named, BO)

    await hints.publish(named, [replace(ENTRY, hearers=people)])
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(heard) < len(people):  # noqa: ASYNC110 - listeners have no event to wait on
            await asyncio.sleep(0.005)
    connections = await named.client_list(_type="pubsub")  # pyright: ignore[reportUnknownMemberType] - typed in part
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await named.aclose()

    assert len({id(event) for event in heard}) == 1
    assert len(heard) == len(people)
    assert [one["psub"] for one in connections if one["name"] == "crowd"] == ["1"]


async def test_the_fault_of_one_listener_is_not_that_of_the_others(hub: Hub, redis: Redis) -> None:
    def fail(event: Event) -> None:
        raise RuntimeError(event)

    hub.listen(TENANT, ADA).join(fail)
    ada = await listening(hub, redis, ADA)

    await hints.publish(redis, [ENTRY])

    assert await next_of(ada) == "objective"


async def test_a_listener_who_left_is_forgotten(hub: Hub, redis: Redis) -> None:
    ada = await listening(hub, redis, ADA)

    await ada.aclose()

    assert hub._listeners == {}  # pyright: ignore[reportPrivateUsage] - nothing else shows a leak


async def test_a_slow_listener_holds_nobody_up_and_is_told_to_catch_up(hub: Hub, redis: Redis) -> None:
    ada = await listening(hub, redis, ADA)
    bo = await listening(hub, redis, BO)

    for number in range(WAITING_MAX + 20):
        await hints.publish(redis, [replace(ENTRY, id=number, hearers=(ADA,))])
    await hints.publish(redis, [replace(ENTRY, hearers=(BO,))])

    assert await next_of(bo) == "objective"
    with pytest.raises(Lagging):
        await next_of(ada)


async def test_the_hub_listens_again_after_its_connection_was_cut(
    hub: Hub, redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "PAUSE_SECONDS", 0.0)
    ada = await listening(hub, redis, ADA)

    await redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")  # pyright: ignore[reportUnknownMemberType] - untyped answer

    heard = asyncio.create_task(next_of(ada))
    while not heard.done():
        await hints.publish(redis, [ENTRY])
        await asyncio.wait([heard], timeout=0.02)
    assert heard.result() == "objective"


async def test_without_redis_a_hint_is_lost_and_nothing_else() -> None:
    gone: Redis = Redis.from_url("redis://127.0.0.1:1/0")  # pyright: ignore[reportUnknownMemberType] - untyped options

    await hints.publish(gone, [ENTRY])
    await Rope(gone).ring()

    await gone.aclose()


@asynccontextmanager
async def watched(*watches: Callable[[], Awaitable[None]]) -> AsyncGenerator[None]:
    """What runs beside the requests of a process."""
    watching = [asyncio.ensure_future(watch()) for watch in watches]
    yield
    for task in watching:
        task.cancel()
    await asyncio.gather(*watching, return_exceptions=True)


async def test_the_bell_wakes_the_worker_of_another_process(redis: Redis) -> None:
    bell, rope = RedisBell(redis), Rope(redis)
    waiting = asyncio.create_task(bell.wait())

    async with watched(bell.watch, rope.watch), asyncio.timeout(PATIENCE_SECONDS):
        while not waiting.done():
            rope.pull()
            await asyncio.wait([waiting], timeout=0.02)

    assert waiting.exception() is None


class Counted(Redis):
    """Redis, and how often it was told something by this client."""

    told = 0

    def publish(self, *given: object, **named: object) -> Awaitable[int]:
        self.told += 1
        return super().publish(*given, **named)  # type: ignore[arg-type, no-any-return]


async def test_who_pulls_at_the_same_time_rings_once(redis_url: str) -> None:
    redis = cast("Counted", Counted.from_url(redis_url))  # pyright: ignore[reportUnknownMemberType] - untyped options
    rope = Rope(redis)

    async with watched(rope.watch):
        for _ in range(100):
            rope.pull()
        await asyncio.sleep(10 * hints.TOGETHER_SECONDS)

    assert redis.told == 1
    await redis.aclose()
