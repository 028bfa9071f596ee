"""Use cases of scorecards: define measures, and record the actuals that partner systems and data providers tell."""

from collections.abc import Mapping, Sequence
from typing import cast
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action, Relation
from domain.kernel.work import Plain, Work, begin
from domain.people import service_rows
from domain.scorecards import events, rules, service_figures, service_formulas
from domain.scorecards.errors import KINDS, FigureRefused
from domain.scorecards.rules import Recorded, Standing
from domain.scorecards.service_figures import NewActual
from domain.scorecards.service_formulas import Written
from domain.scorecards.terms import Figure, Known, NewMeasure, Outcome, Source

_MEASURE = {
    "id": "uuid",
    "code": "text",
    "name": "text",
    "name_zh": "text",
    "unit_of_measure": "text",
    "unit_id": "uuid",
    "low": "numeric",
    "high": "numeric",
    "owner_id": "uuid",
    "provider_id": "uuid",
    "lag_days": "integer",
    "formula": "text",
    "formula_at": "timestamptz",
    "missing_inputs": "text",
    "created_at": "timestamptz",
}


async def define_measure(actor: Actor, measure: NewMeasure, *, key: str | None = None) -> UUID:
    """The id of the new measure. CodeTaken, NotFound for an unknown unit or person; the refusals of its formula."""
    intent = ("define_measure", measure.code, measure.unit_id, measure.unit_of_measure, measure.formula)
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
    await require_persons(work, [one for measure in measures for one in (measure.owner_id, measure.provider_id)])
    now = clock.now()
    rows = [(*_row(measure), measure.formula and now, measure.missing_inputs, now) for measure in measures]
    await service_rows.insert(work.connection, "measure", work.actor.tenant_id, columns=_MEASURE, rows=rows)
    await service_formulas.settle(
        work, [Written(m.id, m.code, m.unit_of_measure, m.formula) for m in measures if m.formula is not None]
    )
    for measure in measures:
        work.record(events.MeasureDefined(subject_id=measure.id, code=measure.code))


def _row(new: NewMeasure) -> tuple[object, ...]:
    named = (new.id, new.code, new.name, new.name_zh, new.unit_of_measure, new.unit_id, new.low, new.high)
    return (*named, new.owner_id, new.provider_id, new.lag_days, new.formula)


async def require_persons(work: Work, persons: Sequence[UUID | None]) -> None:
    """NotFound unless all of them are persons of the group; None is nobody."""
    wanted = {one for one in persons if one is not None}
    found = wanted and await work.connection.fetchval(
        "select count(*) from person where tenant_id = $1 and id = any($2)", work.actor.tenant_id, list(wanted)
    )
    if wanted and found != len(wanted):
        raise NotFound("The person")


async def _require_units(work: Work, units: set[UUID]) -> None:
    found = await work.connection.fetchval(
        "select count(*) from unit where tenant_id = $1 and id = any($2)", work.actor.tenant_id, list(units)
    )
    if found != len(units):
        raise NotFound("The unit")


def relations_of(actor: Actor) -> frozenset[Relation]:
    """How the actor stands to every measure of the tenant."""
    relations: set[Relation] = set()
    if Role.STRATEGY_OFFICE in actor.roles:
        relations.add(Relation.STRATEGY_OFFICE)
    if Scope.ACTUALS_WRITE in actor.scopes:
        relations.add(Relation.PARTNER)
    return frozenset(relations)


def relations_to(actor: Actor, *, owner_id: UUID | None, provider_id: UUID | None) -> frozenset[Relation]:
    """How the actor stands to one measure: its owner answers for it, its provider tells its figures."""
    own = {Relation.OWNER} if actor.person_id and owner_id == actor.person_id else set[Relation]()
    told = {Relation.PROVIDER} if actor.person_id and provider_id == actor.person_id else set[Relation]()
    return relations_of(actor) | own | told


async def record_actuals(actor: Actor, figures: Sequence[Figure], *, key: str) -> list[Outcome]:
    """Record what is good, refuse the rest one by one; what became of each figure, in the order of the request.

    Tied key results follow in the same transaction. A repeat with the same key hears the same outcomes.
    NotPermitted for who may tell none of these figures.
    """
    if actor.person_id is None:
        permits.require(Action.RECORD_ACTUALS, relations_of(actor))
    rules.check_request(figures)
    intent = ("record_actuals", *((f.measure, f.period, f.value, f.unit_of_measure, f.quality) for f in figures))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return _remembered(work.replay)
        outcomes = await record_within(work, figures, Source.PARTNER if actor.client_id else Source.HAND)
        work.reply([_plain(outcome) for outcome in outcomes])
    return outcomes


async def record_within(
    work: Work, figures: Sequence[Figure], source: Source, *, file_id: UUID | None = None
) -> list[Outcome]:
    """The same in an open unit of work; figures of a file name their rows."""
    standing = await standing_of(work, figures)
    verdicts = rules.judge(figures, standing)
    good = {at: new_id() for at in range(len(figures)) if verdicts[at] is None}
    actor = work.actor
    actuals = [
        NewActual(
            id=row_id,
            measure_id=standing.measures[figures[at].measure].id,
            period=figures[at].period,
            value=figures[at].value,
            quality=figures[at].quality,
            source=source,
            client_id=actor.client_id,
            person_id=actor.person_id,
            file_id=file_id,
            file_row=figures[at].row,
        )
        for at, row_id in good.items()
    ]
    fresh = await service_figures.add(work, actuals)
    await service_figures.move_key_results(work, fresh, standing.recorded, standing.cycles)
    _record_events(work, fresh)
    return [Outcome(index=at, actual_id=good.get(at), refusal=verdicts[at]) for at in range(len(figures))]


async def standing_of(work: Work, figures: Sequence[Figure]) -> Standing:
    """The measures stay locked until commit, so that nobody else records their figures meanwhile."""
    codes = sorted({figure.measure for figure in figures if rules.can_be_code(figure.measure)})
    rows = await work.connection.fetch(
        """select id, code, unit_of_measure, low, high, owner_id, provider_id, formula is not null as is_calculated
           from measure where tenant_id = $1 and code = any($2) order by id for no key update""",
        work.actor.tenant_id,
        codes,
    )
    relations = [relations_to(work.actor, owner_id=row["owner_id"], provider_id=row["provider_id"]) for row in rows]
    permits.require(Action.RECORD_ACTUALS, relations_of(work.actor).union(*relations))
    return Standing(
        measures={
            row["code"]: Known(
                id=row["id"],
                unit_of_measure=row["unit_of_measure"],
                low=row["low"],
                high=row["high"],
                is_calculated=row["is_calculated"],
                may_record=permits.permitted(Action.RECORD_ACTUALS, known),
            )
            for row, known in zip(rows, relations, strict=True)
        },
        recorded=await service_figures.known(work, [row["id"] for row in rows]),
        cycles=await service_figures.cycles(work),
        today=clock.today(work.actor.zone),
    )


def _record_events(work: Work, fresh: Recorded) -> None:
    for measure_id, months in service_figures.by_measure(fresh).items():
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
