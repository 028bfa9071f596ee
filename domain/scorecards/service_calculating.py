"""The set-wise reader "formulas": what follows from figures by formulas is computed after them, all at once.

After the commit and not within: who tells figures waits for nobody, one writer of a tenant at a time computes what all
of them lead to, in the order of the formulas, and a repeat changes nothing. As many statements whatever came in.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from domain.kernel.work import Work, begin
from domain.people import service_rows
from domain.scorecards import events, service_figures
from domain.scorecards.formulas import computing, evaluating, ordering, parsing
from domain.scorecards.formulas.computing import At, Computed, Formula, Present
from domain.scorecards.service_figures import NewActual
from domain.scorecards.service_formulas import FORMULAS
from domain.scorecards.terms import Missing, MissingInputs, Quality, Source

if TYPE_CHECKING:
    from asyncpg import Record

READER = "formulas"
BEGINNING = date(1900, 1, 1)
_MONTHS_BACK = parsing.MONTHS_BACK_MAX


async def hear(entries: Sequence[Entry]) -> None:
    """Figures came in or were corrected, or a formula was written."""
    async with begin(Actor(tenant_id=entries[0].tenant_id, zone="UTC")) as work:
        since = min(_since(entry) for entry in entries)
        await calculate(work, {entry.subject_id for entry in entries}, since=since)


def _since(entry: Entry) -> date:
    """From which month on something may come out otherwise; formulas look back and never ahead."""
    period = entry.payload.get("first_period") or entry.payload.get("period")
    return date.fromisoformat(str(period)) if period else BEGINNING


async def calculate(work: Work, touched: Collection[UUID], *, since: date) -> int:
    """Bring every month from `since` on of what follows from these measures up to date; how many came out otherwise."""
    await work.wait_for(FORMULAS)
    formulas = await _formulas_below(work, touched)
    if not formulas:
        return 0
    actuals = await _actuals(work, formulas, since)
    before = {at: one.value for at, one in actuals.items()}
    spans = await service_figures.cycles(work)
    made = computing.compute(formulas, actuals, cycles=spans, since=since, now=clock.now(), make_id=new_id)
    if made:
        fresh = await service_figures.add(work, [_row(one) for one in made])
        await _write_inputs(work, made)
        await service_figures.move_key_results(work, fresh, before, spans)
        _record(work, made)
    return len(made)


_BELOW = """
with recursive below (id) as (
  select id from measure where tenant_id = $1 and id = any($2)
  union
  select i.measure_id from below b join measure_input i on i.tenant_id = $1 and i.input_id = b.id)
select m.id, m.formula, m.formula_at, m.missing_inputs, m.low, m.high,
  array(select n.id from measure_input i join measure n on n.tenant_id = i.tenant_id and n.id = i.input_id
        where i.tenant_id = $1 and i.measure_id = m.id order by n.code) as input_ids,
  array(select n.code from measure_input i join measure n on n.tenant_id = i.tenant_id and n.id = i.input_id
        where i.tenant_id = $1 and i.measure_id = m.id order by n.code) as input_codes
from measure m where m.tenant_id = $1 and m.id in (select id from below) and m.formula is not null
order by m.id for no key update of m"""


async def _formulas_below(work: Work, touched: Collection[UUID]) -> list[Formula]:
    """In the order in which they are computed, locked, so that nobody corrects them by hand meanwhile."""
    rows = await work.connection.fetch(_BELOW, work.actor.tenant_id, list(touched))
    formulas = {row["id"]: _formula(row) for row in rows}
    inputs = {one.measure_id: set(one.inputs.values()) for one in formulas.values()}
    return [formulas[measure_id] for measure_id in ordering.in_order(inputs) if measure_id in formulas]


def _formula(row: "Record") -> Formula:
    return Formula(
        measure_id=row["id"],
        expression=parsing.parse(row["formula"]),
        inputs=dict(zip(row["input_codes"], row["input_ids"], strict=True)),
        missing=MissingInputs(row["missing_inputs"]),
        low=row["low"],
        high=row["high"],
        since=row["formula_at"],
    )


async def _actuals(work: Work, formulas: Sequence[Formula], since: date) -> dict[At, Present]:
    measures = {one.measure_id for one in formulas}.union(*(one.inputs.values() for one in formulas))
    rows = await work.connection.fetch(
        """select id, measure_id, period, revision, value, missing, quality, source, is_after_closing, recorded_at
           from current_actual where tenant_id = $1 and measure_id = any($2) and period >= $3""",
        work.actor.tenant_id,
        list(measures),
        evaluating.months_before(since, _MONTHS_BACK) if since > BEGINNING else since,
    )
    return {(row["measure_id"], row["period"]): _present(row) for row in rows}


def _present(row: "Record") -> Present:
    return Present(
        id=row["id"],
        value=row["value"],
        missing=Missing(row["missing"]) if row["missing"] else None,
        quality=Quality(row["quality"]),
        source=Source(row["source"]),
        revision=row["revision"],
        is_after_closing=row["is_after_closing"],
        recorded_at=row["recorded_at"],
    )


def _row(one: Computed) -> NewActual:
    return NewActual(
        id=one.found.id,
        measure_id=one.measure_id,
        period=one.period,
        revision=one.found.revision,
        value=one.found.value,
        missing=one.found.missing,
        quality=one.found.quality,
        source=Source.FORMULA,
        reason=one.reason,
        is_after_closing=one.found.is_after_closing,
    )


async def _write_inputs(work: Work, made: Sequence[Computed]) -> None:
    rows = [(one.found.id, used) for one in made for used in sorted(one.used)]
    columns = {"actual_id": "uuid", "input_id": "uuid"}
    await service_rows.insert(work.connection, "actual_input", work.actor.tenant_id, columns=columns, rows=rows)


def _record(work: Work, made: Sequence[Computed]) -> None:
    for measure_id, months in service_figures.by_measure((one.measure_id, one.period) for one in made).items():
        work.record(
            events.ActualsCalculated(
                subject_id=measure_id, count=len(months), first_period=min(months), last_period=max(months)
            )
        )
