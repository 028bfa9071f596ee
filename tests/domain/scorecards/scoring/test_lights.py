"""Light, direction, forecast and pace of a score; and weights as they act."""

from datetime import date
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import effective, lights
from domain.scorecards.scoring.lights import Light, Pace, Travel
from domain.scorecards.scoring.policy import Lights
from tests.domain.scorecards.scoring.samples import number, numbers

D = Decimal
BANDS = Lights()


@pytest.mark.parametrize(
    ("before", "score", "expected"),
    [
        (None, 95, Light.GREEN),
        (None, "94.99", Light.AMBER),
        (Light.GREEN, 93, Light.GREEN),
        (Light.GREEN, "92.99", Light.AMBER),
        (Light.AMBER, "94.99", Light.AMBER),
        (Light.AMBER, 95, Light.GREEN),
        (Light.AMBER, 73, Light.AMBER),
        (Light.AMBER, "72.99", Light.RED),
        (Light.GREEN, 73, Light.AMBER),
        (Light.RED, "74.99", Light.RED),
        (Light.RED, 75, Light.AMBER),
        (Light.RED, 95, Light.GREEN),
        (Light.GREY, "74.99", Light.RED),
        (Light.GREY, 95, Light.GREEN),
        (Light.GREEN, None, Light.GREY),
    ],
)
def test_a_light_is_left_below_where_it_is_entered(before: Light | None, score: object, expected: Light) -> None:
    found = None if score is None else number(score)

    assert lights.light(found, BANDS, before=before) == expected


def test_a_score_around_an_edge_does_not_flicker() -> None:
    light, seen = Light.AMBER, list[Light]()
    for score in ("95", "94.5", "95.2", "93.1", "94", "92.9", "94.9"):
        light = lights.light(D(score), BANDS, before=light)
        seen.append(light)

    assert seen == [Light.GREEN] * 5 + [Light.AMBER] * 2


@pytest.mark.parametrize(("age", "expected"), [(45, Light.GREEN), (46, Light.GREY)])
def test_what_is_stale_is_grey_and_never_green(age: int, expected: Light) -> None:
    assert lights.light(D(120), BANDS, age_days=age) == expected


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (80, 81, Travel.STEADY),
        (80, "81.01", Travel.UP),
        (80, 79, Travel.STEADY),
        (80, "78.99", Travel.DOWN),
        (None, 80, Travel.UNKNOWN),
        (80, None, Travel.UNKNOWN),
    ],
)
def test_up_is_better_whatever_the_measure(before: object, now: object, expected: Travel) -> None:
    earlier, later = (None if one is None else number(one) for one in (before, now))

    assert lights.travel(earlier, later) == expected


def test_a_forecast_is_the_straight_line_through_at_least_three_periods() -> None:
    line = [(1, D(70)), (2, D(75)), (4, D(85))]

    assert lights.forecast(line, 12) == 125
    assert lights.forecast([(1, D(80)), (2, D(80)), (3, D(80))], 12) == 80
    assert lights.forecast([(1, D(1)), (2, D(3)), (3, D(2))], 4) == 3
    assert lights.forecast(line[:2], 12) is None
    assert lights.forecast([(1, D(70)), (1, D(75)), (1, D(85))], 12) is None


def test_progress_is_judged_by_the_time_that_is_gone() -> None:
    def due(day: int) -> Decimal:
        return lights.expected(date(2026, 1, 1), date(2026, 1, 10), date(2026, 1, day))

    assert [due(day) for day in (1, 5, 10, 11)] == [10, 50, 100, 100]
    assert lights.expected(date(2026, 1, 2), date(2026, 1, 3), date(2025, 1, 1)) == 0
    assert [lights.pace(number(one), due(5)) for one in ("47.5", "47.49", "37.5", "37.49")] == [
        Pace.ON_TRACK,
        Pace.LAGGING,
        Pace.LAGGING,
        Pace.AT_RISK,
    ]
    assert lights.pace(None, due(5)) == Pace.UNKNOWN


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"green_leave": D(96)}, "greenLeave"),
        ({"amber_leave": D(76)}, "amberLeave"),
        ({"amber_enter": D(94)}, "amberEnter"),
    ],
)
def test_lights_that_make_no_sense_cannot_be_made(changed: dict[str, Decimal], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Lights(**changed)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_an_item_that_is_the_same_for_all_decides_nothing() -> None:
    found = effective.weights([50, 50], [numbers(100, 80), numbers(100, 90), numbers(100, 100)])

    assert found == [0, 1]


def test_equal_weights_act_by_how_much_scores_differ() -> None:
    rows = [numbers(90, 80), numbers(90, 120), numbers(110, 80), numbers(110, 120)]

    assert effective.weights([50, 50], rows) == [D("0.2"), D("0.8")]


def test_an_item_may_work_against_the_whole() -> None:
    found = effective.weights([1, 2], [numbers(30, 10), numbers(20, 20), numbers(10, 30)])

    assert found == [-1, 2]


def test_without_differences_no_weight_acts() -> None:
    assert effective.weights([1, 1], [numbers(1, 2)] * 5) is None
    assert effective.weights([1, 1], [numbers(1, 2), numbers(2, 3)]) is None
    assert effective.weights([0, 0], [numbers(1, 2), numbers(2, 3), numbers(5, 5)]) is None
