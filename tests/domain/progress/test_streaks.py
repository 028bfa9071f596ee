"""Weekly streaks go on through leave, holidays and freezes, in every zone and on every clock change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.progress import streaks
from domain.progress.streaks import FREEZES_MAX, Calendar, Span, Streak, WeekState

FIRST = date(2026, 1, 5)
"""A Monday."""
WEEK = timedelta(days=7)
ALWAYS = Calendar()


def monday(number: int) -> date:
    return FIRST + number * WEEK


def streak(weeks: str, calendar: Calendar = ALWAYS) -> Streak:
    """`x` for a week in which something counted, `.` for one without; today is the Sunday of the last one."""
    active = {monday(at) for at, one in enumerate(weeks) if one == "x"}
    return streaks.streak(active, calendar, today=monday(len(weeks) - 1) + timedelta(days=6))


@pytest.mark.parametrize(
    ("weeks", "counted", "best", "freezes"),
    [
        ("x", 1, 1, 1),
        (".", 0, 0, 1),
        ("xx.", 2, 2, 1),
        ("xx.x", 3, 3, 0),
        ("xx..x", 1, 2, 0),
        ("xxxx", 4, 4, 2),
        ("xxxx..x", 5, 5, 0),
        ("xxxx...x", 1, 4, 0),
        ("xxxxxxxxxxxx", 12, 12, 2),
        ("xx..xxxx.x", 5, 5, 0),
    ],
)
def test_weeks_count_in_a_row_and_a_freeze_bridges_a_week(weeks: str, counted: int, best: int, freezes: int) -> None:
    found = streak(weeks)

    assert (found.weeks, found.best, found.freezes) == (counted, best, freezes)


def test_a_missed_week_with_a_freeze_goes_on_with_the_next_one() -> None:
    found = streak("xx.x")

    assert found.weeks == 3
    assert [one.state for one in found.shown] == [
        WeekState.COUNTED,
        WeekState.COUNTED,
        WeekState.FROZEN,
        WeekState.COUNTED,
    ]


def test_the_week_that_runs_is_open_and_costs_no_freeze() -> None:
    found = streak("xx.")

    assert (found.weeks, found.freezes, found.shown[-1].state) == (2, 1, WeekState.OPEN)


def test_leave_and_holidays_bridge_without_a_freeze() -> None:
    leave = Calendar(time_off=[Span(monday(1), monday(3) - timedelta(days=3))])
    holidays = Calendar(exceptions={monday(1) + timedelta(days=at): False for at in range(3)})

    assert (streak("x..x", leave).weeks, streak("x..x", leave).freezes) == (2, 1)
    assert (streak("x.x", holidays).weeks, streak("x.x", holidays).freezes) == (2, 1)


def test_a_week_bridges_from_half_of_its_working_days_on() -> None:
    for days, off in ((2, False), (3, True)):
        calendar = Calendar(time_off=[Span(FIRST, FIRST + timedelta(days=days - 1))])
        assert calendar.is_off(FIRST) is off


def test_a_weekend_on_which_all_work_makes_the_week_longer() -> None:
    worked = Calendar(
        exceptions={FIRST + timedelta(days=5): True, FIRST + timedelta(days=6): True},
        time_off=[Span(FIRST, FIRST + timedelta(days=2))],
    )

    assert not worked.is_off(FIRST)


def test_between_seasons_nothing_is_asked() -> None:
    calendar = Calendar(seasons=[Span(FIRST, monday(1)), Span(monday(4), monday(6))])

    assert (streak("xx..x", calendar).weeks, streak("xx..x", calendar).freezes) == (3, 1)


def test_no_word_of_a_streak_shames() -> None:
    words = " ".join(one.value for one in WeekState).lower()

    assert not any(word in words for word in ("lost", "miss", "fail", "broken", "late", "idle"))


@given(st.text("x.", min_size=1, max_size=60))
def test_whatever_happens_freezes_stay_in_their_bounds_and_more_weeks_never_hurt(weeks: str) -> None:
    found = streak(weeks)

    assert 0 <= found.freezes <= FREEZES_MAX
    assert 0 <= found.weeks <= found.best <= weeks.count("x")
    assert set(found.reached) == set(range(1, found.best + 1))
    assert (found.next_freeze_in is None) == (found.freezes == FREEZES_MAX)
    assert streak(weeks.replace(".", "x")).weeks == len(weeks)


ZONES = sorted(available_timezones())


def test_in_every_zone_a_week_is_its_own_from_its_first_to_its_last_second() -> None:
    assert len(ZONES) > 400
    second = timedelta(seconds=1)
    for name in ZONES:
        zone = ZoneInfo(name)
        for week in range(53):
            begins = datetime.combine(monday(week), datetime.min.time(), tzinfo=zone).astimezone(UTC)
            local = begins.astimezone(zone).date()
            assert streaks.mondays([begins], name) == {streaks.week_of(local)}
            before = streaks.mondays([begins - second], name)
            assert before <= {monday(week), monday(week - 1)}


@pytest.mark.parametrize(
    ("zone", "changes"),
    [
        ("Europe/Berlin", (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC))),
        ("America/New_York", (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC))),
        ("Australia/Lord_Howe", (datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC))),
        ("Africa/Casablanca", (datetime(2026, 2, 15, 2, tzinfo=UTC), datetime(2026, 3, 22, 2, tzinfo=UTC))),
    ],
)
def test_a_change_of_the_clock_neither_adds_nor_takes_a_week(zone: str, changes: tuple[datetime, datetime]) -> None:
    for change in changes:
        sunday = change.astimezone(ZoneInfo(zone)).date()
        assert sunday.weekday() == 6
        for step in (-1, 0, 1):
            at = change + timedelta(seconds=step)
            assert streaks.mondays([at], zone) == {sunday - timedelta(days=6)}
        midnight = datetime.combine(sunday + timedelta(days=1), datetime.min.time(), tzinfo=ZoneInfo(zone))
        edge = midnight.astimezone(UTC)
        assert streaks.mondays([edge], zone) == {sunday + timedelta(days=1)}
        assert streaks.mondays([edge - timedelta(seconds=1)], zone) == {sunday - timedelta(days=6)}
