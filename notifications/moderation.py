"""Who hears of reports: who can settle them, who reported when it is settled, and the author of hidden words."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from domain.feedback import service_reports
from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice
from domain.kernel import clock, database
from domain.kernel.model import Tenant
from domain.kernel.relay import Entry


async def _reported(entry: Entry) -> None:
    """Who can settle it, while it is open."""
    zone = (await Tenant.get(id=entry.tenant_id)).zone
    async with database.connection() as connection:
        found = await service_reports.moderators(connection, entry.subject_id, clock.today(zone))
    await inboxes.announce(entry.tenant_id, _notices(entry, InboxKind.FEEDBACK_REPORTED, found))


async def _settled(entry: Entry) -> None:
    """Nobody is asked any more; who reported hears that it was looked at."""
    await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.FEEDBACK_REPORTED, state=InboxState.DONE)
    reporters = [one for one in entry.hearers if one != entry.actor_person_id]
    await inboxes.announce(entry.tenant_id, _notices(entry, InboxKind.REPORT_SETTLED, reporters))


async def _hidden(entry: Entry) -> None:
    """The author reads why. Who hid it is not told: it was done for the office."""
    author = [UUID(str(entry.payload["author_id"]))]
    await inboxes.announce(entry.tenant_id, _notices(entry, InboxKind.FEEDBACK_HIDDEN, author))


def _notices(entry: Entry, kind: InboxKind, persons: Sequence[UUID]) -> list[Notice]:
    """Without an actor: nobody shall be called to account for a report or for settling it."""
    return [
        Notice(
            person_id=person_id,
            kind=kind,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            dedupe_key=f"{kind}:{entry.id}:{person_id}",
        )
        for person_id in persons
    ]


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "FeedbackReported": _reported,
    "FeedbackReportSettled": _settled,
    "FeedbackHidden": _hidden,
}
