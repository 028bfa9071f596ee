"""Weekly streaks: weeks in which somebody did something that counts, one after the other.

A week is one of the person's own zone and work calendar. Weeks off bridge; so does a freeze, which is used by itself.
When neither is there, the count begins anew: nothing is taken away, and the best one stays.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

FREEZES_FIRST = 1
FREEZES_MAX = 2
FREEZE_EVERY = 4
"""So many weeks that count earn a freeze."""
SHOWN_MAX = 12
WEEKS_MAX = 530
"""Ten years: older weeks are left out."""
DAY, WEEK = timedelta(days=1), timedelta(days=7)


class WeekState(StrEnum):
    """What a week was for a streak."""

    COUNTED = "COUNTED"
    OFF = "OFF"
    FROZEN = "FROZEN"
    PAUSED = "PAUSED"
    OPEN = "OPEN"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When a person works: Monday to Friday, but for what the group and the person say."""

    exceptions: Mapping[date, bool] = field(default_factory=dict[date, bool])
    """Days of the group on which everybody works, or nobody does."""
    time_off: Collection[Span] = ()
    seasons: Collection[Span] | None = None
    """Outside of them nothing counts, so that nothing is asked; None for always."""

    def works(self, day: date) -> bool:
        """Whether the group works."""
        return self.exceptions.get(day, day.weekday() < 5)

    def is_off(self, monday: date) -> bool:
        """Whether a week bridges: at least half of its working days are free, or no season runs."""
        days = [monday + at * DAY for at in range(7)]
        if self.seasons is not None and not any(span.holds(day) for span in self.seasons for day in days):
            return True
        usual = [day for day in days if day.weekday() < 5 or self.works(day)]
        working = [day for day in usual if self.works(day) and not any(span.holds(day) for span in self.time_off)]
        return 2 * len(working) <= len(usual)


@dataclass(frozen=True, slots=True)
class Week:
    """A week by its Monday."""

    monday: date
    state: WeekState


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """How many weeks count in a row, until this one."""

    weeks: int
    best: int
    freezes: int
    next_freeze_in: int | None
    """After how many more weeks that count; None while as many are kept as can be."""
    shown: Sequence[Week]
    """The last weeks, oldest first; the last one is this week."""
    reached: Mapping[int, date]
    """By a number of weeks the Monday of the week in which a streak was first as long."""


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - day.weekday() * DAY


def mondays(instants: Iterable[datetime], zone: str) -> set[date]:
    """The weeks of instants, in the zone of a person."""
    where = ZoneInfo(zone)
    return {week_of(at.astimezone(where).date()) for at in instants}


def streak(active: Collection[date], calendar: Calendar, *, today: date) -> Streak:
    """The streak of who did something in the weeks of these Mondays."""
    this_week = week_of(today)
    counted = {monday for monday in active if this_week - WEEKS_MAX * WEEK <= monday <= this_week}
    run = _Run()
    monday = min(counted, default=this_week)
    while monday <= this_week:
        run.add(monday, counts=monday in counted, is_open=monday == this_week, is_off=calendar.is_off(monday))
        monday += WEEK
    return Streak(
        weeks=run.weeks,
        best=max(run.reached, default=0),
        freezes=run.freezes,
        next_freeze_in=None if run.freezes == FREEZES_MAX else FREEZE_EVERY - run.towards,
        shown=run.told[-SHOWN_MAX:],
        reached=run.reached,
    )


@dataclass(slots=True)
class _Run:
    weeks: int = 0
    freezes: int = FREEZES_FIRST
    towards: int = 0
    told: list[Week] = field(default_factory=list[Week])
    reached: dict[int, date] = field(default_factory=dict[int, date])

    def add(self, monday: date, *, counts: bool, is_open: bool, is_off: bool) -> None:
        if counts:
            self._count(monday)
            state = WeekState.COUNTED
        elif is_off:
            state = WeekState.OFF
        elif is_open:
            state = WeekState.OPEN
        elif self.freezes and self.weeks:
            self.freezes -= 1
            state = WeekState.FROZEN
        else:
            self.weeks = 0
            state = WeekState.PAUSED
        self.told.append(Week(monday, state))

    def _count(self, monday: date) -> None:
        self.weeks += 1
        self.reached.setdefault(self.weeks, monday)
        if self.freezes < FREEZES_MAX:
            self.towards += 1
            if self.towards == FREEZE_EVERY:
                self.freezes, self.towards = self.freezes + 1, 0
