"""Weights as percent read 100."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import percents

WEIGHTS = st.lists(st.integers(0, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("weights", "decimals", "shown"),
    [
        ([], 0, []),
        ([0, 0], 0, ["0", "0"]),
        ([1], 0, ["100"]),
        ([1, 1, 1], 0, ["34", "33", "33"]),
        ([1, 1, 1], 2, ["33.34", "33.33", "33.33"]),
        ([3, 2], 0, ["60", "40"]),
        ([1, 1, 1, 1, 1, 1, 1, 1], 0, ["13", "13", "13", "13", "12", "12", "12", "12"]),
        ([0, 5, 5], 0, ["0", "50", "50"]),
        ([1, 999], 1, ["0.1", "99.9"]),
    ],
)
def test_what_is_left_goes_to_the_largest_remainders(weights: list[int], decimals: int, shown: list[str]) -> None:
    assert percents.of(weights, decimals=decimals) == [Decimal(one) for one in shown]


@given(WEIGHTS, st.integers(0, 4))
def test_they_always_read_100_and_are_off_by_less_than_one_step(weights: list[int], decimals: int) -> None:
    found = percents.of(weights, decimals=decimals)

    assert sum(found) == (100 if any(weights) else 0)
    for weight, percent in zip(weights, found, strict=True):
        assert abs(percent * sum(weights) - 100 * weight) < sum(weights) * Decimal(1).scaleb(-decimals) or not weight


@given(WEIGHTS, st.integers(1, 50))
def test_only_the_proportions_matter(weights: list[int], factor: int) -> None:
    assert percents.of([weight * factor for weight in weights]) == percents.of(weights)
