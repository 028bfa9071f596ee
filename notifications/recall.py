"""Who hears of recall: everybody whom a round asks, until they answered or it is over."""

from collections.abc import Awaitable, Callable, Mapping

from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice
from domain.kernel import clock, database
from domain.kernel.relay import Entry
from domain.transmission.recall import service


async def _asked(entry: Entry) -> None:
    """Everybody who has not answered yet, unless it is over by now; one item each, that ends with the round."""
    async with database.connection() as connection:
        waiting = await service.waiting(connection, entry.subject_id)
    if waiting is None:
        return
    left = waiting.closes_at - clock.now()
    await inboxes.announce(
        entry.tenant_id,
        [
            Notice(
                person_id=person_id,
                kind=InboxKind.RECALL_ASKED,
                subject_type="recall_question",
                subject_id=question_id,
                dedupe_key=f"{InboxKind.RECALL_ASKED}:{question_id}",
                actor_id=entry.actor_person_id,
                lifetime=left,
            )
            for question_id, person_id in waiting.questions
        ],
    )


async def _given(entry: Entry) -> None:
    await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.RECALL_ASKED, state=InboxState.DONE)


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {"RecallAsked": _asked, "RecallGiven": _given}
