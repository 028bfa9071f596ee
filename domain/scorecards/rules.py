"""Which figures are recorded, which are refused and why, and which of them move key results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.people import rules as people
from domain.scorecards import errors
from domain.scorecards.errors import FigureRefused
from domain.scorecards.terms import Figure, Known, MeasureContent, NewMeasure, Quality, Span

FIGURES_MAX = 1000
UNIT_CHARACTERS_MAX = 40
LAG_DAYS_MAX = 366

Recorded = Mapping[tuple[UUID, date], Decimal | None]
"""Actuals by measure and period; None where a formula came to no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What figures are judged by: measures by code, actuals by measure and period, the cycles, and the date."""

    measures: Mapping[str, Known]
    recorded: Recorded
    cycles: Sequence[Span]
    today: date


def check_request(figures: Sequence[Figure]) -> None:
    """InvalidInput unless the request holds between 1 and 1,000 figures."""
    if not 1 <= len(figures) <= FIGURES_MAX:
        raise InvalidInput(f"Send between 1 and {FIGURES_MAX} figures at once.", field="items")
    for at, figure in enumerate(figures):
        check_quality(figure.quality, f"items.{at}.quality")


def can_be_code(code: str) -> bool:
    """Whether a measure could have this code at all."""
    return people.CODE.fullmatch(code) is not None and code.isprintable()


def judge(figures: Sequence[Figure], standing: Standing) -> list[FigureRefused | None]:
    """Why each figure is refused, None for those to be recorded; of equal ones the first that is good counts."""
    taken: dict[tuple[UUID, date], int] = {}
    verdicts: list[FigureRefused | None] = []
    for at, figure in enumerate(figures):
        verdict = _alone(figure, standing)
        if verdict is None:
            key = (standing.measures[figure.measure].id, figure.period)
            first = taken.setdefault(key, at)
            verdict = None if first == at else _repeated(figure, first)
        verdicts.append(verdict)
    return verdicts


def _alone(figure: Figure, standing: Standing) -> FigureRefused | None:
    """Why the figure could not be recorded even if it came alone."""
    if not _is_month(figure.period):
        return of_period(figure.period, standing.today)
    measure = standing.measures.get(figure.measure)
    if measure is None:
        return errors.UnknownMeasure(f"There is no measure with the code {figure.measure[:64]!r}.")
    return _of_measure(figure, measure) or _of_month(figure, measure, standing)


def _of_measure(figure: Figure, measure: Known) -> FigureRefused | None:
    if measure.is_calculated:
        return errors.CalculatedMeasure(f"{figure.measure} is computed by a formula.")
    if not measure.may_record:
        return errors.NotProvider(f"You do not provide the figures of {figure.measure}.")
    return of_value(figure, measure)


def of_value(figure: Figure, measure: Known) -> FigureRefused | None:
    """Why the measure cannot have this value at all."""
    if not (figure.unit_of_measure or "").strip():
        return errors.UnitMismatch(
            f"The figure has no unit; {figure.measure} is measured in {measure.unit_of_measure}."
        )
    if figure.unit_of_measure != measure.unit_of_measure:
        return errors.UnitMismatch(f"{figure.measure} is measured in {measure.unit_of_measure}, not in this unit.")
    if not numbers.is_storable(figure.value):
        return errors.ImplausibleValue("This is not a number of a sensible size.")
    if measure.low is not None and figure.value < measure.low:
        return errors.ImplausibleValue(f"{figure.measure} cannot be below {measure.low:f} {measure.unit_of_measure}.")
    if measure.high is not None and figure.value > measure.high:
        return errors.ImplausibleValue(f"{figure.measure} cannot be above {measure.high:f} {measure.unit_of_measure}.")
    return None


def _is_month(period: date) -> bool:
    return period.day == 1 and people.FIRST_DAY <= period < people.LAST_DAY


def of_period(period: date, today: date) -> FigureRefused | None:
    """Why there is no figure of this period at all."""
    if not _is_month(period):
        return errors.InvalidPeriod(f"{period} is not the first day of a month.")
    return errors.PeriodInFuture(f"{period:%Y-%m} is not over yet.") if month_after(period) > today else None


def _of_month(figure: Figure, measure: Known, standing: Standing) -> FigureRefused | None:
    month = f"{figure.period:%Y-%m}"
    ahead = of_period(figure.period, standing.today)
    if ahead is not None:
        return ahead
    if (measure.id, figure.period) in standing.recorded:
        found = _recorded(standing.recorded[measure.id, figure.period], figure, measure)
        return errors.DuplicateActual(f"{figure.measure} was recorded for {month} before, {found}.")
    if any(cycle.is_closed and cycle.holds(figure.period) for cycle in standing.cycles):
        return errors.PeriodClosed(f"{month} lies in a cycle that is closed.")
    return None


def _recorded(value: Decimal | None, figure: Figure, measure: Known) -> str:
    if value is None:
        return "by a formula that came to no value"
    return "with this very value" if value == figure.value else f"with {value:f} {measure.unit_of_measure}"


def _repeated(figure: Figure, first: int) -> FigureRefused:
    return errors.DuplicateInRequest(
        f"Item {first} of this request is {figure.measure} for {figure.period:%Y-%m} already."
    )


def month_after(period: date) -> date:
    """The first day of the next month."""
    return date(period.year + period.month // 12, period.month % 12 + 1, 1)


def newest_by_cycle(fresh: Recorded, known: Recorded, cycles: Sequence[Span]) -> dict[tuple[UUID, UUID], Decimal]:
    """The values that move key results, by measure and cycle: those whose period is the newest of its cycle.

    `fresh` was just recorded; a fresh value that is older than a known one of its cycle moves nothing. Where nothing is
    known any more, key results stay where they are.
    """
    newest: dict[tuple[UUID, UUID], date] = {}
    moved = {measure_id for measure_id, _ in fresh}
    values_now = {**known, **fresh}
    for measure_id, period in (at for at, value in values_now.items() if value is not None):
        for cycle in cycles:
            key = (measure_id, cycle.cycle_id)
            if measure_id in moved and cycle.holds(period) and period >= newest.get(key, period):
                newest[key] = period
    values = ((key, fresh.get((key[0], period))) for key, period in newest.items())
    return {key: value for key, value in values if value is not None}


def check_measure(measure: NewMeasure) -> None:
    """InvalidInput unless code, names, unit of measure, limits and days are what they should be."""
    people.check_code(measure.code)
    check_content(measure)


def check_content(measure: NewMeasure | MeasureContent) -> None:
    """The same of what can be changed of a measure."""
    people.check_name(measure.name)
    if measure.name_zh is not None:
        people.check_name(measure.name_zh, field="nameZh")
    people.check_name(measure.unit_of_measure, field="unitOfMeasure")
    if len(measure.unit_of_measure) > UNIT_CHARACTERS_MAX:
        raise InvalidInput(f"A unit has at most {UNIT_CHARACTERS_MAX} characters.", field="unitOfMeasure")
    if measure.formula is not None and (not measure.formula.strip() or people.CONTROL.search(measure.formula)):
        raise InvalidInput("A formula is one line of readable characters.", field="formula")
    for name, limit in (("low", measure.low), ("high", measure.high)):
        if limit is not None and not numbers.is_storable(limit):
            raise InvalidInput("This is not a number of a sensible size.", field=name)
    if measure.low is not None and measure.high is not None and measure.low >= measure.high:
        raise InvalidInput("The lowest plausible value lies below the highest one.", field="low")
    if not 0 <= measure.lag_days <= LAG_DAYS_MAX:
        raise InvalidInput(f"A figure is expected 0 to {LAG_DAYS_MAX} days after its month.", field="expectedLagDays")


def check_quality(quality: Quality, field: str) -> None:
    """InvalidInput for what only a correction can say of a figure."""
    if quality not in (Quality.OK, Quality.ESTIMATED):
        raise InvalidInput("A figure is told as OK or as ESTIMATED; a correction says more.", field=field)


def check_said(text: str, field: str) -> None:
    """InvalidInput unless something is said, in at most 500 readable characters."""
    if not text.strip() or len(text) > people.REASON_LENGTH_MAX or people.CONTROL.search(text.replace("\n", "")):
        raise InvalidInput(f"Say why, in 1 to {people.REASON_LENGTH_MAX} readable characters.", field=field)
