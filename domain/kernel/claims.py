"""The one way to take work from a queue table: claim, lease, fence, settle.

A queue table has `tenant_id`, `id`, `run_at`, `attempts`, `lease`, `locked_until`, `parked_at` and `last_error`.
Claims go through the gate, which sees the queues of all tenants. A settlement names its lease, so a worker that
lost its lease can settle nothing. A row whose worker vanished at its last attempt is parked instead of claimed: it may
be what ended the worker.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from domain.kernel import clock, database
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    import asyncpg

LEASE_SECONDS = 30
ATTEMPTS_MAX = 8
VANISHED = "Its worker vanished at the last attempt."

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue table, its key besides the tenant, and what else makes a row due, by parameters from `$1` on."""

    table: str
    key: tuple[str, ...]
    due: str = "true"
    values: tuple[Sequence[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One claimed row; `attempts` counts this one."""

    tenant_id: UUID
    key: tuple[UUID | int | str, ...]
    lease: UUID
    attempts: int


async def claim(queue: Queue, *, limit: int, lease_seconds: int = LEASE_SECONDS) -> list[Claim]:
    """Take up to `limit` due rows, oldest first, that nobody holds.

    One that a person has put back after its last attempt is tried once more.
    """
    now, lease = clock.now(), new_id()
    until = now + timedelta(seconds=lease_seconds)
    values = (*queue.values, now, limit, lease, until, ATTEMPTS_MAX, VANISHED)
    rows = await database.gate().fetch(_claiming(queue), *values)
    taken = [_claimed(row, lease) for row in sorted(rows, key=lambda row: tuple(row)[1:-2]) if not row["is_spent"]]
    if spent := len(rows) - len(taken):
        log.error("claims_parked", queue=queue.table, number=spent)
    return taken


def _claiming(queue: Queue) -> str:
    keys = ", ".join(queue.key)
    now, limit, lease, until, attempts_max, vanished = (f"${len(queue.values) + at}" for at in range(1, 7))
    return f"""
        with due as (
          select tenant_id, {keys}, attempts >= {attempts_max} and lease is not null as is_spent from {queue.table}
          where run_at <= {now} and (locked_until is null or locked_until < {now}) and parked_at is null and {queue.due}
          order by run_at, {queue.key[0]} limit {limit} for update skip locked
        )
        update {queue.table} q set
          attempts = case when is_spent then q.attempts else q.attempts + 1 end,
          lease = case when not is_spent then {lease}::uuid end,
          locked_until = case when not is_spent then {until}::timestamptz end,
          parked_at = case when is_spent then {now}::timestamptz end,
          last_error = case when is_spent then {vanished} else q.last_error end
        from due where {_same(queue, "q", "due")}
        returning q.tenant_id, {", ".join(f"q.{k}" for k in queue.key)}, q.attempts, is_spent"""


def _claimed(row: "asyncpg.Record", lease: UUID) -> Claim:
    tenant_id, *key, attempts, _ = tuple(row)
    return Claim(tenant_id=tenant_id, key=tuple(key), lease=lease, attempts=attempts)


def _same(queue: Queue, left: str, right: str) -> str:
    return " and ".join(f"{left}.{k} = {right}.{k}" for k in ("tenant_id", *queue.key))


async def renew(queue: Queue, claims: Sequence[Claim], *, lease_seconds: int = LEASE_SECONDS) -> None:
    """Hold the claims for another lease."""
    until = clock.now() + timedelta(seconds=lease_seconds)
    # By their keys: there is no index on leases, and what was delivered stays in its table.
    sql = f"update {queue.table} set locked_until = $1 where {fence(queue, first=2)}"
    await database.gate().executemany(sql, [(until, *fence_values(claim)) for claim in claims])


async def give_back(queue: Queue, claim: Claim, *, error: str, after: timedelta | None = None) -> None:
    """Return a claim that failed: due again after a back-off, or parked when its attempts are used up."""
    await give_back_all(queue, [claim], error=error, after=after)


async def give_back_all(queue: Queue, claims: Sequence[Claim], *, error: str, after: timedelta | None = None) -> None:
    """Return claims that failed together."""
    now = clock.now()
    sql = f"""update {queue.table} set lease = null, locked_until = null, run_at = $1, parked_at = $2, last_error = $3
              where {fence(queue, first=4)}"""
    rows = [
        (
            now + (after if after is not None else back_off(claim.attempts)),
            now if claim.attempts >= ATTEMPTS_MAX else None,
            error[:500],
            *fence_values(claim),
        )
        for claim in claims
    ]
    await database.gate().executemany(sql, rows)


def fence(queue: Queue, *, first: int) -> str:
    """The predicate under which a settlement of a claim may touch its row; parameters start at `$first`."""
    names = ("tenant_id", "lease", *queue.key)
    return " and ".join(f"{name} = ${first + at}" for at, name in enumerate(names))


def fence_values(claim: Claim) -> tuple[UUID | int | str, ...]:
    """The parameters of `fence`."""
    return (claim.tenant_id, claim.lease, *claim.key)


def back_off(attempts: int, *, spread: float | None = None) -> timedelta:
    """Two seconds doubled per attempt, at most an hour, ±20 % by `spread` in [0, 1]."""
    seconds = min(2.0 ** min(attempts, 12), 3600.0)
    chance = random.random() if spread is None else spread
    return timedelta(seconds=seconds * (0.8 + 0.4 * chance))
