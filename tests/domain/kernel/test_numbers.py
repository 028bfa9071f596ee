"""Which numbers can be kept, judged without computing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import numbers


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-0",
        "0E+18",
        "0E-20",
        "1E+18",
        "-1E+18",
        "1000000000000000000.00",
        "1E-20",
        "999999999999999999." + "9" * 20,
    ],
)
def test_a_number_within_the_limits_can_be_kept(text: str) -> None:
    assert numbers.is_storable(Decimal(text))


@pytest.mark.parametrize(
    "text",
    [
        *("NaN", "sNaN", "Infinity", "-Infinity"),
        *("1E+19", "-1E+19", "1E+1000000", "-1E+999999999", "0E+1000000", "0E+19"),
        *("1000000000000000000.00000000000000000001", "-1000000000000000001"),
        *("1E-21", "1E-1000000", "0E-21", "0E-1000000", "1." + "0" * 21),
    ],
)
def test_a_number_beyond_them_is_refused_whatever_its_exponent(text: str) -> None:
    assert not numbers.is_storable(Decimal(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12.50", "12.5"),
        ("1E+3", "1000"),
        ("100", "100"),
        ("0.00", "0"),
        ("-0", "0"),
        ("-1.10", "-1.1"),
        ("1E-3", "0.001"),
    ],
)
def test_a_number_is_written_plain(value: str, text: str) -> None:
    assert numbers.plain(Decimal(value)) == text


@given(st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False))
def test_a_plain_number_is_the_same_number(value: Decimal) -> None:
    text = numbers.plain(value)

    assert Decimal(text) == value
    assert "E" not in text
