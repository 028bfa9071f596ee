"""Reads of partner clients by a standby, unless it has not yet what the client itself wrote, or is too late.

What a client wrote last is a position of the log. It is kept in Redis, which all web processes ask, and in the memory
of the process that wrote. A client of whom Redis knows nothing counts as one that wrote just now, so that losing Redis
loses no more than a little speed. Persons read from the primary.
"""

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import cast

import structlog
from graphql import ExecutionResult, OperationType
from prometheus_client import CollectorRegistry, Counter, Gauge
from redis.asyncio import Redis
from redis.exceptions import RedisError

from api.guard.callers import Context
from api.guard.operations import Execute, Prepared
from domain.kernel import database, standby
from domain.kernel.actor import Actor

POLL_SECONDS = 0.5
REDIS_SECONDS_MAX = 0.25
WAIT_SECONDS_MAX = 1.0
"""How long an answer waits for the standby when Redis cannot tell the others."""
MARK_SECONDS = 3600
CLIENTS_MAX = 10_000
"""How many clients a process remembers; who is forgotten is looked up in Redis."""
SAMPLES_MAX = 1_500

# KEYS: the client's mark. ARGV: a position of 20 digits, seconds to keep it. A mark is never lowered.
RAISE_SCRIPT = """
local known = redis.call('GET', KEYS[1])
local mark = (known and known > ARGV[1]) and known or ARGV[1]
redis.call('SET', KEYS[1], mark, 'EX', ARGV[2])
return mark
"""
UNREACHABLE = (RedisError, OSError, TimeoutError)

log = structlog.get_logger(__name__)


class Place(StrEnum):
    """Where a read of a client was answered, and why there."""

    REPLICA = "replica"
    BEHIND = "primary: behind the client's own write"
    LATE = "primary: replica late"
    DOWN = "primary: replica down"
    UNKNOWN = "primary: client unknown"


class Counts:
    """What operators see of it."""

    def __init__(self, registry: CollectorRegistry) -> None:
        reads = Counter(
            "catchball_partner_reads_total",
            "Reads of clients, by where they were answered.",
            ["place"],
            registry=registry,
        )
        self.reads = {place: reads.labels(place.value) for place in Place}
        self.untold = Counter(
            "catchball_untold_writes_total", "Writes of clients that Redis was not told of.", registry=registry
        )
        self.lag = Gauge(
            "catchball_replica_lag_seconds",
            "How late the replica is at most; +Inf while it is down.",
            registry=registry,
        )


@dataclass(slots=True)
class Lateness:
    """How late the standby is, found by comparing positions, as an idle primary sends no times.

    `replayed` is a position that it has passed, `as_of` an instant before which nothing is missing there. Both only
    grow, so they hold however long ago they were found, as long as it is the same standby: a position that is lower
    is that of another. Instants are seconds of the event loop's clock.
    """

    replayed: int = 0
    as_of: float = -math.inf
    is_up: bool = False
    _samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=SAMPLES_MAX))

    def sample(self, at: float, written: int) -> None:
        """The primary had written as much at an instant, or sooner."""
        self._samples.append((at, written))

    def reach(self, position: int) -> None:
        """The standby has replayed as much."""
        self.is_up = True
        if position < self.replayed:
            self.as_of = -math.inf
        self.replayed = position
        while self._samples and self._samples[0][1] <= self.replayed:
            self.as_of = self._samples.popleft()[0]

    def lost(self) -> None:
        """It does not answer."""
        self.is_up = False


@dataclass(slots=True)
class Replica:
    """The routing of one web process."""

    redis: Redis
    counts: Counts
    lag_seconds_max: float
    lateness: Lateness = field(default_factory=Lateness)
    _marks: OrderedDict[str, int] = field(default_factory=OrderedDict[str, int])

    def routed(self, primary: Execute, copy: Execute) -> Execute:
        """Operations of clients, whose queries `copy` answers by `fetch`, and of everybody else."""

        async def execute(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
            actor = context.actor
            if not isinstance(actor, Actor) or actor.client_id is None:
                return await primary(prepared, context)
            if prepared.operation.operation is not OperationType.MUTATION:
                return await copy(prepared, context)
            try:
                return await primary(prepared, context)
            finally:
                # What failed or was cut off may have been done all the same.
                await self.note(actor)

        return execute

    async def fetch(self, actor: Actor, sql: str, values: Sequence[object]) -> object:
        """The one value of a statement, by the standby if it may answer."""
        place = await self.place(actor)
        if place is Place.REPLICA:
            try:
                value = await standby.fetch_value(actor.tenant_id, sql, values)
                self.counts.reads[place].inc()
                return value
            except standby.GONE as gone:
                log.warning("replica_read_failed", error=type(gone).__name__)
                self.lateness.lost()
                place = Place.DOWN
        self.counts.reads[place].inc()
        return await database.fetch_value(actor.tenant_id, sql, values)

    async def place(self, actor: Actor) -> Place:
        """Where a read of this client may be answered now."""
        lateness = self.lateness
        if not lateness.is_up:
            return Place.DOWN
        if asyncio.get_running_loop().time() - lateness.as_of > self.lag_seconds_max:
            return Place.LATE
        key = _key(actor)
        if self._marks.get(key, 0) > lateness.replayed:
            return Place.BEHIND
        try:
            async with asyncio.timeout(REDIS_SECONDS_MAX):
                known = cast("bytes | None", await self.redis.get(key))
        except UNREACHABLE:
            return Place.UNKNOWN
        if known is None:
            await self.note(actor)
            return Place.UNKNOWN
        return Place.REPLICA if int(known) <= lateness.replayed else Place.BEHIND

    async def note(self, actor: Actor) -> None:
        """Whatever the client has written until now, it reads from now on, whichever process it asks."""
        key, written = _key(actor), await standby.written()
        self._marks[key] = max(written, self._marks.pop(key, 0))
        while len(self._marks) > CLIENTS_MAX:
            self._marks.popitem(last=False)
        try:
            async with asyncio.timeout(REDIS_SECONDS_MAX):
                await self.redis.eval(RAISE_SCRIPT, 1, key, f"{written:020}", str(MARK_SECONDS))  # pyright: ignore[reportGeneralTypeIssues, reportUnknownMemberType] - redis-py leaves it open
        except UNREACHABLE:
            self.counts.untold.inc()
            await self._wait_for(written)

    async def _wait_for(self, position: int) -> None:
        try:
            async with asyncio.timeout(WAIT_SECONDS_MAX):
                while self.lateness.is_up and self.lateness.replayed < position:
                    await asyncio.sleep(POLL_SECONDS / 10)
                    self.lateness.reach(await standby.replayed())
        except standby.GONE:
            return

    async def watch(self) -> None:
        """Keep knowing how late the standby is, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(POLL_SECONDS)

    async def look(self) -> None:
        """Find out once."""
        lateness, now = self.lateness, asyncio.get_running_loop().time
        try:
            asked_at = now()
            lateness.sample(asked_at, await standby.written())
            lateness.reach(await standby.replayed())
            self.counts.lag.set(now() - lateness.as_of)
        except Exception as gone:  # noqa: BLE001 - whatever it is, the primary answers meanwhile
            if lateness.is_up:
                log.warning("replica_lost", error=type(gone).__name__)
            lateness.lost()
            self.counts.lag.set(math.inf)


def _key(actor: Actor) -> str:
    return f"wrote:{{{actor.tenant_id}}}:{actor.client_id}"
