"""Who hears of exemptions: the manager, then the second person who has to agree, and at the end who asked."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice, Urgency
from domain.kernel import database
from domain.kernel.relay import Entry
from domain.objectives.model import Objective
from domain.objectives.targets.model import TargetExemption
from domain.objectives.targets.terms import ExemptionState
from domain.people import service as people


async def _asked(entry: Entry) -> None:
    """The line manager, while it waits for one."""
    if await _is(entry, ExemptionState.ASKED):
        owner_id = _owner(entry)
        async with database.connection() as connection:
            manager_id = await people.line_manager_of(connection, owner_id, await people.today(connection))
        await _tell(entry, InboxKind.EXEMPTION_ASKED, [manager_id] if manager_id else [], urgency=Urgency.HIGH)


async def _granted(entry: Entry) -> None:
    """Those who can be the second person, but never who granted it or asked for it."""
    await _settle(entry, InboxState.DONE)
    if await _is(entry, ExemptionState.GRANTED):
        objective = await Objective.get(tenant_id=entry.tenant_id, id=entry.payload["objective_id"])
        first = {_owner(entry), *filter(None, [entry.actor_person_id])}
        async with database.connection() as connection:
            today = await people.today(connection)
            found = await people.second_persons(connection, objective.unit_id, today, but=first)
        await _tell(entry, InboxKind.EXEMPTION_ASKED, found, urgency=Urgency.HIGH)


async def _decided(entry: Entry) -> None:
    await _settle(entry, InboxState.DONE)
    await _tell(entry, InboxKind.EXEMPTION_DECIDED, [_owner(entry)])


async def _withdrawn(entry: Entry) -> None:
    await _settle(entry, InboxState.WITHDRAWN)


async def _is(entry: Entry, state: ExemptionState) -> bool:
    return await TargetExemption.exists(tenant_id=entry.tenant_id, id=entry.subject_id, state=state)


async def _settle(entry: Entry, state: InboxState) -> None:
    await inbox.settle(entry.tenant_id, entry.subject_id, kind=InboxKind.EXEMPTION_ASKED, state=state)


async def _tell(entry: Entry, kind: InboxKind, persons: Collection[UUID], *, urgency: Urgency = Urgency.NORMAL) -> None:
    """Nobody is told what they did themselves."""
    await inboxes.announce(
        entry.tenant_id,
        [
            Notice(
                person_id=person_id,
                kind=kind,
                subject_type=entry.subject_type,
                subject_id=entry.subject_id,
                dedupe_key=f"{kind}:{entry.subject_id}:{entry.kind}:{person_id}",
                actor_id=entry.actor_person_id,
                urgency=urgency,
            )
            for person_id in sorted(persons)
            if person_id != entry.actor_person_id
        ],
    )


def _owner(entry: Entry) -> UUID:
    return UUID(str(entry.payload["owner_id"]))


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "ExemptionAsked": _asked,
    "ExemptionGranted": _granted,
    "ExemptionConfirmed": _decided,
    "ExemptionDeclined": _decided,
    "ExemptionWithdrawn": _withdrawn,
}
