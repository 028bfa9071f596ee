"""Use case of stage gates: decide whether an investment goes on."""

from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.plans import checks, events, investment_rules, service
from domain.plans import service_investment_parts as parts
from domain.plans.investment_terms import GateVerdict, InvestmentState
from domain.plans.model import Investment
from domain.plans.views import INVESTMENT


async def decide(actor: Actor, gate_id: UUID, *, verdict: GateVerdict, reason: str, version: int, key: str) -> UUID:
    """The id of the investment. Its first gate that is not passed is decided about, no other: GateNotOpen.

    GO passes the gate for good; STOP gives the investment up; HOLD and RECYCLE leave the gate to be decided again.
    """
    person_id = service.keeper(actor)
    checks.check_text(reason, "reason")
    async with begin(actor, key=key, intent=("decide_gate", gate_id, version, verdict, reason)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        investment_id = await _investment_of(work, gate_id)
        investment = await work.lock(INVESTMENT, Investment, investment_id, version=version)
        investment_rules.require_state(investment.state, [InvestmentState.PROPOSED, InvestmentState.APPROVED])
        number = 1 + await _decisions(work, gate_id)
        investment_rules.check_decision(await parts.gates_of(work, investment_id), gate_id, earlier=number - 1)
        await work.connection.execute(
            """insert into gate_decision (tenant_id, id, gate_id, number, decision, reason, decided_by_id, decided_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            *(actor.tenant_id, new_id(), gate_id, number, verdict, reason, person_id, clock.now()),
        )
        if verdict is GateVerdict.STOP:
            investment.state = InvestmentState.STOPPED
        investment.version, investment.updated_at = investment.version + 1, clock.now()
        await investment.save()
        work.record(events.GateDecided(subject_id=investment_id, gate_id=gate_id, decision=verdict))
        work.reply(str(investment_id))
    return investment_id


async def _investment_of(work: Work, gate_id: UUID) -> UUID:
    found = await work.connection.fetchval(
        "select investment_id from stage_gate where tenant_id = $1 and id = $2", work.actor.tenant_id, gate_id
    )
    if found is None:
        raise NotFound("The gate")
    return found


async def _decisions(work: Work, gate_id: UUID) -> int:
    return await work.connection.fetchval(
        "select count(*) from gate_decision where tenant_id = $1 and gate_id = $2", work.actor.tenant_id, gate_id
    )
