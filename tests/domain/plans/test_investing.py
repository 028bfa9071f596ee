"""An investment is proposed, decided at its gates, approved, and looked at again at its end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people.rules import CodeTaken
from domain.plans import investment_rules, service_gates, service_investments
from domain.plans.errors import GateNotOpen, InvestmentNotOpen
from domain.plans.investment_terms import Flow, Fund, Gate, GateVerdict
from tests.domain.plans.ground import Ground

GO, HOLD, RECYCLE, STOP = GateVerdict.GO, GateVerdict.HOLD, GateVerdict.RECYCLE, GateVerdict.STOP


async def state(ground: Ground) -> str:
    return str(await ground.company.organisation.value("select state from investment"))


async def record(ground: Ground, investment_id: UUID, *flows: int, first_year: int = 2026) -> None:
    version = await ground.version("investment", investment_id)
    await service_investments.record_flows(
        ground.office,
        investment_id,
        tuple(map(Decimal, flows)),
        first_year=first_year,
        version=version,
        key=str(new_id()),
    )


async def review(ground: Ground, investment_id: UUID) -> None:
    version = await ground.version("investment", investment_id)
    await service_investments.review(
        ground.office, investment_id, findings="It took longer.", version=version, key=str(new_id())
    )


async def test_gates_are_decided_in_their_order(ground: Ground) -> None:
    investment_id = await ground.invest()
    first, second = await ground.gates(investment_id)

    with pytest.raises(GateNotOpen):
        await ground.decide(investment_id, second)
    await ground.decide(investment_id, first, HOLD)
    await ground.decide(investment_id, first, RECYCLE)
    with pytest.raises(GateNotOpen):
        await ground.decide(investment_id, second)
    await ground.decide(investment_id, first)
    with pytest.raises(GateNotOpen):
        await ground.decide(investment_id, first, STOP)
    await ground.decide(investment_id, second)

    rows = await ground.company.organisation.rows(
        """select g.position, d.number, d.decision from gate_decision d join stage_gate g on g.id = d.gate_id
           order by 1, 2"""
    )
    assert [tuple(row) for row in rows] == [(1, 1, "HOLD"), (1, 2, "RECYCLE"), (1, 3, "GO"), (2, 1, "GO")]


async def test_what_was_stopped_is_not_decided_about_any_more(ground: Ground) -> None:
    investment_id = await ground.invest()
    first, _ = await ground.gates(investment_id)

    await ground.decide(investment_id, first, STOP)

    assert await state(ground) == "STOPPED"
    with pytest.raises(InvestmentNotOpen):
        await ground.decide(investment_id, first)
    with pytest.raises(InvestmentNotOpen):
        await ground.grant(investment_id, 1000)


async def test_a_gate_is_not_decided_about_for_ever(ground: Ground) -> None:
    investment_id = await ground.invest()
    first, _ = await ground.gates(investment_id)
    for _ in range(investment_rules.GATE_DECISIONS_MAX):
        await ground.decide(investment_id, first, HOLD)

    with pytest.raises(GateNotOpen):
        await ground.decide(investment_id, first)


async def test_no_more_is_approved_than_is_asked(ground: Ground) -> None:
    investment_id = await ground.invest()

    for amount in (0, -1, 1001):
        with pytest.raises(InvalidInput):
            await ground.grant(investment_id, amount)
    await ground.grant(investment_id, 400)
    await ground.grant(investment_id, 1000)

    assert await ground.company.organisation.value("select approved from investment") == 1000


async def test_what_is_approved_is_not_edited(ground: Ground) -> None:
    investment_id = await ground.invest()
    await ground.grant(investment_id, 400)

    with pytest.raises(InvestmentNotOpen):
        await service_investments.edit(ground.office, investment_id, ground.proposal(), version=2, key="edit")


async def test_an_edit_replaces_all_that_was_said(ground: Ground) -> None:
    investment_id = await ground.invest()
    other = ground.proposal(
        code="HANGAR 2",
        first_year=2027,
        flows=(Decimal(-5), Decimal(6)),
        funds=(Fund(strategic_objective_id=ground.objectives["C1"], share=Decimal("33.3")),),
        gates=(Gate(name="Only", due_on=date(2027, 1, 1)),),
    )

    await service_investments.edit(ground.office, investment_id, other, version=1, key="edit")

    organisation = ground.company.organisation
    flows = await organisation.rows("select kind, year, amount from investment_flow order by year")
    assert [tuple(row) for row in flows] == [("PLANNED", 2027, -5), ("PLANNED", 2028, 6)]
    assert await organisation.value("select code from investment") == "HANGAR 2"
    assert await organisation.value("select share from funding") == Decimal("33.3")
    assert await organisation.value("select string_agg(name, ',') from stage_gate") == "Only"


async def test_gates_stay_once_one_was_decided_about(ground: Ground) -> None:
    investment_id = await ground.invest()
    first, _ = await ground.gates(investment_id)
    await ground.decide(investment_id, first)
    same = ground.proposal(asked=Decimal(900))

    await service_investments.edit(ground.office, investment_id, same, version=2, key="same")
    with pytest.raises(InvalidInput) as refused:
        await service_investments.edit(ground.office, investment_id, replace(same, gates=()), version=3, key="other")

    assert refused.value.field == "gates"
    assert await ground.gates(investment_id) == [first, *(await ground.gates(investment_id))[1:]]


async def test_a_review_compares_what_came_with_what_was_planned(ground: Ground) -> None:
    investment_id = await ground.invest()
    for gate in await ground.gates(investment_id):
        await ground.decide(investment_id, gate)
    await ground.grant(investment_id, 1000)
    await record(ground, investment_id, -1100, 330)

    await review(ground, investment_id)

    rows = await ground.company.organisation.rows(
        "select through_year, planned_value, outlook_value from investment_review"
    )
    # -1100 + 330/1.1 + 400/1.21 + 400/1.331 against -1000 + 400/1.1 + 400/1.21 + 400/1.331
    assert rows[0]["through_year"] == 2027
    assert round(rows[0]["planned_value"], 4) == Decimal("-5.2592")
    assert round(rows[0]["outlook_value"] - rows[0]["planned_value"], 10) == Decimal("-163.6363636364")
    assert await state(ground) == "COMPLETED"


async def test_a_review_needs_passed_gates_and_real_flows(ground: Ground) -> None:
    investment_id = await ground.invest()
    await ground.grant(investment_id, 1000)
    with pytest.raises(GateNotOpen):
        await review(ground, investment_id)
    for gate in await ground.gates(investment_id):
        await ground.decide(investment_id, gate)

    with pytest.raises(InvalidInput):
        await review(ground, investment_id)

    assert await state(ground) == "APPROVED"


async def test_real_flows_begin_with_the_plan_and_are_told_as_a_whole(ground: Ground) -> None:
    investment_id = await ground.invest()
    with pytest.raises(InvestmentNotOpen):
        await record(ground, investment_id, -1)
    await ground.grant(investment_id, 1000)
    with pytest.raises(InvalidInput):
        await record(ground, investment_id, -1, first_year=2027)

    await record(ground, investment_id, -1, 2)
    await record(ground, investment_id, -3)

    rows = await ground.company.organisation.rows("select year, amount from investment_flow where kind = 'ACTUAL'")
    assert [tuple(row) for row in rows] == [(2026, -3)]


async def test_what_funds_an_objective_is_in_one_currency(ground: Ground) -> None:
    await ground.invest()

    with pytest.raises(InvalidInput) as refused:
        await ground.invest("ENGINE", currency="USD")

    assert (refused.value.field, refused.value.message) == (
        "funds.0",
        "Other investments fund this strategic objective in CNY.",
    )


def fund(ground: Ground, **shares: int) -> tuple[Fund, ...]:
    return tuple(
        Fund(strategic_objective_id=ground.objectives[code], share=Decimal(share)) for code, share in shares.items()
    )


async def test_shares_come_to_a_hundred_at_most(ground: Ground) -> None:
    for wrong in ({"F1": 60, "C1": 41}, {"F1": 0}, {"F1": 101}):
        with pytest.raises(InvalidInput):
            await ground.invest(funds=fund(ground, **wrong))

    await ground.invest(funds=fund(ground, F1=60, C1=40))

    assert await ground.company.organisation.count("funding") == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"currency": "€"}, "currency"),
        ({"flows": ()}, "flows"),
        ({"flows": (Decimal("Infinity"),)}, "flows.0"),
        ({"flows": (Decimal(1),) * 51}, "flows"),
        ({"discount_rate": Decimal(-1)}, "discountRate"),
        ({"discount_rate": Decimal(11)}, "discountRate"),
        ({"asked": Decimal(0)}, "asked"),
        ({"first_year": 2199}, "firstYear"),
        ({"gates": (Gate(name=""),)}, "gates.0.name"),
        ({"gates": (Gate(name="A", due_on=date(2027, 1, 1)), Gate(name="B", due_on=date(2026, 1, 1)))}, "gates"),
        ({"gates": (Gate(name="A"),) * 11}, "gates"),
    ],
)
async def test_a_mistake_in_a_proposal_is_named(ground: Ground, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.invest("HANGAR", **values)

    assert refused.value.field == field
    assert await ground.company.organisation.count("investment") == 0


async def test_a_code_is_a_short_name(ground: Ground) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.invest("a/b")

    assert refused.value.field == "code"


async def test_what_a_proposal_names_must_be_there(ground: Ground) -> None:
    await ground.invest()

    with pytest.raises(CodeTaken):
        await ground.invest()
    for values in (
        {"unit_id": new_id()},
        {"owner_id": new_id()},
        {"funds": (Fund(strategic_objective_id=new_id(), share=Decimal(1)),)},
    ):
        with pytest.raises(NotFound):
            await ground.invest("OTHER", **values)

    assert await ground.company.organisation.count("investment") == 1


@pytest.mark.parametrize("name", ["Ada", "Bo", "Aron", "Dina", "Partner", "Stranger"])
async def test_only_the_strategy_office_decides_about_investments(ground: Ground, name: str) -> None:
    investment_id = await ground.invest()
    first, _ = await ground.gates(investment_id)
    actor, refusal = ground.actor(name), NotFound if name == "Stranger" else NotPermitted

    with pytest.raises(refusal):
        await service_investments.approve(actor, investment_id, approved=Decimal(1), version=1, key="a")
    with pytest.raises(refusal):
        await service_gates.decide(actor, first, verdict=GO, reason="Yes.", version=1, key="b")
    with pytest.raises(refusal):
        await service_investments.propose(actor, ground.proposal("X"), key="c")

    assert await state(ground) == "PROPOSED"


def test_years_that_were_not_planned_count_in_the_outlook() -> None:
    planned, actual = [Flow(2026, Decimal(-10))], [Flow(2026, Decimal(-10)), Flow(2027, Decimal(11))]

    found = investment_rules.compare(planned, actual, Decimal("0.1"))

    assert (found.planned, found.outlook) == (-10, 0)
