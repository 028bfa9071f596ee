"""Reads and writes the parts of an investment, inside of an open unit of work: its flows, funds and gates."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.people import service_rows
from domain.plans.investment_terms import Flow, FlowKind, Fund, Gate, GateStanding, Proposal

_FLOW = {"id": "uuid", "investment_id": "uuid", "kind": "text", "year": "integer", "amount": "numeric"}
_FUNDING = {"id": "uuid", "investment_id": "uuid", "strategic_objective_id": "uuid", "share": "numeric"}
_GATE = {
    "id": "uuid",
    "investment_id": "uuid",
    "position": "integer",
    "name": "text",
    "name_zh": "text",
    "due_on": "date",
}


async def write(work: Work, proposal: Proposal) -> None:
    """All parts of a new investment."""
    await _write_money(work, proposal)
    await _write_gates(work, proposal)


async def replace(work: Work, proposal: Proposal) -> None:
    """All parts of one that has some. InvalidInput for other gates once one was decided about."""
    await _drop(work, "funding", proposal.id)
    await _drop(work, "investment_flow", proposal.id)
    await _write_money(work, proposal)
    if not await _is_decided(work, proposal.id):
        await _drop(work, "stage_gate", proposal.id)
        await _write_gates(work, proposal)
    elif await _gates(work, proposal.id) != proposal.gates:
        raise InvalidInput("A gate was decided about, so the gates stay as they are.", field="gates")


async def replace_flows(
    work: Work, investment_id: UUID, kind: FlowKind, flows: Sequence[Decimal], *, first_year: int
) -> None:
    """All flows of a kind, of consecutive years."""
    await work.connection.execute(
        "delete from investment_flow where tenant_id = $1 and investment_id = $2 and kind = $3",
        work.actor.tenant_id,
        investment_id,
        kind,
    )
    rows = [(new_id(), investment_id, kind, year, amount) for year, amount in enumerate(flows, first_year)]
    await service_rows.insert(work.connection, "investment_flow", work.actor.tenant_id, columns=_FLOW, rows=rows)


async def gates_of(work: Work, investment_id: UUID) -> list[GateStanding]:
    """The gates in their order."""
    rows = await work.connection.fetch(
        """select g.id, g.name, exists (select from gate_decision d where d.tenant_id = g.tenant_id
             and d.gate_id = g.id and d.decision = 'GO') as is_passed
           from stage_gate g where g.tenant_id = $1 and g.investment_id = $2 order by g.position""",
        work.actor.tenant_id,
        investment_id,
    )
    return [GateStanding(row["id"], row["name"], row["is_passed"]) for row in rows]


async def flows_of(work: Work, investment_id: UUID, kind: FlowKind) -> list[Flow]:
    """The flows of a kind, year by year."""
    rows = await work.connection.fetch(
        """select year, amount from investment_flow
           where tenant_id = $1 and investment_id = $2 and kind = $3 order by year""",
        work.actor.tenant_id,
        investment_id,
        kind,
    )
    return [Flow(row["year"], row["amount"]) for row in rows]


async def _write_money(work: Work, proposal: Proposal) -> None:
    await replace_flows(work, proposal.id, FlowKind.PLANNED, proposal.flows, first_year=proposal.first_year)
    rows = [(new_id(), proposal.id, *_fund(fund)) for fund in proposal.funds]
    await service_rows.insert(work.connection, "funding", work.actor.tenant_id, columns=_FUNDING, rows=rows)


def _fund(fund: Fund) -> tuple[UUID, Decimal]:
    return fund.strategic_objective_id, fund.share


async def _write_gates(work: Work, proposal: Proposal) -> None:
    rows = [
        (new_id(), proposal.id, position, gate.name, gate.name_zh, gate.due_on)
        for position, gate in enumerate(proposal.gates, 1)
    ]
    await service_rows.insert(work.connection, "stage_gate", work.actor.tenant_id, columns=_GATE, rows=rows)


async def _drop(work: Work, table: str, investment_id: UUID) -> None:
    await work.connection.execute(
        f"delete from {table} where tenant_id = $1 and investment_id = $2", work.actor.tenant_id, investment_id
    )


async def _is_decided(work: Work, investment_id: UUID) -> bool:
    return await work.connection.fetchval(
        """select exists (select from stage_gate g
             join gate_decision d on d.tenant_id = g.tenant_id and d.gate_id = g.id
           where g.tenant_id = $1 and g.investment_id = $2)""",
        work.actor.tenant_id,
        investment_id,
    )


async def _gates(work: Work, investment_id: UUID) -> tuple[Gate, ...]:
    rows = await work.connection.fetch(
        "select name, name_zh, due_on from stage_gate where tenant_id = $1 and investment_id = $2 order by position",
        work.actor.tenant_id,
        investment_id,
    )
    return tuple(Gate(name=row["name"], name_zh=row["name_zh"], due_on=row["due_on"]) for row in rows)
