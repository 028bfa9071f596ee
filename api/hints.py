"""Live hints over Redis: that something of a person's changed, never what. Lost ones cost nothing but time."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import suppress
from typing import cast
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from domain.kernel import clock
from domain.kernel.relay import Entry

BELL = "bell"
PREFIX = "hint:"
WAITING_MAX = 100
PAUSE_SECONDS = 1.0

log = structlog.get_logger(__name__)


def channel(tenant_id: UUID, person_id: UUID) -> str:
    """Where a person's hints go."""
    return f"{PREFIX}{tenant_id}:{person_id}"


async def publish(redis: Redis, entries: Iterable[Entry]) -> None:
    """Tell everybody who hears of these entries, once each."""
    heard = {(channel(entry.tenant_id, person), entry.subject_type) for entry in entries for person in entry.hearers}
    if not heard:
        return
    pipeline = redis.pipeline(transaction=False)
    for name, topic in sorted(heard):
        pipeline.publish(name, orjson.dumps({"topic": topic, "at": clock.now().isoformat()}))  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
    with suppress(RedisError):
        await pipeline.execute()


async def ring(redis: Redis) -> None:
    """Wake the worker; it looks by itself each second when nobody hears."""
    with suppress(RedisError):
        await redis.publish(BELL, b"")  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open


class Hub:
    """One connection to Redis for all listeners of this process."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: dict[str, set[asyncio.Queue[bytes]]] = {}

    async def watch(self) -> None:
        """Pass hints on until cancelled; a lost connection is opened again."""
        while True:
            try:
                await self._pass_on()
            except (RedisError, OSError, ValueError) as error:
                log.warning("hints_lost", error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _pass_on(self) -> None:
        async for name, message in messages(self._redis, f"{PREFIX}*"):
            for queue in self._listeners.get(name, ()):
                with suppress(asyncio.QueueFull):
                    queue.put_nowait(message)

    async def listen(self, name: str) -> AsyncGenerator[bytes]:
        """The hints of one channel; what a slow listener does not take is dropped, for hints say only that."""
        queue: asyncio.Queue[bytes] = asyncio.Queue(WAITING_MAX)
        self._listeners.setdefault(name, set()).add(queue)
        try:
            while True:
                yield await queue.get()
        finally:
            self._listeners[name].discard(queue)
            if not self._listeners[name]:
                del self._listeners[name]


class RedisBell:
    """What wakes the worker when a web process has committed something."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits in this process."""
        self._rung.set()

    async def wait(self) -> None:
        """Return at the next ring."""
        await self._rung.wait()
        self._rung.clear()

    async def watch(self) -> None:
        """Hear the rings of other processes until cancelled."""
        while True:
            try:
                async for _ in messages(self._redis, BELL):
                    self.ring()
            except (RedisError, OSError, ValueError) as error:
                log.warning("bell_lost", error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)


async def messages(redis: Redis, pattern: str) -> AsyncGenerator[tuple[str, bytes]]:
    """Channel and content of what is published under a pattern; raises RedisError when the connection is lost."""
    async with redis.pubsub(ignore_subscribe_messages=True) as subscriptions:  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
        await subscriptions.psubscribe(pattern)
        async for message in cast("AsyncIterator[Mapping[str, bytes]]", subscriptions.listen()):  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
            yield message["channel"].decode(), message["data"]
