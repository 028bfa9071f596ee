"""Who hears of feedback: participants of what was posted, who is mentioned, authors who are asked to agree."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

from domain.feedback import service_hearing
from domain.feedback.model import FeedbackRequest
from domain.feedback.terms import RequestState
from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice
from domain.kernel import database
from domain.kernel.relay import Entry


async def _posted(entry: Entry) -> None:
    """Whoever still reads it; who is mentioned hears that and nothing besides."""
    async with database.connection() as connection:
        found = await service_hearing.of_message(connection, entry.tenant_id, entry.subject_id)
    thread_id = UUID(str(entry.payload["thread_id"]))
    notices = [
        *_notices(entry, InboxKind.FEEDBACK_MENTIONED, "feedback_message", entry.subject_id, found.mentioned),
        *_notices(entry, InboxKind.FEEDBACK_POSTED, "feedback_thread", thread_id, found.others),
    ]
    await inboxes.announce(entry.tenant_id, notices)


async def _widening_proposed(entry: Entry) -> None:
    widening_id = UUID(str(entry.payload["widening_id"]))
    async with database.connection() as connection:
        authors = await service_hearing.of_widening(connection, entry.tenant_id, widening_id)
    notices = _notices(entry, InboxKind.WIDENING_PROPOSED, "feedback_thread", entry.subject_id, authors)
    await inboxes.announce(entry.tenant_id, notices)


_REQUESTED = (InboxKind.FEEDBACK_ASKED, InboxKind.FEEDBACK_DUE)


async def _asked(entry: Entry) -> None:
    """Who is asked, while the request is open: at first, and once more when its day is near."""
    if not await FeedbackRequest.exists(tenant_id=entry.tenant_id, id=entry.subject_id, state=RequestState.OPEN):
        return
    kind = InboxKind.FEEDBACK_ASKED if entry.kind == "FeedbackAsked" else InboxKind.FEEDBACK_DUE
    asked = [UUID(str(entry.payload["asked_id"]))]
    await inboxes.announce(entry.tenant_id, _notices(entry, kind, entry.subject_type, entry.subject_id, asked))


async def _settled(entry: Entry) -> None:
    """Nobody is asked any more; of a no, who asked hears. An answer is heard as what it is: a message."""
    state = InboxState.WITHDRAWN if entry.kind == "FeedbackRequestWithdrawn" else InboxState.DONE
    for kind in _REQUESTED:
        await inbox.settle(entry.tenant_id, entry.subject_id, kind=kind, state=state)
    if entry.kind == "FeedbackDeclined":
        asker = [UUID(str(entry.payload["asker_id"]))]
        notices = _notices(entry, InboxKind.FEEDBACK_DECLINED, entry.subject_type, entry.subject_id, asker)
        await inboxes.announce(entry.tenant_id, notices)


def _notices(
    entry: Entry, kind: InboxKind, subject_type: str, subject_id: UUID, persons: Sequence[UUID]
) -> list[Notice]:
    """Nobody is told what they did themselves."""
    return [
        Notice(
            person_id=person_id,
            kind=kind,
            subject_type=subject_type,
            subject_id=subject_id,
            dedupe_key=f"{kind}:{entry.id}:{person_id}",
            actor_id=entry.actor_person_id,
        )
        for person_id in persons
        if person_id != entry.actor_person_id
    ]


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "MessagePosted": _posted,
    "WideningProposed": _widening_proposed,
    "FeedbackAsked": _asked,
    "FeedbackRequestDue": _asked,
    "FeedbackRequestAnswered": _settled,
    "FeedbackDeclined": _settled,
    "FeedbackRequestWithdrawn": _settled,
}
