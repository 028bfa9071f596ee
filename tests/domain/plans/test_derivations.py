"""Every strategic objective of a year has a source in a plan or an investment, or is named."""

from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.plans import service_comparing, service_derivations
from domain.plans.investment_terms import Fund, GateVerdict
from domain.plans.service_derivations import NewDerivation
from domain.plans.terms import Account
from domain.plans.views_investments import FUNDED_SHARE
from tests.domain.plans.ground import Ground, row


def derivation(ground: Ground, code: str, **values: object) -> NewDerivation:
    plain: dict[str, object] = {
        "strategic_objective_id": ground.objectives[code],
        "year": 2026,
        "unit_id": ground.unit("AIR"),
        "account": Account.COST,
    }
    return NewDerivation(**(plain | values))  # type: ignore[arg-type]


async def covered(ground: Ground, name: str = "Sofia", *, year: int = 2026) -> dict[str, bool]:
    found = await service_derivations.coverage(ground.actor(name), ground.unit("GROUP"), year)
    return {one.code: one.is_covered for one in found}


async def derive(ground: Ground, code: str, **values: object) -> None:
    await service_derivations.derive(ground.office, derivation(ground, code, **values), key=str(new_id()))


async def test_an_account_counts_once_its_plan_is_approved(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, row("OPS", Account.COST, [1]))
    await derive(ground, "F1")
    before = await covered(ground)

    await ground.submit(plan_id)
    await ground.approve(plan_id)

    assert before == {"F1": False, "C1": False, "P1": False, "L1": False}
    assert await covered(ground) == before | {"F1": True}


async def test_an_account_that_nobody_planned_is_no_source(ground: Ground) -> None:
    await ground.approved()
    await derive(ground, "F1", account=Account.HEADCOUNT, unit_id=ground.unit("CREW"))
    await derive(ground, "C1", account=Account.VOLUME, unit_of_measure="passengers")

    found = await covered(ground)

    assert (found["F1"], found["C1"]) == (True, False)


async def test_an_investment_counts_once_it_is_approved_until_it_is_stopped(ground: Ground) -> None:
    investment_id = await ground.invest()
    before = await covered(ground)
    await ground.grant(investment_id, 10)
    between = await covered(ground)

    [first, _] = await ground.gates(investment_id)
    await ground.decide(investment_id, first, GateVerdict.STOP)

    assert [one["F1"] for one in (before, between, await covered(ground))] == [False, True, False]


async def test_a_year_outside_of_the_strategy_has_no_objectives(ground: Ground) -> None:
    assert await covered(ground, year=2030) == {}
    assert len(await covered(ground, year=2029)) == 4


async def test_what_was_ended_is_no_source(ground: Ground) -> None:
    await ground.approved()
    derivation_id = await service_derivations.derive(ground.office, derivation(ground, "F1"), key="once")

    await service_derivations.end(ground.office, derivation_id, key="end")

    assert not (await covered(ground))["F1"]


async def test_an_objective_without_a_long_term_goal_is_named(ground: Ground) -> None:
    found = await service_derivations.coverage(ground.office, ground.unit("GROUP"), 2026)

    assert [one.code for one in found if one.has_long_term_goal] == ["C1"]


async def test_a_derivation_is_said_once_and_of_a_plan_that_is_there(ground: Ground) -> None:
    with pytest.raises(InvalidInput):
        await derive(ground, "F1")
    await ground.draft()
    await derive(ground, "F1")

    with pytest.raises(InvalidInput):
        await derive(ground, "F1")
    with pytest.raises(InvalidInput):
        await derive(ground, "F1", account=Account.VOLUME)
    with pytest.raises(NotFound):
        await derive(ground, "F1", strategic_objective_id=new_id())
    with pytest.raises(NotFound):
        await derive(ground, "F1", measure_id=new_id(), account=Account.REVENUE)

    assert await ground.company.organisation.count("derivation") == 1


@pytest.mark.parametrize(
    ("name", "sees"),
    [("Sofia", True), ("Aron", True), ("Ada", True), ("Partner", True), ("Bo", False), ("Dina", False)],
)
async def test_who_leads_the_unit_or_keeps_plans_sees_its_coverage(ground: Ground, name: str, *, sees: bool) -> None:
    if sees:
        assert len(await covered(ground, name)) == 4
    else:
        with pytest.raises(NotFound):
            await covered(ground, name)


async def test_only_the_office_derives(ground: Ground) -> None:
    await ground.draft()

    with pytest.raises(NotPermitted):
        await service_derivations.derive(ground.actor("Ada"), derivation(ground, "F1"), key="k")

    assert await ground.company.organisation.count("derivation") == 0


async def test_two_versions_differ_by_accounts_and_units(ground: Ground) -> None:
    first = await ground.approved()
    second = await ground.draft(made_from_id=first)
    await ground.write(second, row("AIR", Account.COST, [80] * 12), row("OPS", Account.COST, [1]))

    found = await service_comparing.compare(ground.office, first, second, first=2)

    codes = {row_id: code for code, row_id in ground.company.organisation.units.items()}
    assert {one.account: one.change for one in found.accounts} == {
        "COST": -5,
        "HEADCOUNT": 0,
        "PROFIT": 5,
        "REVENUE": 0,
        "VOLUME": 0,
    }
    assert found.differing == 4
    assert [(codes[one.unit_id], one.account, one.change) for one in found.units if one.unit_id] == [
        ("OPS", "COST", -125),
        ("OPS", "PROFIT", 125),
    ]


async def test_who_leads_a_unit_compares_what_they_see(ground: Ground) -> None:
    first = await ground.approved()
    second = await ground.draft(made_from_id=first)
    await ground.write(second, row("AIR", Account.COST, [80] * 12), row("OPS", Account.COST, [1]))
    with pytest.raises(NotFound):
        await service_comparing.compare(ground.actor("Chen"), first, second, first=10)
    await ground.submit(second)

    found = await service_comparing.compare(ground.actor("Chen"), first, second, first=10)

    assert {one.account: (one.before, one.change) for one in found.accounts} == {
        "COST": (126, -125),
        "HEADCOUNT": (12, 0),
        "PROFIT": (-126, 125),
        "VOLUME": (3600, 0),
    }
    with pytest.raises(NotFound):
        await service_comparing.compare(ground.actor("Dina"), first, second, first=10)


async def test_the_funded_share_counts_each_investment_by_what_is_for_the_objective(ground: Ground) -> None:
    f1, c1 = ground.objectives["F1"], ground.objectives["C1"]
    whole = (Fund(strategic_objective_id=f1, share=Decimal(50)), Fund(strategic_objective_id=c1, share=Decimal(50)))
    half = await ground.invest("A", funds=whole)
    await ground.invest("B", asked=Decimal(500), funds=whole[:1])
    await ground.grant(half, 400)

    shares = {code: await funded(ground, code) for code in ("F1", "C1", "P1")}

    # F1: 0.5 x 400 of 0.5 x 1000 + 0.5 x 500; C1: 0.5 x 400 of 0.5 x 1000; nobody asks anything for P1.
    assert shares == {"F1": Decimal("26.67"), "C1": Decimal(40), "P1": None}


async def funded(ground: Ground, code: str) -> object:
    sql = FUNDED_SHARE.format(tenant="current_tenant()", row="o")
    return await ground.company.organisation.value(
        f"select {sql} from strategic_objective o where o.id = $1", ground.objectives[code]
    )
