"""How old the newest figure of a measure is, beside when it was expected.

The figure of a month is expected some days after the month: from that day on it is late. When the next one is late too,
the measure is stale: it says nothing of today any more, and its light is grey.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.scorecards import rules


class FreshnessState(StrEnum):
    """Whether the newest figure still says something of today."""

    NEVER = "NEVER"
    FRESH = "FRESH"
    LATE = "LATE"
    STALE = "STALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freshness:
    """`age_days` counts from the end of the newest month with a figure; from `due_on` on, the next one is late."""

    state: FreshnessState
    newest: date | None
    age_days: int | None
    due_on: date | None

    @property
    def is_late(self) -> bool:
        """Whether a figure is missing that was expected."""
        return self.state in (FreshnessState.LATE, FreshnessState.STALE)

    @property
    def is_stale(self) -> bool:
        """Whether a light made of it is grey."""
        return self.state in (FreshnessState.STALE, FreshnessState.NEVER)


def freshness(newest: date | None, *, lag_days: int, today: date) -> Freshness:
    """Of a measure whose newest figure is of the month that begins on `newest`, expected `lag_days` after its end."""
    if newest is None:
        return Freshness(state=FreshnessState.NEVER, newest=None, age_days=None, due_on=None)
    first_missing = rules.month_after(newest)
    second_missing = rules.month_after(first_missing)
    state = FreshnessState.FRESH
    if today >= due_on(first_missing, lag_days):
        state = FreshnessState.LATE
    if today >= due_on(second_missing, lag_days):
        state = FreshnessState.STALE
    age_days = max(0, (today - first_missing).days)
    return Freshness(state=state, newest=newest, age_days=age_days, due_on=due_on(first_missing, lag_days))


def due_on(period: date, lag_days: int) -> date:
    """The day from which the figure of a month is late."""
    return rules.month_after(period) + timedelta(days=lag_days)
