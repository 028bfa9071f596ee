"""Whom a message or a proposal reaches, asked when the journal is read: who may not read it any more hears nothing."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from domain.feedback import service_readers, service_widening
from domain.feedback.views import MESSAGE, WIDENING
from domain.kernel.model import Tenant
from domain.people import service as people

if TYPE_CHECKING:
    from domain.kernel.database import Connection


@dataclass(frozen=True, slots=True)
class Reached:
    """The persons who read a message and did not write it, apart by whether it names them."""

    mentioned: tuple[UUID, ...] = ()
    others: tuple[UUID, ...] = ()


async def of_message(connection: "Connection", tenant_id: UUID, message_id: UUID) -> Reached:
    """Who is mentioned, and the other participants who have not read it yet; nobody once it is deleted."""
    rows = await connection.fetch(
        """select u.person_id, exists (select from feedback_mention n where n.tenant_id = u.tenant_id
             and n.message_id = u.message_id and n.person_id = u.person_id) as is_mentioned
           from feedback_message m
           join feedback_participant p on p.tenant_id = m.tenant_id and p.thread_id = m.thread_id
           join feedback_unread u on u.tenant_id = m.tenant_id and u.person_id = p.person_id
             and u.thread_id = m.thread_id and u.message_id = m.id
           where m.tenant_id = $1 and m.id = $2
           union select n.person_id, true from feedback_mention n
           join feedback_unread u on u.tenant_id = n.tenant_id and u.person_id = n.person_id
             and u.message_id = n.message_id
           where n.tenant_id = $1 and n.message_id = $2 order by 1""",
        tenant_id,
        message_id,
    )
    actor = people.operator(tenant_id, (await Tenant.get(id=tenant_id)).zone)
    persons = [row["person_id"] for row in rows]
    readers = await service_readers.among(connection, MESSAGE, message_id, persons, actor=actor)
    mentioned = {row["person_id"] for row in rows if row["is_mentioned"]}
    heard = [one for one in persons if one in readers]
    return Reached(
        mentioned=tuple(one for one in heard if one in mentioned),
        others=tuple(one for one in heard if one not in mentioned),
    )


async def of_widening(connection: "Connection", tenant_id: UUID, widening_id: UUID) -> tuple[UUID, ...]:
    """The authors who have still to answer, while it is open."""
    is_open = await connection.fetchval(
        "select state = 'OPEN' from feedback_widening where tenant_id = $1 and id = $2", tenant_id, widening_id
    )
    if not is_open:
        return ()
    authors = sorted(await service_widening.waiting(connection, widening_id))
    actor = people.operator(tenant_id, (await Tenant.get(id=tenant_id)).zone)
    return tuple(sorted(await service_readers.among(connection, WIDENING, widening_id, authors, actor=actor)))
