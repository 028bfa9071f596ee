"""A leaky bucket of cost points per client in Redis: reserved before an operation, refunded after.

Charges that wait at the same time travel together, so that a busy process pays one round trip
for many. Without Redis everybody is admitted, and the event is counted.
"""

import asyncio
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import NoScriptError, RedisError

from api.guard.callers import Budget

# KEYS: the bucket. ARGV: capacity, points leaking per second, points to add (negative: give back).
# Answers {1 when admitted, points still available, milliseconds to wait}.
CHARGE_SCRIPT = """
local capacity, leak, points = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'level', 'at')
local level = math.max(0, (tonumber(held[1]) or 0) - (now - (tonumber(held[2]) or now)) * leak / 1000)
if points > 0 and level + points > capacity then
  return {0, math.floor(capacity - level), math.ceil((level + points - capacity) * 1000 / leak)}
end
level = math.max(0, level + points)
redis.call('HSET', KEYS[1], 'level', level, 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(level * 1000 / leak) + 1000)
return {1, math.floor(capacity - level), 0}
"""
CHARGE_SHA = hashlib.sha1(CHARGE_SCRIPT.encode(), usedforsecurity=False).hexdigest()
REDIS_SECONDS_MAX = 0.25
REDIS_REST_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Charge:
    """The answer of a bucket; `retry_after_ms` is 0 when admitted."""

    is_admitted: bool
    available: int
    retry_after_ms: int


class Meter(Protocol):
    """Charges points to a client."""

    async def charge(self, key: str, points: int, budget: Budget) -> Charge:
        """Reserves points, or gives them back when they are negative."""
        ...


class Unmetered:
    """Admits everybody; for tests and for a process without Redis."""

    async def charge(self, key: str, points: int, budget: Budget) -> Charge:
        """Always admitted, with the whole budget left."""
        return Charge(is_admitted=True, available=budget.points_max, retry_after_ms=0)


@dataclass(frozen=True, slots=True)
class _Waiting:
    key: str
    points: int
    budget: Budget
    answer: asyncio.Future[Charge]


class Bucket:
    """Charges by one Lua script; `count_failure` is called for each charge that Redis did not see."""

    def __init__(self, redis: Redis, *, count_failure: Callable[[], None]) -> None:
        self._redis = redis
        self._count_failure = count_failure
        self._waiting: list[_Waiting] = []
        self._flush: asyncio.Task[None] | None = None
        self._rests_until = 0.0

    async def charge(self, key: str, points: int, budget: Budget) -> Charge:
        """Reserves points; the answer says how long to wait when there are not enough."""
        answer = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(f"cost:{{{key}}}", points, budget, answer))
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._flush_all())
        return await answer

    async def _flush_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                replies = await self._ask(batch)
                for waiting, reply in zip(batch, replies, strict=True):
                    if not waiting.answer.done():
                        waiting.answer.set_result(self._charged(waiting, reply))
            except Exception as fault:  # noqa: BLE001 - raised again for each who waits, as nobody else would hear it
                for waiting in batch:
                    if not waiting.answer.done():
                        waiting.answer.set_exception(fault)

    def _charged(self, waiting: _Waiting, reply: object) -> Charge:
        if not isinstance(reply, list):
            self._count_failure()
            return Charge(is_admitted=True, available=waiting.budget.points_max, retry_after_ms=0)
        admitted, available, wait = (int(number) for number in reply)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - three integers of the script
        return Charge(is_admitted=admitted == 1, available=available, retry_after_ms=wait)

    async def _ask(self, batch: list[_Waiting]) -> list[object]:
        if time.monotonic() < self._rests_until:
            return [None] * len(batch)
        try:
            async with asyncio.timeout(REDIS_SECONDS_MAX):
                replies = await self._evaluate(batch)
                if any(isinstance(reply, NoScriptError) for reply in replies):
                    await self._redis.script_load(CHARGE_SCRIPT)
                    replies = await self._evaluate(batch)
                return replies
        except (RedisError, OSError, TimeoutError):
            self._rests_until = time.monotonic() + REDIS_REST_SECONDS
            return [None] * len(batch)

    async def _evaluate(self, batch: list[_Waiting]) -> list[object]:
        pipeline = self._redis.pipeline(transaction=False)
        for item in batch:
            budget = item.budget
            pipeline.evalsha(CHARGE_SHA, 1, item.key, budget.points_max, budget.points_per_second, item.points)
        replies: list[object] = await pipeline.execute(raise_on_error=False)
        return replies
