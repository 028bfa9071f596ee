"""Shows journal entries to their readers, each in a transaction of its own, until the reader has taken it.

"Unread" is a row of `journal_unread`, never a cursor over ids, because ids are given before commits.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

import orjson
import structlog
from tortoise.transactions import in_transaction

from domain.kernel import causes, claims, clock, database
from domain.kernel.claims import Claim, Queue

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

HINTS = "hints"
"""Shown what nobody else follows up but persons hear of: it changes nothing, and their screens are told."""

READERS: dict[str, frozenset[str]] = {
    "announcements": frozenset(
        {
            "ObjectiveSubmitted",
            "ObjectiveWithdrawn",
            "ObjectiveApproved",
            "ObjectiveDeclined",
            "InformationRequested",
            "ApprovalRerouted",
            "SliceThrown",
            "AlignmentProposed",
            "AlignmentCountered",
            "AlignmentInsisted",
            "AlignmentEscalated",
            "AlignmentAccepted",
            "AlignmentDeclined",
            "AlignmentWithdrawn",
            "IntentChanged",
            "IntentSaidBack",
            "SayBackAccepted",
            "SayBackReturned",
            "AssumptionBroken",
            "AssumptionRestored",
            "RecallAsked",
            "RecallGiven",
            "InterlockProposed",
            "InterlockConfirmed",
            "InterlockDeclined",
            "InterlockDelivered",
            "InterlockAccepted",
            "InterlockRejected",
            "InterlockWithdrawn",
            "InterlockHandedOver",
            "ExemptionAsked",
            "ExemptionGranted",
            "ExemptionConfirmed",
            "ExemptionDeclined",
            "ExemptionWithdrawn",
            "AdjustmentProposed",
            "ActualAdjusted",
            "AdjustmentRefused",
            "MessagePosted",
            "WideningProposed",
            "FeedbackReported",
            "FeedbackReportSettled",
            "FeedbackHidden",
            "FeedbackAsked",
            "FeedbackRequestDue",
            "FeedbackRequestAnswered",
            "FeedbackDeclined",
            "FeedbackRequestWithdrawn",
        }
    ),
    "roll_up": frozenset(
        {"ObjectiveApproved", "CheckedIn", "AlignmentAccepted", "AlignmentWithdrawn", "AlignmentWeighed"}
    ),
    "routing": frozenset({"ReportingLineChanged"}),
    "progress": frozenset({"CheckedIn", "InterlockAccepted", "RecallGiven", "SayBackAccepted"}),
    "formulas": frozenset({"ActualsRecorded", "ActualAdjusted", "MeasureDefined", "MeasureChanged"}),
    "scores": frozenset(
        {
            "ActualsRecorded",
            "ActualsCalculated",
            "ActualAdjusted",
            "MeasureChanged",
            "ScorecardPublished",
            "ScorecardExtraAdded",
            "ScorecardExtraWithdrawn",
        }
    ),
    HINTS: frozenset(),
}
"""Everything that follows from an event: who hears which kinds. What is written is unread for those alone.

A new reader hears what is written after it was added here. What a reader that is taken away has not heard stays
unread: take its rows away by a migration.
"""

QUEUE = Queue(table="journal_unread", key=("id", "reader"), due="reader = any($1::text[])", values=(tuple(READERS),))

ENTRIES = """
select tenant_id, id, at, kind, subject_type, subject_id, actor_person_id, hearers, payload from journal"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal as its readers see it."""

    tenant_id: UUID
    id: int
    at: datetime
    kind: str
    subject_type: str
    subject_id: UUID
    actor_person_id: UUID | None
    hearers: tuple[UUID, ...]
    payload: Mapping[str, str | int | bool | None]


Reader = Callable[[Entry], Awaitable[None]]
"""Idempotent by the entry's id; runs inside a transaction of the entry's tenant."""


def listeners(kind: str, *, concerns_persons: bool) -> list[str]:
    """Who follows up a fact of this kind. If nobody does, it is shown once all the same if persons hear of it."""
    found = [reader for reader, kinds in READERS.items() if kind in kinds]
    return found or ([HINTS] if concerns_persons else [])


async def show_due(readers: Mapping[str, Reader], *, limit: int = 100) -> list[Entry]:
    """Show what is due to these readers; the entries that were taken by them now.

    What waits for another reader is left to a process that knows it.
    """
    claimed = await claims.claim(replace(QUEUE, values=(tuple(readers),)), limit=limit)
    shown = [await _show(readers, claim) for claim in _in_turn(claimed)]
    return [entry for entry in shown if entry is not None]


def _in_turn(claimed: Sequence[Claim]) -> list[Claim]:
    """The oldest first, but backwards at every second attempt: what ends its process, each time it is shown, must not
    take those behind it to their last attempt.
    """
    forwards = [claim for claim in claimed if claim.attempts % 2]
    backwards = [claim for claim in reversed(claimed) if not claim.attempts % 2]
    return forwards + backwards


async def catch_up(connection: "Connection", reader: Reader, *, since: datetime) -> int:
    """For a history that is written at once: show one reader the open transaction's tenant's entries since an instant,
    each at its own time, and count all entries as read by everybody. How many were shown.
    """
    rows = await connection.fetch(f"{ENTRIES} where tenant_id = current_tenant() and at >= $1 order by at, id", since)
    for row in rows:
        with clock.frozen(row["at"]):
            await reader(entry_of(row))
    await connection.execute("delete from journal_unread where tenant_id = current_tenant()")
    return len(rows)


async def _show(readers: Mapping[str, Reader], claim: Claim) -> Entry | None:
    entry_id, reader = claim.key
    try:
        with database.tenant(claim.tenant_id):
            async with in_transaction():
                entry = await _read(claim)
                await readers[str(reader)](entry)
                await _settle(claim)
                return entry
    except Exception as error:  # noqa: BLE001 - a reader's fault stops no other; the entry is retried, then parked
        why = causes.cause(error)
        log.warning("reader_failed", reader=reader, entry=entry_id, error=why, where=causes.where(error))
        await claims.give_back(QUEUE, claim, error=why)
        return None


async def _read(claim: Claim) -> Entry:
    async with database.connection() as connection:
        row = await connection.fetchrow(f"{ENTRIES} where tenant_id = $1 and id = $2", claim.tenant_id, claim.key[0])
    if row is None:
        raise LookupError("the journal has lost an entry")
    return entry_of(row)


def entry_of(row: "asyncpg.Record") -> Entry:
    """A row of `ENTRIES`."""
    return Entry(
        tenant_id=row["tenant_id"],
        id=row["id"],
        at=row["at"],
        kind=row["kind"],
        subject_type=row["subject_type"],
        subject_id=row["subject_id"],
        actor_person_id=row["actor_person_id"],
        hearers=tuple(row["hearers"]),
        payload=orjson.loads(row["payload"]),
    )


async def _settle(claim: Claim) -> None:
    async with database.connection() as connection:
        done = await connection.execute(
            f"delete from journal_unread where {claims.fence(QUEUE, first=1)}",
            *claims.fence_values(claim),
        )
    if done != "DELETE 1":
        raise LookupError("the lease of this entry was lost")
