"""What formulas lead to follows the figures: in order, with provenance, and never over what was told."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock, relay, relay_sets
from domain.kernel.ids import new_id
from domain.objectives import service_cycles
from domain.objectives.terms import CheckInSource
from domain.scorecards import service, service_adjustments, service_calculating, service_measures
from domain.scorecards.service_adjustments import NewAdjustment
from domain.scorecards.terms import MeasureContent, MissingInputs, NewMeasure, Quality
from tests.domain.objectives.test_round_trips import asked
from tests.domain.scorecards.ground import Ground, figure, lay
from tests.domain.scorecards.test_actuals import NOON

APRIL = date(2026, 4, 1)


@pytest.fixture
async def ground(database: str) -> Ground:
    return await lay()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def define(ground: Ground, code: str, formula: str | None, unit: str, **more: object) -> UUID:
    unit_id = ground.organisation.units["AIR"]
    new = NewMeasure(code=code, name=code, unit_of_measure=unit, unit_id=unit_id, formula=formula, **more)  # type: ignore[arg-type]
    return await service.define_measure(ground.office, new)


async def follow() -> int:
    """As the worker would; how many entries were shown."""
    entries = await relay_sets.show_due({service_calculating.READER: service_calculating.hear})
    return len(entries)


async def stand(ground: Ground, code: str) -> list[tuple[object, ...]]:
    """Month, revision, value or why there is none, quality: of every row, the oldest first."""
    rows = await ground.organisation.rows(
        """select a.period, a.revision, coalesce(a.value::text, a.missing), a.quality, a.source
           from actual a join measure m on m.id = a.measure_id where m.code = $1 order by 1, 2""",
        code,
    )
    assert {row["source"] for row in rows} <= {"FORMULA"}
    return [tuple(row)[:4] for row in rows]


async def adjust(ground: Ground, code: str, period: date, value: str, revision: int, **more: object) -> UUID:
    measure_id = UUID(str(await ground.organisation.value("select id from measure where code = $1", code)))
    unit = str(await ground.organisation.value("select unit_of_measure from measure where code = $1", code))
    new = NewAdjustment(
        measure_id=measure_id,
        period=period,
        value=Decimal(value),
        unit_of_measure=unit,
        revision=revision,
        reason="Counted again",
        **more,  # type: ignore[arg-type]
    )
    return await service_adjustments.adjust(ground.office, new, key=str(new_id()))


async def test_a_chain_of_formulas_is_computed_in_its_order_with_what_it_used(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await define(ground, "LATE_FLIGHTS", "LATE * FLIGHTS / 100%", "flights")

    outcomes = await ground.record(
        figure("2026-04-01", "75"), figure("2026-04-01", "1200", measure="FLIGHTS", unit="flights")
    )
    await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]
    assert await stand(ground, "LATE_FLIGHTS") == [(APRIL, 1, "300", "OK")]
    used = await ground.organisation.rows(
        """select m.code, i.input_id from actual_input i join actual a on a.id = i.actual_id
           join measure m on m.id = a.measure_id order by 1, 2"""
    )
    late = await ground.organisation.value(
        "select a.id from actual a join measure m on m.id = a.measure_id where m.code = 'LATE'"
    )
    told, flights = (one.actual_id for one in outcomes)
    assert {tuple(row) for row in used} == {("LATE", told), ("LATE_FLIGHTS", late), ("LATE_FLIGHTS", flights)}
    assert await ground.organisation.facts("ActualsCalculated") != []


async def test_looking_twice_changes_nothing(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    await follow()
    entries = await _entries(ground)

    await service_calculating.hear(entries)
    await service_calculating.hear(entries[::-1])

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]
    assert await follow() == 0


async def _entries(ground: Ground) -> list[relay.Entry]:
    rows = await ground.organisation.rows(f"{relay.ENTRIES} where kind = 'ActualsRecorded' order by id")
    return [relay.entry_of(row) for row in rows]


async def test_months_that_lack_an_input_wait_for_it(ground: Ground) -> None:
    await define(ground, "PER_FLIGHT", "ON_TIME / FLIGHTS", "%/flights")
    await ground.record(figure("2026-04-01", "75"))
    await follow()
    assert await stand(ground, "PER_FLIGHT") == []

    await ground.record(figure("2026-04-01", "150", measure="FLIGHTS", unit="flights"))
    await follow()

    assert await stand(ground, "PER_FLIGHT") == [(APRIL, 1, "0.5", "OK")]


async def test_a_missing_input_is_zero_or_not_applicable_where_the_measure_says_so(ground: Ground) -> None:
    zero, not_applicable = MissingInputs.ZERO, MissingInputs.NOT_APPLICABLE
    await define(ground, "AS_ZERO", "ON_TIME + 0% * FLIGHTS / FLIGHTS[-1]", "%", missing_inputs=zero)
    await define(ground, "SHARE", None, "%")
    await define(ground, "TOGETHER", "ON_TIME + SHARE", "%", missing_inputs=zero)
    await define(ground, "LEFT_OUT", "ON_TIME + SHARE", "%", missing_inputs=not_applicable)
    await ground.record(figure("2026-04-01", "75"))

    await follow()

    assert await stand(ground, "TOGETHER") == [(APRIL, 1, "75", "OK")]
    assert await stand(ground, "LEFT_OUT") == [(APRIL, 1, "NOT_APPLICABLE", "OK")]
    assert await stand(ground, "AS_ZERO") == [(APRIL, 1, "DIVIDED_BY_ZERO", "OK")]


async def test_a_corrected_input_corrects_what_follows_from_it(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"), figure("2026-03-01", "70"))
    await follow()

    await adjust(ground, "ON_TIME", APRIL, "80", 1)
    await follow()

    assert await stand(ground, "LATE") == [
        (date(2026, 3, 1), 1, "30", "OK"),
        (APRIL, 1, "25", "OK"),
        (APRIL, 2, "20", "CORRECTED"),
    ]


async def test_what_divides_by_zero_after_a_correction_has_no_value_and_says_why(ground: Ground) -> None:
    await define(ground, "PER_FLIGHT", "ON_TIME / FLIGHTS", "%/flights")
    await ground.record(figure("2026-04-01", "75"), figure("2026-04-01", "150", measure="FLIGHTS", unit="flights"))
    await follow()

    await adjust(ground, "FLIGHTS", APRIL, "0", 1)
    await follow()

    assert [row[:3] for row in await stand(ground, "PER_FLIGHT")] == [
        (APRIL, 1, "0.5"),
        (APRIL, 2, "DIVIDED_BY_ZERO"),
    ]
    reason = await ground.organisation.value("select reason from actual where missing is not null")
    assert reason == "Something is divided by zero."


async def test_what_is_computed_is_worth_no_more_than_its_worst_input(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    await follow()

    await adjust(ground, "ON_TIME", APRIL, "75", 1, quality=Quality.DISPUTED)
    await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK"), (APRIL, 2, "25", "DISPUTED")]


async def test_a_value_outside_of_the_plausible_limits_is_none(ground: Ground) -> None:
    await define(ground, "LATE", "100% - 2 * ON_TIME", "%", low=Decimal(0))
    await ground.record(figure("2026-04-01", "75"), figure("2026-03-01", "50"))

    await follow()

    assert await stand(ground, "LATE") == [(date(2026, 3, 1), 1, "0", "OK"), (APRIL, 1, "IMPLAUSIBLE", "OK")]


async def test_a_formula_that_is_written_later_is_computed_for_what_was_told_but_not_for_closed_months(
    ground: Ground,
) -> None:
    office = ground.office
    await ground.record(figure("2026-04-01", "75"), figure("2013-04-01", "60"))
    closed_id = await service_cycles.open_cycle(
        office, service_cycles.NewCycle(name="2013", starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31))
    )
    await service_cycles.close_cycle(office, closed_id)
    await follow()

    with clock.frozen(NOON.replace(hour=6)):
        await define(ground, "LATE", "100% - ON_TIME", "%")
        await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]


async def test_other_limits_after_the_closing_change_no_closed_month(ground: Ground) -> None:
    measure_id = await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    with clock.frozen(NOON.replace(hour=6)):
        await follow()
        await service_cycles.close_cycle(ground.office, ground.cycle_id)

        content = MeasureContent(name="Late", unit_of_measure="%", formula="100% - ON_TIME", low=Decimal(30))
        await service_measures.change_measure(ground.office, measure_id, content, version=1, key="limits")
        await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]


async def test_a_figure_that_came_before_the_closing_counts_although_its_formula_follows_after(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    with clock.frozen(NOON.replace(hour=6)):
        await service_cycles.close_cycle(ground.office, ground.cycle_id)

        await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]


async def test_a_correction_after_the_closing_leads_on_to_what_follows_from_it(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    await follow()
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    asked = await adjust(ground, "ON_TIME", APRIL, "80", 1)
    await follow()
    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK")]

    ada = ground.organisation.actor("Ada", *ground.office.roles)
    await service_adjustments.approve(ada, asked, key="yes")
    await follow()

    assert await stand(ground, "LATE") == [(APRIL, 1, "25", "OK"), (APRIL, 2, "20", "CORRECTED")]
    closings = await ground.organisation.rows(
        """select a.is_after_closing from actual a join measure m on m.id = a.measure_id
           where m.code = 'LATE' order by a.revision"""
    )
    assert [row[0] for row in closings] == [False, True]


async def test_what_was_told_by_hand_stays_whatever_the_formula_says(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    await follow()
    await adjust(ground, "LATE", APRIL, "24", 1)

    await adjust(ground, "ON_TIME", APRIL, "80", 1)
    await follow()

    rows = await ground.organisation.rows(
        "select a.value, a.source from current_actual a join measure m on m.id = a.measure_id where m.code = 'LATE'"
    )
    assert [tuple(row) for row in rows] == [(Decimal(24), "HAND")]


async def test_a_computed_measure_takes_no_figures(ground: Ground) -> None:
    await define(ground, "LATE", "100% - ON_TIME", "%")

    [outcome] = await ground.record(figure("2026-04-01", "25", measure="LATE"))

    assert outcome.refusal is not None
    assert outcome.refusal.code == "calculated_measure"
    assert await ground.organisation.count("actual") == 0


async def test_a_changed_formula_is_computed_anew(ground: Ground) -> None:
    measure_id = await define(ground, "LATE", "100% - ON_TIME", "%")
    await ground.record(figure("2026-04-01", "75"))
    await follow()

    content = MeasureContent(name="Late", unit_of_measure="%", formula="50% - ON_TIME")
    await service_measures.change_measure(ground.office, measure_id, content, version=1, key="change")
    await follow()

    assert [row[:3] for row in await stand(ground, "LATE")] == [(APRIL, 1, "25"), (APRIL, 2, "-25")]


async def test_key_results_follow_a_computed_measure_and_nobody_is_said_to_have_told_it(ground: Ground) -> None:
    new_formula = MeasureContent(name="On time", unit_of_measure="%", formula="RAW", low=Decimal(0), high=Decimal(100))
    on_time = UUID(str(await ground.organisation.value("select id from measure where code = 'ON_TIME'")))
    await define(ground, "RAW", None, "%")
    await service_measures.change_measure(ground.office, on_time, new_formula, version=1, key="change")

    await ground.record(figure("2026-04-01", "75", measure="RAW"))
    await follow()

    assert (await ground.stands())[0] == (Decimal(75), Decimal(50))
    rows = await ground.organisation.rows("select source, author_id, client_id from check_in")
    assert [tuple(row) for row in rows] == [(CheckInSource.MEASURE, None, None)]


async def test_many_months_take_as_many_statements_as_one_and_no_formula_two(ground: Ground) -> None:
    await ground.record(figure("2026-04-01", "75"))
    nothing = await _statements(ground)
    await define(ground, "LATE", "100% - ON_TIME", "%")
    await define(ground, "GROWTH", "LATE - LATE[-12]", "%")
    await ground.record(figure("2026-03-01", "75"))
    one = await _statements(ground)
    months = [figure(f"{year}-{month:02}-01", "75") for year in range(1990, 2020) for month in range(1, 13)]
    await ground.record(*months)
    many = await _statements(ground)

    assert nothing == ["select", "with"], "the lock, and the look for formulas"
    assert one == many
    assert one == [*nothing, "select", "select", "insert", "insert", "select", "with"]
    assert await ground.organisation.count("actual") == 362 + 362 + 348


async def _statements(ground: Ground) -> list[str]:
    entries = (await _entries(ground))[-1:]
    async with asked() as seen:
        await service_calculating.hear(entries)
    return [one for one in seen if one not in ("begin", "commit", "savepoint", "release")]
