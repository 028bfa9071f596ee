"""What is submitted where the policy is on must exceed what it continues; where it is off, nobody asks."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.objectives import service
from domain.objectives.targets import service_policies
from domain.objectives.targets.errors import ExemptionExpired, TargetNotExceeding
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.service_policies import NewAdjustment
from domain.objectives.targets.terms import Adjustment, AdjustmentKind
from domain.objectives.terms import KeyResultKind, ObjectiveDraft
from domain.scorecards import service_promises
from tests.domain.objectives.targets.season import BLEND, Season, complaints, on_time
from tests.domain.objectives.test_round_trips import asked

PASSED = ("PASS", "EXCEEDS")


async def test_without_a_policy_nobody_asks(season: Season) -> None:
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))

    await season.submit(lower, difficulty=None)

    assert await season.company.state(lower) == "SUBMITTED"
    assert await season.tests(lower) == []


async def test_a_policy_that_is_off_asks_as_little(season: Season) -> None:
    await season.keep(is_on=False)
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))

    await season.submit(lower, difficulty=None)

    assert await season.tests(lower) == []


async def test_a_target_that_does_not_exceed_is_blocked_and_names_the_minimum(season: Season) -> None:
    await season.keep()
    lower = await season.draft(on_time("83.9", measure=season.measures["ON_TIME"]))
    before = await season.company.everything()

    with pytest.raises(TargetNotExceeding) as refused:
        await season.submit(lower)

    # Last target 80; reached 90, which counts up to 88; the mean of both.
    assert refused.value.message == "“Flights on time” does not exceed its last target of 80: it must be at least 84."
    assert refused.value.help is not None
    assert "askExemption" in refused.value.help
    assert (refused.value.minimum, refused.value.previous_target) == (84, 80)
    assert await season.company.everything() == before


async def test_a_target_that_exceeds_is_submitted_and_the_test_is_kept(season: Season) -> None:
    await season.keep()
    measures = season.measures
    objective_id = await season.draft(
        on_time(84, measure=measures["ON_TIME"], weight=60), complaints("19.9", measure=measures["LETTERS"])
    )

    await season.submit(objective_id)
    await season.company.approve(objective_id)

    assert await season.tests(objective_id) == [(*PASSED, 80, 84), (*PASSED, 20, 20)]


@pytest.mark.parametrize(("target", "is_blocked"), [("20", True), ("20.5", True), ("19.99", False)])
async def test_what_shall_fall_must_fall_below_the_last_target(
    season: Season, *, target: str, is_blocked: bool
) -> None:
    await season.keep()
    objective_id = await season.draft(complaints(target, measure=season.measures["LETTERS"], weight=100))

    if is_blocked:
        with pytest.raises(TargetNotExceeding, match="it must be less than 20"):
            await season.submit(objective_id)
    else:
        await season.submit(objective_id)


async def test_how_hard_the_targets_are_is_asked_under_a_policy(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(95))

    with pytest.raises(InvalidInput) as refused:
        await season.submit(objective_id, difficulty=None)
    assert refused.value.field == "difficulty"
    await season.submit(objective_id, difficulty=5)

    assert await season.company.organisation.value("select difficulty from objective where id = $1", objective_id) == 5


@pytest.mark.parametrize("difficulty", [0, 6])
async def test_difficulty_goes_from_one_to_five(season: Season, difficulty: int) -> None:
    objective_id = await season.draft(on_time(95))

    with pytest.raises(InvalidInput):
        await season.submit(objective_id, difficulty=difficulty)


async def test_what_nobody_measured_before_is_not_tested(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(71))

    await season.submit(objective_id)

    assert await season.tests(objective_id) == []


async def test_what_it_continues_can_be_said(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(79, continues=season.former[0]))

    with pytest.raises(TargetNotExceeding):
        await season.submit(objective_id)


async def test_a_measure_goes_on_with_the_unit_under_another_owner(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(79, measure=season.measures["ON_TIME"]), owner="Emil")

    with pytest.raises(TargetNotExceeding):
        await season.submit(objective_id, owner="Emil")


async def test_the_same_measure_elsewhere_is_another_matter(season: Season) -> None:
    await season.keep()
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]), owner="Bo")

    await season.submit(objective_id, owner="Bo")

    assert await season.tests(objective_id) == []


@pytest.mark.parametrize(
    "change", [{"unit_of_measure": "share"}, {"kind": KeyResultKind.RANGE, "low": Decimal(1), "high": Decimal(2)}]
)
async def test_what_is_measured_otherwise_cannot_slip_through(season: Season, change: dict[str, object]) -> None:
    await season.keep()
    otherwise = replace(on_time(99, measure=season.measures["ON_TIME"]), **change)  # type: ignore[arg-type]
    objective_id = await season.draft(otherwise)

    with pytest.raises(TargetNotExceeding, match="measured otherwise"):
        await season.submit(objective_id)


async def test_only_what_was_promised_before_and_is_seen_can_be_continued(season: Season) -> None:
    running = await season.company.promised()
    [first, _] = await season.company.key_results(running)

    with pytest.raises(InvalidInput) as refused:
        await season.draft(on_time(90, continues=first))
    assert refused.value.field == "keyResults.0.continues"
    with pytest.raises(NotFound):
        await season.draft(on_time(90, continues=new_id()))
    with pytest.raises(NotFound):
        await season.draft(on_time(90, continues=season.former[0]), owner="Oskar")


async def test_an_edit_may_not_continue_what_runs_either(season: Season) -> None:
    running = await season.company.promised()
    [first, _] = await season.company.key_results(running)
    objective_id = await season.draft(on_time(90))
    written = ObjectiveDraft(title="Again", weight=20, key_results=(on_time(90, continues=first),))

    with pytest.raises(InvalidInput):
        await service.edit(season.company.actor("Dina"), objective_id, written, version=1, key="edit")


async def test_the_policy_of_the_nearest_unit_counts(season: Season) -> None:
    await season.keep()
    await season.keep(is_on=False, unit="CREW")
    objective_id = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))

    await season.submit(objective_id, difficulty=None)

    assert await season.tests(objective_id) == []


async def test_a_saturated_figure_may_stay(season: Season) -> None:
    await season.keep(replace(BLEND, saturation_percent=Decimal(20)))
    objective_id = await season.draft(on_time(80, measure=season.measures["ON_TIME"]))

    await season.submit(objective_id)

    assert await season.tests(objective_id) == [("SATURATED_MAINTAIN", "AT_THE_LIMIT", 80, 84)]


async def test_what_happened_once_does_not_raise_the_bar(season: Season) -> None:
    await season.keep()
    once = NewAdjustment(
        key_result_id=season.former[0],
        adjustment=Adjustment(kind=AdjustmentKind.ONE_OFF, amount=Decimal(-8)),
        reason="A strike next door.",
        evidence="The press.",
    )
    await service_policies.adjust(season.company.actor("Sofia"), once, key="once")
    objective_id = await season.draft(on_time(81, measure=season.measures["ON_TIME"]))

    await season.submit(objective_id)

    assert await season.tests(objective_id) == [(*PASSED, 80, 81)]


async def test_an_exemption_lets_it_through_as_far_as_it_says(season: Season) -> None:
    await season.keep()
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    exemption_id = await season.exempt(lower, lowest="75")

    await season.submit(lower)
    await season.company.approve(lower)

    assert await season.tests(lower) == [("EXEMPT", "EXEMPTED", 80, 84)]
    kept = await season.company.organisation.value(
        "select exemption_id from exceed_test where objective_id = $1", lower
    )
    assert kept == exemption_id


@pytest.mark.parametrize("lowest", ["75.1", "90"])
async def test_an_exemption_is_no_blank_cheque(season: Season, lowest: str) -> None:
    await season.keep()
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    await season.exempt(lower, lowest=lowest)

    with pytest.raises(TargetNotExceeding):
        await season.submit(lower)


async def test_an_exemption_that_was_only_granted_does_not_count(season: Season) -> None:
    await season.keep()
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    await season.ask(lower)

    with pytest.raises(TargetNotExceeding):
        await season.submit(lower)


async def test_an_exemption_ends_with_its_last_day(season: Season) -> None:
    await season.keep()
    lower = await season.draft(on_time(75, measure=season.measures["ON_TIME"]))
    last_day = date(2026, 6, 20)
    await season.exempt(lower, expires_on=last_day)
    with clock.frozen(clock.now() + timedelta(days=11)), pytest.raises(TargetNotExceeding):
        await season.submit(lower)

    with clock.frozen(clock.now() + timedelta(days=10)):
        await season.submit(lower)
    with clock.frozen(clock.now() + timedelta(days=11)), pytest.raises(ExemptionExpired, match="2026-06-20"):
        await season.company.approve(lower)
    with clock.frozen(clock.now() + timedelta(days=10)):
        await season.company.approve(lower)


async def test_submitting_asks_no_more_where_the_policy_is_off(season: Season) -> None:
    objective_id = await two_measured(season)

    async with asked() as seen:
        await service_promises.submit(season.company.actor("Dina"), objective_id, version=1, key="counted")

    # The set of the owner and the policy of the unit are one of the selects.
    assert seen == [
        "begin",
        "insert",
        *["select"] * 7,
        "update",
        "update",
        "select",
        "insert",
        "insert",
        "with",
        "commit",
    ]


async def test_a_policy_costs_three_statements_however_many_key_results(season: Season) -> None:
    await season.keep(Policy())
    objective_id = await two_measured(season)

    async with asked() as seen:
        await service_promises.submit(
            season.company.actor("Dina"), objective_id, version=1, key="counted", difficulty=3
        )

    # What they continue, what their measures were, and one insert for all tests.
    continued = ["with", "select"]
    taken = ["begin", "insert", *["select"] * 6, *continued, "select", "update", "insert"]
    assert seen == [*taken, "update", "select", "insert", "insert", "with", "commit"]


async def two_measured(season: Season) -> UUID:
    on_its_way, fewer = on_time(84, measure=season.measures["ON_TIME"], weight=60), complaints(19)
    return await season.draft(on_its_way, replace(fewer, measure_id=season.measures["LETTERS"]))
