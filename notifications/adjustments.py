"""Who hears of corrections after the closing: the measure's owner or the strategy office, and then who proposed it."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox import service_many as inboxes
from domain.inbox.terms import InboxKind, InboxState, Notice, Urgency
from domain.kernel import database
from domain.kernel.relay import Entry
from domain.people import service as people
from domain.scorecards.model import Adjustment, Measure
from domain.scorecards.terms import AdjustmentState


async def _proposed(entry: Entry) -> None:
    """The owner of the measure; the strategy office where there is none, or where the owner proposed it."""
    found = await _found(entry)
    if found is None or found.state != AdjustmentState.PROPOSED:
        return
    measure = await Measure.get(tenant_id=entry.tenant_id, id=found.measure_id)
    persons: Collection[UUID] = [measure.owner_id] if measure.owner_id else []
    if set(persons) <= {found.proposed_by_id}:
        async with database.connection() as connection:
            persons = await people.offices(connection, await people.today(connection))
    others = [one for one in persons if one != found.proposed_by_id]
    await _tell(entry, found, InboxKind.ADJUSTMENT_PROPOSED, others, urgency=Urgency.HIGH)


async def _decided(entry: Entry) -> None:
    """Nobody has to decide any more; who proposed it hears how it ended."""
    found = await _found(entry)
    if found is None or not found.is_after_closing or found.state == AdjustmentState.PROPOSED:
        return
    is_withdrawn = found.state == AdjustmentState.WITHDRAWN
    state = InboxState.WITHDRAWN if is_withdrawn else InboxState.DONE
    await inbox.settle(entry.tenant_id, found.id, kind=InboxKind.ADJUSTMENT_PROPOSED, state=state)
    if not is_withdrawn and found.proposed_by_id:
        await _tell(entry, found, InboxKind.ADJUSTMENT_DECIDED, [found.proposed_by_id])


async def _found(entry: Entry) -> Adjustment | None:
    return await Adjustment.get_or_none(tenant_id=entry.tenant_id, id=entry.payload["adjustment_id"])


async def _tell(
    entry: Entry, found: Adjustment, kind: InboxKind, persons: Collection[UUID], *, urgency: Urgency = Urgency.NORMAL
) -> None:
    await inboxes.announce(
        entry.tenant_id,
        [
            Notice(
                person_id=person_id,
                kind=kind,
                subject_type="adjustment",
                subject_id=found.id,
                dedupe_key=f"{kind}:{found.id}:{person_id}",
                actor_id=entry.actor_person_id,
                urgency=urgency,
            )
            for person_id in persons
            if person_id != entry.actor_person_id
        ],
    )


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "AdjustmentProposed": _proposed,
    "ActualAdjusted": _decided,
    "AdjustmentRefused": _decided,
}
