"""Which months of formulas are new or come out otherwise: states are compared, so looking twice changes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.scorecards.formulas import evaluating
from domain.scorecards.formulas.evaluating import Outcome
from domain.scorecards.formulas.terms import Expression
from domain.scorecards.terms import Missing, MissingInputs, Quality, Source, Span

MONTHS_MAX = 600
"""Of a longer history the newest ones are computed."""
_WORST_LAST = tuple(Quality)
At = tuple[UUID, date]
"""A month of a measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A measure that is computed; `inputs` are the measures that it names, by code."""

    measure_id: UUID
    expression: Expression
    inputs: Mapping[str, UUID]
    missing: MissingInputs
    low: Decimal | None
    high: Decimal | None
    since: datetime
    """When the formula was written: months that were closed before stay as they were judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """What a month has come to."""

    id: UUID
    value: Decimal | None
    missing: Missing | None
    quality: Quality
    source: Source
    revision: int
    is_after_closing: bool
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Computed:
    """What a formula newly came to, why it came to nothing, and out of which actuals."""

    measure_id: UUID
    period: date
    found: Present
    reason: str | None
    used: frozenset[UUID]


@dataclass(slots=True)
class _Month:
    """A month being looked at, which remembers what was used."""

    formula: Formula
    period: date
    actuals: Mapping[At, Present]
    used: list[Present] = field(default_factory=list[Present])

    def find(self, code: str, period: date) -> Decimal | Missing | None:
        found = self.actuals.get((self.formula.inputs[code], period))
        if found is None:
            return None
        self.used.append(found)
        return found.missing if found.value is None else found.value

    def outcome(self) -> Outcome:
        formula = self.formula
        found = evaluating.evaluate(formula.expression, self.period, self.find, formula.missing)
        if found.value is None:
            return found
        if formula.low is not None and found.value < formula.low:
            return Outcome(None, Missing.IMPLAUSIBLE, f"{found.value:f} is below {formula.low:f}.")
        if formula.high is not None and found.value > formula.high:
            return Outcome(None, Missing.IMPLAUSIBLE, f"{found.value:f} is above {formula.high:f}.")
        return found


def compute(
    formulas: Sequence[Formula],
    actuals: dict[At, Present],
    *,
    cycles: Sequence[Span],
    since: date,
    now: datetime,
    make_id: Callable[[], UUID],
) -> list[Computed]:
    """What is new from the month `since` on; the formulas come in their order, and what is found is put to `actuals`.

    A formula is computed for each month of which at least one of its inputs was told. What was told stays.
    """
    made: list[Computed] = []
    for formula in formulas:
        for period in _months(formula, actuals, since):
            found = _look(_Month(formula, period, actuals), cycles, now=now, row_id=make_id)
            if found is not None:
                actuals[formula.measure_id, period] = found.found
                made.append(found)
    return made


def _months(formula: Formula, actuals: Mapping[At, Present], since: date) -> Sequence[date]:
    inputs = set(formula.inputs.values())
    return sorted({period for measure_id, period in actuals if measure_id in inputs and period >= since})[-MONTHS_MAX:]


def _look(month: _Month, cycles: Sequence[Span], *, now: datetime, row_id: Callable[[], UUID]) -> Computed | None:
    before = month.actuals.get((month.formula.measure_id, month.period))
    if before is not None and before.source is not Source.FORMULA:
        return None
    outcome = month.outcome()
    if before is None and outcome.missing is Missing.INPUT_MISSING:
        return None
    is_closed, may_change = _closing(month, before, cycles)
    quality = _quality(month.used, before, outcome)
    same = before and (before.value, before.missing, before.quality) == (outcome.value, outcome.missing, quality)
    if same or not may_change:
        return None
    found = Present(
        id=row_id(),
        value=outcome.value,
        missing=outcome.missing,
        quality=quality,
        source=Source.FORMULA,
        revision=before.revision + 1 if before else 1,
        is_after_closing=is_closed and any(one.is_after_closing for one in month.used),
        recorded_at=now,
    )
    used = frozenset(one.id for one in month.used)
    return Computed(month.formula.measure_id, month.period, found, outcome.reason, used)


def _closing(month: _Month, before: Present | None, cycles: Sequence[Span]) -> tuple[bool, bool]:
    """Whether the month is closed, and whether it may come out otherwise: not by a formula that was written later, and
    then only by an input that is newer than what was found, which after the closing only a correction is.
    """
    closed = list(_closings(month.period, cycles))
    if not closed:
        return False, True
    is_newer = before is None or any(one.recorded_at >= before.recorded_at for one in month.used)
    return True, is_newer and month.formula.since <= min(closed)


def _closings(period: date, cycles: Sequence[Span]) -> Iterator[datetime]:
    return (one.closed_at for one in cycles if one.closed_at is not None and one.holds(period))


def _quality(used: Sequence[Present], before: Present | None, outcome: Outcome) -> Quality:
    worst = max((one.quality for one in used), key=_WORST_LAST.index, default=Quality.OK)
    is_corrected = before is not None and before.value not in (None, outcome.value)
    if before is not None and before.value == outcome.value and before.quality is Quality.CORRECTED:
        is_corrected = True
    return Quality.CORRECTED if worst is Quality.OK and is_corrected else worst
