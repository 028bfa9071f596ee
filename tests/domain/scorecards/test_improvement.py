"""Measures improve from one cycle to the next by more than their noise, or they do not."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import clock
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.scorecards import improvement, service_improvement
from domain.scorecards.improvement import Course, Movement
from domain.scorecards.terms import Figure
from tests.domain.organisations import Organisation
from tests.domain.scorecards import ground as grounds
from tests.domain.scorecards.ground import MAY, Ground

NOISE = (10, 12, 10, 12, 10, 12, 10, 12)
"""Its limits are 5.68 and 16.32."""
VALUES = st.decimals(-1000, 1000, allow_nan=False, allow_infinity=False, places=2)


def numbers(*values: object) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


@pytest.mark.parametrize(
    ("before", "now", "is_rising_good", "expected"),
    [
        (NOISE, (17, 17), True, Movement.IMPROVED),
        (NOISE, (17, 17), False, Movement.WORSENED),
        (NOISE, (5, 5), False, Movement.IMPROVED),
        (NOISE, (5, 5), True, Movement.WORSENED),
        (NOISE, (16.3,), True, Movement.UNCHANGED),
        (NOISE, (30, 2), True, Movement.UNCHANGED),
        (NOISE[1:], (99,), True, Movement.NOT_ENOUGH_DATA),
        (NOISE, (), True, Movement.NOT_ENOUGH_DATA),
        (NOISE, (99,), None, Movement.NO_DIRECTION),
    ],
)
def test_how_a_measure_moved(
    before: tuple[int, ...], now: tuple[int, ...], *, is_rising_good: bool | None, expected: Movement
) -> None:
    course = Course(before=numbers(*before), now=numbers(*now), is_rising_good=is_rising_good)

    assert improvement.moved(course).movement is expected


def test_only_two_years_tell_the_noise() -> None:
    course = Course(before=numbers(*[1000] * 5, *[10] * 24), now=numbers(11), is_rising_good=True)

    assert improvement.moved(course).movement is Movement.IMPROVED


def test_what_nobody_can_tell_is_in_no_share() -> None:
    courses = [Course(before=numbers(*NOISE), now=numbers(value), is_rising_good=True) for value in (17, 17, 11)] + [
        Course(before=[], now=[], is_rising_good=True)
    ]

    found = improvement.tally(map(improvement.moved, courses))

    assert found.share == Decimal("66.67")
    assert found.counts[Movement.NOT_ENOUGH_DATA] == 1
    assert improvement.tally([]).share is None


@given(st.lists(VALUES, min_size=8, max_size=24), st.lists(VALUES, min_size=1, max_size=12))
def test_what_improves_one_way_worsens_the_other(before: list[Decimal], now: list[Decimal]) -> None:
    up, down = (improvement.moved(Course(before=before, now=now, is_rising_good=way)).movement for way in (True, False))

    mirrored = {Movement.IMPROVED: Movement.WORSENED, Movement.WORSENED: Movement.IMPROVED}
    assert down is mirrored.get(up, up)


@pytest.fixture
async def ground(database: str) -> Ground:
    """ON_TIME moved around 70 in 2025, and lies at 90 since; FLIGHTS was told once."""
    ground = await grounds.lay()
    with clock.frozen(MAY):
        await _tell(ground)
    return ground


async def _tell(ground: Ground) -> None:
    await ground.organisation.rows("update cycle set closed_at = null where starts_on = '2025-01-01'")
    past = [
        Figure(measure="ON_TIME", period=date(2025, month, 1), value=Decimal(70 + month % 2), unit_of_measure="%")
        for month in range(1, 13)
    ]
    fresh = [
        Figure(measure="ON_TIME", period=date(2026, month, 1), value=Decimal(90), unit_of_measure="%")
        for month in range(1, 5)
    ]
    once = Figure(measure="FLIGHTS", period=date(2026, 4, 1), value=Decimal(900), unit_of_measure="flights")
    outcomes = await ground.record(*past, *fresh, once, actor=ground.office)
    assert [one.refusal for one in outcomes] == [None] * 17


async def test_what_a_cycle_brought_a_unit(ground: Ground) -> None:
    with clock.frozen(MAY):
        found = await service_improvement.improvement_of(
            ground.office, ground.organisation.units["GROUP"], ground.cycle_id
        )

    assert [(one.code, one.moved.movement) for one in found.measures] == [
        ("FLIGHTS", Movement.NOT_ENOUGH_DATA),
        ("ON_TIME", Movement.IMPROVED),
    ]
    assert (found.tally.share, dict(found.tests)) == (100, {})


async def test_a_unit_below_has_none_of_it(ground: Ground) -> None:
    with clock.frozen(MAY):
        found = await service_improvement.improvement_of(
            ground.office, ground.organisation.units["CREW"], ground.cycle_id
        )

    assert found.measures == []


@pytest.mark.parametrize(
    ("name", "unit", "may"), [("Ada", "CREW", True), ("Dina", "CREW", True), ("Dina", "OPS", False)]
)
async def test_who_works_there_or_above_may_read_it(ground: Ground, name: str, unit: str, *, may: bool) -> None:
    asked = ground.organisation.actor(name), ground.organisation.units[unit], ground.cycle_id
    with clock.frozen(MAY):
        if may:
            await service_improvement.improvement_of(*asked)
        else:
            with pytest.raises(NotFound):
                await service_improvement.improvement_of(*asked)


async def test_another_group_reads_nothing(ground: Ground, organisation: Organisation) -> None:
    stranger = organisation.actor("Ada")
    with clock.frozen(MAY), pytest.raises(NotFound):
        await service_improvement.improvement_of(stranger, ground.organisation.units["CREW"], ground.cycle_id)
    with clock.frozen(MAY), pytest.raises(NotFound):
        await service_improvement.improvement_of(ground.office, ground.organisation.units["CREW"], new_id())
