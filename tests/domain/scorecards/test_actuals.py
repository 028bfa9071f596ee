"""Actuals are recorded once, moved key results follow, and a refusal changes nothing."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service_cycles
from domain.people.rules import CodeTaken
from domain.scorecards import service
from domain.scorecards.terms import NewMeasure
from tests.domain.scorecards.ground import Ground, figure, lay

NOON = datetime(2026, 5, 20, 4, tzinfo=UTC)


@pytest.fixture
async def ground(database: str) -> Ground:
    return await lay()


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.frozen(NOON):
        yield


async def test_a_recorded_month_moves_the_key_result_and_its_objective(ground: Ground) -> None:
    [outcome] = await ground.record(figure("2026-04-01", "75"))

    assert outcome.refusal is None
    assert await ground.stands() == [
        (Decimal(75), Decimal(50)),
        (Decimal(1000), Decimal(0)),
        (None, Decimal(30)),
    ]
    rows = await ground.organisation.rows("select id, period, value, client_id, recorded_at from actual")
    assert [tuple(row) for row in rows] == [
        (outcome.actual_id, datetime(2026, 4, 1).date(), Decimal(75), ground.partner.client_id, NOON)  # noqa: DTZ001
    ]
    check_ins = await ground.organisation.rows("select source, author_id, client_id, value, recorded_at from check_in")
    assert [tuple(row) for row in check_ins] == [("PARTNER", None, ground.partner.client_id, Decimal(75), NOON)]


async def test_only_the_newest_month_of_a_request_moves(ground: Ground) -> None:
    months = [figure(f"2026-0{month}-01", str(70 + month)) for month in (3, 1, 4, 2)]

    await ground.record(*months)

    assert (await ground.stands())[0] == (Decimal(74), Decimal(40))
    assert await ground.organisation.count("actual") == 4
    assert await ground.organisation.count("check_in") == 1


async def test_an_older_month_that_comes_later_does_not_move_back(ground: Ground) -> None:
    await ground.record(figure("2026-04-01", "75"))

    [late] = await ground.record(figure("2026-02-01", "71"))

    assert late.refusal is None
    assert (await ground.stands())[0] == (Decimal(75), Decimal(50))
    assert await ground.organisation.count("actual") == 2
    assert await ground.organisation.count("check_in") == 1


async def test_a_month_outside_of_the_objectives_cycle_moves_nothing(ground: Ground) -> None:
    [outcome] = await ground.record(figure("2013-04-01", "75"))

    assert outcome.refusal is None
    assert (await ground.stands())[0] == (Decimal(70), Decimal(0))
    assert await ground.organisation.count("check_in") == 0


async def test_good_figures_are_recorded_although_others_fail(ground: Ground) -> None:
    outcomes = await ground.record(
        figure("2026-04-01", "75"),
        figure("2026-03-01", "75", unit=None),
        figure("2026-03-01", "0.75", measure="DELAY"),
        figure("2026-03-02", "75"),
        figure("2026-03-01", "101"),
        figure("2026-05-01", "75"),
        figure("2025-12-01", "75"),
        figure("2026-04-01", "75"),
        figure("2026-04-01", "1100", measure="FLIGHTS", unit="flights"),
    )

    assert [outcome.refusal.code if outcome.refusal else None for outcome in outcomes] == [
        None,
        "unit_mismatch",
        "unknown_measure",
        "invalid_period",
        "implausible_value",
        "period_in_future",
        "period_closed",
        "duplicate_in_request",
        None,
    ]
    assert [outcome.index for outcome in outcomes] == list(range(9))
    assert await ground.organisation.count("actual") == 2
    assert await ground.stands() == [(Decimal(75), Decimal(50)), (Decimal(1100), Decimal(50)), (None, Decimal(50))]


async def test_a_repeat_under_the_same_key_hears_the_same_outcomes(ground: Ground) -> None:
    sent = (figure("2026-04-01", "75"), figure("2026-03-01", "75", unit=None))
    first = await ground.record(*sent, key="april")
    facts = await ground.organisation.count("journal")

    again = await ground.record(*sent, key="april")

    assert [(one.actual_id, str(one.refusal), type(one.refusal)) for one in again] == [
        (one.actual_id, str(one.refusal), type(one.refusal)) for one in first
    ]
    assert again[1].refusal is not None
    assert first[1].refusal is not None
    assert again[1].refusal.help == first[1].refusal.help
    assert await ground.organisation.count("actual") == 1
    assert await ground.organisation.count("journal") == facts


async def test_a_key_is_good_for_one_request(ground: Ground) -> None:
    await ground.record(figure("2026-04-01", "75"), key="april")

    with pytest.raises(KeyReused):
        await ground.record(figure("2026-04-01", "76"), key="april")


@pytest.mark.parametrize("value", ["75", "76"])
async def test_the_same_month_under_another_key_is_refused_and_changes_nothing(ground: Ground, value: str) -> None:
    await ground.record(figure("2026-04-01", "75"))
    before = await ground.stands()
    facts = await ground.organisation.count("journal")

    [again] = await ground.record(figure("2026-04-01", value))

    assert again.refusal is not None
    assert again.refusal.code == "duplicate_actual"
    assert await ground.organisation.value("select value from actual") == Decimal(75)
    assert await ground.organisation.count("journal") == facts
    assert await ground.stands() == before


async def test_one_fact_tells_of_each_measure(ground: Ground) -> None:
    await ground.record(
        figure("2026-04-01", "75"),
        figure("2026-02-01", "71"),
        figure("2026-04-01", "1100", measure="FLIGHTS", unit="flights"),
    )

    rows = await ground.organisation.rows(
        """select m.code, j.payload ->> 'count' n, j.payload ->> 'first_period' a, j.payload ->> 'last_period' z
           from journal j join measure m on m.id = j.subject_id where j.kind = 'ActualsRecorded' order by m.code"""
    )
    assert [tuple(row) for row in rows] == [
        ("FLIGHTS", "1", "2026-04-01", "2026-04-01"),
        ("ON_TIME", "2", "2026-02-01", "2026-04-01"),
    ]
    assert await ground.organisation.facts("CheckedIn") == [("CheckedIn", ground.objective_id)] * 2


async def test_the_strategy_office_may_tell_figures_as_a_person(ground: Ground) -> None:
    await ground.record(figure("2026-04-01", "75"), actor=ground.office)

    rows = await ground.organisation.rows("select source, author_id, client_id from check_in")
    assert [tuple(row) for row in rows] == [("PERSON", ground.organisation["Bo"], None)]


@pytest.mark.parametrize("roles", [(), (Role.MANAGER,), (Role.HR_PARTNER,), (Role.ADMINISTRATOR,)])
async def test_nobody_else_may_tell_figures(ground: Ground, roles: tuple[Role, ...]) -> None:
    with pytest.raises(NotPermitted):
        await ground.record(figure("2026-04-01", "75"), actor=ground.organisation.actor("Chen", *roles))

    assert await ground.organisation.count("actual") == 0


async def test_a_partner_needs_the_scope(ground: Ground) -> None:
    reader = Actor(
        tenant_id=ground.partner.tenant_id,
        zone=ground.partner.zone,
        client_id=ground.partner.client_id,
        roles=frozenset({Role.PARTNER}),
        scopes=frozenset(set(Scope) - {Scope.ACTUALS_WRITE}),
    )

    with pytest.raises(NotPermitted):
        await ground.record(figure("2026-04-01", "75"), actor=reader)


async def test_measures_of_another_tenant_are_unknown(ground: Ground) -> None:
    other = await lay()

    outcomes = await ground.record(figure("2026-04-01", "75"))

    assert outcomes[0].refusal is None
    assert await other.organisation.count("actual") == 0
    assert (await other.stands())[0] == (Decimal(70), Decimal(0))


@pytest.mark.parametrize("count", [0, 1001])
async def test_a_request_holds_up_to_a_thousand_figures(ground: Ground, count: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ground.record(*[figure("2026-04-01", "75")] * count)

    assert refused.value.field == "items"


async def test_codes_that_no_database_could_hold_are_unknown(ground: Ground) -> None:
    [outcome] = await ground.record(figure("2026-04-01", "75", measure="ON\0TIME"))

    assert outcome.refusal is not None
    assert outcome.refusal.message == "There is no measure with the code 'ON\\x00TIME'."


async def test_eight_at_once_record_a_month_once(ground: Ground) -> None:
    answers = await asyncio.gather(*(ground.record(figure("2026-04-01", "75")) for _ in range(8)))

    codes = sorted(one.refusal.code if one.refusal else "" for [one] in answers)
    assert codes == ["", *["duplicate_actual"] * 7]
    assert await ground.organisation.count("actual") == 1
    assert await ground.organisation.count("check_in") == 1


async def test_those_who_record_many_measures_in_other_orders_do_not_block_each_other(ground: Ground) -> None:
    months = [f"2025-{month:02}-01" for month in range(1, 13)]
    there = [figure(month.replace("2025", "2014"), "1") for month in months]
    flights = [figure(one.period.isoformat(), "1", measure="FLIGHTS", unit="flights") for one in there]

    answers = await asyncio.gather(ground.record(*there, *flights), ground.record(*flights[::-1], *there[::-1]))

    good = [sum(one.refusal is None for one in answer) for answer in answers]
    assert sorted(good) == [0, 24]


async def test_a_thousand_figures_are_taken_within_a_second(ground: Ground) -> None:
    unit_id = ground.organisation.units["AIR"]
    async with begin(ground.office) as work:
        await service.define_within(
            work,
            [NewMeasure(code=f"M{at}", name=f"M{at}", unit_of_measure="%", unit_id=unit_id) for at in range(50)],
        )
    figures = [
        figure(f"{2020 + back // 4}-{1 + back % 4:02}-01", "50", measure=f"M{at}")
        for at in range(50)
        for back in range(20)
    ]
    started = time.perf_counter()

    outcomes = await ground.record(*figures)

    assert time.perf_counter() - started < 1
    assert [one.refusal for one in outcomes] == [None] * 1000


async def test_a_code_names_one_measure(ground: Ground) -> None:
    again = NewMeasure(code="ON_TIME", name="X", unit_of_measure="%", unit_id=ground.organisation.units["AIR"])

    with pytest.raises(CodeTaken):
        await service.define_measure(ground.office, again)


async def test_a_measure_belongs_to_a_unit_of_the_tenant(ground: Ground) -> None:
    stray = NewMeasure(code="NEW", name="X", unit_of_measure="%", unit_id=new_id())

    with pytest.raises(NotFound):
        await service.define_measure(ground.office, stray)


@pytest.mark.parametrize("roles", [(), (Role.HR_PARTNER,), (Role.ADMINISTRATOR,)])
async def test_only_the_strategy_office_defines_measures(ground: Ground, roles: tuple[Role, ...]) -> None:
    new = NewMeasure(code="NEW", name="X", unit_of_measure="%", unit_id=ground.organisation.units["AIR"])

    with pytest.raises(NotPermitted):
        await service.define_measure(ground.organisation.actor("Chen", *roles), new)


async def test_defining_twice_under_one_key_defines_once(ground: Ground) -> None:
    new = NewMeasure(code="NEW", name="X", unit_of_measure="%", unit_id=ground.organisation.units["AIR"])

    first = await service.define_measure(ground.office, new, key="once")
    again = await service.define_measure(ground.office, new, key="once")

    assert first == again
    assert await ground.organisation.count("measure") == 3


async def test_a_closed_cycle_takes_no_more_figures(ground: Ground) -> None:
    await ground.record(figure("2026-03-01", "75"))

    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    [late] = await ground.record(figure("2026-04-01", "80"))

    assert late.refusal is not None
    assert late.refusal.code == "period_closed"
    assert (await ground.stands())[0] == (Decimal(75), Decimal(50))
