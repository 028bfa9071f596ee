"""The append-only journal: outbox, audit trail, activity and change feed in one table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import orjson

from domain.kernel import clock, relay
from domain.kernel.actor import Actor
from domain.kernel.events import Event

if TYPE_CHECKING:
    from domain.kernel.database import Connection

_WRITE = """
with written as (
  insert into journal (tenant_id, at, kind, subject_type, subject_id, actor_person_id, actor_client_id,
                       hearers, payload, request_id)
  select $1, $2, e.kind, e.subject_type, e.subject_id, $3, $4,
         array(select jsonb_array_elements_text(e.hearers)::uuid), e.payload, $5
  from jsonb_to_recordset($6::jsonb)
    as e(kind text, subject_type text, subject_id uuid, hearers jsonb, payload jsonb)
  returning id, xid, hearers
), heard as (
  insert into journal_hearer (tenant_id, person_id, xid, id)
  select distinct $1::uuid, person_id, xid, id from written cross join unnest(hearers) person_id
)
insert into journal_unread (tenant_id, id, reader, run_at)
select $1, written.id, reader, $2 from written cross join unnest($7::text[]) reader
"""


async def write(connection: "Connection", actor: Actor, events: Sequence[Event]) -> None:
    """Append the events of one unit of work, for their hearers, unread for every reader, in one statement."""
    rows = [
        {
            "kind": event.kind,
            "subject_type": event.subject_type,
            "subject_id": str(event.subject_id),
            "hearers": [str(person) for person in event.hearers],
            "payload": event.payload(),
        }
        for event in events
    ]
    await connection.execute(
        _WRITE,
        actor.tenant_id,
        clock.now(),
        actor.person_id,
        actor.client_id,
        actor.request_id,
        orjson.dumps(rows).decode(),
        list(relay.READERS),
    )
