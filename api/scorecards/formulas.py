"""Formulas in the schema: one is tried without keeping anything."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api import problem
from api.problem import Problem
from api.reading import resolving
from domain.kernel.errors import DomainError
from domain.scorecards import service_previews
from domain.scorecards.errors import FormulaInvalid, FormulaUnitMismatch
from domain.scorecards.service_previews import Preview
from domain.scorecards.terms import Missing, MissingInputs


@strawberry.input(description="A value to try a formula with.")
class FormulaInputInput:
    measure: str = strawberry.field(description="The code of a measure.")
    period: date = strawberry.field(description="The month, by its first day.")
    value: Decimal = strawberry.field(description="The value, in the measure's unit of measure.")


@strawberry.type(description="What a formula comes to in a month. Nothing is kept.")
class FormulaPreview:
    value: Decimal | None = strawberry.field(description="The value; null if there is none.")
    missing: Missing | None = strawberry.field(description="Why there is no value; null if there is one.")
    reason: str | None = strawberry.field(description="The same in a sentence.")
    unit_of_measure: str | None = strawberry.field(
        description="In what it counts: `1` for a bare number, null for zero in every unit."
    )
    measures: list[str] = strawberry.field(description="The codes of the measures that it names; at most 16.")
    problem: Problem | None = strawberry.field(description="Why it cannot be computed at all; null if it can.")


FormulaText = Annotated[str, strawberry.argument(description="The formula, such as `100% * ON_TIME / FLIGHTS`.")]
FormulaMonth = Annotated[date, strawberry.argument(description="The month, by its first day.")]
FormulaInputs = Annotated[
    list[FormulaInputInput],
    strawberry.argument(description="Values to take, at most 400; what was told counts for all others."),
]
FormulaMissing = Annotated[
    MissingInputs, strawberry.argument(description="What to make of an input that the month lacks.")
]


@strawberry.type
class FormulaQueries:
    @strawberry.field(description="Try a formula over measures, with values of your own, without keeping anything.")
    async def preview_formula(
        self,
        info: Info,
        formula: FormulaText,
        period: FormulaMonth,
        inputs: FormulaInputs,
        missing_inputs: FormulaMissing = MissingInputs.BLANK,
    ) -> FormulaPreview:
        given = {(one.measure, one.period): one.value for one in inputs}
        actor = resolving.actor_of(resolving.raw(info))
        try:
            return _shown(await service_previews.formula(actor, formula, period, given, missing=missing_inputs))
        except (FormulaInvalid, FormulaUnitMismatch) as refusal:
            return _refused(refusal)
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal


def _shown(found: Preview) -> FormulaPreview:
    outcome = found.outcome
    return FormulaPreview(
        value=outcome.value,
        missing=outcome.missing,
        reason=outcome.reason,
        unit_of_measure=found.unit_of_measure,
        measures=list(found.codes),
        problem=None,
    )


def _refused(refusal: DomainError) -> FormulaPreview:
    return FormulaPreview(
        value=None, missing=None, reason=None, unit_of_measure=None, measures=[], problem=problem.of(refusal)
    )
