"""What leans on assumptions: link and unlink targets, flag them for revision, and settle flags."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.plans import assumption_rules, checks, errors, events, service
from domain.plans.assumption_terms import Target
from domain.plans.model import Assumption, RevisionFlag
from domain.plans.views import ANNUAL_PLAN, ASSUMPTION, INVESTMENT, REVISION_FLAG
from domain.strategy.views import STRATEGIC_OBJECTIVE

_LINKED = """
select l.id, not exists (select from revision_flag f
  where f.tenant_id = l.tenant_id and f.link_id = l.id and f.settled_at is null) as is_free
from assumption_link l where l.tenant_id = $1 and l.assumption_id = $2 and l.ended_at is null order by l.id
"""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest reading of an assumption: by its day, of one day the one told last."""

    id: UUID
    value: Decimal


async def newest(work: Work, assumption_id: UUID) -> Newest | None:
    """Inside of an open unit of work that holds the assumption."""
    row = await work.connection.fetchrow(
        """select id, value from assumption_reading where tenant_id = $1 and assumption_id = $2
           order by read_on desc, recorded_at desc, id desc limit 1""",
        work.actor.tenant_id,
        assumption_id,
    )
    return Newest(row["id"], row["value"]) if row else None


async def flag_all(work: Work, assumption_id: UUID, reading_id: UUID) -> int:
    """Flag what leans on the assumption and is not flagged yet; how many were."""
    rows = await work.connection.fetch(_LINKED, work.actor.tenant_id, assumption_id)
    free = [row["id"] for row in rows if row["is_free"]]
    await work.connection.execute(
        """insert into revision_flag (tenant_id, id, assumption_id, link_id, reading_id, raised_at)
           select $1, id, $2, link_id, $3, $4 from unnest($5::uuid[], $6::uuid[]) g (id, link_id)""",
        *(work.actor.tenant_id, assumption_id, reading_id, clock.now(), [new_id() for _ in free], free),
    )
    return len(free)


async def link(actor: Actor, assumption_id: UUID, target: Target, *, key: str) -> UUID:
    """Say that something leans on an assumption; the id of the assumption. If it does not hold, it is flagged at once.

    NotFound for what is not there, InvalidInput for what leans on it already.
    """
    person_id = service.keeper(actor)
    assumption_rules.check_target(target)
    async with begin(actor, key=key, intent=("link_assumption", assumption_id, *_ids(target))) as work:
        if work.replay is not None:
            return assumption_id
        assumption = await work.lock(ASSUMPTION, Assumption, assumption_id)
        if assumption.retired_at is not None:
            raise InvalidInput("This assumption was retired.", field="assumption")
        await _require(work, target)
        await _require_new(work, assumption_id, target)
        await work.connection.execute(
            """insert into assumption_link (tenant_id, id, assumption_id, strategic_objective_id, plan_id, unit_id,
                 account, investment_id, measure_id, objective_id, linked_by_id, linked_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)""",
            *(actor.tenant_id, target.id, assumption_id, *_ids(target), person_id, clock.now()),
        )
        found = await newest(work, assumption_id)
        if assumption.is_broken and found is not None:
            await flag_all(work, assumption_id, found.id)
        work.record(events.AssumptionLinked(subject_id=assumption_id, link_id=target.id))
        work.reply(True)
    return assumption_id


async def unlink(actor: Actor, link_id: UUID, *, key: str) -> UUID:
    """Say that it leans on the assumption no more; the id of the assumption. Ending it twice changes nothing."""
    service.keeper(actor)
    async with begin(actor, key=key, intent=("unlink_assumption", link_id)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        assumption_id = await work.connection.fetchval(
            """update assumption_link set ended_at = coalesce(ended_at, $3)
               where tenant_id = $1 and id = $2 returning assumption_id""",
            *(actor.tenant_id, link_id, clock.now()),
        )
        if assumption_id is None:
            raise NotFound("The link")
        work.record(events.AssumptionUnlinked(subject_id=assumption_id, link_id=link_id))
        work.reply(str(assumption_id))
    return assumption_id


async def settle(actor: Actor, flag_id: UUID, *, note: str, version: int, key: str) -> UUID:
    """Say what was decided about a flagged target. RevisionSettled when somebody did so before."""
    person_id = service.keeper(actor)
    checks.check_text(note, "note")
    async with begin(actor, key=key, intent=("settle_revision", flag_id, version, note)) as work:
        if work.replay is not None:
            return flag_id
        flag = await work.lock(REVISION_FLAG, RevisionFlag, flag_id, version=version)
        if flag.settled_at is not None:
            raise errors.RevisionSettled
        flag.settled_at, flag.settled_by_id, flag.note = clock.now(), person_id, note
        flag.version += 1
        await flag.save()
        work.record(events.RevisionSettled(subject_id=flag_id, assumption_id=flag.assumption_id))
        work.reply(True)
    return flag_id


def _ids(target: Target) -> tuple[object, ...]:
    return (
        target.strategic_objective_id,
        target.plan_id,
        target.unit_id,
        target.account,
        target.investment_id,
        target.measure_id,
        target.objective_id,
    )


async def _require(work: Work, target: Target) -> None:
    """What is named is there; measures and objectives are known by their ids alone."""
    if target.strategic_objective_id is not None:
        await work.see(STRATEGIC_OBJECTIVE, target.strategic_objective_id)
    if target.plan_id is not None:
        await work.see(ANNUAL_PLAN, target.plan_id)
    if target.investment_id is not None:
        await work.see(INVESTMENT, target.investment_id)
    for table, row_id, what in (
        ("unit", target.unit_id, "The unit"),
        ("measure", target.measure_id, "The measure"),
        ("objective", target.objective_id, "The objective"),
    ):
        if row_id is not None and not await _is_there(work, table, row_id):
            raise NotFound(what)


async def _is_there(work: Work, table: str, row_id: UUID) -> bool:
    """A draft of an objective is its owner's alone: nobody else knows that it is there."""
    more = " and state <> 'DRAFT'" if table == "objective" else ""
    return await work.connection.fetchval(
        f"select exists (select from {table} where tenant_id = $1 and id = $2{more})", work.actor.tenant_id, row_id
    )


async def _require_new(work: Work, assumption_id: UUID, target: Target) -> None:
    rows = await work.connection.fetch(
        """select target_id, unit_id, account from assumption_link
           where tenant_id = $1 and assumption_id = $2 and ended_at is null""",
        work.actor.tenant_id,
        assumption_id,
    )
    named = next(
        one
        for one in (
            target.strategic_objective_id,
            target.plan_id,
            target.investment_id,
            target.measure_id,
            target.objective_id,
        )
        if one is not None
    )
    if any(tuple(row) == (named, target.unit_id, target.account) for row in rows):
        raise InvalidInput("It leans on this assumption already.", field="target")
    if len(rows) >= assumption_rules.LINKS_MAX:
        raise InvalidInput(f"At most {assumption_rules.LINKS_MAX} things lean on one assumption.", field="target")
