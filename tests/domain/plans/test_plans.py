"""A plan is drafted, written, submitted and approved; one version holds, and every sum is that of its parts."""

import asyncio
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import clock
from domain.kernel.errors import DomainError, InvalidInput, KeyReused, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.plans import rules, service, service_writing
from domain.plans.errors import PlanEmpty, PlanNotDraft, PlanNotReconciled, PlanNotSubmitted, ProfitDiffers
from domain.plans.terms import Account, NewPlan, PlanRow, PlanState, Tree
from tests.domain.plans.ground import ROWS, Ground, row, stated

ALL = (Account.REVENUE, Account.COST, Account.VOLUME, Account.HEADCOUNT)


async def states(ground: Ground) -> list[tuple[int, str]]:
    rows = await ground.company.organisation.rows("select number, state from annual_plan order by number")
    return [(one["number"], one["state"]) for one in rows]


async def test_totals_and_profits_follow_from_the_lines(ground: Ground) -> None:
    plan_id = await ground.draft()

    await ground.write(plan_id, *ROWS)

    assert await ground.totals(plan_id) == {
        ("AIR", "REVENUE"): 1200,
        ("AIR", "COST"): 840,
        ("AIR", "PROFIT"): 360,
        ("OPS", "COST"): 126,
        ("OPS", "PROFIT"): -126,
        ("OPS", "VOLUME"): 3600,
        ("CREW", "HEADCOUNT"): 12,
    }


async def test_a_row_replaces_its_year_and_leaves_the_others(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, *ROWS)

    await ground.write(plan_id, row("AIR", Account.REVENUE, [50, None, 1]), row("CREW", Account.HEADCOUNT, []))

    found = await ground.totals(plan_id)
    assert found[("AIR", "REVENUE")] == 51
    assert found[("AIR", "PROFIT")] == 51 - 840
    assert ("CREW", "HEADCOUNT") not in found
    assert await ground.company.organisation.value("select count(*) from plan_line where account = 'REVENUE'") == 2


async def test_a_profit_without_revenue_and_cost_is_gone(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, row("AIR", Account.REVENUE, [5]))

    await ground.write(plan_id, row("AIR", Account.REVENUE, []))

    assert await ground.totals(plan_id) == {}
    assert await ground.company.organisation.count("plan_line") == 0


async def test_a_given_profit_must_be_what_it_is(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, *ROWS, row("AIR", Account.PROFIT, [30, None, 30]))
    before = await ground.totals(plan_id)

    with pytest.raises(ProfitDiffers) as refused:
        await ground.write(plan_id, row("AIR", Account.COST, [69] * 12), row("AIR", Account.PROFIT, [30]))

    assert refused.value.message == "The profit given for 2026-01 is 30, but revenue minus cost is 31."
    assert await ground.totals(plan_id) == before


async def test_what_is_stated_must_be_met_before_the_plan_is_approved(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(
        plan_id,
        *ROWS,
        stated=[stated("GROUP", Account.COST, 966), stated("OPS", Account.COST, "126.01")],
    )
    await ground.submit(plan_id)

    with pytest.raises(PlanNotReconciled) as refused:
        await ground.approve(plan_id)

    assert refused.value.message == (
        "What is stated is not what the lines come to. OPS COST (CNY): stated 126.01, its lines come to 126."
    )
    assert await states(ground) == [(1, "SUBMITTED")]


async def test_what_is_stated_and_met_is_no_obstacle(ground: Ground) -> None:
    plan_id = await ground.approved(*ROWS, stated=[stated("GROUP", Account.COST, 966)])

    assert await states(ground) == [(1, "APPROVED")]
    facts = await ground.company.organisation.facts("PlanDrafted", "PlanWritten", "PlanSubmitted", "PlanApproved")
    assert facts == [(kind, plan_id) for kind in ("PlanDrafted", "PlanWritten", "PlanSubmitted", "PlanApproved")]


async def test_only_one_version_holds(ground: Ground) -> None:
    first = await ground.approved()
    second = await ground.draft(made_from_id=first)
    assert await ground.totals(second) == await ground.totals(first)
    await ground.submit(second)

    await ground.approve(second)

    assert await states(ground) == [(1, "SUPERSEDED"), (2, "APPROVED")]
    rows = await ground.company.organisation.rows("select payload from journal where kind = 'PlanApproved' order by id")
    assert str(first) in rows[1]["payload"]


async def test_two_versions_that_are_approved_at_once_come_one_after_the_other(ground: Ground) -> None:
    plans = [await ground.draft() for _ in range(2)]
    for plan_id in plans:
        await ground.write(plan_id, *ROWS)
        await ground.submit(plan_id)

    await asyncio.gather(*(ground.approve(plan_id) for plan_id in plans))

    assert sorted(state for _, state in await states(ground)) == ["APPROVED", "SUPERSEDED"]


async def test_a_plan_can_be_made_from_that_of_another_year(ground: Ground) -> None:
    first = await ground.approved()

    later = await ground.draft(year=2027, made_from_id=first)

    rows = await ground.company.organisation.rows(
        "select min(period), max(period), count(*) from plan_line where plan_id = $1", later
    )
    assert tuple(rows[0]) == (date(2027, 1, 1), date(2027, 12, 1), 84)


async def test_a_returned_version_can_be_written_again(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, *ROWS)
    await ground.submit(plan_id)

    await service.give_back(ground.office, plan_id, reason="Too little.", version=3, key="back")

    assert await states(ground) == [(1, "DRAFT")]
    await ground.write(plan_id, row("AIR", Account.REVENUE, [1]))


async def test_what_is_no_draft_is_not_written(ground: Ground) -> None:
    plan_id = await ground.approved()
    before = await ground.totals(plan_id)

    with pytest.raises(PlanNotDraft):
        await ground.write(plan_id, row("AIR", Account.REVENUE, [1]))
    with pytest.raises(PlanNotDraft):
        await ground.submit(plan_id)
    with pytest.raises(PlanNotSubmitted):
        await ground.approve(plan_id)

    assert await ground.totals(plan_id) == before


async def test_an_empty_plan_is_not_submitted(ground: Ground) -> None:
    with pytest.raises(PlanEmpty):
        await ground.submit(await ground.draft())


async def test_a_repeat_changes_nothing_more_and_another_request_needs_another_key(ground: Ground) -> None:
    plan = NewPlan(unit_id=ground.unit("GROUP"), year=2026, name="Plan", currency="CNY")
    again = replace(plan, id=new_id())

    made = [await service.draft(ground.office, one, key="once") for one in (plan, again)]

    assert made == [plan.id, plan.id]
    assert await states(ground) == [(1, "DRAFT")]
    other = replace(plan, year=2027)
    with pytest.raises(KeyReused):
        await service.draft(ground.office, other, key="once")


async def test_who_read_an_older_state_does_not_write(ground: Ground) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, *ROWS)

    with pytest.raises(StaleVersion):
        await service_writing.write(ground.office, plan_id, ROWS, version=1, key="late")


@pytest.mark.parametrize("name", ["Ada", "Bo", "Hugo", "Aron", "Dina", "Partner", "Stranger"])
async def test_only_the_strategy_office_keeps_plans(ground: Ground, name: str) -> None:
    plan_id = await ground.draft()
    await ground.write(plan_id, *ROWS)
    actor, plan = ground.actor(name), NewPlan(unit_id=ground.unit("GROUP"), year=2030, name="P", currency="CNY")
    # A person of another group holds every role there, and finds nothing of this one.
    refusal = NotFound if name == "Stranger" else NotPermitted

    for attempt in (
        lambda: service.draft(actor, plan, key=str(new_id())),
        lambda: service_writing.write(actor, plan_id, ROWS, version=2, key=str(new_id())),
        lambda: service.submit(actor, plan_id, version=2, key=str(new_id())),
        lambda: service.approve(actor, plan_id, version=2, key=str(new_id())),
        lambda: service.give_back(actor, plan_id, reason="No.", version=2, key=str(new_id())),
    ):
        with pytest.raises(refusal):
            await attempt()

    assert await states(ground) == [(1, "DRAFT")]


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([row("NOWHERE", Account.COST, [1])], "rows.0.unit"),
        ([row("AIR", Account.COST, [1]), row("AIR", Account.COST, [2])], "rows.1"),
        ([row("AIR", Account.VOLUME, [1])], "rows.0.unitOfMeasure"),
        ([row("AIR", Account.COST, [1], "USD")], "rows.0.unitOfMeasure"),
        ([row("AIR", Account.HEADCOUNT, [0, -1])], "rows.0.amounts.1"),
        ([row("AIR", Account.COST, ["1e19"])], "rows.0.amounts.0"),
        ([row("AIR", Account.COST, ["NaN"])], "rows.0.amounts.0"),
        ([PlanRow(unit="AIR", account=Account.COST, amounts=(Decimal(1),) * 11)], "rows.0.amounts"),
        ([row("AIR", Account.COST, [1])] * (rules.ROWS_MAX + 1), "rows"),
        ([], "rows"),
        ([row("AIR", Account.VOLUME, [1], f"kind {number}") for number in range(25)], "rows"),
    ],
)
async def test_a_mistake_in_the_rows_is_named_and_nothing_is_written(
    ground: Ground, rows: list[PlanRow], field: str
) -> None:
    plan_id = await ground.draft()

    with pytest.raises(InvalidInput) as refused:
        await ground.write(plan_id, *rows)

    assert refused.value.field == field
    assert await ground.company.organisation.count("plan_line") == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"currency": "yuan"}, "currency"),
        ({"year": 1800}, "year"),
        ({"name": " "}, "name"),
        ({"name_zh": ""}, "nameZh"),
        ({"starts_on": date(2026, 4, 2)}, "startsOn"),
        ({"starts_on": date(2030, 4, 1)}, "startsOn"),
        ({"tree_on": date(1800, 1, 1)}, "treeOn"),
    ],
)
async def test_a_plan_that_cannot_be_is_refused(ground: Ground, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.draft(**values)

    assert refused.value.field == field


async def test_a_plan_is_of_a_whole_group(ground: Ground) -> None:
    with pytest.raises(InvalidInput):
        await ground.draft(unit_id=ground.unit("AIR"))
    with pytest.raises(NotFound):
        await ground.draft(unit_id=new_id())


def test_a_year_may_begin_in_any_month() -> None:
    assert rules.months(date(2026, 4, 1)) == [date(2026, month, 1) for month in range(4, 13)] + [
        date(2027, month, 1) for month in (1, 2, 3)
    ]


async def test_five_thousand_lines_are_written_at_once(ground: Ground) -> None:
    plan_id = await ground.draft()
    units = [await ground.company.organisation.unit(f"U{number}", parent="AIR") for number in range(104)]
    rows = [
        row(f"U{number}", account, [1] * 12, "t" if account is Account.VOLUME else None)
        for number in range(len(units))
        for account in ALL
    ]

    await ground.write(plan_id, *rows)

    assert len(rows) * 12 == 4992
    assert await ground.company.organisation.count("plan_line") == 4992 + 104 * 12
    assert len(await ground.totals(plan_id)) == 104 * 5


AMOUNTS = st.lists(st.none() | st.decimals(-(10**6), 10**6, places=3), min_size=12, max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_every_total_is_the_sum_of_its_lines_whatever_is_written(ground: Ground, data: st.DataObject) -> None:
    plan_id = await ground.draft()
    for _ in range(data.draw(st.integers(1, 3))):
        chosen = data.draw(
            st.lists(
                st.tuples(st.sampled_from(["AIR", "OPS", "CREW"]), st.sampled_from([Account.REVENUE, Account.COST])),
                min_size=1,
                unique=True,
            )
        )
        await ground.write(
            plan_id,
            *(PlanRow(unit=unit, account=account, amounts=tuple(data.draw(AMOUNTS))) for unit, account in chosen),
        )

    lines = await ground.company.organisation.rows(
        """select u.code, l.account, sum(l.amount) as amount from plan_line l join unit u on u.id = l.unit_id
           where l.plan_id = $1 group by 1, 2""",
        plan_id,
    )

    totals = await ground.totals(plan_id)
    assert {(one["code"], one["account"]): one["amount"] for one in lines} == totals
    for unit in ("AIR", "OPS", "CREW"):
        zero = Decimal(0)
        revenue, cost = totals.get((unit, "REVENUE"), zero), totals.get((unit, "COST"), zero)
        assert totals.get((unit, "PROFIT"), zero) == revenue - cost


def test_a_row_of_another_year_begins_with_the_plan() -> None:
    tree = Tree(currency="CNY", starts_on=date(2026, 4, 1), units={"AIR": UUID(int=1)})

    [first, *_, last] = rules.lines([row("AIR", Account.COST, [1] * 12)], tree)

    assert (first.period, last.period) == (date(2026, 4, 1), date(2027, 3, 1))


async def test_units_are_those_of_the_plans_own_tree(ground: Ground) -> None:
    await ground.company.organisation.unit("NEW", parent="AIR", since=date(2026, 9, 1))
    today, later = await ground.draft(), await ground.draft(tree_on=date(2026, 9, 1))

    await ground.write(later, row("NEW", Account.COST, [1]))

    with pytest.raises(InvalidInput):
        await ground.write(today, row("NEW", Account.COST, [1]))


def test_every_refusal_of_a_state_says_what_helps() -> None:
    for check in (rules.require_draft, rules.require_submitted):
        with pytest.raises(DomainError) as refused:
            check(PlanState.SUPERSEDED)
        assert refused.value.help


async def test_who_and_when_stand_in_the_row(ground: Ground) -> None:
    plan_id = await ground.approved()

    rows = await ground.company.organisation.rows(
        "select submitted_by_id, approved_by_id, approved_at from annual_plan where id = $1", plan_id
    )

    sofia = ground.company["Sofia"]
    assert tuple(rows[0]) == (sofia, sofia, clock.now())
