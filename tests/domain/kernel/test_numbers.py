"""Which numbers can be kept, judged without computing."""

from decimal import Decimal

import pytest

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
