"""Live hints over Redis: that something of a person's changed, never what. Lost ones cost nothing but time."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

import orjson
import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.guard.feeds import Event, Source, Take
from api.observing import report_fault
from domain.kernel import clock
from domain.kernel.relay import Entry

BELL = "bell"
PREFIX = "hint:"
HEARERS_MAX = 10_000
"""How many people one message names: 400 kB."""
TOLD_AT_ONCE = 100
"""How many people are told before others of this process have their turn."""
PAUSE_SECONDS = 1.0
TOGETHER_SECONDS = 0.005
"""How long a ring waits for others of the same process."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What a hint says: the kind of thing that changed, and when the hint was given."""

    topic: str
    at: datetime


def messages_of(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Channel and content of what tells everybody who hears of these entries, once each."""
    heard: dict[tuple[UUID, str], dict[UUID, None]] = {}
    for entry in entries:
        heard.setdefault((entry.tenant_id, entry.subject_type), {}).update(dict.fromkeys(entry.hearers))
    at = clock.now().isoformat()
    for (tenant_id, topic), people in sorted(heard.items()):
        hearers = [str(person) for person in people]
        for first in range(0, len(hearers), HEARERS_MAX):
            some = hearers[first : first + HEARERS_MAX]
            yield f"{PREFIX}{tenant_id}", orjson.dumps({"topic": topic, "at": at, "hearers": some})


async def publish(redis: Redis, entries: Iterable[Entry]) -> None:
    """Tell everybody who hears of these entries."""
    pipeline = redis.pipeline(transaction=False)
    for channel, content in messages_of(entries):
        pipeline.publish(channel, content)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
    with suppress(RedisError):
        await pipeline.execute()


class Rope:
    """Rings the worker for what this process committed. Nobody who pulls it waits, and near pulls are one ring.

    The worker looks by itself each second when nobody hears.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._pulled = asyncio.Event()

    def pull(self) -> None:
        """Have the worker woken."""
        self._pulled.set()

    async def watch(self) -> None:
        """Ring for as long as the process lives."""
        while True:
            await self._pulled.wait()
            await asyncio.sleep(TOGETHER_SECONDS)
            self._pulled.clear()
            await self.ring()

    async def ring(self) -> None:
        """Wake the worker; without Redis nobody is woken."""
        with suppress(RedisError):
            await self._redis.publish(BELL, b"")  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open


class Hub:
    """One connection to Redis for all listeners of this process."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: dict[str, dict[str, list[Take]]] = {}
        """By tenant, then by person."""

    def listen(self, tenant_id: UUID, person_id: UUID) -> "Hints":
        """The hints of one person."""
        return Hints(self, tenant_id, person_id)

    def join(self, tenant_id: UUID, person_id: UUID, take: Take) -> None:
        """Tells one listener of what concerns a person, until they leave."""
        self._listeners.setdefault(str(tenant_id), {}).setdefault(str(person_id), []).append(take)

    def leave(self, tenant_id: UUID, person_id: UUID, take: Take) -> None:
        """Tells the listener no more."""
        tenant, person = str(tenant_id), str(person_id)
        people = self._listeners[tenant]
        people[person].remove(take)
        if not people[person]:
            del people[person]
        if not people:
            del self._listeners[tenant]

    async def watch(self) -> None:
        """Pass hints on until cancelled; a lost connection is opened again."""
        while True:
            try:
                async for channel, content in messages(self._redis, f"{PREFIX}*"):
                    await self._tell(channel.removeprefix(PREFIX), orjson.loads(content))
            except (RedisError, OSError, ValueError) as error:
                log.warning("hints_lost", error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _tell(self, tenant: str, said: Mapping[str, object]) -> None:
        listeners = self._listeners.get(tenant)
        if listeners is None:
            return
        event = Event(Told(cast("str", said["topic"]), datetime.fromisoformat(cast("str", said["at"]))))
        for number, person in enumerate(cast("list[str]", said["hearers"]), start=1):
            for take in tuple(listeners.get(person, ())):
                tell(take, event)
            if not number % TOLD_AT_ONCE:
                await asyncio.sleep(0)


def tell(take: Take, event: Event) -> None:
    """Tells one listener, whose fault is not that of the others."""
    try:
        take(event)
    except Exception as fault:  # noqa: BLE001 - the edge of a listener: reported once
        report_fault(fault)


@dataclass(frozen=True, slots=True)
class Hints(Source):
    """The hints of one person, for who listens in this process."""

    _hub: Hub
    _tenant_id: UUID
    _person_id: UUID

    def join(self, take: Take) -> None:
        self._hub.join(self._tenant_id, self._person_id, take)

    def leave(self, take: Take) -> None:
        self._hub.leave(self._tenant_id, self._person_id, take)


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
