"""When an assumption leaves its range, what leans on it is flagged until somebody settles what follows."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people.rules import CodeTaken
from domain.plans import assumption_rules, errors, service_assumptions, service_revisions
from domain.plans.assumption_terms import Reading, Target
from domain.plans.terms import Account
from tests.domain.objectives.company import goal
from tests.domain.plans.ground import ASSUMED, Ground


async def link(ground: Ground, assumption_id: UUID, **target: object) -> None:
    await service_revisions.link(ground.office, assumption_id, Target(**target), key=str(new_id()))  # type: ignore[arg-type]


async def flags(ground: Ground) -> list[tuple[UUID, bool]]:
    """The targets that are flagged, and whether that is settled."""
    rows = await ground.company.organisation.rows(
        """select l.target_id, f.settled_at is not null as is_settled from revision_flag f
           join assumption_link l on l.id = f.link_id order by f.raised_at, f.id"""
    )
    return [(row["target_id"], row["is_settled"]) for row in rows]


async def is_broken(ground: Ground) -> bool:
    return bool(await ground.company.organisation.value("select is_broken from assumption"))


async def broken(ground: Ground) -> int:
    return len(await ground.company.organisation.facts("AssumptionBroken"))


async def test_everything_that_leans_on_a_broken_assumption_is_flagged(ground: Ground) -> None:
    assumption_id, plan_id, investment_id = await ground.assume(), await ground.draft(), await ground.invest()
    objective_id = await ground.company.promised(goal())
    targets: list[dict[str, object]] = [
        {"strategic_objective_id": ground.objectives["F1"]},
        {"plan_id": plan_id},
        {"plan_id": plan_id, "unit_id": ground.unit("AIR"), "account": Account.COST},
        {"investment_id": investment_id},
        {"objective_id": objective_id},
    ]
    for target in targets:
        await link(ground, assumption_id, **target)
    await ground.read(assumption_id, 800, days_ago=1)
    assert (await flags(ground), await broken(ground)) == ([], 0)

    await ground.read(assumption_id, "800.01")

    found = {ground.objectives["F1"], plan_id, investment_id, objective_id}
    assert {target for target, _ in await flags(ground)} == found
    assert len(await flags(ground)) == 5
    assert (await is_broken(ground), await broken(ground)) == (True, 1)


async def test_its_owner_hears_of_it_once(ground: Ground) -> None:
    assumption_id = await ground.assume()

    await ground.read(assumption_id, 500, days_ago=2)
    await ground.read(assumption_id, 400, days_ago=1)

    rows = await ground.company.organisation.rows(
        "select hearers, payload from journal where kind = 'AssumptionBroken'"
    )
    assert [row["hearers"] for row in rows] == [[ground.company["Bo"]]]
    assert '"flags": 0' in rows[0]["payload"]


async def test_a_flag_stays_until_it_is_settled_even_if_the_assumption_holds_again(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])
    await ground.read(assumption_id, 900, days_ago=3)
    await ground.read(assumption_id, 950, days_ago=2)
    await ground.read(assumption_id, 700, days_ago=1)
    assert (await flags(ground), await is_broken(ground)) == ([(ground.objectives["F1"], False)], False)
    flag_id = UUID(str(await ground.company.organisation.value("select id from revision_flag")))

    await service_revisions.settle(ground.office, flag_id, note="The target stays.", version=1, key="settle")

    rows = await ground.company.organisation.rows("select settled_by_id, settled_at, note from revision_flag")
    assert [tuple(row) for row in rows] == [(ground.company["Sofia"], clock.now(), "The target stays.")]
    with pytest.raises(errors.RevisionSettled):
        await service_revisions.settle(ground.office, flag_id, note="Again.", version=2, key="again")
    await ground.read(assumption_id, 900)
    assert await flags(ground) == [(ground.objectives["F1"], True), (ground.objectives["F1"], False)]
    assert await broken(ground) == 2


async def test_an_older_day_told_later_breaks_nothing(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])
    await ground.read(assumption_id, 700)

    await ground.read(assumption_id, 10**6, days_ago=30)

    assert (await flags(ground), await is_broken(ground)) == ([], False)
    assert await ground.company.organisation.count("assumption_reading") == 2


async def test_of_one_day_what_is_told_last_counts(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await ground.read(assumption_id, 10**6)

    await ground.read(assumption_id, 700)

    assert not await is_broken(ground)


async def test_another_range_is_judged_by_the_newest_reading_at_once(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])
    await ground.read(assumption_id, 700)
    narrower = replace(ASSUMED, owner_id=ground.company["Bo"], high=Decimal(650))

    await service_assumptions.change(
        ground.office, assumption_id, narrower, version=await ground.version("assumption", assumption_id), key="n"
    )

    assert (await flags(ground), await broken(ground)) == ([(ground.objectives["F1"], False)], 1)


async def test_what_begins_to_lean_on_a_broken_assumption_is_flagged_at_once(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await ground.read(assumption_id, 10)

    await link(ground, assumption_id, strategic_objective_id=ground.objectives["C1"])

    assert await flags(ground) == [(ground.objectives["C1"], False)]


async def test_what_leans_on_it_no_more_is_not_flagged(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["C1"])
    link_id = UUID(str(await ground.company.organisation.value("select id from assumption_link")))

    await service_revisions.unlink(ground.office, link_id, key="unlink")
    await ground.read(assumption_id, 10)

    assert await flags(ground) == []


async def test_readings_of_another_unit_do_not_change_their_meaning(ground: Ground) -> None:
    assumption_id = await ground.assume()
    await ground.read(assumption_id, 700)
    other = replace(ASSUMED, owner_id=ground.company["Bo"], unit_of_measure="EUR/t")

    with pytest.raises(InvalidInput):
        await service_assumptions.change(ground.office, assumption_id, other, version=2, key="other")


async def test_a_retired_assumption_is_neither_read_nor_linked(ground: Ground) -> None:
    assumption_id = await ground.assume()

    await service_assumptions.retire(ground.office, assumption_id, version=1, key="retire")

    with pytest.raises(InvalidInput):
        await ground.read(assumption_id, 700)
    with pytest.raises(InvalidInput):
        await link(ground, assumption_id, strategic_objective_id=ground.objectives["C1"])


@pytest.mark.parametrize(("name", "may"), [("Bo", True), ("Sofia", True), ("Ada", False), ("Aron", False)])
async def test_the_owner_and_the_office_tell_how_it_stands(ground: Ground, name: str, *, may: bool) -> None:
    assumption_id = await ground.assume()

    if may:
        await ground.read(assumption_id, 700, by=name)
    else:
        with pytest.raises(NotPermitted):
            await ground.read(assumption_id, 700, by=name)

    assert await ground.company.organisation.count("assumption_reading") == int(may)


@pytest.mark.parametrize("name", ["Bo", "Aron", "Dina", "Partner"])
async def test_only_the_office_registers_links_and_settles(ground: Ground, name: str) -> None:
    assumption_id = await ground.assume()
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])
    await ground.read(assumption_id, 10)
    flag_id = UUID(str(await ground.company.organisation.value("select id from revision_flag")))
    actor, target = ground.actor(name), Target(strategic_objective_id=ground.objectives["C1"])

    for attempt in (
        lambda: service_revisions.link(actor, assumption_id, target, key="a"),
        lambda: service_revisions.settle(actor, flag_id, note="Fine.", version=1, key="b"),
        lambda: service_assumptions.retire(actor, assumption_id, version=2, key="c"),
    ):
        with pytest.raises(NotPermitted):
            await attempt()

    assert await flags(ground) == [(ground.objectives["F1"], False)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"low": None, "high": None}, "low"),
        ({"low": Decimal(900)}, "low"),
        ({"high": Decimal("NaN")}, "high"),
        ({"trigger": ""}, "trigger"),
        ({"trigger_zh": "\x00"}, "triggerZh"),
        ({"unit_of_measure": "u" * 41}, "unitOfMeasure"),
        ({"name": ""}, "name"),
    ],
)
async def test_a_mistake_in_an_assumption_is_named(ground: Ground, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.assume("FUEL", **values)

    assert refused.value.field == field
    assert await ground.company.organisation.count("assumption") == 0


async def test_what_an_assumption_names_must_be_there_and_free(ground: Ground) -> None:
    assumption_id = await ground.assume()

    with pytest.raises(CodeTaken):
        await ground.assume()
    draft_id = await ground.company.draft()
    for target in (
        {"strategic_objective_id": new_id()},
        {"plan_id": new_id()},
        {"investment_id": new_id()},
        {"measure_id": new_id()},
        {"objective_id": draft_id},
    ):
        with pytest.raises(NotFound):
            await link(ground, assumption_id, **target)
    await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])
    with pytest.raises(InvalidInput):
        await link(ground, assumption_id, strategic_objective_id=ground.objectives["F1"])

    assert await ground.company.organisation.count("assumption_link") == 1


@pytest.mark.parametrize(
    "target",
    [
        Target(),
        Target(plan_id=UUID(int=1), investment_id=UUID(int=2)),
        Target(plan_id=UUID(int=1), account=Account.COST),
        Target(investment_id=UUID(int=1), unit_id=UUID(int=2), account=Account.COST),
    ],
)
def test_a_link_leads_to_one_thing(target: Target) -> None:
    with pytest.raises(InvalidInput):
        assumption_rules.check_target(target)


@pytest.mark.parametrize("day", [date(2026, 6, 11), date(1800, 1, 1)])
def test_a_reading_is_of_a_day_that_has_come(day: date) -> None:
    with pytest.raises(InvalidInput) as refused:
        assumption_rules.check_reading(Reading(read_on=day, value=Decimal(1), source="x"), today=date(2026, 6, 10))

    assert refused.value.field == "readOn"


LIMITS = st.none() | st.decimals(-100, 100, places=2)


@given(st.decimals(-100, 100, places=2), LIMITS, LIMITS)
def test_the_ends_belong_to_the_range(value: Decimal, low: Decimal | None, high: Decimal | None) -> None:
    assert assumption_rules.holds(value, low=low, high=high) == (
        not (low is not None and value < low) and not (high is not None and value > high)
    )
    assert assumption_rules.holds(value, low=value, high=value)
