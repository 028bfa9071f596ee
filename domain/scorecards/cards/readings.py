"""What is read of an item as of a month: one figure out of the months of a cycle, and what state it is in.

A month is due when it is over and the measure's usual delay has passed. What is not due is no gap: a month in progress
reads the newest month that is due, or a newer one that is there. A due month without an actual makes the figure
missing, with the newest that is known and its age, for policies that carry it forward.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext

from domain.objectives import roll_up
from domain.objectives.progress import EXACT, FINEST
from domain.objectives.terms import ObjectiveState
from domain.scorecards.cards.terms import Months
from domain.scorecards.rules import month_after
from domain.scorecards.scoring.facts import DataState, Observation

MONTHS_MAX = 24
"""How many months a cycle with scorecards may have."""
ROLL_UP = "ROLL_UP"
"""Where the figure of an objective comes from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The valid actual of a month."""

    value: Decimal
    is_disputed: bool = False
    origin: str | None = None


Figures = Mapping[date, Figure]
"""By the first day of the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Of which measure, and who owes its figures how many days after a month's end."""

    months: Months
    figures: Figures
    waived: frozenset[date] = frozenset()
    """Months for which somebody said that the figure does not apply."""
    lag_days: int = 0
    owed_by_scored: bool = False
    fact: str | None = None


def months_of(starts_on: date, ends_on: date, today: date) -> list[date]:
    """The months of a cycle that have begun, by their first days."""
    return list(_months(starts_on.replace(day=1), min(ends_on, today)))[:MONTHS_MAX]


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = month_after(first)


def of_measure(source: Source, *, starts_on: date, period: date, today: date) -> Observation:
    """The figure of a measure from the first month of its cycle through this one."""
    months = list(_months(starts_on.replace(day=1), period))
    known = [month for month in months if month in source.figures]
    owed = _owed(source, months, today)
    if source.waived.issuperset(months[-1:] if source.months == Months.LATEST else months):
        return Observation(state=DataState.NOT_APPLICABLE, fact=source.fact)
    if not known and not owed:
        return Observation(state=DataState.NOT_DUE, fact=source.fact)
    counted = [source.figures[month] for month in (known[-1:] if source.months == Months.LATEST else known)]
    return Observation(
        state=_state(counted, is_missing=bool(owed)),
        value=_value(source.months, counted) if counted else None,
        age_days=(period - known[-1]).days if known else 0,
        overdue_days=(today - _due_on(owed[0], source)).days if owed else 0,
        withheld_by_owner=bool(owed) and source.owed_by_scored,
        periods=_periods(source.figures, months),
        origin=counted[-1].origin if counted else None,
        fact=source.fact,
    )


def _owed(source: Source, months: Sequence[date], today: date) -> list[date]:
    """The due months without a figure: of all, or where only the newest counts, that if nothing newer is there."""
    there = source.waived | source.figures.keys()
    due = [month for month in months if _due_on(month, source) <= today]
    if source.months != Months.LATEST:
        return [month for month in due if month not in there]
    is_there = any(month in there for month in months if month >= due[-1]) if due else True
    return [] if is_there else due[-1:]


def _due_on(month: date, source: Source) -> date:
    return month_after(month) + timedelta(days=source.lag_days)


def _state(counted: Sequence[Figure], *, is_missing: bool) -> DataState:
    if is_missing:
        return DataState.MISSING
    return DataState.DISPUTED if any(one.is_disputed for one in counted) else DataState.MEASURED


def _value(how: Months, figures: Sequence[Figure]) -> Decimal:
    if how == Months.LATEST:
        return figures[-1].value
    with localcontext(EXACT):
        total = sum((one.value for one in figures), Decimal(0))
        return total if how == Months.SUM else (total / len(figures)).quantize(FINEST)


def _periods(figures: Figures, months: Sequence[date]) -> tuple[Decimal | None, ...]:
    """Month by month up to the newest that is known."""
    found = [figures[month].value if month in figures else None for month in months]
    while found and found[-1] is None:
        found.pop()
    return tuple(found)


def of_objective(state: str, progress: Decimal | None, *, fact: str | None = None) -> Observation:
    """The rolled-up progress of an objective. Before it is promised it is not due; cancelled, it does not apply."""
    if state == ObjectiveState.CANCELLED:
        return Observation(state=DataState.NOT_APPLICABLE, fact=fact)
    if state not in roll_up.COUNTED:
        return Observation(state=DataState.NOT_DUE, fact=fact)
    known = DataState.MISSING if progress is None else DataState.MEASURED
    return Observation(state=known, value=progress, origin=ROLL_UP, fact=fact)


def of_objective_then(state: DataState, progress: Decimal | None, *, fact: str | None = None) -> Observation:
    """What an objective stood at when a month ended, as it was read then."""
    was_counted = state in (DataState.MISSING, DataState.MEASURED)
    return Observation(state=state, value=progress, origin=ROLL_UP if was_counted else None, fact=fact)


def of_card(value: Decimal | None, *, policy: str | None, fact: str | None = None) -> Observation:
    """The score of a card below, on the scale of the one that reads it, by the version of its policy; None before it is
    published."""
    if policy is None:
        return Observation(state=DataState.NOT_DUE, fact=fact)
    known = DataState.MISSING if value is None else DataState.MEASURED
    return Observation(state=known, value=value, origin=f"SCORECARD, policy {policy}", fact=fact)


def length(starts_on: date, ends_on: date) -> int:
    """In how many months a cycle lies."""
    return 12 * (ends_on.year - starts_on.year) + ends_on.month - starts_on.month + 1
