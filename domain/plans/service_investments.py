"""Use cases of investments: propose, edit and approve one, tell what came of it, and review it at its end."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.numbers import plain
from domain.kernel.work import Work, begin
from domain.people import service_rows
from domain.plans import events, investment_rules, service
from domain.plans import service_investment_parts as parts
from domain.plans.investment_terms import FlowKind, InvestmentState, Proposal
from domain.plans.model import Investment
from domain.plans.views import INVESTMENT
from domain.strategy.views import STRATEGIC_OBJECTIVE

FUNDED_MAX = 100


async def propose(actor: Actor, proposal: Proposal, *, key: str) -> UUID:
    """The id of the new investment. CodeTaken, NotFound for a unit, person or strategic objective."""
    service.keeper(actor)
    investment_rules.check_proposal(proposal)
    async with begin(actor, key=key, intent=("propose_investment", *_said(proposal))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await _require(work, proposal)
        now = clock.now()
        investment = Investment(id=proposal.id, tenant_id=actor.tenant_id, state=InvestmentState.PROPOSED, version=1)
        investment.created_at = investment.updated_at = now
        _fill(investment, proposal)
        await investment.save(force_create=True)
        await parts.write(work, proposal)
        work.record(events.InvestmentProposed(subject_id=proposal.id, code=proposal.code))
        work.reply(str(proposal.id))
    return proposal.id


async def edit(actor: Actor, investment_id: UUID, proposal: Proposal, *, version: int, key: str) -> UUID:
    """Replace all that a proposal says. InvestmentNotOpen once approved; gates stay once one was decided about."""
    service.keeper(actor)
    investment_rules.check_proposal(proposal)
    proposal = replace(proposal, id=investment_id)
    intent = ("edit_investment", investment_id, version, *_said(proposal))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return investment_id
        investment = await work.lock(INVESTMENT, Investment, investment_id, version=version)
        investment_rules.require_state(investment.state, [InvestmentState.PROPOSED])
        await _require(work, proposal, known_as=investment.code)
        await parts.replace(work, proposal)
        _fill(investment, proposal)
        await _save(investment)
        work.record(events.InvestmentEdited(subject_id=investment_id))
        work.reply(True)
    return investment_id


async def approve(actor: Actor, investment_id: UUID, *, approved: Decimal, version: int, key: str) -> UUID:
    """Grant what is asked or a part of it; once more with another amount. InvestmentNotOpen."""
    person_id = service.keeper(actor)
    intent = ("approve_investment", investment_id, version, approved)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return investment_id
        investment = await work.lock(INVESTMENT, Investment, investment_id, version=version)
        allowed = [InvestmentState.PROPOSED, InvestmentState.APPROVED]
        investment_rules.require_state(investment.state, allowed)
        investment_rules.check_approved(approved, asked=investment.asked)
        investment.state, investment.approved = InvestmentState.APPROVED, approved
        investment.approved_by_id, investment.approved_at = person_id, clock.now()
        await _save(investment)
        work.record(events.InvestmentApproved(subject_id=investment_id, approved=plain(approved)))
        work.reply(True)
    return investment_id


async def record_flows(
    actor: Actor, investment_id: UUID, flows: Sequence[Decimal], *, first_year: int, version: int, key: str
) -> UUID:
    """Tell what really came in and went out, year by year from the first year of the plan; all of it, each time."""
    service.keeper(actor)
    intent = ("record_investment_flows", investment_id, version, first_year, *flows)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return investment_id
        investment = await work.lock(INVESTMENT, Investment, investment_id, version=version)
        allowed = [InvestmentState.APPROVED, InvestmentState.COMPLETED, InvestmentState.STOPPED]
        investment_rules.require_state(investment.state, allowed)
        planned = await parts.flows_of(work, investment_id, FlowKind.PLANNED)
        investment_rules.check_actuals(flows, first_year=first_year, planned=planned)
        await parts.replace_flows(work, investment_id, FlowKind.ACTUAL, flows, first_year=first_year)
        await _save(investment)
        work.record(events.FlowsRecorded(subject_id=investment_id, through_year=first_year + len(flows) - 1))
        work.reply(True)
    return investment_id


async def review(actor: Actor, investment_id: UUID, *, findings: str, version: int, key: str) -> UUID:
    """Compare what came of it with its plan, and complete it. InvestmentNotOpen, GateNotOpen, InvalidInput."""
    person_id = service.keeper(actor)
    async with begin(actor, key=key, intent=("review_investment", investment_id, version, findings)) as work:
        if work.replay is not None:
            return investment_id
        investment = await work.lock(INVESTMENT, Investment, investment_id, version=version)
        allowed = [InvestmentState.APPROVED, InvestmentState.COMPLETED]
        investment_rules.require_state(investment.state, allowed)
        actual = await parts.flows_of(work, investment_id, FlowKind.ACTUAL)
        number = 1 + await _count(work, "investment_review", "investment_id", investment_id)
        investment_rules.check_review(findings, await parts.gates_of(work, investment_id), actual, earlier=number - 1)
        compared = investment_rules.compare(
            await parts.flows_of(work, investment_id, FlowKind.PLANNED), actual, investment.discount_rate
        )
        review_id = new_id()
        await work.connection.execute(
            """insert into investment_review (tenant_id, id, investment_id, number, through_year, planned_value,
                 outlook_value, findings, reviewed_by_id, reviewed_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
            *(actor.tenant_id, review_id, investment_id, number, actual[-1].year),
            *(compared.planned, compared.outlook, findings, person_id, clock.now()),
        )
        investment.state = InvestmentState.COMPLETED
        await _save(investment)
        work.record(events.InvestmentReviewed(subject_id=investment_id, review_id=review_id))
        work.reply(True)
    return investment_id


async def _save(investment: Investment) -> None:
    investment.version, investment.updated_at = investment.version + 1, clock.now()
    await investment.save()


def _fill(row: Investment, proposal: Proposal) -> None:
    row.code, row.name, row.unit_id, row.owner_id = proposal.code, proposal.name, proposal.unit_id, proposal.owner_id
    row.currency, row.discount_rate, row.asked = proposal.currency, proposal.discount_rate, proposal.asked
    row.name_zh = proposal.name_zh  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null


def _said(proposal: Proposal) -> tuple[object, ...]:
    funds = [(str(fund.strategic_objective_id), str(fund.share)) for fund in proposal.funds]
    gates = [(gate.name, gate.name_zh, str(gate.due_on)) for gate in proposal.gates]
    names = (proposal.code, proposal.name, proposal.name_zh, proposal.unit_id, proposal.owner_id)
    money = (proposal.currency, proposal.discount_rate, proposal.asked, proposal.first_year, *proposal.flows)
    return (*names, *money, funds, gates)


async def _require(work: Work, proposal: Proposal, *, known_as: str | None = None) -> None:
    """What the proposal names is there, its code is free, and what funds an objective is in one currency."""
    if proposal.code != known_as:
        await service_rows.refuse_taken_codes(work, "investment", [proposal.code])
    for table, row_id, what in (
        ("unit", proposal.unit_id, "The unit"),
        ("person", proposal.owner_id, "The owner"),
    ):
        if not await _count(work, table, "id", row_id):
            raise NotFound(what)
    # In one order for everybody, because each is held until commit.
    for at, fund in sorted(enumerate(proposal.funds), key=lambda pair: pair[1].strategic_objective_id):
        await work.see(STRATEGIC_OBJECTIVE, fund.strategic_objective_id)
        await _require_currency(work, proposal, fund.strategic_objective_id, f"funds.{at}")


async def _require_currency(work: Work, proposal: Proposal, objective_id: UUID, path: str) -> None:
    """Held until commit, so that nobody else funds it in another currency meanwhile."""
    await work.wait_for(f"funding {objective_id}")
    rows = await work.connection.fetch(
        """select i.currency from funding f join investment i on i.tenant_id = f.tenant_id and i.id = f.investment_id
           where f.tenant_id = $1 and f.strategic_objective_id = $2 and i.id <> $3""",
        work.actor.tenant_id,
        objective_id,
        proposal.id,
    )
    others = {row["currency"] for row in rows} - {proposal.currency}
    if others:
        told = ", ".join(sorted(others))
        raise InvalidInput(f"Other investments fund this strategic objective in {told}.", field=path)
    if len(rows) >= FUNDED_MAX:
        raise InvalidInput(f"At most {FUNDED_MAX} investments fund one strategic objective.", field=path)


async def _count(work: Work, table: str, column: str, row_id: UUID) -> int:
    return await work.connection.fetchval(
        f"select count(*) from {table} where tenant_id = $1 and {column} = $2", work.actor.tenant_id, row_id
    )
