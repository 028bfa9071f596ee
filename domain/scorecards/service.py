"""Use cases of scorecards: define measures, and record the actuals that partner systems tell."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Plain, Work, begin
from domain.objectives import service_actuals
from domain.people import service_rows
from domain.scorecards import events, rules
from domain.scorecards.errors import KINDS, FigureRefused
from domain.scorecards.rules import Recorded, Standing
from domain.scorecards.terms import Figure, Known, NewMeasure, Outcome, Span

_MEASURE = {
    "id": "uuid",
    "code": "text",
    "name": "text",
    "name_zh": "text",
    "unit_of_measure": "text",
    "unit_id": "uuid",
    "low": "numeric",
    "high": "numeric",
    "created_at": "timestamptz",
}
_ACTUAL = {
    "id": "uuid",
    "measure_id": "uuid",
    "period": "date",
    "value": "numeric",
    "client_id": "uuid",
    "recorded_at": "timestamptz",
}


async def define_measure(actor: Actor, measure: NewMeasure, *, key: str | None = None) -> UUID:
    """The id of the new measure. CodeTaken, NotFound for an unknown unit."""
    intent = ("define_measure", measure.code, measure.unit_id, measure.unit_of_measure)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await define_within(work, [measure])
        work.reply(str(measure.id))
    return measure.id


async def define_within(work: Work, measures: Sequence[NewMeasure]) -> None:
    """Many measures at once, in an open unit of work."""
    permits.require(Action.DEFINE_MEASURE, relations_of(work.actor))
    for measure in measures:
        rules.check_measure(measure)
    await service_rows.refuse_taken_codes(work, "measure", [measure.code for measure in measures])
    await _require_units(work, {measure.unit_id for measure in measures})
    now = clock.now()
    rows = [(m.id, m.code, m.name, m.name_zh, m.unit_of_measure, m.unit_id, m.low, m.high, now) for m in measures]
    await service_rows.insert(work.connection, "measure", work.actor.tenant_id, columns=_MEASURE, rows=rows)
    for measure in measures:
        work.record(events.MeasureDefined(subject_id=measure.id, code=measure.code))


async def _require_units(work: Work, units: set[UUID]) -> None:
    found = await work.connection.fetchval(
        "select count(*) from unit where tenant_id = $1 and id = any($2)", work.actor.tenant_id, list(units)
    )
    if found != len(units):
        raise NotFound("The unit")


def relations_of(actor: Actor) -> frozenset[Relation]:
    """How the actor stands to the measures of the tenant."""
    relations: set[Relation] = set()
    if Role.STRATEGY_OFFICE in actor.roles:
        relations.add(Relation.STRATEGY_OFFICE)
    if Scope.ACTUALS_WRITE in actor.scopes:
        relations.add(Relation.PARTNER)
    return frozenset(relations)


async def record_actuals(actor: Actor, figures: Sequence[Figure], *, key: str) -> list[Outcome]:
    """Record what is good, refuse the rest one by one; what became of each figure, in the order of the request.

    Tied key results follow in the same transaction. A repeat with the same key hears the same outcomes.
    """
    permits.require(Action.RECORD_ACTUALS, relations_of(actor))
    rules.check_request(figures)
    intent = ("record_actuals", *((f.measure, f.period, f.value, f.unit_of_measure) for f in figures))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return _remembered(work.replay)
        standing = await _standing(work, figures)
        verdicts = rules.judge(figures, standing)
        good = [(at, figure) for at, figure in enumerate(figures) if verdicts[at] is None]
        made = {at: new_id() for at, _ in good}
        fresh = await _store(work, standing, made, figures)
        await service_actuals.move_by_actuals(work, rules.newest_by_cycle(fresh, standing.recorded, standing.cycles))
        _record_events(work, fresh)
        outcomes = [Outcome(index=at, actual_id=made.get(at), refusal=verdicts[at]) for at in range(len(figures))]
        work.reply([_plain(outcome) for outcome in outcomes])
    return outcomes


async def _standing(work: Work, figures: Sequence[Figure]) -> Standing:
    """The measures stay locked until commit, so that nobody else records their figures meanwhile."""
    codes = sorted({figure.measure for figure in figures if rules.can_be_code(figure.measure)})
    measures = await work.connection.fetch(
        """select id, code, unit_of_measure, low, high from measure
           where tenant_id = $1 and code = any($2) order by id for no key update""",
        work.actor.tenant_id,
        codes,
    )
    recorded = await work.connection.fetch(
        "select measure_id, period, value from actual where tenant_id = $1 and measure_id = any($2)",
        work.actor.tenant_id,
        [row["id"] for row in measures],
    )
    return Standing(
        measures={
            row["code"]: Known(id=row["id"], unit_of_measure=row["unit_of_measure"], low=row["low"], high=row["high"])
            for row in measures
        },
        recorded={(row["measure_id"], row["period"]): row["value"] for row in recorded},
        cycles=await _cycles(work),
        today=clock.today(work.actor.zone),
    )


async def _cycles(work: Work) -> list[Span]:
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
        )
        for row in rows
    ]


async def _store(work: Work, standing: Standing, made: Mapping[int, UUID], figures: Sequence[Figure]) -> Recorded:
    """Insert the good figures in one statement; what was recorded."""
    actor, now = work.actor, clock.now()
    good = [(row_id, standing.measures[figures[at].measure].id, figures[at]) for at, row_id in made.items()]
    rows = [(row_id, measure_id, f.period, f.value, actor.client_id, now) for row_id, measure_id, f in good]
    await service_rows.insert(work.connection, "actual", actor.tenant_id, columns=_ACTUAL, rows=rows)
    return {(measure_id, figure.period): figure.value for _, measure_id, figure in good}


def _record_events(work: Work, fresh: Recorded) -> None:
    periods: dict[UUID, list[str]] = {}
    for measure_id, period in fresh:
        periods.setdefault(measure_id, []).append(period.isoformat())
    for measure_id, months in periods.items():
        work.record(
            events.ActualsRecorded(
                subject_id=measure_id, count=len(months), first_period=min(months), last_period=max(months)
            )
        )


def _plain(outcome: Outcome) -> Plain:
    refusal = outcome.refusal
    if refusal is None:
        return str(outcome.actual_id)
    return {"code": refusal.code, "message": refusal.message, "help": refusal.help}


def _remembered(answer: Plain) -> list[Outcome]:
    return [_outcome(at, kept) for at, kept in enumerate(cast("list[str | dict[str, str]]", answer))]


def _outcome(index: int, kept: str | Mapping[str, str]) -> Outcome:
    if isinstance(kept, str):
        return Outcome(index=index, actual_id=UUID(kept))
    refusal: FigureRefused = KINDS[kept["code"]](kept["message"], help=kept["help"])
    return Outcome(index=index, refusal=refusal)
