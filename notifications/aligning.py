"""Who hears of alignments, and in which words: whose turn it is, and who waited for the answer."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, InboxState, Notice, Urgency
from domain.kernel.relay import Entry
from domain.objectives.cascading.terms import AlignmentState
from domain.objectives.model import Alignment

ASKING: Mapping[str, InboxKind] = {
    "SliceThrown": InboxKind.TARGET_THROWN,
    "AlignmentProposed": InboxKind.ALIGNMENT_PROPOSED,
    "AlignmentCountered": InboxKind.TARGET_COUNTERED,
    "AlignmentInsisted": InboxKind.TARGET_INSISTED,
}
"""Facts after which somebody has to answer."""
TELLING: Mapping[str, InboxKind] = {
    "AlignmentAccepted": InboxKind.ALIGNMENT_ACCEPTED,
    "AlignmentDeclined": InboxKind.ALIGNMENT_DECLINED,
    "AlignmentWithdrawn": InboxKind.ALIGNMENT_WITHDRAWN,
    "AlignmentEscalated": InboxKind.ALIGNMENT_ESCALATED,
}
"""Facts that somebody waited for."""
SETTLED = {AlignmentState.ACCEPTED, AlignmentState.DECLINED, AlignmentState.WITHDRAWN}
"""States in which nobody is asked any more."""


async def _asked(entry: Entry) -> None:
    """Whose turn it is now is asked, and nobody else any more; an entry that comes late says nothing."""
    found = await _found(entry)
    if found is not None and found.version == entry.payload["version"]:
        await _settle(entry, InboxState.DONE)
        await _announce(entry, ASKING[entry.kind], entry.payload["asked_id"], urgency=Urgency.HIGH)


async def _told(entry: Entry) -> None:
    found = await _found(entry)
    if found is not None and found.state in SETTLED:
        is_withdrawn = found.state == AlignmentState.WITHDRAWN
        await _settle(entry, InboxState.WITHDRAWN if is_withdrawn else InboxState.DONE)
    await _announce(entry, TELLING[entry.kind], entry.payload["told_id"], urgency=Urgency.NORMAL)


async def _found(entry: Entry) -> Alignment | None:
    return await Alignment.get_or_none(tenant_id=entry.tenant_id, id=entry.subject_id)


async def _settle(entry: Entry, state: InboxState) -> None:
    for kind in ASKING.values():
        await inbox.settle(entry.tenant_id, entry.subject_id, kind=kind, state=state)


async def _announce(entry: Entry, kind: InboxKind, person_id: object, *, urgency: Urgency) -> None:
    """Nobody is told what they did themselves."""
    if person_id is None or person_id == str(entry.actor_person_id):
        return
    notice = Notice(
        person_id=UUID(str(person_id)),
        kind=kind,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        dedupe_key=f"{kind}:{entry.subject_id}:{entry.payload['version']}:{person_id}",
        actor_id=entry.actor_person_id,
        urgency=urgency,
    )
    await inbox.announce(entry.tenant_id, notice)


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    **dict.fromkeys(ASKING, _asked),
    **dict.fromkeys(TELLING, _told),
}
