"""What is counted of a cascade: the example of the domain's paper, and that each defect moves its own part alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.people import service_units
from domain.strategy.terms import LinkSign
from domain.transmission.interlocks import rules
from domain.transmission.interlocks.rules import Standing
from domain.transmission.interlocks.terms import InterlockOutcome, InterlockStatus
from domain.transmission.terms import Found, Missing, Part
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import JUNE, Company
from tests.domain.organisations import ZONE
from tests.domain.strategy import maps
from tests.domain.strategy.maps import MAP
from tests.domain.transmission import arrivals as scenes
from tests.domain.transmission.arrivals import Arrivals

Values = dict[Part, Decimal | None]
INDEXES = {Part.STRUCTURE, Part.TRANSMISSION_FIDELITY, Part.SYNERGY}


@pytest.fixture
async def arrivals(company: Company) -> Arrivals:
    return await scenes.lay(company)


@pytest.fixture
async def sound(arrivals: Arrivals) -> Arrivals:
    """Everything is in order: every part of every index has a value."""
    await scenes.thousand_flights(arrivals, accepted=True)
    await scenes.settle_everything(arrivals)
    await arrivals.answer(*["CREW"] * 6)
    await arrivals.pact("Dina", "Emil", "ACCEPTED")
    await arrivals.pact("Bo", "Chen", "ACCEPTED")
    await arrivals.pact("Chen", "Ada", "ACCEPTED")
    return arrivals


def moved(before: Values, after: Values) -> set[Part]:
    return {part for part in Part if before[part] != after[part]}


async def test_the_example_of_a_thousand_flights_carries_64_percent(arrivals: Arrivals) -> None:
    await scenes.thousand_flights(arrivals)

    found = await arrivals.health()

    assert found.parts[Part.CARRIED].value == Decimal("0.64")
    assert found.parts[Part.ASSIGNED].value == Decimal("0.9")
    assert found.parts[Part.OVER_ASSIGNMENT].value == Decimal("0.84")
    assert [(one.level, one.targets, one.value) for one in found.losses] == [
        (1, 1, Decimal("0.1")),
        (2, 2, Decimal("0.06666666666666666667")),
    ]


async def test_a_unit_further_down_is_told_of_what_was_thrown_down_to_it(arrivals: Arrivals) -> None:
    await scenes.thousand_flights(arrivals)

    found = await arrivals.health("OPS")

    assert found.parts[Part.CARRIED].n == 2
    assert found.parts[Part.CARRIED].value == (Decimal("0.6") + Decimal("0.85")) / 2
    assert [one.level for one in found.losses] == [2]


async def test_in_a_sound_cascade_every_part_has_a_value_and_the_indexes_are_their_means(sound: Arrivals) -> None:
    found = await sound.values()

    assert {part for part in Part if found[part] is None} == {
        Part.EFFECTIVE_TO_NOMINAL,
        Part.EFFECTIVE_TO_DECLARED,
        Part.NOMINAL_TO_DECLARED,
    }
    assert found[Part.STRUCTURE] == found[Part.CARRIED] == Decimal("0.84")
    assert found[Part.INTENT_FIDELITY] == found[Part.PROMISES_ACROSS] == found[Part.PROMISES_INSIDE] == 1
    assert found[Part.RECALL] == Decimal("0.5")
    fidelity = (Decimal("0.84") * (Decimal(1) / 3) * Decimal("0.5")) ** (Decimal(1) / 3)
    assert found[Part.TRANSMISSION_FIDELITY] == pytest.approx(fidelity)
    assert found[Part.SYNERGY] == pytest.approx(fidelity ** (Decimal(1) / 4))


async def test_a_goal_that_nobody_accepts_any_more_moves_the_carried_share_alone(sound: Arrivals) -> None:
    before = await sound.values()

    await sound.rows(
        "update alignment set state = 'PROPOSED_DOWN', child_id = null, child_key_result_id = null "
        "where method = 'SPLIT' and amount = 200"
    )
    after = await sound.values()

    assert after[Part.CARRIED] == Decimal("0.64")
    assert moved(before, after) == {Part.CARRIED, *INDEXES}


async def test_teach_backs_that_are_gone_move_intent_fidelity_alone(sound: Arrivals) -> None:
    before = await sound.values()

    await sound.rows("update teach_back set state = 'REPLACED', answered_at = null, answered_by_id = null")
    after = await sound.values()

    assert (before[Part.INTENT_FIDELITY], after[Part.INTENT_FIDELITY]) == (1, 0)
    assert moved(before, after) == {Part.INTENT_FIDELITY}


async def test_a_promise_that_was_late_moves_its_own_part_alone(sound: Arrivals) -> None:
    before = await sound.values()

    await sound.rows("update interlock set delivered_on = due_on + 1 where provider_id = $1", sound.company["Dina"])
    inside = await sound.values()
    await sound.rows("update interlock set delivered_on = due_on + 1 where provider_id = $1", sound.company["Bo"])
    both = await sound.values()

    assert moved(before, inside) == {Part.PROMISES_INSIDE}
    assert moved(inside, both) == {Part.PROMISES_ACROSS, Part.SYNERGY}
    assert both[Part.PROMISES_ACROSS] == Decimal("0.5")


async def test_an_interlock_that_one_side_confirmed_moves_the_coverage_by_its_weight(sound: Arrivals) -> None:
    before = await sound.values()

    await sound.pact("Chen", "Bo", "PROPOSED", weight=3)
    after = await sound.values()

    assert after[Part.INTERLOCK_COVERAGE] == Decimal("0.5")
    assert moved(before, after) == {Part.INTERLOCK_COVERAGE, Part.SYNERGY}


async def test_a_promise_for_the_last_day_of_a_cycle_is_broken_when_that_day_is_over(arrivals: Arrivals) -> None:
    await arrivals.pact("Bo", "Chen", "CONFIRMED")
    await arrivals.rows("update interlock set due_on = $1", JUNE[1])

    with clock.frozen(datetime(2026, 6, 30, 15, tzinfo=UTC)):
        before = (await arrivals.health(day=JUNE[1])).parts[Part.PROMISES_ACROSS]
    with clock.frozen(datetime(2026, 6, 30, 17, tzinfo=UTC)):
        after = (await arrivals.health(day=JUNE[1])).parts[Part.PROMISES_ACROSS]

    assert before.missing is Missing.NOTHING_DUE
    assert (after.value, after.n) == (0, 1)


async def test_what_was_withdrawn_is_not_identified(sound: Arrivals) -> None:
    before = await sound.values()

    await sound.pact("Chen", "Bo", "PROPOSED")
    await sound.rows(
        "update interlock set status = 'WITHDRAWN', settled_at = $1, settled_by_id = proposed_by_id, reason = 'No.' "
        "where status = 'PROPOSED'",
        clock.now(),
    )

    assert moved(before, await sound.values()) == set()


async def test_goals_without_a_way_up_are_orphans_and_their_owners_see_nothing(arrivals: Arrivals) -> None:
    before = await arrivals.values()

    await arrivals.rows("update objective set parent_id = null where id = $1", arrivals.cascade.objectives["Emil"])
    after = await arrivals.values()

    assert after[Part.ORPHAN_GOALS] == Decimal("0.2")
    assert before[Part.LINE_OF_SIGHT] == Decimal("0.5")
    assert after[Part.LINE_OF_SIGHT] == after[Part.WEIGHTED_LINE_OF_SIGHT] == Decimal("0.4")
    assert moved(before, after) == {Part.ORPHAN_GOALS, Part.LINE_OF_SIGHT, Part.WEIGHTED_LINE_OF_SIGHT}


async def test_only_agreed_edges_lead_to_the_strategy(arrivals: Arrivals) -> None:
    await arrivals.rows("update alignment set state = 'PROPOSED_UP' where strategic_objective_id is not null")

    found = await arrivals.values()

    assert found[Part.LINE_OF_SIGHT] == found[Part.OBJECTIVE_REACH] == found[Part.EMPHASIS] == 0
    assert found[Part.ORPHAN_GOALS] == 1


async def test_a_strategic_objective_is_reached_by_the_ground_and_not_by_managers_alone(arrivals: Arrivals) -> None:
    weights = Decimal(10) / 60
    assert (await arrivals.values())[Part.OBJECTIVE_REACH] == pytest.approx(weights)

    await arrivals.rows(
        "update objective set parent_id = null where id = any($1)",
        [arrivals.cascade.objectives[name] for name in ("Dina", "Emil")],
    )

    assert (await arrivals.values())[Part.OBJECTIVE_REACH] == 0


async def test_a_part_that_is_missing_is_named_by_what_lacks_it(arrivals: Arrivals) -> None:
    found = (await arrivals.health()).parts

    assert found[Part.RECALL].missing is Missing.NOT_ASKED
    assert found[Part.TRANSMISSION_FIDELITY].missing is Missing.LACKS_PARTS
    assert found[Part.TRANSMISSION_FIDELITY].lacks == (Part.RECALL,)
    assert found[Part.SYNERGY].lacks == (
        Part.TRANSMISSION_FIDELITY,
        Part.INTERLOCK_COVERAGE,
        Part.PROMISES_ACROSS,
    )
    assert found[Part.CARRIED].missing is Missing.NOTHING_THROWN_DOWN
    assert found[Part.STRUCTURE].value == found[Part.OBJECTIVE_REACH].value


async def test_recall_of_fewer_than_five_is_blank_and_so_is_what_would_tell_it_by_subtraction(
    arrivals: Arrivals,
) -> None:
    await arrivals.answer(*["CREW"] * 6, *["OPS"] * 2)

    found = {unit: (await arrivals.health(unit)).parts[Part.RECALL] for unit in ("GROUP", "AIR", "OPS", "CREW")}

    # Eight answered in all; with those of CREW told, two would be left for OPS.
    assert found["GROUP"].value == Decimal("0.5")
    assert found["GROUP"].n == 8
    assert found["CREW"].value is None
    assert found["CREW"].n is None
    assert found["CREW"].missing is Missing.TOO_FEW_ANSWERS


async def test_units_are_as_they_were_on_the_day_of_the_round_by_the_calendar_of_the_group(arrivals: Arrivals) -> None:
    organisation, units = arrivals.company.organisation, arrivals.units
    await service_units.move_unit(organisation.operator, units["CREW"], parent_id=units["AIR"], on=date(2026, 5, 11))

    # In Shanghai the eleventh of May has begun, in Greenwich it is the tenth.
    await arrivals.answer(*["CREW"] * 6, *["OPS"] * 5, opened=datetime(2026, 5, 10, 17, tzinfo=UTC))

    found = {unit: (await arrivals.health(unit)).parts[Part.RECALL].n for unit in ("AIR", "OPS", "CREW")}
    assert found == {"AIR": 11, "OPS": 5, "CREW": 6}


async def test_a_conflict_is_a_link_that_works_against_unless_its_owners_traded_it_off(company: Company) -> None:
    torn = replace(MAP, links=(maps.link("P1", "C1", sign=LinkSign.NEGATIVE), maps.link("L1", "P1")))
    cascade = scenes.cascade_of_intent.Cascade(company, await maps.published(company.organisation, torn))
    arrivals = Arrivals(company, cascade)
    for owner, code in (("Bo", "C1"), ("Chen", "P1"), ("Dina", "L1")):
        await cascade.promise(owner)
        await cascade.align(owner, to=code)
    before = await arrivals.values()

    await arrivals.pact("Chen", "Dina", "CONFIRMED", of="Chen")
    beside = await arrivals.values()
    await arrivals.pact("Chen", "Bo", "CONFIRMED", of="Chen")
    traded = await arrivals.values()

    assert before[Part.CONFLICTS] == beside[Part.CONFLICTS] == Decimal("0.5")
    assert traded[Part.CONFLICTS] == 0


async def test_the_strategy_that_is_to_arrive_is_that_of_the_highest_unit(arrivals: Arrivals) -> None:
    before = await arrivals.values("AIR")

    own = await maps.published(arrivals.company.organisation, unit="AIR")
    aim = await own.objective("F1")
    await arrivals.rows(
        "update alignment set strategic_objective_id = $1 where strategic_objective_id is not null", aim
    )
    after = await arrivals.values("AIR")

    # Goals see a strategy all the same: their own. Of the one above, nothing arrives any more.
    assert moved(before, after) == {Part.EMPHASIS, Part.PRIORITY_ORDER, Part.OBJECTIVE_REACH, Part.STRUCTURE}
    assert after[Part.EMPHASIS] == after[Part.OBJECTIVE_REACH] == 0


async def test_a_unit_without_anything_says_what_is_missing(company: Company) -> None:
    cascade = scenes.cascade_of_intent.Cascade(company, maps.Written(company.organisation, company.cycle_id))

    found = (await Arrivals(company, cascade).health("SIDE")).parts

    assert found[Part.LINE_OF_SIGHT].value == 0
    assert found[Part.LINE_OF_SIGHT].n == 5
    assert {part: one.missing for part, one in found.items() if one.missing} == {
        Part.ASSIGNED: Missing.NOTHING_THROWN_DOWN,
        Part.CARRIED: Missing.NOTHING_THROWN_DOWN,
        Part.OVER_ASSIGNMENT: Missing.NOTHING_THROWN_DOWN,
        Part.OBJECTIVE_REACH: Missing.NO_STRATEGY,
        Part.ORPHAN_GOALS: Missing.NO_GOALS,
        Part.INTENT_FIDELITY: Missing.NO_GOALS,
        Part.STRUCTURE: Missing.LACKS_PARTS,
        Part.EMPHASIS: Missing.NO_STRATEGY,
        Part.PRIORITY_ORDER: Missing.NO_STRATEGY,
        Part.RECALL: Missing.NOT_ASKED,
        Part.TRANSMISSION_FIDELITY: Missing.LACKS_PARTS,
        Part.INTERLOCK_COVERAGE: Missing.NO_INTERLOCKS,
        Part.PROMISES_INSIDE: Missing.NO_INTERLOCKS,
        Part.PROMISES_ACROSS: Missing.NO_INTERLOCKS,
        Part.CONFLICTS: Missing.NO_STRATEGY,
        Part.SYNERGY: Missing.LACKS_PARTS,
        Part.EFFECTIVE_TO_NOMINAL: Missing.NO_SCORECARD,
        Part.EFFECTIVE_TO_DECLARED: Missing.NO_SCORECARD,
        Part.NOMINAL_TO_DECLARED: Missing.NO_SCORECARD,
    }


@pytest.mark.parametrize("status", ["CONFIRMED", "DELIVERED", "REJECTED", "ACCEPTED"])
@pytest.mark.parametrize("due_in", [-2, 0, 2])
@pytest.mark.parametrize("delivered_in", [-3, -1, 1])
async def test_what_counts_as_kept_is_what_interlocks_say(
    shared: Company, status: str, due_in: int, delivered_in: int
) -> None:
    cascade = scenes.cascade_of_intent.Cascade(shared, maps.Written(shared.organisation, shared.cycle_id))
    arrivals, today = Arrivals(shared, cascade), clock.today(ZONE)
    due_on, delivered_on = today + timedelta(days=due_in), today + timedelta(days=delivered_in)
    is_delivered = status != "CONFIRMED"
    async with companies.trial(shared.tenant_id):
        await arrivals.pact("Bo", "Chen", "ACCEPTED")
        await arrivals.rows(
            "update interlock set status = $1, due_on = $2, delivered_on = $3, reason = 'So.', "
            "deliveries = $4, delivered_at = case when $5 then delivered_at end, "
            "delivered_by_id = case when $5 then delivered_by_id end",
            *(status, due_on, delivered_on if is_delivered else None, int(is_delivered), is_delivered),
        )
        found = (await arrivals.health("AIR")).parts[Part.PROMISES_ACROSS]

    standing = Standing(
        status=InterlockStatus(status),
        is_confirmed_by_both=True,
        due_on=due_on,
        delivered_on=delivered_on if is_delivered else None,
    )
    said = {InterlockOutcome.KEPT: 1, InterlockOutcome.BROKEN: 0, InterlockOutcome.OPEN: None}
    assert found.value == said[rules.outcome(standing, today=today) or InterlockOutcome.OPEN]


async def test_the_fidelity_of_intents_is_what_is_told_of_the_unit(arrivals: Arrivals) -> None:
    for owner in ("Ada", "Bo", "Dina"):
        await arrivals.cascade.settle(owner)

    for unit, told in (("GROUP", Decimal("0.4")), ("AIR", Decimal("0.25")), ("CREW", Decimal(0))):
        objectives, *_, faithful = await arrivals.cascade.fidelity(unit)
        assert (await arrivals.health(unit)).parts[Part.INTENT_FIDELITY] == Found(told, objectives)
        assert Decimal(faithful) / objectives == told
