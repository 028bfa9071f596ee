"""Ranks from counts, and who may be named."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.progress import rules
from domain.progress.terms import NewSeason


def counted(points: list[int]) -> rules.Counts:
    found: dict[tuple[int, int], int] = {}
    for one in points:
        for step in ((1, one), (rules.WIDTH, one - one % rules.WIDTH)):
            found[step] = found.get(step, 0) + 1
    return found


@given(st.lists(st.integers(1, 400) | st.sampled_from([1, 99, 100, 101, 199, 200]), min_size=1, max_size=40))
def test_a_rank_from_counts_is_how_many_have_more_plus_one(points: list[int]) -> None:
    counts = counted(points)

    assert [rules.rank(one, counts) for one in points] == [1 + sum(other > one for other in points) for one in points]


@pytest.mark.parametrize(
    ("people", "last_named"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (10, 5), (11, 6), (1_000_000, 500_000)]
)
def test_those_are_named_before_whom_at_most_half_of_the_others_stand(people: int, last_named: int) -> None:
    assert rules.may_be_named(1, people)
    assert rules.may_be_named(last_named, people)
    assert not rules.may_be_named(last_named + 1, people)


@pytest.mark.parametrize(
    ("season", "field"),
    [
        (NewSeason(name=" ", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)), "name"),
        (NewSeason(name="S", name_zh="", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)), "nameZh"),
        (NewSeason(name="S", starts_on=date(26, 1, 1), ends_on=date(2026, 1, 2)), "startsOn"),
        (NewSeason(name="S", starts_on=date(2026, 1, 1), ends_on=date(9999, 1, 2)), "endsOn"),
        (NewSeason(name="S", starts_on=date(2026, 1, 2), ends_on=date(2026, 1, 1)), "endsOn"),
    ],
)
def test_a_season_needs_names_and_days_in_order(season: NewSeason, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_season(season)

    assert refused.value.field == field
