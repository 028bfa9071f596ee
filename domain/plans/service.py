"""Use cases of annual plans: draft a version, submit it, return it, and decide that it holds."""

from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.numbers import plain
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Work, begin
from domain.people.terms import UnitKind
from domain.plans import checks, events, rules
from domain.plans.errors import PlanEmpty, PlanNotReconciled
from domain.plans.model import AnnualPlan
from domain.plans.terms import NewPlan, PlanState
from domain.plans.views import ANNUAL_PLAN

_COPY = """
insert into plan_line (tenant_id, id, plan_id, unit_id, account, unit_of_measure, period, amount)
select l.tenant_id, gen_random_uuid(), $3, l.unit_id, l.account, l.unit_of_measure,
  (l.period + make_interval(months => $4))::date, l.amount
from plan_line l join unit_closure c on c.tenant_id = l.tenant_id and c.ancestor_id = $5 and c.descendant_id = l.unit_id
  and c.valid_from <= $6 and $6 < c.valid_to
where l.tenant_id = $1 and l.plan_id = $2
"""
_COPY_TOTALS = """
insert into plan_total (tenant_id, id, plan_id, unit_id, account, unit_of_measure, own)
select t.tenant_id, gen_random_uuid(), $3, t.unit_id, t.account, t.unit_of_measure, t.own
from plan_total t join unit_closure c on c.tenant_id = t.tenant_id and c.ancestor_id = $4
  and c.descendant_id = t.unit_id and c.valid_from <= $5 and $5 < c.valid_to
where t.tenant_id = $1 and t.plan_id = $2
"""
_DIFFERENCES = """
select u.code, t.account, t.unit_of_measure, t.stated, sum(b.own) as total
from plan_total t
join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id
join unit_closure c on c.tenant_id = t.tenant_id and c.ancestor_id = t.unit_id
  and c.valid_from <= $3 and $3 < c.valid_to
join plan_total b on b.tenant_id = t.tenant_id and b.plan_id = t.plan_id and b.unit_id = c.descendant_id
  and b.account = t.account and b.unit_of_measure = t.unit_of_measure
where t.tenant_id = $1 and t.plan_id = $2 and t.stated is not null
group by u.code, t.account, t.unit_of_measure, t.stated having sum(b.own) <> t.stated
order by u.code, t.account, t.unit_of_measure limit 4
"""
"""What is stated and not met: a few of it, to be told."""


def relations_of(actor: Actor) -> frozenset[Relation]:
    """How the actor stands to the plans of the tenant."""
    is_office = Role.STRATEGY_OFFICE in actor.roles
    return frozenset({Relation.STRATEGY_OFFICE}) if is_office else frozenset()


def keeper(actor: Actor) -> UUID:
    """The person who keeps plans; NotPermitted for anybody else."""
    permits.require(Action.KEEP_PLANS, relations_of(actor))
    if actor.person_id is None:
        raise NotPermitted("Only a person can keep plans.")
    return actor.person_id


async def draft(actor: Actor, plan: NewPlan, *, key: str) -> UUID:
    """The id of the new version. NotFound for a unit or a version that is not there."""
    person_id = keeper(actor)
    rules.check_plan(plan)
    said = (plan.name, plan.name_zh, plan.currency, plan.starts_on, plan.tree_on, plan.made_from_id)
    intent = ("draft_plan", plan.unit_id, plan.year, *said)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await _require_group(work, plan.unit_id)
        await work.wait_for(f"plan {plan.unit_id} {plan.year}")
        made = await _create(work, plan, person_id)
        if plan.made_from_id is not None:
            await _copy(work, made, plan.made_from_id)
        work.record(events.PlanDrafted(subject_id=made.id, year=made.year, number=made.number))
        work.reply(str(made.id))
    return made.id


async def _require_group(work: Work, unit_id: UUID) -> None:
    kind = await work.connection.fetchval(
        "select kind from unit where tenant_id = $1 and id = $2", work.actor.tenant_id, unit_id
    )
    if kind is None:
        raise NotFound("The unit")
    if kind != UnitKind.GROUP:
        raise InvalidInput("A plan is of a whole group; its units have lines in it.", field="unit")


async def _create(work: Work, plan: NewPlan, person_id: UUID) -> AnnualPlan:
    now, begins = clock.now(), rules.first_day(plan)
    number = await work.connection.fetchval(
        "select coalesce(max(number), 0) + 1 from annual_plan where tenant_id = $1 and unit_id = $2 and year = $3",
        work.actor.tenant_id,
        plan.unit_id,
        plan.year,
    )
    return await AnnualPlan.create(
        id=plan.id,
        tenant_id=work.actor.tenant_id,
        unit_id=plan.unit_id,
        year=plan.year,
        number=number,
        name=plan.name,
        name_zh=plan.name_zh,
        currency=plan.currency,
        starts_on=begins,
        tree_on=plan.tree_on or max(begins, clock.today(work.actor.zone)),
        state=PlanState.DRAFT,
        version=1,
        created_by_id=person_id,
        created_at=now,
        updated_at=now,
    )


async def _copy(work: Work, made: AnnualPlan, source_id: UUID) -> None:
    """The lines of units that stand in the new version's tree; totals that were stated are stated anew."""
    await work.see(ANNUAL_PLAN, source_id)
    source = await AnnualPlan.get(id=source_id)
    if source.unit_id != made.unit_id or source.currency != made.currency:
        raise InvalidInput("It can be made from a plan of the same group and currency.", field="madeFrom")
    shift = (made.starts_on.year - source.starts_on.year) * rules.MONTHS + made.starts_on.month - source.starts_on.month
    tenant_id = work.actor.tenant_id
    await work.connection.execute(_COPY, tenant_id, source_id, made.id, shift, made.unit_id, made.tree_on)
    await work.connection.execute(_COPY_TOTALS, tenant_id, source_id, made.id, made.unit_id, made.tree_on)


async def submit(actor: Actor, plan_id: UUID, *, version: int, key: str) -> UUID:
    """Ask for a decision. PlanNotDraft, PlanEmpty."""
    person_id = keeper(actor)
    async with begin(actor, key=key, intent=("submit_plan", plan_id, version)) as work:
        if work.replay is not None:
            return plan_id
        plan = await work.lock(ANNUAL_PLAN, AnnualPlan, plan_id, version=version)
        rules.require_draft(plan.state)
        await _require_lines(work, plan_id)
        plan.submitted_by_id, plan.submitted_at = person_id, clock.now()
        await _move(plan, PlanState.SUBMITTED)
        work.record(events.PlanSubmitted(subject_id=plan_id))
        work.reply(True)
    return plan_id


async def _require_lines(work: Work, plan_id: UUID) -> None:
    found = await work.connection.fetchval(
        "select exists (select from plan_line where tenant_id = $1 and plan_id = $2)", work.actor.tenant_id, plan_id
    )
    if not found:
        raise PlanEmpty


async def _move(plan: AnnualPlan, state: PlanState) -> None:
    plan.state, plan.version, plan.updated_at = state, plan.version + 1, clock.now()
    await plan.save()


async def give_back(actor: Actor, plan_id: UUID, *, reason: str, version: int, key: str) -> UUID:
    """Make a submitted version a draft again, and say why. PlanNotSubmitted."""
    keeper(actor)
    checks.check_text(reason, "reason")
    async with begin(actor, key=key, intent=("return_plan", plan_id, version, reason)) as work:
        if work.replay is not None:
            return plan_id
        plan = await work.lock(ANNUAL_PLAN, AnnualPlan, plan_id, version=version)
        rules.require_submitted(plan.state)
        plan.note = reason
        await _move(plan, PlanState.DRAFT)
        work.record(events.PlanReturned(subject_id=plan_id, reason=reason))
        work.reply(True)
    return plan_id


async def approve(actor: Actor, plan_id: UUID, *, version: int, key: str) -> UUID:
    """Decide that this version holds; the one that held before does so no more. PlanNotSubmitted, PlanNotReconciled."""
    person_id = keeper(actor)
    async with begin(actor, key=key, intent=("approve_plan", plan_id, version)) as work:
        if work.replay is not None:
            return plan_id
        plan = await work.lock(ANNUAL_PLAN, AnnualPlan, plan_id, version=version)
        rules.require_submitted(plan.state)
        await _require_reconciled(work, plan)
        superseded_id = await _supersede(work, plan)
        plan.approved_by_id, plan.approved_at = person_id, clock.now()
        await _move(plan, PlanState.APPROVED)
        work.record(events.PlanApproved(subject_id=plan_id, year=plan.year, superseded_id=superseded_id))
        work.reply(True)
    return plan_id


async def _require_reconciled(work: Work, plan: AnnualPlan) -> None:
    rows = await work.connection.fetch(_DIFFERENCES, work.actor.tenant_id, plan.id, plan.tree_on)
    if rows:
        told = [
            f"{row['code']} {row['account']} ({row['unit_of_measure']}): stated {plain(row['stated'])}, "
            f"its lines come to {plain(row['total'])}"
            for row in rows
        ]
        raise PlanNotReconciled(f"What is stated is not what the lines come to. {'; '.join(told)}.")


async def _supersede(work: Work, plan: AnnualPlan) -> UUID | None:
    """Who approves another version of the same year waits for this one."""
    await work.wait_for(f"plan {plan.unit_id} {plan.year}")
    return await work.connection.fetchval(
        """update annual_plan set state = 'SUPERSEDED', superseded_at = $4, updated_at = $4, version = version + 1
           where tenant_id = $1 and unit_id = $2 and year = $3 and state = 'APPROVED' returning id""",
        work.actor.tenant_id,
        plan.unit_id,
        plan.year,
        clock.now(),
    )
