"""Reads the journal: which fact concerns whom, and what they find in their inbox.

Entries may come late or twice. What was announced before is not announced again, and what is no
longer true is not announced at all.
"""

from collections.abc import Awaitable, Callable, Collection
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, InboxState, Notice, Urgency
from domain.kernel import clock
from domain.kernel.model import Tenant
from domain.kernel.relay import Entry
from domain.objectives.model import Approval, Objective
from domain.objectives.terms import ApprovalState, ObjectiveState
from domain.people.model import Delegation
from notifications import (
    adjustments,
    aligning,
    assumptions,
    exemptions,
    feedback,
    intents,
    interlocks,
    moderation,
    recall,
)

READER = "announcements"


async def hear(entry: Entry) -> None:
    """Take one entry of the journal, inside the transaction of its tenant; idempotent."""
    if react := _REACTIONS.get(entry.kind):
        await react(entry)


async def _objective_submitted(entry: Entry) -> None:
    requests = await _requests(entry)
    earlier = requests[: requests.index(_id(entry, "approval_id"))]  # a newer one may be answered already
    for kind in (InboxKind.INFORMATION_REQUESTED, InboxKind.OBJECTIVE_DECLINED):
        await inbox.settle(entry.tenant_id, entry.subject_id, kind=kind, state=InboxState.DONE, approval_ids=earlier)
    await _ask_approvers(entry, occasion="submitted")


async def _approval_rerouted(entry: Entry) -> None:
    await _ask_approvers(entry, occasion=f"rerouted-{entry.id}")


async def _objective_withdrawn(entry: Entry) -> None:
    await _close_request(entry, InboxState.WITHDRAWN)


async def _objective_approved(entry: Entry) -> None:
    await _close_request(entry, InboxState.DONE)
    await _answer_owner(entry, InboxKind.OBJECTIVE_APPROVED)


async def _objective_declined(entry: Entry) -> None:
    await _close_request(entry, InboxState.DONE)
    if await _still_stands(entry, ObjectiveState.DECLINED):
        await _answer_owner(entry, InboxKind.OBJECTIVE_DECLINED)


async def _information_requested(entry: Entry) -> None:
    await _close_request(entry, InboxState.DONE)
    if await _still_stands(entry, ObjectiveState.INFORMATION_REQUESTED):
        await _answer_owner(entry, InboxKind.INFORMATION_REQUESTED)


async def _ask_approvers(entry: Entry, *, occasion: str) -> None:
    """Ask whoever decides at this moment and has not been asked, and nobody else any more.

    The lock keeps the request from being decided, and another entry about it from being heard, meanwhile.
    """
    approval_id = _id(entry, "approval_id")
    found = Approval.filter(tenant_id=entry.tenant_id, id=approval_id, state=ApprovalState.OPEN)
    approval = await found.select_for_update().first()
    if approval is None:
        return
    deciders = await _deciders(entry, approval.approver_id)
    await _close_request(entry, InboxState.WITHDRAWN, sparing=deciders)
    for person_id in deciders:
        notice = Notice(
            person_id=person_id,
            kind=InboxKind.APPROVAL_REQUESTED,
            subject_type=entry.subject_type,
            subject_id=entry.subject_id,
            approval_id=approval_id,
            actor_id=entry.actor_person_id,
            dedupe_key=_key(InboxKind.APPROVAL_REQUESTED, approval_id, occasion, person_id),
            urgency=Urgency.HIGH,
        )
        if not await inbox.is_open(entry.tenant_id, notice):
            await _announce(entry, notice)


async def _answer_owner(entry: Entry, kind: InboxKind) -> None:
    approval_id, owner_id = _id(entry, "approval_id"), _id(entry, "owner_id")
    notice = Notice(
        person_id=owner_id,
        kind=kind,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        approval_id=approval_id,
        actor_id=entry.actor_person_id,
        dedupe_key=_key(kind, approval_id, "decided", owner_id),
    )
    await _announce(entry, notice)


async def _announce(entry: Entry, notice: Notice) -> None:
    """Nobody is told what they did themselves."""
    if notice.person_id != entry.actor_person_id:
        await inbox.announce(entry.tenant_id, notice)


async def _close_request(entry: Entry, state: InboxState, *, sparing: Collection[UUID] = ()) -> None:
    await inbox.settle(
        entry.tenant_id,
        entry.subject_id,
        kind=InboxKind.APPROVAL_REQUESTED,
        state=state,
        approval_ids=[_id(entry, "approval_id")],
        sparing=sparing,
    )


async def _deciders(entry: Entry, approver_id: UUID) -> list[UUID]:
    """The approver and whoever decides in their place today, but never the owner."""
    tenant = await Tenant.get(id=entry.tenant_id)
    today = clock.today(tenant.zone)
    delegations = await Delegation.filter(
        tenant_id=entry.tenant_id, from_id=approver_id, valid_from__lte=today, valid_to__gt=today
    )
    asked = dict.fromkeys((approver_id, *(one.to_id for one in delegations)))
    return [person_id for person_id in asked if person_id != _id(entry, "owner_id")]


async def _still_stands(entry: Entry, state: ObjectiveState) -> bool:
    """Whether nothing was asked or decided after the answer that the entry tells of."""
    is_so = await Objective.exists(tenant_id=entry.tenant_id, id=entry.subject_id, state=state)
    return is_so and (await _requests(entry))[-1] == _id(entry, "approval_id")


async def _requests(entry: Entry) -> list[UUID]:
    """All requests for the approval of the objective, the oldest first."""
    requests = Approval.filter(tenant_id=entry.tenant_id, objective_id=entry.subject_id)
    return [request.id for request in await requests.order_by("requested_at", "id").only("id")]


def _id(entry: Entry, name: str) -> UUID:
    return UUID(str(entry.payload[name]))


def _key(kind: InboxKind, approval_id: UUID, occasion: str, person_id: UUID) -> str:
    return f"{kind}:{approval_id}:{occasion}:{person_id}"


_REACTIONS: dict[str, Callable[[Entry], Awaitable[None]]] = {
    "ObjectiveSubmitted": _objective_submitted,
    "ObjectiveWithdrawn": _objective_withdrawn,
    "ObjectiveApproved": _objective_approved,
    "ObjectiveDeclined": _objective_declined,
    "InformationRequested": _information_requested,
    "ApprovalRerouted": _approval_rerouted,
    **aligning.REACTIONS,
    **intents.REACTIONS,
    **assumptions.REACTIONS,
    **recall.REACTIONS,
    **interlocks.REACTIONS,
    **exemptions.REACTIONS,
    **adjustments.REACTIONS,
    **feedback.REACTIONS,
    **moderation.REACTIONS,
}
