"""Grants and ends roles, and lets somebody else decide in a person's place for some days."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import rules
from domain.people.events import ApprovalsDelegated, DelegationEnded, RoleEnded, RoleGranted
from domain.people.service_access import lock_structure, relations_to

GRANTABLE = frozenset({Role.HR_PARTNER, Role.STRATEGY_OFFICE, Role.ADMINISTRATOR})
"""EMPLOYEE and MANAGER follow from employments and lines, PARTNER is for clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An HR partner is one of a unit and everything below; the other roles count in the whole tenant."""

    person_id: UUID
    role: Role
    on: date
    unit_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelegation:
    """From the first to the last day, both included, `to_id` may decide in the actor's place."""

    to_id: UUID
    starts_on: date
    ends_on: date
    reason: str | None = None
    id: UUID = field(default_factory=new_id)


async def grant_role(actor: Actor, grant: Grant, *, key: str | None = None) -> UUID:
    """The id of the grant. Only an administrator grants; NotFound for an unknown person or unit."""
    intent = ("grant_role", grant.person_id, grant.role, grant.unit_id, grant.on)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await grant_role_within(work, grant)
        work.reply(str(grant.id))
        return grant.id


async def grant_role_within(work: Work, grant: Grant) -> None:
    """As `grant_role`, in an open unit of work."""
    await lock_structure(work)
    permits.require(Action.GRANT_ROLE, await relations_to(work, []))
    rules.check_date(grant.on)
    if grant.role not in GRANTABLE:
        raise InvalidInput(f"{grant.role} is not granted: it follows from what a person does.", field="role")
    if (grant.role is Role.HR_PARTNER) != (grant.unit_id is not None):
        raise InvalidInput("An HR partner is one of a unit; the other roles have none.", field="unit")
    await _require_known(work, "person", grant.person_id)
    if grant.unit_id is not None:
        await _require_known(work, "unit", grant.unit_id)
    await _refuse_second(work, grant)
    await work.connection.execute(
        """insert into role_grant (tenant_id, id, person_id, role, unit_id, valid_from, valid_to)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        work.actor.tenant_id,
        grant.id,
        grant.person_id,
        grant.role,
        grant.unit_id,
        grant.on,
        clock.FOREVER,
    )
    work.record(
        RoleGranted(
            subject_id=grant.person_id,
            hearers=(grant.person_id,),
            role=grant.role,
            unit_id=grant.unit_id,
            effective_on=grant.on.isoformat(),
        )
    )


async def _require_known(work: Work, table: str, row_id: UUID) -> None:
    found = await work.connection.fetchval(
        f"select true from {table} where tenant_id = $1 and id = $2", work.actor.tenant_id, row_id
    )
    if not found:
        raise NotFound(f"The {table}")


async def _refuse_second(work: Work, grant: Grant) -> None:
    held = await work.connection.fetchval(
        """select true from role_grant where tenant_id = $1 and person_id = $2 and role = $3
             and unit_id is not distinct from $4 and valid_to > $5 limit 1""",
        work.actor.tenant_id,
        grant.person_id,
        grant.role,
        grant.unit_id,
        grant.on,
    )
    if held:
        raise rules.PeriodsOverlap("grants of the same role", on=grant.on)


async def end_role(actor: Actor, grant_id: UUID, *, on: date, key: str | None = None) -> None:
    """The role is not held any more from the date on."""
    async with begin(actor, key=key, intent=("end_role", grant_id, on)) as work:
        if work.replay is not None:
            return
        await lock_structure(work)
        permits.require(Action.GRANT_ROLE, await relations_to(work, []))
        row = await work.connection.fetchrow(_END_ROLE, work.actor.tenant_id, grant_id, on)
        if row is None:
            raise NotFound("The grant")
        work.record(
            RoleEnded(
                subject_id=row["person_id"],
                hearers=(row["person_id"],),
                role=row["role"],
                unit_id=row["unit_id"],
                effective_on=on.isoformat(),
            )
        )
        work.reply(str(grant_id))


# A grant that would not have begun yet leaves only its facts in the journal.
_END_ROLE = """
with ended as (
  update role_grant set valid_to = $3 where tenant_id = $1 and id = $2 and valid_from < $3 and $3 < valid_to
  returning person_id, role, unit_id
), deleted as (
  delete from role_grant where tenant_id = $1 and id = $2 and valid_from >= $3 returning person_id, role, unit_id
)
select * from ended union all select * from deleted
"""


async def delegate_approvals(actor: Actor, delegation: NewDelegation, *, key: str | None = None) -> UUID:
    """The id of the delegation. Whoever it names decides what the actor would; NotFound for an unknown person."""
    intent = (
        "delegate_approvals",
        delegation.to_id,
        delegation.starts_on,
        delegation.ends_on,
        delegation.reason,
    )
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await delegate_within(work, delegation)
        work.reply(str(delegation.id))
        return delegation.id


async def delegate_within(work: Work, delegation: NewDelegation) -> None:
    """As `delegate_approvals`, in an open unit of work."""
    from_id = work.actor.person_id
    if from_id is None:
        raise NotPermitted("Only a person has approvals to delegate.")
    await _check_delegation(work, delegation, from_id=from_id)
    await work.connection.execute(
        """insert into delegation (tenant_id, id, from_id, to_id, reason, created_at, valid_from, valid_to)
           values ($1, $2, $3, $4, $5, $6, $7, $8)""",
        work.actor.tenant_id,
        delegation.id,
        from_id,
        delegation.to_id,
        delegation.reason,
        clock.now(),
        delegation.starts_on,
        delegation.ends_on + timedelta(days=1),
    )
    work.record(
        ApprovalsDelegated(
            subject_id=delegation.id,
            hearers=(from_id, delegation.to_id),
            from_id=from_id,
            to_id=delegation.to_id,
            starts_on=delegation.starts_on.isoformat(),
            ends_on=delegation.ends_on.isoformat(),
        )
    )


async def _check_delegation(work: Work, delegation: NewDelegation, *, from_id: UUID) -> None:
    rules.check_days(delegation.starts_on, delegation.ends_on)
    if delegation.to_id == from_id:
        raise InvalidInput("Choose somebody else.", field="to")
    if delegation.ends_on < clock.today(work.actor.zone):
        raise InvalidInput("These days are over.", field="endsOn")
    if delegation.reason is not None:
        rules.check_reason(delegation.reason)
    await _require_known(work, "person", delegation.to_id)


async def end_delegation(actor: Actor, delegation_id: UUID, *, key: str | None = None) -> UUID:
    """It ends at once; the id. Only who gave or holds it ends it, for all others it does not exist."""
    async with begin(actor, key=key, intent=("end_delegation", delegation_id)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        row = await work.connection.fetchrow(
            """update delegation set valid_to = greatest(valid_from, $4)
               where tenant_id = $1 and id = $2 and (from_id = $3 or to_id = $3)
                 and valid_to > $4 and valid_from < valid_to
               returning from_id, to_id""",
            actor.tenant_id,
            delegation_id,
            actor.person_id,
            clock.today(actor.zone),
        )
        if row is None:
            raise NotFound("The delegation")
        hearers = (row["from_id"], row["to_id"])
        work.record(
            DelegationEnded(subject_id=delegation_id, hearers=hearers, from_id=row["from_id"], to_id=row["to_id"])
        )
        work.reply(str(delegation_id))
        return delegation_id
