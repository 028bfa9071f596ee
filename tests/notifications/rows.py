"""The rows that a small group consists of, made in the running tenant."""

from datetime import timedelta
from uuid import UUID

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.objectives.model import Approval, Cycle, Objective
from domain.objectives.terms import ApprovalState, ObjectiveState
from domain.people.model import Account, Person, Session, Unit

TITLE = "Cut turnaround time by eight minutes"


async def person(tenant_id: UUID, person_id: UUID, name: str) -> UUID:
    now, session_id, account_id = clock.now(), new_id(), new_id()
    await Person.create(
        id=person_id,
        tenant_id=tenant_id,
        code=str(person_id),
        name=name,
        locale="en",
        zone="Asia/Singapore",
        created_at=now,
    )
    await Account.create(
        id=account_id,
        tenant_id=tenant_id,
        person_id=person_id,
        login=str(person_id),
        password_hash="unused",
        created_at=now,
    )
    await Session.create(
        id=session_id,
        tenant_id=tenant_id,
        account_id=account_id,
        person_id=person_id,
        name="Phone",
        kind="BROWSER",
        refresh_hash=session_id.bytes,
        generation=0,
        created_at=now,
        last_seen_at=now,
    )
    return session_id


async def goal(tenant_id: UUID, owner_id: UUID) -> UUID:
    now, today = clock.now(), clock.today("Asia/Singapore")
    unit_id, cycle_id, objective_id = (new_id() for _ in range(3))
    await Unit.create(id=unit_id, tenant_id=tenant_id, code="T", kind="TEAM", created_at=now)
    await Cycle.create(
        id=cycle_id,
        tenant_id=tenant_id,
        name="Year",
        starts_on=today - timedelta(days=30),
        ends_on=today + timedelta(days=300),
    )
    await Objective.create(
        id=objective_id,
        tenant_id=tenant_id,
        owner_id=owner_id,
        unit_id=unit_id,
        cycle_id=cycle_id,
        title=TITLE,
        audience="CHAIN",
        weight=100,
        state=ObjectiveState.SUBMITTED,
        version=2,
        version_hash="hash",
        created_at=now,
        updated_at=now,
    )
    return objective_id


async def request(tenant_id: UUID, objective_id: UUID, *, owner_id: UUID, manager_id: UUID) -> UUID:
    approval_id = new_id()
    await Approval.create(
        id=approval_id,
        tenant_id=tenant_id,
        objective_id=objective_id,
        approver_id=manager_id,
        requested_by_id=owner_id,
        requested_at=clock.now(),
        version=2,
        version_hash="hash",
        state=ApprovalState.OPEN,
        changes=[],
    )
    return approval_id
