"""The append-only journal: outbox, audit trail, activity and change feed in one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson

from domain.kernel import clock, relay
from domain.kernel.actor import Actor
from domain.kernel.events import Event, payload_names

if TYPE_CHECKING:
    from domain.kernel.database import Connection

PARTS = """written as (
  insert into journal (tenant_id, at, kind, subject_type, subject_id, actor_person_id, actor_client_id,
                       hearers, payload, request_id)
  select {tenant}, {now}, e.kind, e.subject_type, e.subject_id, {me}, {client}, e.hearers, e.payload,
         {request_id}::text
  from [events]
  returning id, kind, xid, hearers
), heard as (
  insert into journal_hearer (tenant_id, person_id, xid, id)
  select distinct {tenant}, person_id, xid, id from written cross join unnest(hearers) person_id
), unread as (
  insert into journal_unread (tenant_id, id, reader, run_at)
  select {tenant}, written.id, reader, {now}
  from written join jsonb_to_recordset({readers}::jsonb) as l(kind text, reader text) using (kind)
)"""
"""Parts of a `with` that append the events `[events]` for their hearers, unread for who listens, as `readers` says."""
_GIVEN = """jsonb_to_recordset({events}::jsonb)
    as e(kind text, subject_type text, subject_id uuid, hearers uuid[], payload jsonb)"""
"""The events as `encoded` makes them."""
_PLACES = {
    "tenant": "$1::uuid",
    "now": "$2::timestamptz",
    "me": "$3::uuid",
    "client": "$4::uuid",
    "request_id": "$5",
    "events": "$6",
    "readers": "$7",
}
_WRITE = f"with {PARTS.replace('[events]', _GIVEN).format_map(_PLACES)}"


async def write(
    connection: "Connection", actor: Actor, events: Sequence[Event], *, beside: str = "", values: Sequence[object] = ()
) -> None:
    """Append the events of one unit of work, for their hearers, unread for who listens, in one statement.

    `beside` is one more part of the `with`, whose slots {0}, {1}, … are `values`.
    """
    places = [f"${number}" for number in range(len(_PLACES) + 1, len(_PLACES) + len(values) + 1)]
    more = f", {beside.format(*places, **_PLACES)}" if beside else ""
    await connection.execute(
        f"{_WRITE}{more} select",
        actor.tenant_id,
        clock.now(),
        actor.person_id,
        actor.client_id,
        actor.request_id,
        encoded(events),
        readers(events),
        *values,
    )


def encoded(events: Sequence[Event]) -> str:
    """The events as the one parameter of a statement, JSON."""
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
    return orjson.dumps(rows).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event that a statement makes of its own rows: SQL expressions for its subject, hearers and payload."""

    kind: type[Event]
    subject_id: str
    hearers: str
    payload: Mapping[str, str]

    def parts(self, source: str) -> str:
        """`PARTS` with one such event for each row of a part of the same `with`."""
        assert tuple(self.payload) == payload_names(self.kind), "an event has all of its fields, in their order"
        payload = ", ".join(f"'{name}', {sql}" for name, sql in self.payload.items())
        event = (
            f"select '{self.kind.__name__}' as kind, '{self.kind.subject_type}' as subject_type, "
            f"{self.subject_id} as subject_id, {self.hearers} as hearers, jsonb_build_object({payload}) as payload"
        )
        return PARTS.replace("[events]", f"({event} from {source}) e")


def readers(events: Sequence[Event]) -> str:
    """Who listens to these events, by their kinds, as the one parameter of a statement, JSON."""
    kinds: dict[str, bool] = {}
    for event in events:
        kinds[event.kind] = kinds.get(event.kind, False) or bool(event.hearers)
    return readers_of(kinds)


def readers_of(kinds: Mapping[str, bool]) -> str:
    """The same by the names of kinds, and whether persons hear of them."""
    rows = [
        {"kind": kind, "reader": reader}
        for kind, concerns_persons in kinds.items()
        for reader in relay.listeners(kind, concerns_persons=concerns_persons)
    ]
    return orjson.dumps(rows).decode()
