"""Who hears of promises between units: who has to act now, and who took part when there is nothing left to do."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice
from domain.kernel.relay import Entry
from domain.transmission.interlocks.model import Interlock
from domain.transmission.interlocks.terms import InterlockStatus

ASKING = (InboxKind.INTERLOCK_PROPOSED, InboxKind.INTERLOCK_DELIVERED, InboxKind.INTERLOCK_REJECTED)


async def _moved(entry: Entry) -> None:
    """Whoever has to act as it stands now, and nobody else any more. An entry that comes late says nothing."""
    found = await Interlock.get_or_none(tenant_id=entry.tenant_id, id=entry.subject_id)
    if found is None or found.version != entry.payload["version"]:
        return
    kind, persons = _concerned(found)
    over = InboxState.WITHDRAWN if found.status == InterlockStatus.WITHDRAWN else InboxState.DONE
    for one in ASKING:
        sparing = persons if one is kind else ()
        await inbox.settle(entry.tenant_id, entry.subject_id, kind=one, state=over, sparing=sparing)
    if entry.kind == "InterlockConfirmed" and kind is InboxKind.INTERLOCK_PROPOSED:
        return  # the other side was asked before
    await inboxes.announce(
        entry.tenant_id, [_notice(entry, kind, person) for person in persons if person != entry.actor_person_id]
    )


def _concerned(found: Interlock) -> tuple[InboxKind, list[UUID]]:
    """Of what who is to hear."""
    if found.status == InterlockStatus.PROPOSED:
        sides = (
            (found.provider_id, found.provider_confirmed_by_id),
            (found.receiver_id, found.receiver_confirmed_by_id),
        )
        return InboxKind.INTERLOCK_PROPOSED, [person for person, confirmed_by in sides if confirmed_by is None]
    if found.status == InterlockStatus.DELIVERED:
        return InboxKind.INTERLOCK_DELIVERED, [found.receiver_id]
    if found.status == InterlockStatus.REJECTED:
        return InboxKind.INTERLOCK_REJECTED, [found.provider_id]
    parties = (found.provider_id, found.receiver_id, found.proposed_by_id)
    is_agreed = None not in (found.provider_confirmed_by_id, found.receiver_confirmed_by_id)
    return InboxKind.INTERLOCK_MOVED, list(dict.fromkeys(parties[:2] if is_agreed else parties))


def _notice(entry: Entry, kind: InboxKind, person_id: UUID) -> Notice:
    return Notice(
        person_id=person_id,
        kind=kind,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        dedupe_key=f"{kind}:{entry.subject_id}:{entry.payload['version']}:{person_id}",
        actor_id=entry.actor_person_id,
    )


HEARD = (
    "InterlockProposed",
    "InterlockConfirmed",
    "InterlockDeclined",
    "InterlockDelivered",
    "InterlockAccepted",
    "InterlockRejected",
    "InterlockWithdrawn",
    "InterlockHandedOver",
)
REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = dict.fromkeys(HEARD, _moved)
