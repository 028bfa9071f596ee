"""Shares of a joint result add up to exactly 100, and Shapley's value is what it must be."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.objectives.targets import contributions

AMOUNTS = st.decimals(0, 10**6, allow_nan=False, allow_infinity=False, places=2)


@st.composite
def games(draw: st.DrawFn, players_max: int = 5) -> tuple[int, dict[int, Decimal]]:
    players = draw(st.integers(1, players_max))
    groups = st.dictionaries(st.integers(1, (1 << players) - 1), AMOUNTS, max_size=12)
    return players, draw(groups)


def numbers(*values: object) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def worth_of(worth: Mapping[int, Decimal], group: int) -> Fraction:
    """The slow way: itself, or its best part."""
    if not group:
        return Fraction(0)
    if group in worth:
        return Fraction(worth[group])
    bits = [1 << at for at in range(group.bit_length()) if group >> at & 1]
    return max(worth_of(worth, group ^ bit) for bit in bits)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        (numbers(50, 49.99), "add up to 99.99 %"),
        (numbers(50, 50.01), "add up to 100.01 %"),
        (numbers(100, 0), "above 0"),
        (numbers(120, -20), "above 0"),
        (numbers("33.333", "66.667"), "hundredths"),
        ([], "add up to 0 %"),
    ],
)
def test_agreed_shares_that_do_not_add_up_are_refused(shares: list[Decimal], words: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        contributions.check_agreed(shares)

    assert words in refused.value.message


def test_agreed_shares_that_add_up_are_taken() -> None:
    contributions.check_agreed(numbers("33.33", "33.33", "33.34"))


def test_shares_by_a_driver_go_to_the_largest_remainders() -> None:
    assert contributions.by_driver(numbers(1, 1, 1)) == numbers("33.34", "33.33", "33.33")
    assert contributions.by_driver(numbers(2, 0, 1)) == numbers("66.67", "0", "33.33")


@pytest.mark.parametrize("values", [numbers(1, -1), numbers(0, 0), []])
def test_a_driver_is_not_negative_and_somebody_has_some(values: list[Decimal]) -> None:
    with pytest.raises(InvalidInput):
        contributions.by_driver(values)


def test_shapley_by_hand() -> None:
    """The glove game: two have a left glove, one the right one."""
    worth = {0b101: Decimal(1), 0b110: Decimal(1), 0b111: Decimal(1)}

    assert contributions.shapley(3, worth) == [Fraction(1, 6), Fraction(1, 6), Fraction(2, 3)]
    assert contributions.by_shapley(3, worth) == numbers("16.67", "16.67", "66.66")


def test_a_group_that_nobody_estimated_is_worth_its_best_part() -> None:
    assert contributions.shapley(2, {0b01: Decimal(3), 0b10: Decimal(5)}) == [Fraction(3, 2), Fraction(7, 2)]


def test_who_takes_away_more_than_they_add_has_a_negative_share() -> None:
    shares = contributions.by_shapley(2, {0b01: Decimal(10), 0b11: Decimal(5)})

    assert shares == numbers(150, -50)


def test_twelve_are_computed_and_thirteen_refused() -> None:
    everybody = {(1 << 12) - 1: Decimal(12)}

    assert contributions.shapley(12, everybody) == [Fraction(1)] * 12
    with pytest.raises(InvalidInput) as refused:
        contributions.shapley(13, {})
    assert "not for 13" in refused.value.message
    with pytest.raises(InvalidInput):
        contributions.shapley(0, {})


def test_nothing_cannot_be_shared() -> None:
    with pytest.raises(InvalidInput):
        contributions.by_shapley(2, {})


@given(st.lists(AMOUNTS, min_size=1, max_size=50).filter(any))
def test_shares_add_up_to_a_hundred_and_follow_the_driver(values: list[Decimal]) -> None:
    shares = contributions.by_driver(values)
    total = sum(map(Fraction, values))

    assert sum(shares) == 100
    for value, share in zip(values, shares, strict=True):
        assert abs(Fraction(share) - 100 * Fraction(value) / total) < Fraction(1, 100)


@settings(deadline=None)
@given(games(4))
def test_shapley_is_the_mean_over_all_orders(game: tuple[int, dict[int, Decimal]]) -> None:
    players, worth = game
    added = [Fraction(0)] * players
    orders = list(permutations(range(players)))
    for order in orders:
        group = 0
        for player in order:
            added[player] += worth_of(worth, group | 1 << player) - worth_of(worth, group)
            group |= 1 << player

    assert contributions.shapley(players, worth) == [one / len(orders) for one in added]


@settings(deadline=None)
@given(games())
def test_all_that_is_there_is_shared(game: tuple[int, dict[int, Decimal]]) -> None:
    players, worth = game

    assert sum(contributions.shapley(players, worth)) == worth_of(worth, (1 << players) - 1)


@settings(deadline=None)
@given(games(4))
def test_who_adds_nothing_gets_nothing(game: tuple[int, dict[int, Decimal]]) -> None:
    players, worth = game
    alone = {group: worth_of(worth, group) for group in range(1, 1 << players)}
    known = {group: Decimal(value.numerator) / value.denominator for group, value in alone.items()}
    newcomer = 1 << players

    found = contributions.shapley(players + 1, known | {group | newcomer: value for group, value in known.items()})

    assert found[players] == 0


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_who_adds_the_same_gets_the_same(alone: Decimal, third: Decimal, together: Decimal) -> None:
    worth = {0b001: alone, 0b010: alone, 0b100: third, 0b101: together, 0b110: together}

    found = contributions.shapley(3, worth)

    assert found[0] == found[1]
