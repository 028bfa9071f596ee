"""Open approvals follow the reporting line: whoever is the manager today decides."""

from collections.abc import Mapping
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.relay import Entry
from domain.kernel.work import Work, begin
from domain.objectives import events
from domain.objectives.model import Approval
from domain.objectives.terms import ApprovalState
from domain.people import service as people

BATCH = 500


async def hear(entry: Entry) -> None:
    """The reader "routing": a changed line moves the person's open approvals on, if it holds today."""
    if entry.kind == "ReportingLineChanged":
        await reroute(entry.tenant_id, person_id=entry.subject_id)


async def reroute_everywhere() -> int:
    """What changes of lines by their dates have brought, for all tenants; how many approvals moved on."""
    return sum([await reroute(row["id"]) for row in await database.gate().fetch("select id from tenant")])


async def reroute(tenant_id: UUID, *, person_id: UUID | None = None) -> int:
    """Give the open approvals of the person, or of all, to their owner's line manager of today; how many moved on.

    Where nobody is the manager today, a request stays with whom it was addressed to, who may still decide it, until a
    line is given again; the owner may withdraw it. Nobody further up is asked instead of a manager who is missing.
    Run after a change of a line, and each hour for changes that take effect by their date.
    """
    zone = await _zone(tenant_id)
    moved = 0
    after: UUID | None = None
    while True:
        async with begin(Actor(tenant_id=tenant_id, zone=zone)) as work:
            batch = await _lock_batch(tenant_id, person_id, after)
            owners = {approval.requested_by_id for approval in batch}
            managers = await people.approvers_for(work.connection, owners, clock.today(zone))
            moved += sum([await _follow(work, approval, managers) for approval in batch])
        if len(batch) < BATCH:
            return moved
        after = batch[-1].id


async def _zone(tenant_id: UUID) -> str:
    """By the connection of the transaction that this runs in, if there is one: never by a second one beside it."""
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval("select zone from tenant where id = $1", tenant_id)


async def _lock_batch(tenant_id: UUID, person_id: UUID | None, after: UUID | None) -> list[Approval]:
    waiting = Approval.filter(tenant_id=tenant_id, state=ApprovalState.OPEN).order_by("id")
    if person_id is not None:
        waiting = waiting.filter(requested_by_id=person_id)
    if after is not None:
        waiting = waiting.filter(id__gt=after)
    return await waiting.limit(BATCH).select_for_update()


async def _follow(work: Work, approval: Approval, managers: Mapping[UUID, UUID]) -> bool:
    manager_id = managers.get(approval.requested_by_id)
    if manager_id is None or manager_id == approval.approver_id:
        return False
    work.record(_rerouted(approval, manager_id))
    approval.approver_id = manager_id
    await approval.save(update_fields=["approver_id"])
    return True


def _rerouted(approval: Approval, manager_id: UUID) -> events.ApprovalRerouted:
    return events.ApprovalRerouted(
        subject_id=approval.objective_id,
        owner_id=approval.requested_by_id,
        approval_id=approval.id,
        approver_id=manager_id,
        former_approver_id=approval.approver_id,
        hearers=(approval.requested_by_id, manager_id, approval.approver_id),
    )
