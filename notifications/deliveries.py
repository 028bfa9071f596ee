"""The rows of the delivery queue: take them, read what they are about, settle them under their lease."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from tortoise.transactions import in_transaction

from domain.inbox.terms import DeliveryState, InboxKind, InboxState
from domain.kernel import causes, claims, clock, database
from domain.kernel.claims import Claim, Queue

if TYPE_CHECKING:
    import asyncpg

QUEUE = Queue(table="delivery", key=("id",), due="state = 'QUEUED'")

log = structlog.get_logger(__name__)

_READ = """
select d.id, d.person_id, d.urgency, d.ttl_seconds, d.collapse_key, d.expires_at,
       i.id as item_id, i.kind, i.state as item_state, i.read_at, i.subject_type, i.subject_id,
       i.approval_id, o.version,
       v.id as device_id, v.person_id as device_person_id, v.dead_at, v.endpoint, v.p256dh, v.auth,
       v.vapid_key_id, v.locale
from delivery d
join inbox_item i on i.tenant_id = d.tenant_id and i.id = d.inbox_item_id
join device v on v.tenant_id = d.tenant_id and v.id = d.device_id
left join objective o on o.tenant_id = i.tenant_id and o.id = i.subject_id
where d.tenant_id = $1 and d.id = any($2::uuid[])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A claimed delivery and all that its push needs, as it stands at this moment."""

    claim: Claim
    item_id: UUID
    kind: InboxKind
    item_state: InboxState
    is_read: bool
    subject_type: str
    subject_id: UUID
    approval_id: UUID | None
    version: int | None
    person_id: UUID
    device_id: UUID
    device_person_id: UUID
    is_device_dead: bool
    endpoint: str
    p256dh: bytes
    auth: bytes
    vapid_key_id: str
    locale: str
    urgency: str
    ttl_seconds: int
    collapse_key: str
    expires_at: datetime


async def take(*, limit: int) -> list[Due]:
    """Claim up to `limit` due deliveries of all tenants and read what they are about; what cannot be read goes back."""
    by_tenant: defaultdict[UUID, list[Claim]] = defaultdict(list)
    for claim in await claims.claim(QUEUE, limit=limit):
        by_tenant[claim.tenant_id].append(claim)
    return [due for tenant_id, own in by_tenant.items() for due in await _read(tenant_id, own)]


async def settle(claim: Claim, state: DeliveryState, reason: str | None = None) -> bool:
    """Write the end of a delivery; False if the lease was lost meanwhile and somebody else has it."""
    with database.tenant(claim.tenant_id):
        return await _settle(claim, state, reason)


async def bury(due: Due, reason: str) -> None:
    """The device is gone: end this delivery and all others to it, in one transaction."""
    with database.tenant(due.claim.tenant_id):
        async with in_transaction():
            if await _settle(due.claim, DeliveryState.DEAD_DEVICE, reason):
                await _silence(due, reason)


async def postpone(claim: Claim, reason: str, after: timedelta) -> None:
    """Try again later."""
    await claims.give_back(QUEUE, claim, error=reason, after=after)


async def fail(claim: Claim, error: Exception) -> None:
    """Try again later what ended by surprise; after the last attempt it is parked."""
    why = causes.cause(error)
    log.error("delivery_failed", delivery=str(claim.key[0]), error=why, where=causes.where(error))
    await claims.give_back(QUEUE, claim, error=why)


async def park(claim: Claim, reason: str) -> None:
    """Keep the delivery for a person to look at: trying again by itself would change nothing."""
    with database.tenant(claim.tenant_id):
        async with database.connection() as connection:
            await connection.execute(
                f"""update delivery set parked_at = $4, last_error = $5, lease = null,
                           locked_until = null
                    where {claims.fence(QUEUE, first=1)}""",
                *claims.fence_values(claim),
                clock.now(),
                reason,
            )


async def expire_parked() -> int:
    """End what was parked and has outlived its time, for all tenants; how many."""
    return sum([await _expire_parked(row["id"]) for row in await database.gate().fetch("select id from tenant")])


async def _expire_parked(tenant_id: UUID) -> int:
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            done = await connection.execute(
                """update delivery set state = 'EXPIRED', reason = 'expired', settled_at = $2, parked_at = null
                   where tenant_id = $1 and state = 'QUEUED' and parked_at is not null and expires_at <= $2""",
                tenant_id,
                clock.now(),
            )
    return int(done.removeprefix("UPDATE "))


async def _read(tenant_id: UUID, own: Sequence[Claim]) -> list[Due]:
    by_id = {claim.key[0]: claim for claim in own}
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            rows = await connection.fetch(_READ, tenant_id, list(by_id))
    read = [await _due_or_back(row, by_id[row["id"]]) for row in rows]
    return [due for due in read if due is not None]


async def _due_or_back(row: "asyncpg.Record", claim: Claim) -> Due | None:
    try:
        return _due(row, claim)
    except Exception as error:  # noqa: BLE001 - a newer version may have written what this one cannot read
        await fail(claim, error)
        return None


def _due(row: "asyncpg.Record", claim: Claim) -> Due:
    return Due(
        claim=claim,
        item_id=row["item_id"],
        kind=InboxKind(row["kind"]),
        item_state=InboxState(row["item_state"]),
        is_read=row["read_at"] is not None,
        subject_type=row["subject_type"],
        subject_id=row["subject_id"],
        approval_id=row["approval_id"],
        version=row["version"],
        person_id=row["person_id"],
        device_id=row["device_id"],
        device_person_id=row["device_person_id"],
        is_device_dead=row["dead_at"] is not None,
        endpoint=row["endpoint"],
        p256dh=bytes(row["p256dh"]),
        auth=bytes(row["auth"]),
        vapid_key_id=row["vapid_key_id"],
        locale=row["locale"],
        urgency=row["urgency"],
        ttl_seconds=row["ttl_seconds"],
        collapse_key=row["collapse_key"],
        expires_at=row["expires_at"],
    )


async def _settle(claim: Claim, state: DeliveryState, reason: str | None) -> bool:
    async with database.connection() as connection:
        done = await connection.execute(
            f"""update delivery set state = $4, reason = $5, settled_at = $6, lease = null,
                       locked_until = null
                where {claims.fence(QUEUE, first=1)}""",
            *claims.fence_values(claim),
            state,
            reason,
            clock.now(),
        )
    return done == "UPDATE 1"


async def _silence(due: Due, reason: str) -> None:
    async with database.connection() as connection:
        await connection.execute(
            """update device set dead_at = $3, dead_reason = $4
               where tenant_id = $1 and id = $2 and dead_at is null""",
            due.claim.tenant_id,
            due.device_id,
            clock.now(),
            reason,
        )
        await connection.execute(
            """update delivery set state = 'DEAD_DEVICE', reason = $4, settled_at = $3, lease = null,
                      locked_until = null, parked_at = null
               where tenant_id = $1 and device_id = $2 and state = 'QUEUED'""",
            due.claim.tenant_id,
            due.device_id,
            clock.now(),
            reason,
        )
