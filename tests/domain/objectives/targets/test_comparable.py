"""The past on today's terms, and the bonus and the credit that hang on it."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.objectives.targets import ambition, comparable
from domain.objectives.targets.terms import Adjustment, AdjustmentKind
from domain.objectives.terms import KeyResultKind

UP, DOWN = KeyResultKind.INCREASE, KeyResultKind.DECREASE
NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
SCORES = st.decimals(0, 150, allow_nan=False, allow_infinity=False, places=2)


def adjusted(kind: AdjustmentKind, amount: object = None, factor: object = None) -> Adjustment:
    return Adjustment(
        kind=kind,
        amount=None if amount is None else Decimal(str(amount)),
        factor=None if factor is None else Decimal(str(factor)),
    )


SALE = adjusted(AdjustmentKind.ONE_OFF, amount=-20)
BOUGHT = adjusted(AdjustmentKind.SCOPE, amount=30)
YUAN = adjusted(AdjustmentKind.CURRENCY, factor="1.1")


def test_what_happened_once_is_in_the_actual_alone() -> None:
    assert comparable.actual(Decimal(120), [SALE]) == 100
    assert comparable.target(Decimal(120), [SALE]) == 120


def test_what_is_added_comes_before_what_is_multiplied() -> None:
    assert comparable.actual(Decimal(120), [YUAN, SALE, BOUGHT]) == 143
    assert comparable.target(Decimal(100), [YUAN, SALE, BOUGHT]) == 143


def test_a_leap_year_is_a_day_longer() -> None:
    assert comparable.calendar_factor(366, 366) == 1
    assert comparable.calendar_factor(365, 366) == Decimal("1.00273972602739726027")


@pytest.mark.parametrize(
    "wrong",
    [
        adjusted(AdjustmentKind.SCOPE),
        adjusted(AdjustmentKind.SCOPE, amount=1, factor=1),
        adjusted(AdjustmentKind.ONE_OFF, factor=2),
        adjusted(AdjustmentKind.CURRENCY, amount=2),
        adjusted(AdjustmentKind.CALENDAR, amount=2),
        adjusted(AdjustmentKind.CURRENCY, factor=0),
        adjusted(AdjustmentKind.CURRENCY, factor=-1),
        adjusted(AdjustmentKind.CURRENCY, factor="0.0099"),
        adjusted(AdjustmentKind.CURRENCY, factor="100.01"),
    ],
)
def test_an_adjustment_says_one_thing(wrong: Adjustment) -> None:
    with pytest.raises(InvalidInput):
        comparable.check(wrong, "adjustments.0")


@pytest.mark.parametrize("right", [SALE, BOUGHT, YUAN, adjusted(AdjustmentKind.SCOPE, factor=100)])
def test_a_good_adjustment_is_taken(right: Adjustment) -> None:
    comparable.check(right, "adjustments.0")


@pytest.mark.parametrize(
    ("kind", "actuals", "expected"),
    [
        (UP, (130, 100, 100), 110),
        (UP, (90, 120, 120), 90),
        (DOWN, (10, 20, 30), 20),
        (DOWN, (30, 20, 10), 30),
        (UP, (130, 100), 115),
        (UP, (130,), 130),
        (UP, (120, 120, 90, 0), 110),
    ],
)
def test_the_baseline_is_the_less_ambitious(kind: KeyResultKind, actuals: tuple[int, ...], expected: int) -> None:
    assert comparable.baseline([Decimal(value) for value in actuals], kind) == expected


def test_without_an_actual_there_is_no_baseline() -> None:
    assert comparable.baseline([], UP) is None


@given(st.lists(NUMBERS, min_size=1, max_size=5), NUMBERS)
def test_a_good_year_never_raises_the_baseline_above_the_mean(actuals: list[Decimal], more: Decimal) -> None:
    found = comparable.baseline([actuals[0] + abs(more), *actuals[1:]], UP)

    assert found is not None
    assert found <= actuals[0] + abs(more)


@pytest.mark.parametrize(
    ("kind", "target", "expected"),
    [
        (UP, "100", 6),
        (UP, "120", 6),
        (UP, "99.99", 5),
        (UP, "80", 5),
        (UP, "79.99", 4),
        (UP, "50.01", 4),
        (UP, "50", 3),
        (UP, "0", 3),
        (DOWN, "100", 6),
        (DOWN, "120", 5),
        (DOWN, "120.01", 4),
        (DOWN, "150", 3),
    ],
)
def test_ambition_buys_upside(kind: KeyResultKind, target: str, expected: int) -> None:
    assert ambition.bonus_cap(kind, Decimal(target), Decimal(100)) == expected


@pytest.mark.parametrize(("target", "expected"), [("0", 6), ("-0.01", 3)])
def test_below_a_baseline_of_nothing_all_is_half_and_more(target: str, expected: int) -> None:
    assert ambition.bonus_cap(UP, Decimal(target), Decimal(0)) == expected


@pytest.mark.parametrize(
    ("prior", "now", "expected"),
    [
        ("50", "50", "0"),
        ("50", "52.5", "5"),
        ("50", "55", "10"),
        ("50", "90", "10"),
        ("50", "40", "0"),
        # Below 30 the prior counts as 30: 3 more are ten percent, not thirty.
        ("10", "11.5", "5"),
        ("10", "13", "10"),
        ("29.99", "31.49", "5"),
    ],
)
def test_an_improvement_in_points_of_ten(prior: str, now: str, expected: str) -> None:
    assert ambition.improvement(Decimal(prior), Decimal(now)) == Decimal(expected)


def test_who_was_weak_and_improves_gets_more_than_the_score() -> None:
    assert ambition.credit(Decimal(20), Decimal(30)) == 10
    assert ambition.credit(None, Decimal(30)) == 3
    assert ambition.credit(Decimal(90), Decimal(90)) == 9


@given(SCORES, SCORES)
def test_the_credit_lies_between_nothing_and_ten_and_never_below_the_score(prior: Decimal, now: Decimal) -> None:
    found = ambition.credit(prior, now)

    assert 0 <= found <= 10
    assert found >= min(Decimal(10), now / 10)
