"""Use cases of cycles: open one, and close it when its objectives have been judged."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from asyncpg import UniqueViolationError

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.objectives import events, rules
from domain.objectives.terms import ObjectiveState


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCycle:
    """A period for which goals are set, from its first to its last day."""

    name: str
    starts_on: date
    ends_on: date
    name_zh: str | None = None
    id: UUID = field(default_factory=new_id)


async def open_cycle(actor: Actor, cycle: NewCycle, *, key: str | None = None) -> UUID:
    """The id of the new cycle; InvalidInput when another one begins on the same day."""
    rules.check_text(cycle.name, "name", characters_max=rules.TITLE_CHARACTERS_MAX)
    if cycle.ends_on < cycle.starts_on:
        raise InvalidInput("The last day lies before the first one.", field="endsOn")
    intent = ("open_cycle", cycle.name, cycle.starts_on, cycle.ends_on)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        _require(actor)
        await _create(work, cycle)
        work.record(events.CycleOpened(subject_id=cycle.id))
        work.reply(str(cycle.id))
    return cycle.id


def _require(actor: Actor) -> None:
    is_office = Role.STRATEGY_OFFICE in actor.roles
    permits.require(Action.KEEP_CYCLES, [Relation.STRATEGY_OFFICE] if is_office else [])


async def _create(work: Work, cycle: NewCycle) -> None:
    try:
        await work.connection.execute(
            "insert into cycle (tenant_id, id, name, name_zh, starts_on, ends_on) values ($1, $2, $3, $4, $5, $6)",
            work.actor.tenant_id,
            cycle.id,
            cycle.name.strip(),
            cycle.name_zh,
            cycle.starts_on,
            cycle.ends_on,
        )
    except UniqueViolationError:
        raise InvalidInput("Another cycle begins on this day.", field="startsOn") from None


async def close_cycle(actor: Actor, cycle_id: UUID, *, key: str | None = None) -> UUID:
    """Judge what was promised, archive what never was. Closing twice changes nothing more; NotFound.

    A promise is achieved from a progress of 100 percent on; without data it is missed.
    """
    async with begin(actor, key=key, intent=("close_cycle", cycle_id)) as work:
        if work.replay is not None:
            return cycle_id
        _require(actor)
        if await _mark_closed(work, cycle_id):
            await _judge(work, cycle_id)
            await _withdraw_requests(work, cycle_id)
        work.reply(True)
    return cycle_id


async def _mark_closed(work: Work, cycle_id: UUID) -> bool:
    """Whether it was open until now."""
    tenant_id = work.actor.tenant_id
    row = await work.connection.fetchrow(
        "select closed_at from cycle where tenant_id = $1 and id = $2 for update", tenant_id, cycle_id
    )
    if row is None:
        raise NotFound("The cycle")
    await work.connection.execute(
        "update cycle set closed_at = coalesce(closed_at, $3) where tenant_id = $1 and id = $2",
        tenant_id,
        cycle_id,
        clock.now(),
    )
    return row["closed_at"] is None


async def _withdraw_requests(work: Work, cycle_id: UUID) -> None:
    rows = await work.connection.fetch(
        """update approval a set state = 'WITHDRAWN', decided_at = $3 from objective o
           where a.tenant_id = $1 and a.state = 'OPEN' and o.tenant_id = $1 and o.id = a.objective_id
             and o.cycle_id = $2
           returning a.id, a.objective_id, a.requested_by_id, a.approver_id""",
        work.actor.tenant_id,
        cycle_id,
        clock.now(),
    )
    for row in rows:
        work.record(
            events.ObjectiveWithdrawn(
                subject_id=row["objective_id"],
                owner_id=row["requested_by_id"],
                approval_id=row["id"],
                approver_id=row["approver_id"],
                hearers=(row["requested_by_id"], row["approver_id"]),
            )
        )


async def _judge(work: Work, cycle_id: UUID) -> None:
    rows = await work.connection.fetch(
        """update objective set closed_at = $3, updated_at = $3, version = version + 1, state = case
             when state <> 'ACTIVE' then 'ARCHIVED' when progress >= 100 then 'ACHIEVED' else 'MISSED' end
           where tenant_id = $1 and cycle_id = $2 and closed_at is null returning state""",
        work.actor.tenant_id,
        cycle_id,
        clock.now(),
    )
    counts = Counter(str(row["state"]) for row in rows)
    work.record(
        events.CycleClosed(
            subject_id=cycle_id,
            achieved=counts[ObjectiveState.ACHIEVED],
            missed=counts[ObjectiveState.MISSED],
            archived=counts[ObjectiveState.ARCHIVED],
        )
    )
