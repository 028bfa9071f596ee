"""The use case of telling many persons at once: some statements for each portion, however many devices they have."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from domain.inbox import service
from domain.inbox.model import Delivery, Device
from domain.inbox.terms import InboxState, Notice
from domain.kernel import clock, database
from domain.kernel.ids import new_id

if TYPE_CHECKING:
    from domain.kernel.database import Connection

PORTION = 500


async def announce(tenant_id: UUID, notices: Sequence[Notice]) -> int:
    """Put the notices into the inboxes and queue deliveries, in the open transaction; how many were new.

    One that was announced before, by its dedupe key, is left out. A new one takes the place of what is still open of
    the same kind about the same subject, so that a person finds one item however often something changes.
    """
    async with database.connection() as connection:
        portions = [notices[first : first + PORTION] for first in range(0, len(notices), PORTION)]
        return sum([await _announce(connection, tenant_id, portion) for portion in portions])


async def _announce(connection: "Connection", tenant_id: UUID, notices: Sequence[Notice]) -> int:
    ids = {new_id(): notice for notice in notices}
    rows = await connection.fetch(
        """with fresh as (
             insert into inbox_item (tenant_id, id, person_id, kind, subject_type, subject_id, actor_id, dedupe_key,
                                     state, created_at, expires_at)
             select $1, n.id, n.person_id, n.kind, n.subject_type, n.subject_id, n.actor_id, n.dedupe_key, $2, $3,
               n.expires_at
             from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::text[],
                         $11::timestamptz[])
               n (id, person_id, kind, subject_type, subject_id, actor_id, dedupe_key, expires_at)
             on conflict (tenant_id, dedupe_key) do nothing
             returning id, person_id, kind, subject_id),
           replaced as (
             update inbox_item i set state = $12, done_at = $3 from fresh f
             where i.tenant_id = $1 and i.subject_id = f.subject_id and i.kind = f.kind and i.person_id = f.person_id
               and i.state = $2)
           select id from fresh""",
        tenant_id,
        str(InboxState.OPEN),
        clock.now(),
        list(ids),
        [one.person_id for one in notices],
        [str(one.kind) for one in notices],
        [one.subject_type for one in notices],
        [one.subject_id for one in notices],
        [one.actor_id for one in notices],
        [one.dedupe_key for one in notices],
        [clock.now() + one.lifetime for one in notices],
        str(InboxState.WITHDRAWN),
    )
    await _ring(tenant_id, {row["id"]: ids[row["id"]] for row in rows})
    return len(rows)


async def _ring(tenant_id: UUID, fresh: dict[UUID, Notice]) -> None:
    persons = {notice.person_id for notice in fresh.values()}
    devices = await Device.filter(tenant_id=tenant_id, person_id__in=list(persons), dead_at=None)
    of_person: dict[UUID, list[Device]] = {}
    for device in devices:
        of_person.setdefault(device.person_id, []).append(device)
    await Delivery.bulk_create(
        [
            service.delivery(item_id, device, notice)
            for item_id, notice in fresh.items()
            for device in of_person.get(notice.person_id, ())
        ]
    )
