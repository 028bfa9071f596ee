"""Sessions and clients whose access tokens are refused although they have not expired: remote sign-out at once.

Each process keeps the list in memory, so that a request asks nobody. Redis carries it between the processes: a sorted
set holds the list, a message tells of each new entry, and the set is read again now and then in case a message was
lost. Without Redis an entry holds in its own process only, until the tokens expire by themselves.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from domain.kernel import clock

KEY = "identity:denied"
CHANNEL = "identity:denied"
KEEP_SECONDS = 2 * 3600
READ_AGAIN_SECONDS = 30.0
PAUSE_SECONDS = 1.0
REDIS_SECONDS_MAX = 1.0


class Denied:
    """The list; `count_failure` is called for each time that Redis did not take or give it."""

    def __init__(self, redis: Redis, *, count_failure: Callable[[], None]) -> None:
        self._redis = redis
        self._count_failure = count_failure
        self._until: dict[UUID, float] = {}
        self.listeners: list[Callable[[UUID], None]] = []
        """Who is called once for each session or client that is denied, as to end its streams."""

    def holds(self, subject: UUID) -> bool:
        """Whether tokens of the session or client are refused now."""
        until = self._until.get(subject)
        return until is not None and until > clock.now().timestamp()

    async def add(self, subject: UUID, until: datetime) -> None:
        """Refuse the tokens of a session or client until the last of them has expired."""
        score = until.timestamp()
        self._deny(subject, score)
        try:
            async with asyncio.timeout(REDIS_SECONDS_MAX):
                pipeline = self._redis.pipeline(transaction=True)
                pipeline.zadd(KEY, {str(subject): score}, gt=True)
                pipeline.zremrangebyscore(KEY, "-inf", clock.now().timestamp())
                pipeline.expire(KEY, KEEP_SECONDS)
                pipeline.publish(CHANNEL, f"{subject} {score}")  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
                await pipeline.execute()
        except (RedisError, OSError, TimeoutError):
            self._count_failure()

    def _deny(self, subject: UUID, until: float) -> None:
        is_new = subject not in self._until
        self._until[subject] = until
        if is_new:
            for listener in self.listeners:
                listener(subject)

    async def watch(self) -> None:
        """Hear of new entries for as long as the process lives; a task that the process cancels at its end."""
        while True:
            try:
                async with self._redis.pubsub() as channel:  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
                    await channel.subscribe(CHANNEL)
                    await self._follow(channel)
            except (RedisError, OSError):
                self._count_failure()
                await asyncio.sleep(PAUSE_SECONDS)

    async def _follow(self, channel: PubSub) -> None:
        read_at = -READ_AGAIN_SECONDS
        while True:
            if time.monotonic() - read_at >= READ_AGAIN_SECONDS:
                await self.read()
                read_at = time.monotonic()
            message = cast(
                "Mapping[str, object] | None",
                await channel.get_message(ignore_subscribe_messages=True, timeout=READ_AGAIN_SECONDS),
            )
            if message is not None:
                self._take(*text(message["data"]).partition(" ")[::2])

    def _take(self, subject: str, until: str | float) -> None:
        """One entry of Redis; one that is none is counted, for others must be heard after it."""
        try:
            self._deny(UUID(subject), float(until))
        except ValueError:
            self._count_failure()

    async def read(self) -> None:
        """Take over the list as Redis has it; raises RedisError."""
        now = clock.now().timestamp()
        found = await self._redis.zrangebyscore(KEY, now, "+inf", withscores=True)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
        self._until = {subject: until for subject, until in self._until.items() if until > now}
        for member, score in cast("list[tuple[object, float]]", found):
            self._take(text(member), score)


def text(value: object) -> str:
    """What Redis gave, whether or not the connection decodes."""
    return value.decode() if isinstance(value, bytes) else str(value)
