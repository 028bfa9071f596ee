"""Who hears of an assumption that does not hold: the person who watches it."""

from collections.abc import Awaitable, Callable, Mapping
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, InboxState, Notice, Urgency
from domain.kernel.relay import Entry
from domain.plans.model import Assumption


async def _broken(entry: Entry) -> None:
    """Told once for each time that it leaves its range, unless it holds again by now; nobody is told what they told."""
    owner_id = UUID(str(entry.payload["owner_id"]))
    still = await Assumption.exists(tenant_id=entry.tenant_id, id=entry.subject_id, is_broken=True)
    if not still or owner_id == entry.actor_person_id:
        return
    notice = Notice(
        person_id=owner_id,
        kind=InboxKind.ASSUMPTION_BROKEN,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        actor_id=entry.actor_person_id,
        dedupe_key=f"{InboxKind.ASSUMPTION_BROKEN}:{entry.payload['reading_id']}:{owner_id}",
        urgency=Urgency.HIGH,
    )
    await inbox.announce(entry.tenant_id, notice)


async def _restored(entry: Entry) -> None:
    """Unless it left its range once more meanwhile."""
    if await Assumption.exists(tenant_id=entry.tenant_id, id=entry.subject_id, is_broken=False):
        await inbox.settle(
            entry.tenant_id, entry.subject_id, kind=InboxKind.ASSUMPTION_BROKEN, state=InboxState.WITHDRAWN
        )


REACTIONS: Mapping[str, Callable[[Entry], Awaitable[None]]] = {
    "AssumptionBroken": _broken,
    "AssumptionRestored": _restored,
}
