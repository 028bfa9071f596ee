"""What can be done with scorecards in the schema: partner systems tell actuals, many at once."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, cast
from uuid import UUID

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, text
from api.problem import InvalidInput, KeyReused, NotPermitted, Problem
from api.reading import resolving
from api.reading.resolving import Asked, Row
from api.scorecards.measures import Actual
from domain.kernel.errors import DomainError
from domain.scorecards import errors, service
from domain.scorecards.terms import Figure, Outcome, Quality

KEY = "Names this very request: repeated, it is answered as the first time and records nothing more."


@strawberry.type(description="No measure has this code.")
class UnknownMeasure(Problem):
    pass


@strawberry.type(description="The figure comes without a unit of measure, or in another one than its measure.")
class UnitMismatch(Problem):
    pass


@strawberry.type(description="The period is not the first day of a month.")
class InvalidPeriod(Problem):
    pass


@strawberry.type(description="The month is not over, so it has no actual yet.")
class PeriodInFuture(Problem):
    pass


@strawberry.type(description="The figure is late: its month lies in a cycle that is closed.")
class PeriodClosed(Problem):
    pass


@strawberry.type(description="The value lies outside of the plausible limits of its measure.")
class ImplausibleValue(Problem):
    pass


@strawberry.type(description="An earlier item of the same request has the same measure and month.")
class DuplicateInRequest(Problem):
    pass


@strawberry.type(description="The measure has an actual for this month; `adjustActual` corrects it and says why.")
class DuplicateActual(Problem):
    pass


@strawberry.type(description="The measure is computed by a formula; record the measures that it names.")
class CalculatedMeasure(Problem):
    pass


@strawberry.type(description="You are not the one who provides the figures of this measure.")
class NotProvider(Problem):
    pass


_PROBLEMS: Mapping[type[DomainError], type[Problem]] = {
    errors.UnknownMeasure: UnknownMeasure,
    errors.UnitMismatch: UnitMismatch,
    errors.InvalidPeriod: InvalidPeriod,
    errors.PeriodInFuture: PeriodInFuture,
    errors.PeriodClosed: PeriodClosed,
    errors.ImplausibleValue: ImplausibleValue,
    errors.DuplicateInRequest: DuplicateInRequest,
    errors.DuplicateActual: DuplicateActual,
    errors.CalculatedMeasure: CalculatedMeasure,
    errors.NotProvider: NotProvider,
}
for _error, _problem in _PROBLEMS.items():
    problem.register(_error, _problem)

FIGURE_PROBLEMS = tuple(_PROBLEMS.values())
"""Types that the schema reaches only through the interface Problem, so that it must be told of them."""


@strawberry.input(description="The value of a measure in a month.")
class ActualInput:
    measure: str = strawberry.field(description="The code of the measure.")
    period: date = strawberry.field(description="The month, by its first day; it must be over.")
    value: Decimal = strawberry.field(description="The value, in the measure's unit of measure.")
    unit_of_measure: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The unit of the value, exactly as the measure has it. A figure without a unit is refused.",
    )
    quality: Quality = strawberry.field(
        default=Quality.OK, description="OK, or ESTIMATED for what `adjustActual` will correct."
    )


@strawberry.input(description="Actuals to record.")
class RecordActualsInput:
    items: list[ActualInput] = strawberry.field(description="1 to 1,000 figures of any measures, in any order.")
    idempotency_key: str = strawberry.field(description=KEY)


@dataclass(slots=True, eq=False)
class _Recorded:
    """The actuals of one answer, read by one statement for each field that asks for them."""

    ids: Sequence[UUID]
    reading: "dict[str, asyncio.Task[Mapping[UUID, Row]]]" = field(
        default_factory=dict["str", "asyncio.Task[Mapping[UUID, Row]]"]
    )

    async def row(self, asked: Asked, row_id: UUID) -> Row | None:
        """What the field asks of one of them."""
        name = str(asked.path.key)
        if name not in self.reading:
            self.reading[name] = asyncio.create_task(_read(asked, self.ids))
        return (await self.reading[name]).get(row_id)


async def _read(asked: Asked, row_ids: Sequence[UUID]) -> Mapping[UUID, Row]:
    return await resolving.select_all(asked, "Actual", row_ids)


@strawberry.type(description="What became of one item: it was recorded, or there is a problem.")
class ActualResult:
    index: int = strawberry.field(description="Its place among the items of the request, from 0.")
    problem: Problem | None = strawberry.field(description="Why it was not recorded; null if it was.")
    row_id: strawberry.Private[UUID | None]
    recorded: strawberry.Private[_Recorded]

    @strawberry.field(description="The actual as it is recorded; null if there is a problem.")
    async def actual(self, info: Info) -> Actual | None:
        if self.row_id is None:
            return None
        return cast("Actual | None", await self.recorded.row(resolving.raw(info), self.row_id))


@strawberry.type(description="What became of each item; those with a problem changed nothing.")
class RecordedActuals:
    results: list[ActualResult] = strawberry.field(description="One for each item, in the order of the request.")
    recorded: int = strawberry.field(description="How many items were recorded.")
    refused: int = strawberry.field(description="How many items have a problem.")


RecordActualsResult = Annotated[
    RecordedActuals | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("RecordActualsResult", description="What became of the items, or why none was looked at."),
]


@strawberry.type
class ScorecardMutations:
    @strawberry.mutation(
        description="Tell the actuals of measures; good items are recorded although others have problems. "
        "Needs a client with the scope actuals:write, the strategy office, or who provides the figures of a measure."
    )
    async def record_actuals(self, info: Info, input: RecordActualsInput) -> RecordActualsResult:
        figures = [_figure(item) for item in input.items]
        try:
            outcomes = await service.record_actuals(actor(info), figures, key=input.idempotency_key)
        except DomainError as refusal:
            return cast("RecordActualsResult", problem.of(refusal))
        return _answer(outcomes)


def _figure(item: ActualInput) -> Figure:
    return Figure(
        measure=item.measure,
        period=item.period,
        value=item.value,
        unit_of_measure=text(item.unit_of_measure),
        quality=item.quality,
    )


def _answer(outcomes: Sequence[Outcome]) -> RecordedActuals:
    ids = [outcome.actual_id for outcome in outcomes if outcome.actual_id]
    recorded = _Recorded(ids)
    return RecordedActuals(
        results=[
            ActualResult(
                index=outcome.index,
                row_id=outcome.actual_id,
                problem=problem.of(outcome.refusal) if outcome.refusal else None,
                recorded=recorded,
            )
            for outcome in outcomes
        ],
        recorded=len(ids),
        refused=len(outcomes) - len(ids),
    )
