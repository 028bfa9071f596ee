"""Average overlap of two lists of priorities."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from domain.transmission import rank_agreement

LISTS = st.lists(st.sampled_from("ABCDEFG"), unique=True, max_size=7)


def test_what_stands_first_counts_most() -> None:
    asked = "ABCD"

    last_two = rank_agreement.average_overlap(asked, "ABDC")
    first_two = rank_agreement.average_overlap(asked, "BACD")

    assert last_two == (1 + 1 + Fraction(2, 3) + 1) / 4
    assert first_two == Fraction(3, 4)


def test_lists_that_share_nothing_do_not_agree_and_no_lists_have_no_agreement() -> None:
    assert rank_agreement.average_overlap("AB", "CD") == 0
    assert rank_agreement.average_overlap("AB", "") == 0
    assert rank_agreement.average_overlap("", "") is None


@given(LISTS, LISTS)
def test_it_is_the_same_both_ways_and_one_for_the_same_list_alone(left: list[str], right: list[str]) -> None:
    found = rank_agreement.average_overlap(left, right)

    assert found == rank_agreement.average_overlap(right, left)
    if found is not None:
        assert 0 <= found <= 1
        assert (found == 1) == (left == right)


def test_of_the_equally_heavy_the_first_stands_first_and_what_weighs_nothing_nowhere() -> None:
    weights = {"A": Fraction(1), "B": Fraction(2), "C": Fraction(1), "D": Fraction(0)}

    assert rank_agreement.by_weight(weights) == ["B", "A", "C"]
