"""Levels grow quadratically up to the twelfth; badges tell what they are for, and follow from facts alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.progress import badges, levels
from domain.progress.awarding import DEFAULTS
from domain.progress.badges import BADGES

DAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("points", "number", "begins", "following", "missing"),
    [
        (0, 1, 0, 25, 25),
        (24, 1, 0, 25, 1),
        (25, 2, 25, 100, 75),
        (99, 2, 25, 100, 1),
        (100, 3, 100, 225, 125),
        (3024, 11, 2500, 3025, 1),
        (3025, 12, 3025, None, None),
        (10**9, 12, 3025, None, None),
    ],
)
def test_a_level_says_where_it_begins_and_what_the_next_one_needs(
    points: int, number: int, begins: int, following: int | None, missing: int | None
) -> None:
    found = levels.level(points)

    assert (found.number, found.begins_at, found.next_at, found.missing) == (number, begins, following, missing)


@given(st.integers(0, 10**6))
def test_more_points_are_never_a_lower_level(points: int) -> None:
    found = levels.level(points)

    assert 1 <= found.number <= levels.LEVELS
    assert found.begins_at <= points
    assert levels.level(points + 1).number >= found.number


def test_badges_are_told_apart_and_say_what_they_need_in_both_languages() -> None:
    assert len({badge.code for badge in BADGES}) == len(BADGES)
    for badge in BADGES:
        assert badge.criterion.endswith(".")
        assert badge.criterion_zh.endswith("。")
        assert badge.name
        assert badge.name_zh
        assert badge.needed >= 1
    assert {badge.reason for badge in BADGES} - {None} <= {rule.code for rule in DEFAULTS}


def test_a_badge_is_earned_on_the_day_of_the_fact_that_it_needed() -> None:
    days = [DAY + timedelta(days=at) for at in range(25)]

    found = {
        one.badge.code: one for one in badges.held({"CHECKED_IN": days[::-1]}, {1: DAY, 2: DAY, 3: DAY, 4: days[7]})
    }

    assert (found["FIRST_CHECK_IN"].have, found["FIRST_CHECK_IN"].earned_on) == (1, DAY)
    assert (found["TWENTY_CHECK_INS"].have, found["TWENTY_CHECK_INS"].earned_on) == (20, days[19])
    assert (found["STEADY_4"].have, found["STEADY_4"].earned_on) == (4, days[7])
    assert (found["STEADY_12"].have, found["STEADY_12"].earned_on) == (4, None)
    assert (found["FIRST_PROMISE_KEPT"].have, found["FIRST_PROMISE_KEPT"].earned_on) == (0, None)
