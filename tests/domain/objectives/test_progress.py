"""Progress is exact, may be negative, may exceed 100, and knows missing from zero."""

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.objectives import progress
from domain.objectives.terms import KeyResultKind

NUMBERS = st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False, places=4)
SMALL = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
MEASURED = st.lists(st.tuples(st.integers(1, 100), st.none() | SMALL), max_size=10)
NEARLY = Decimal("1E-20")
"""How far a stored progress may lie from the true one: a quotient may have no end."""


def reached(current: object, *, start: object, target: object, kind: str = "INCREASE") -> Decimal | None:
    return progress.of_key_result(
        kind,
        None if current is None else Decimal(str(current)),
        start=Decimal(str(start)),
        target=Decimal(str(target)),
        low=None,
        high=None,
    )


def within(current: object, *, low: object, high: object) -> Decimal | None:
    value = None if current is None else Decimal(str(current))
    limits = {"low": Decimal(str(low)), "high": Decimal(str(high))}
    return progress.of_key_result(KeyResultKind.RANGE, value, start=None, target=None, **limits)


@pytest.mark.parametrize(
    ("kind", "start", "target", "current", "percent"),
    [
        ("INCREASE", 70, 80, 70, 0),
        ("INCREASE", 70, 80, 75, 50),
        ("INCREASE", 70, 80, 80, 100),
        ("INCREASE", 70, 80, 85, 150),
        ("INCREASE", 70, 80, 65, -50),
        ("INCREASE", -10, 10, 0, 50),
        ("DECREASE", 40, 20, 40, 0),
        ("DECREASE", 40, 20, 30, 50),
        ("DECREASE", 40, 20, 10, 150),
        ("DECREASE", 40, 20, 44, -20),
        ("MILESTONE", 0, 1, 0, 0),
        ("MILESTONE", 0, 1, 1, 100),
        ("MILESTONE", 0, 4, 3, 75),
        ("INCREASE", "0.1", "0.3", "0.2", 50),
    ],
)
def test_the_way_from_start_to_target_in_percent(
    kind: str, start: object, target: object, current: object, percent: int
) -> None:
    assert reached(current, start=start, target=target, kind=kind) == Decimal(percent)


@pytest.mark.parametrize(
    ("current", "percent"), [(None, None), ("1.9", 0), (2, 100), ("2.5", 100), (3, 100), ("3.1", 0), (0, 0)]
)
def test_a_range_is_reached_or_not(current: object, percent: int | None) -> None:
    assert within(current, low=2, high=3) == (None if percent is None else Decimal(percent))


def test_no_value_yet_is_no_progress_at_all() -> None:
    assert reached(None, start=0, target=100) is None
    assert reached(0, start=0, target=100) == Decimal(0)


@pytest.mark.parametrize("kind", ["INCREASE", "DECREASE", "MILESTONE"])
def test_a_promise_begins_at_its_start(kind: str) -> None:
    assert progress.first_value(kind, Decimal(7)) == Decimal(7)


def test_a_range_begins_unknown() -> None:
    assert progress.first_value("RANGE", None) is None


@given(NUMBERS, NUMBERS, NUMBERS)
def test_progress_is_the_exact_quotient(start: Decimal, target: Decimal, current: Decimal) -> None:
    assume(start != target)

    found = reached(current, start=start, target=target)

    assert found is not None
    true = 100 * (Fraction(current) - Fraction(start)) / (Fraction(target) - Fraction(start))
    assert abs(Fraction(found) - true) <= Fraction(NEARLY)


@given(NUMBERS, NUMBERS)
def test_the_start_is_0_and_the_target_is_100(start: Decimal, target: Decimal) -> None:
    assume(start != target)

    assert reached(start, start=start, target=target) == Decimal(0)
    assert reached(target, start=start, target=target) == Decimal(100)


@given(SMALL, SMALL, SMALL, SMALL)
def test_nearer_to_the_target_is_never_less(start: Decimal, target: Decimal, one: Decimal, other: Decimal) -> None:
    assume(start != target)
    nearer, farther = (max(one, other), min(one, other)) if target > start else (min(one, other), max(one, other))

    further = reached(nearer, start=start, target=target)
    lesser = reached(farther, start=start, target=target)

    assert further is not None
    assert lesser is not None
    assert further >= lesser


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_surroundings_of_the_caller_change_no_digit(start: Decimal, target: Decimal, current: Decimal) -> None:
    assume(start != target)
    usual = reached(current, start=start, target=target)

    with localcontext(prec=5):
        narrow = reached(current, start=start, target=target)

    assert narrow == usual


@given(MEASURED)
def test_an_objective_is_the_weighted_mean_of_what_is_known(measured: list[tuple[int, Decimal | None]]) -> None:
    found = progress.of_objective(measured)

    known = [(weight, Fraction(value)) for weight, value in measured if value is not None]
    if not known:
        assert found is None
    else:
        assert found is not None
        true = sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)
        assert abs(Fraction(found) - true) <= Fraction(NEARLY)


def test_a_key_result_without_data_is_left_out_and_not_counted_as_zero() -> None:
    assert progress.of_objective([(60, Decimal(50)), (40, None)]) == Decimal(50)
    assert progress.of_objective([(60, Decimal(50)), (40, Decimal(0))]) == Decimal(30)
    assert progress.of_objective([(60, None), (40, None)]) is None
    assert progress.of_objective([]) is None


def test_weights_of_what_is_known_are_renormalised() -> None:
    assert progress.of_objective([(50, Decimal(100)), (25, Decimal(40)), (25, None)]) == Decimal(80)


def test_three_equal_thirds_at_100_make_100() -> None:
    assert progress.of_objective([(33, Decimal(100)), (33, Decimal(100)), (34, Decimal(100))]) == Decimal(100)


def test_a_bad_key_result_pulls_the_objective_below_zero() -> None:
    assert progress.of_objective([(50, Decimal(-150)), (50, Decimal(50))]) == Decimal(-50)
