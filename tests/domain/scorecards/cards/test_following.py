"""Scores follow figures, objectives, cards below and extras, in as many statements for many cards as for one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.objectives import service_check_ins
from domain.scorecards.cards import service_extras
from domain.scorecards.cards.terms import AS_IT_IS, ExtraDraft, ItemDraft, ItemKind
from domain.scorecards.scoring.terms import ExtraKind
from tests.domain.objectives.company import goal
from tests.domain.objectives.test_round_trips import asked
from tests.domain.scorecards.cards.ground import Ground, at


def below(ground: Ground, card: UUID, title: str = "Operations") -> ItemDraft:
    item = ground.item(title=title, measure_id=None, operational=None, kind=ItemKind.SCORECARD)
    return replace(item, of_scorecard_id=card, rule=AS_IT_IS)


def objective(ground: Ground, objective_id: UUID) -> ItemDraft:
    item = ground.item(title="A promise", measure_id=None, operational=None, kind=ItemKind.OBJECTIVE)
    return replace(item, objective_id=objective_id, rule=AS_IT_IS)


async def test_a_figure_that_comes_late_moves_its_month_and_those_after(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("COSTS"))
    before = await ground.scores(card)

    await ground.record("COSTS", 4, "500")
    await ground.hear()

    assert before == ["INSUFFICIENT_DATA"] * 6
    assert await ground.scores(card) == [*["INSUFFICIENT_DATA"] * 3, "50.00", "50.00", "50.00"]


async def test_a_score_of_a_unit_below_counts_in_the_card_above(ground: Ground) -> None:
    ops = await ground.published("OPS", ground.item("COSTS"))
    air = await ground.published("AIR", below(ground, ops), ground.item("ON_TIME"))
    group = await ground.published("GROUP", below(ground, air, "Airline"))
    before = await ground.scores(group)

    await ground.record("COSTS", 5, "600")
    await ground.hear()

    assert before[-1] == "INSUFFICIENT_DATA"
    assert (await ground.scores(air))[-2:] == ["70.00", "70.00"]
    assert (await ground.scores(group))[-2:] == ["70.00", "70.00"]


async def test_a_check_in_reaches_the_card_in_which_the_objective_above_counts(ground: Ground) -> None:
    company = ground.company
    parent = await company.promised(goal(weight=10))
    child = await company.promised(goal(weight=10, parent_id=parent))
    card = await ground.published("AIR", objective(ground, parent))
    before = await ground.scores(card)
    first, _ = await company.key_results(child)

    await service_check_ins.check_in(company.actor("Dina"), first, Decimal(80), key=str(new_id()))
    await ground.hear()

    score = await company.organisation.value("select round(score, 2) from roll_up where objective_id = $1", parent)
    assert before == [*["INSUFFICIENT_DATA"] * 5, "0.00"]
    assert (await ground.scores(card))[-1] == f"{score:f}" == "5.45"


async def test_what_an_objective_stood_at_stays_with_the_month_that_ended(ground: Ground) -> None:
    company = ground.company
    promise = await company.promised(goal(weight=10))
    card = await ground.published("AIR", objective(ground, promise))
    first, second = await company.key_results(promise)
    await service_check_ins.check_in(company.actor("Dina"), first, Decimal(75), key=str(new_id()))
    await ground.hear()

    with at(2026, 7, 3):
        await service_check_ins.check_in(company.actor("Dina"), second, Decimal(20), key=str(new_id()))
        await ground.hear()

    assert (await ground.scores(card))[-2:] == ["30.00", "70.00"]


async def test_extras_count_from_their_month_on_until_they_are_withdrawn(ground: Ground) -> None:
    office = ground.company.actor("Sofia")
    card = await ground.published("AIR", ground.item("ON_TIME"))
    veto_id = new_id()
    bonus = ExtraDraft(kind=ExtraKind.BONUS, period=date(2026, 5, 1), title="Rescue", evidence="Log", points=Decimal(3))
    veto = ExtraDraft(kind=ExtraKind.VETO, period=date(2026, 6, 1), title="Accident", evidence="Report", id=veto_id)
    for extra in (bonus, veto):
        version = await ground.version(card)
        await service_extras.add(office, card, extra, version=version, key=str(new_id()))
    await ground.hear()
    with_both = await ground.scores(card)

    version = await ground.version(card)
    await service_extras.withdraw(office, veto_id, reason="Not ours.", version=version, key=str(new_id()))
    await ground.hear()

    assert with_both == ["0.00", "20.00", "40.00", "60.00", "83.00", "0.00"]
    assert (await ground.scores(card))[-2:] == ["83.00", "83.00"]


async def test_as_many_statements_for_many_cards_as_for_one(ground: Ground) -> None:
    counts: list[int] = []
    for units in (("OPS",), ("CREW", "AIR", "GROUP", "SIDE")):
        for unit in units:
            await ground.published(unit, ground.item("COSTS"))
        await ground.record("COSTS", len(counts) + 1, "700")
        async with asked() as seen:
            await ground.hear()
        counts.append(len(seen))

    assert counts[0] == counts[1]


async def test_hearing_again_changes_nothing(ground: Ground) -> None:
    card = await ground.published("AIR", ground.item("ON_TIME"))
    rows = "select to_jsonb(s) from score s order by id", "select to_jsonb(s) from item_score s order by id"
    before = [await ground.company.organisation.rows(sql) for sql in rows]

    with clock.frozen(clock.now()):
        await ground.publish(card)
        await ground.hear()

    assert [await ground.company.organisation.rows(sql) for sql in rows] == before
