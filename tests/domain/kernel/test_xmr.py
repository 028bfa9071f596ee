"""Natural limits: by hand, and what must hold of every series."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import xmr
from domain.kernel.xmr import Signal

VALUES = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=3)
SERIES = st.lists(VALUES, min_size=xmr.VALUES_MIN, max_size=40)
NEARLY = Fraction(1, 10**20)


def series(*values: object) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def test_limits_by_hand() -> None:
    found = xmr.limits(series(10, 12, 10, 12, 10, 12, 10, 12))

    assert found is not None
    assert (found.mean, found.count) == (11, 8)
    assert round(found.low, 4) == Decimal("5.6809")
    assert round(found.high, 4) == Decimal("16.3191")


def test_seven_values_tell_too_little() -> None:
    assert xmr.limits(series(1, 2, 3, 4, 5, 6, 7)) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4.99", Signal.BELOW),
        ("5", Signal.INSIDE),
        ("15", Signal.INSIDE),
        ("15.01", Signal.ABOVE),
    ],
)
def test_a_value_on_a_limit_says_nothing_new(value: str, expected: Signal) -> None:
    within = xmr.Limits(mean=Decimal(10), low=Decimal(5), high=Decimal(15), count=8)

    assert xmr.signal(Decimal(value), within) is expected


def test_what_never_moves_has_no_room_for_noise() -> None:
    found = xmr.limits(series(*[7] * 8))

    assert found == xmr.Limits(mean=Decimal(7), low=Decimal(7), high=Decimal(7), count=8)


@given(SERIES)
def test_the_limits_are_the_formula_in_fractions(values: list[Decimal]) -> None:
    found = xmr.limits(values)
    assert found is not None
    exact = [Fraction(value) for value in values]
    mean = sum(exact) / len(exact)
    ranges = [abs(later - earlier) for earlier, later in pairwise(exact)]
    reach = 3 * sum(ranges) / len(ranges) / Fraction("1.128")

    assert abs(Fraction(found.mean) - mean) <= NEARLY
    assert abs(Fraction(found.low) - (mean - reach)) <= NEARLY
    assert abs(Fraction(found.high) - (mean + reach)) <= NEARLY


@given(SERIES, VALUES)
def test_a_shift_moves_all_limits_alike(values: list[Decimal], shift: Decimal) -> None:
    found, moved = xmr.limits(values), xmr.limits([value + shift for value in values])

    assert found is not None
    assert moved is not None
    assert abs(moved.mean - found.mean - shift) <= 2 * Decimal("1E-20")
    assert abs((moved.high - moved.low) - (found.high - found.low)) <= 4 * Decimal("1E-20")
