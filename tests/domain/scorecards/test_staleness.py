"""A measure is late from the day on which a figure was expected, and stale when the next one is late too."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scorecards.staleness import FreshnessState, due_on, freshness

MARCH = date(2026, 3, 1)
NEVER, FRESH, LATE, STALE = FreshnessState


@pytest.mark.parametrize(
    ("today", "state", "age_days"),
    [
        (date(2026, 3, 31), FRESH, 0),
        (date(2026, 4, 1), FRESH, 0),
        (date(2026, 5, 15), FRESH, 44),
        (date(2026, 5, 16), LATE, 45),
        (date(2026, 6, 15), LATE, 75),
        (date(2026, 6, 16), STALE, 76),
        (date(2030, 1, 1), STALE, 1371),
    ],
)
def test_a_measure_ages_by_days_and_turns_by_months(today: date, state: FreshnessState, age_days: int) -> None:
    found = freshness(MARCH, lag_days=15, today=today)

    assert (found.state, found.age_days, found.due_on) == (state, age_days, date(2026, 5, 16))
    assert (found.is_late, found.is_stale) == (state in (LATE, STALE), state is STALE)


def test_what_never_had_a_figure_is_stale_and_not_late() -> None:
    found = freshness(None, lag_days=15, today=date(2026, 5, 1))

    assert (found.state, found.is_stale, found.is_late, found.due_on) == (NEVER, True, False, None)


def test_over_the_turn_of_a_year() -> None:
    assert due_on(date(2025, 12, 1), 0) == date(2026, 1, 1)
    assert freshness(date(2025, 11, 1), lag_days=0, today=date(2025, 12, 31)).state is FRESH
    assert freshness(date(2025, 11, 1), lag_days=0, today=date(2026, 1, 1)).state is LATE


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 366), st.integers(0, 2000))
def test_nothing_grows_younger(day: date, lag_days: int, later: int) -> None:
    period = day.replace(day=1)
    order = list(FreshnessState)
    before, after = (freshness(period, lag_days=lag_days, today=today) for today in (day, day + timedelta(days=later)))

    assert order.index(before.state) <= order.index(after.state)
    assert (before.age_days or 0) <= (after.age_days or 0)
