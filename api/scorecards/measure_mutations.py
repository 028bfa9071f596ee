"""What can be done with measures in the schema: define one, change one."""

from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, number, optional_id, row_id, text
from api.objectives.mutations import KEY, VERSION
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.scorecards.measures import Measure
from domain.kernel.errors import DomainError
from domain.people import rules as people
from domain.scorecards import errors, service, service_measures
from domain.scorecards.terms import MeasureContent, MissingInputs, NewMeasure

FORMULA = (
    "How it is computed from other measures, such as `100% * ON_TIME / FLIGHTS`: numbers, codes (in double quotes if "
    'they hold other signs than letters, digits, "_" and "."), + - * /, brackets, `min`, `max`, `sum`, `avg`, '
    "`if_missing(a, b)`, `ytd(CODE)`, `CODE[-1]` for the month before. Numbers take a unit in braces, as 60{min/h}, or "
    "a percent sign."
)


@strawberry.type(description="Another measure has this code.")
class CodeTaken(Problem):
    pass


@strawberry.type(description="The measure has actuals, which are counted in its unit of measure.")
class UnitOfMeasureFixed(Problem):
    pass


@strawberry.type(description="The formula cannot be read, or names a measure that there is not.")
class InvalidFormula(Problem):
    position: int | None = strawberry.field(
        description="At which character of the formula, from 1, if one is to blame."
    )


@strawberry.type(description="The units of measure in the formula do not go together.")
class FormulaUnitMismatch(Problem):
    pass


@strawberry.type(description="The measure would be computed from itself; the message names the way.")
class CircularFormula(Problem):
    pass


def _invalid(found: DomainError) -> Problem:
    position = found.position if isinstance(found, errors.FormulaInvalid) else None
    return InvalidFormula(code=found.code, message=found.message, help=found.help, position=position)


problem.register(people.CodeTaken, CodeTaken)
problem.register(errors.UnitOfMeasureFixed, UnitOfMeasureFixed)
problem.register(errors.FormulaUnitMismatch, FormulaUnitMismatch)
problem.register(errors.FormulaCircular, CircularFormula)
problem.register_maker(errors.FormulaInvalid, _invalid)


@strawberry.input(description="A new measure of a unit.")
class DefineMeasureInput:
    code: str = strawberry.field(description="A short name that no other measure has; it never changes.")
    name: str = strawberry.field(description="The name in English.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted, such as `%` or `CNY/seat`.")
    unit: strawberry.ID = strawberry.field(description="The unit that is measured.")
    idempotency_key: str = strawberry.field(description=KEY)
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")
    low: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The lowest plausible value.")
    high: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The highest plausible value.")
    owner: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Who answers for it.")
    provider: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who may tell its figures by hand."
    )
    expected_lag_days: int = strawberry.field(
        default=15, description="So many days after the end of a month its figure is expected; 0 to 366."
    )
    formula: str | None = strawberry.field(default=strawberry.UNSET, description=FORMULA)
    missing_inputs: MissingInputs = strawberry.field(
        default=MissingInputs.BLANK, description="What its formula makes of an input that a month lacks."
    )


@strawberry.input(description="The whole new content of a measure; what is left out is taken away.")
class ChangeMeasureInput:
    id: strawberry.ID = strawberry.field(description="The measure.")
    name: str = strawberry.field(description="The name in English.")
    unit_of_measure: str = strawberry.field(
        description="In what its values are counted; it stays once there are actuals."
    )
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")
    low: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The lowest plausible value.")
    high: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The highest plausible value.")
    owner: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Who answers for it.")
    provider: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Who may tell its figures by hand."
    )
    expected_lag_days: int = strawberry.field(
        default=15, description="So many days after the end of a month its figure is expected; 0 to 366."
    )
    formula: str | None = strawberry.field(default=strawberry.UNSET, description=FORMULA)
    missing_inputs: MissingInputs = strawberry.field(
        default=MissingInputs.BLANK, description="What its formula makes of an input that a month lacks."
    )


DefineMeasureResult = Annotated[
    Measure
    | CodeTaken
    | InvalidFormula
    | FormulaUnitMismatch
    | CircularFormula
    | NotFound
    | NotPermitted
    | InvalidInput
    | KeyReused,
    strawberry.union("DefineMeasureResult", description="The measure, or why there is none."),
]
ChangeMeasureResult = Annotated[
    Measure
    | UnitOfMeasureFixed
    | InvalidFormula
    | FormulaUnitMismatch
    | CircularFormula
    | StaleVersion
    | NotFound
    | NotPermitted
    | InvalidInput
    | KeyReused,
    strawberry.union("ChangeMeasureResult", description="The measure as it is now, or why nothing was changed."),
]


@strawberry.type
class MeasureMutations:
    @strawberry.mutation(description="Define a measure of a unit. Needs the strategy office.")
    async def define_measure(self, info: Info, input: DefineMeasureInput) -> DefineMeasureResult:
        found = await answer(
            info, "Measure", lambda: service.define_measure(actor(info), _new(input), key=input.idempotency_key)
        )
        return cast("DefineMeasureResult", found)

    @strawberry.mutation(
        description="Change what a measure is called, who tells it, when it is expected and how it is computed. Months "
        "that are closed stay as they were computed. Needs the strategy office."
    )
    async def change_measure(self, info: Info, input: ChangeMeasureInput) -> ChangeMeasureResult:
        found = await answer(
            info,
            "Measure",
            lambda: service_measures.change_measure(
                actor(info),
                row_id("msr", input.id),
                _content(input),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("ChangeMeasureResult", found)


def _new(input: DefineMeasureInput) -> NewMeasure:
    return NewMeasure(
        code=input.code,
        name=input.name,
        unit_of_measure=input.unit_of_measure,
        unit_id=row_id("unt", input.unit),
        name_zh=text(input.name_zh),
        low=number(input.low),
        high=number(input.high),
        owner_id=optional_id("per", input.owner, "owner"),
        provider_id=optional_id("per", input.provider, "provider"),
        lag_days=input.expected_lag_days,
        formula=text(input.formula),
        missing_inputs=input.missing_inputs,
    )


def _content(input: ChangeMeasureInput) -> MeasureContent:
    return MeasureContent(
        name=input.name,
        unit_of_measure=input.unit_of_measure,
        name_zh=text(input.name_zh),
        low=number(input.low),
        high=number(input.high),
        owner_id=optional_id("per", input.owner, "owner"),
        provider_id=optional_id("per", input.provider, "provider"),
        lag_days=input.expected_lag_days,
        formula=text(input.formula),
        missing_inputs=input.missing_inputs,
    )
