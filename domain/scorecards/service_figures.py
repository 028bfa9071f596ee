"""Rows of actuals, set by set: what is known of measures and months, and what is added to it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.work import Work
from domain.objectives import service_actuals
from domain.people import service_rows
from domain.scorecards import rules
from domain.scorecards.rules import Recorded
from domain.scorecards.terms import Missing, Quality, Source, Span

_ACTUAL = {
    "id": "uuid",
    "measure_id": "uuid",
    "period": "date",
    "revision": "integer",
    "value": "numeric",
    "missing": "text",
    "quality": "text",
    "source": "text",
    "client_id": "uuid",
    "person_id": "uuid",
    "approved_by_id": "uuid",
    "file_id": "uuid",
    "file_row": "integer",
    "reason": "text",
    "is_after_closing": "boolean",
    "recorded_at": "timestamptz",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActual:
    """A row of `actual` to be added."""

    id: UUID
    measure_id: UUID
    period: date
    value: Decimal | None
    source: Source
    quality: Quality = Quality.OK
    revision: int = 1
    missing: Missing | None = None
    client_id: UUID | None = None
    person_id: UUID | None = None
    approved_by_id: UUID | None = None
    file_id: UUID | None = None
    file_row: int | None = None
    reason: str | None = None
    is_after_closing: bool = False


async def known(work: Work, measure_ids: Collection[UUID]) -> dict[tuple[UUID, date], Decimal | None]:
    """What every month of these measures has come to."""
    rows = await work.connection.fetch(
        "select measure_id, period, value from current_actual where tenant_id = $1 and measure_id = any($2)",
        work.actor.tenant_id,
        list(measure_ids),
    )
    return {(row["measure_id"], row["period"]): row["value"] for row in rows}


async def cycles(work: Work) -> list[Span]:
    """Held against closing until commit: a figure comes before the close or is late, never both."""
    rows = await work.connection.fetch(
        "select id, starts_on, ends_on, closed_at from cycle where tenant_id = $1 order by id for share",
        work.actor.tenant_id,
    )
    return [
        Span(
            cycle_id=row["id"],
            starts_on=row["starts_on"],
            ends_on=row["ends_on"],
            is_closed=row["closed_at"] is not None,
            closed_at=row["closed_at"],
        )
        for row in rows
    ]


async def add(work: Work, actuals: Sequence[NewActual]) -> Recorded:
    """Insert them in one statement; what was recorded."""
    now = clock.now()
    rows = [
        (
            one.id,
            one.measure_id,
            one.period,
            one.revision,
            one.value,
            one.missing,
            one.quality,
            one.source,
            one.client_id,
            one.person_id,
            one.approved_by_id,
            one.file_id,
            one.file_row,
            one.reason,
            one.is_after_closing,
            now,
        )
        for one in actuals
    ]
    await service_rows.insert(work.connection, "actual", work.actor.tenant_id, columns=_ACTUAL, rows=rows)
    return {(one.measure_id, one.period): one.value for one in actuals}


async def move_key_results(work: Work, fresh: Recorded, before: Recorded, spans: Sequence[Span]) -> None:
    """Tied key results follow what was recorded; what only repeats a value moves nothing."""
    changed = {at: value for at, value in fresh.items() if at not in before or before[at] != value}
    if changed:
        await service_actuals.move_by_actuals(work, rules.newest_by_cycle(changed, {**before, **fresh}, spans))


def by_measure(actuals: Iterable[tuple[UUID, date]]) -> Mapping[UUID, list[str]]:
    """The months of each measure, as ISO dates."""
    periods: dict[UUID, list[str]] = {}
    for measure_id, period in actuals:
        periods.setdefault(measure_id, []).append(period.isoformat())
    return periods
