"""Who hears of intents: owners whose intent changed, the line to whom it is said back, and who is to say it again."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice
from domain.kernel import database
from domain.kernel.relay import Entry
from domain.objectives import service_teach_backs
from domain.objectives.model import TeachBack
from domain.objectives.terms import TeachBackState

STANDING = (TeachBackState.SAID, TeachBackState.CONFIRMED)


async def _intent_changed(entry: Entry) -> None:
    """Asks each owner once, about what of theirs stands nearest to the strategy. Of an older version nobody hears."""
    intent_id = _id(entry, "intent_id")
    async with database.connection() as connection:
        rows = await service_teach_backs.owners_to_ask(connection, intent_id)
    asked = [row for row in rows if row["owner_id"] != entry.actor_person_id]
    await inboxes.announce(
        entry.tenant_id,
        [
            Notice(
                person_id=row["owner_id"],
                kind=InboxKind.INTENT_CHANGED,
                subject_type="objective",
                subject_id=row["objective_id"],
                dedupe_key=f"{InboxKind.INTENT_CHANGED}:{intent_id}:{row['owner_id']}",
                actor_id=entry.actor_person_id,
            )
            for row in asked
        ],
    )


async def _said_back(entry: Entry) -> None:
    """The line is asked while it waits; the owner has nothing left to do when nothing is left to say."""
    said_id, manager_id = _id(entry, "teach_back_id"), entry.payload["manager_id"]
    await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.SAY_BACK_RETURNED, state=InboxState.DONE)
    async with database.connection() as connection:
        if not await service_teach_backs.has_unsaid(connection, entry.subject_id):
            await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.INTENT_CHANGED, state=InboxState.DONE)
    waits = await TeachBack.exists(tenant_id=entry.tenant_id, id=said_id, state=TeachBackState.SAID)
    if manager_id is not None and waits:
        await _tell(entry, InboxKind.INTENT_SAID_BACK, UUID(str(manager_id)))


async def _accepted(entry: Entry) -> None:
    await _settle_request(entry)


async def _returned(entry: Entry) -> None:
    await _settle_request(entry)
    about = TeachBack.filter(
        tenant_id=entry.tenant_id, objective_id=entry.subject_id, intent_id=_id(entry, "intent_id")
    )
    if not await about.filter(state__in=STANDING).exists():
        await _tell(entry, InboxKind.SAY_BACK_RETURNED, _id(entry, "owner_id"))


async def _settle_request(entry: Entry) -> None:
    """The line has nothing left to do when nothing waits that was said for this objective."""
    waiting = TeachBack.filter(tenant_id=entry.tenant_id, objective_id=entry.subject_id, state=TeachBackState.SAID)
    if not await waiting.exists():
        await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.INTENT_SAID_BACK, state=InboxState.DONE)


async def _tell(entry: Entry, kind: InboxKind, person_id: UUID) -> None:
    notice = Notice(
        person_id=person_id,
        kind=kind,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        dedupe_key=f"{kind}:{_id(entry, 'teach_back_id')}:{person_id}",
        actor_id=entry.actor_person_id,
    )
    await inboxes.announce(entry.tenant_id, [notice])


def _id(entry: Entry, name: str) -> UUID:
    return UUID(str(entry.payload[name]))


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "IntentChanged": _intent_changed,
    "IntentSaidBack": _said_back,
    "SayBackAccepted": _accepted,
    "SayBackReturned": _returned,
}
