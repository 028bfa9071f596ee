"""Straight lines: from a baseline, around a target, in steps; each with values on both sides of every edge."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import kinds
from domain.scorecards.scoring.facts import Observation
from domain.scorecards.scoring.lines import (
    Asymmetric,
    Direction,
    LargerBetter,
    LossRule,
    Okr,
    SignedTarget,
    SmallerBetter,
    StepCount,
    Steps,
)
from tests.domain.scorecards.scoring.samples import TODAY, number, points

D = Decimal
THIRD = D("33.33333333333333333333")


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (0, 100, 80, 80),
        (0, 100, 100, 100),
        (0, 100, 120, 120),
        (0, 100, -10, -10),
        (50, 100, 50, 0),
        (50, 100, 75, 50),
        (50, 100, 40, -20),
        (0, 3, 1, THIRD),
        ("0.1", "0.3", "0.2", 50),
    ],
)
def test_larger_is_better_from_the_baseline_on(baseline: object, target: object, actual: object, expected: D) -> None:
    rule = LargerBetter(target=number(target), baseline=number(baseline))

    assert points(rule, actual) == expected


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "expected"),
    [
        (10, 5, 10, 0),
        (10, 5, 7.5, 50),
        (10, 5, 5, 100),
        (10, 5, 4, 120),
        (10, 5, 11, -20),
        (10, 5, 0, 200),
        (4, 0, 1, 75),
        (200, 0, 100, 50),
    ],
)
def test_smaller_is_better_from_the_baseline_down(
    baseline: object, target: object, actual: object, expected: D
) -> None:
    rule = SmallerBetter(target=number(target), baseline=number(baseline))

    assert points(rule, actual) == expected


def test_nearly_nothing_left_is_not_worth_infinitely_much() -> None:
    rule = SmallerBetter(target=D(5), baseline=D(10))

    assert points(rule, "0.00000001") == D("199.9999998")


def steps(count: StepCount, *, direction: Direction = Direction.LARGER) -> Steps:
    return Steps(
        target=D(100),
        step=D(5),
        count=count,
        bonus_points=D(2),
        penalty_points=D(3),
        direction=direction,
        lowest=D(91),
        highest=D(106),
    )


@pytest.mark.parametrize(
    ("count", "actual", "expected"),
    [
        (StepCount.WHOLE, "104.99", 100),
        (StepCount.WHOLE, 105, 102),
        (StepCount.WHOLE, "109.99", 102),
        (StepCount.WHOLE, 110, 104),
        (StepCount.WHOLE, 115, 106),
        (StepCount.WHOLE, 120, 106),
        (StepCount.WHOLE, "95.01", 100),
        (StepCount.WHOLE, 95, 97),
        (StepCount.WHOLE, "90.01", 97),
        (StepCount.WHOLE, 90, 94),
        (StepCount.WHOLE, 85, 91),
        (StepCount.WHOLE, 80, 91),
        (StepCount.PRO_RATA, "102.5", 101),
        (StepCount.PRO_RATA, "97.5", "98.5"),
        (StepCount.PRO_RATA, 100, 100),
        (StepCount.PRO_RATA, "115.01", 106),
        (StepCount.PRO_RATA, "84.99", 91),
    ],
)
def test_steps_count_whole_or_in_part_up_to_their_limits(count: StepCount, actual: object, expected: object) -> None:
    assert points(steps(count), actual) == number(expected)


def test_steps_follow_the_direction() -> None:
    rule = steps(StepCount.WHOLE, direction=Direction.SMALLER)

    assert (points(rule, 95), points(rule, 105)) == (102, 97)


@pytest.mark.parametrize(
    ("target", "direction", "actual", "expected"),
    [
        (100, Direction.LARGER, 105, 105),
        (100, Direction.LARGER, 100, 100),
        (100, Direction.LARGER, 95, 90),
        (100, Direction.SMALLER, 95, 105),
        (100, Direction.SMALLER, 105, 90),
        (-100, Direction.LARGER, -95, 105),
        (-100, Direction.LARGER, -105, 90),
    ],
)
def test_losses_cost_more_than_gains_earn(target: int, direction: Direction, actual: object, expected: int) -> None:
    rule = Asymmetric(target=D(target), gain=D(1), loss=D(2), direction=direction)

    assert points(rule, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [(-100, -80, 120), (-100, -100, 100), (-100, -120, 80), (-100, 50, 250), (100, 80, 80), (100, 120, 120)],
)
def test_a_smaller_loss_than_planned_is_better_than_planned(target: int, actual: int, expected: int) -> None:
    assert points(SignedTarget(target=D(target)), actual) == expected


def test_costs_below_zero_are_better_the_smaller_they_are() -> None:
    rule = SignedTarget(target=D(-100), direction=Direction.SMALLER)

    assert (points(rule, -120), points(rule, -80)) == (120, 80)


@pytest.mark.parametrize(
    ("actual", "expected", "ceiling"),
    [
        (-120, 80, "C"),
        (-100, 100, "C"),
        (-98, 101, "C"),
        (-94, 103, "C"),
        (-80, 103, "C"),
        ("-0.01", 103, "C"),
        (0, 103, "B"),
        (50, 103, "B"),
    ],
)
def test_less_loss_counts_half_to_three_points_under_a_ceiling(actual: object, expected: int, ceiling: str) -> None:
    rule = SignedTarget(target=D(-100), losses=LossRule())

    found = kinds.score(rule, Observation(value=number(actual)), TODAY)

    assert (found.points, found.ceiling) == (expected, ceiling)


@pytest.mark.parametrize(
    ("start", "target", "actual", "expected"),
    [(0, 10, -1, 0), (0, 10, 0, 0), (0, 10, 7, 70), (0, 10, 10, 100), (0, 10, 12, 100), (20, 10, 15, 50)],
)
def test_a_key_result_ends_at_its_target(start: int, target: int, actual: int, expected: int) -> None:
    assert points(Okr(target=D(target), start=D(start)), actual) == expected


def test_all_or_nothing_is_nothing_until_all_is_done() -> None:
    rule = Okr(target=D(10), all_or_nothing=True)

    assert [points(rule, actual) for actual in ("9.99", 10, 11)] == [0, 100, 100]


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (LargerBetter, {"target": 5, "baseline": 5}, "target"),
        (LargerBetter, {"target": 5, "baseline": 6}, "target"),
        (LargerBetter, {"target": 0, "baseline": -5}, "target"),
        (SmallerBetter, {"target": 5, "baseline": 5}, "target"),
        (SmallerBetter, {"target": 6, "baseline": 5}, "target"),
        (Asymmetric, {"target": 0, "gain": 1, "loss": 2}, "target"),
        (Asymmetric, {"target": 1, "gain": -1, "loss": 2}, "gain"),
        (Asymmetric, {"target": 1, "gain": 1, "loss": -2}, "loss"),
        (Asymmetric, {"target": 1, "gain": 0, "loss": 0}, "loss"),
        (SignedTarget, {"target": 0}, "target"),
        (Okr, {"target": 3, "start": 3}, "target"),
        (LossRule, {"gain_share": 2}, "gainShare"),
        (LossRule, {"gain_max": -1}, "gainMax"),
    ],
)
def test_a_rule_that_makes_no_sense_cannot_be_made(kind: type, values: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        kind(**{name: D(value) for name, value in values.items()})

    assert refused.value.field == field


@pytest.mark.parametrize(("target", "direction"), [(5, Direction.LARGER), (-5, Direction.SMALLER)])
def test_the_rule_for_losses_needs_a_loss_as_its_target(target: int, direction: Direction) -> None:
    with pytest.raises(InvalidInput) as refused:
        SignedTarget(target=D(target), direction=direction, losses=LossRule())

    assert refused.value.field == "losses"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"step": 0}, "step"),
        ({"bonus_points": -1}, "bonusPoints"),
        ({"penalty_points": -1}, "penaltyPoints"),
        ({"bonus_points": 0, "penalty_points": 0}, "penaltyPoints"),
        ({"lowest": 101}, "base"),
        ({"highest": 99}, "base"),
    ],
)
def test_steps_that_make_no_sense_cannot_be_made(changed: dict[str, int], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(steps(StepCount.WHOLE), **{name: D(value) for name, value in changed.items()})  # pyright: ignore[reportArgumentType] - only numbers change

    assert refused.value.field == field
