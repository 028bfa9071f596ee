"""Modes beside each other in the schema: two units, and what a template would be for a unit of some kind."""

from datetime import date
from typing import Annotated, cast

import strawberry
from graphql import GraphQLError
from strawberry import Info

from api.modes.types import ModeRange, ModeValues, UnitArgument
from api.mutating import actor, row_id
from api.people.types import Unit
from api.planned import AsOf
from api.reading import resolving
from domain.kernel.errors import DomainError
from domain.modes import service_comparing, shown, templates
from domain.modes.service_comparing import Difference, Side
from domain.modes.terms import Factor, Feature, LifeCycle, ParentingStyle
from domain.people.terms import EnterpriseForm


@strawberry.type(description="A factor of a unit's design record that shaped a feature.")
class FeatureFactor:
    factor: Factor = strawberry.field(description="Which factor.")
    words: str = strawberry.field(description="What it means for the mode, in English.")
    words_zh: str | None = strawberry.field(description="What it means for the mode, in Chinese.")


@strawberry.type(description="A feature as one of two units has it, and why.")
class ModeSide:
    value: ModeValues = strawberry.field(description="Its value, under its own name; all other fields are null.")
    reason: str | None = strawberry.field(description="Why it was set so; null where nothing is set or told.")
    factors: list[FeatureFactor] = strawberry.field(
        description="The factors that the unit's own design record gives for it; at most eight."
    )


@strawberry.type(description="A feature that two units have differently.")
class ModeFeatureDifference:
    feature: Feature = strawberry.field(description="Which feature.")
    here: ModeSide = strawberry.field(description="As the first unit has it.")
    there: ModeSide = strawberry.field(description="As the other unit has it.")


@strawberry.type(description="In what the modes of two units differ on a date.")
class ModeDifference:
    unit_id: strawberry.Private[str]
    other_id: strawberry.Private[str]
    features: list[ModeFeatureDifference] = strawberry.field(description="What differs; empty where nothing does.")

    @strawberry.field(description="The first unit, as it is today.")
    async def unit(self, info: Info) -> Unit | None:
        return await _unit(info, self.unit_id)

    @strawberry.field(description="The other unit, as it is today.")
    async def other(self, info: Info) -> Unit | None:
        return await _unit(info, self.other_id)


@strawberry.type(description="What fits a style in one feature, and what the feature weighs in the fit.")
class ModeTemplateRange:
    feature: Feature = strawberry.field(description="Which feature.")
    range: ModeRange = strawberry.field(description="What fits.")
    weight: int = strawberry.field(description="What the feature weighs in the fit, of 100.")


@strawberry.type(description="The mode that is recommended for a kind of unit.")
class ModeTemplate:
    values: ModeValues = strawberry.field(description="What is recommended; null where a template says nothing.")
    ranges: list[ModeTemplateRange] = strawberry.field(description="What fits the style; one for each of six features.")
    source: str = strawberry.field(description="Where the template comes from.")


@strawberry.type
class ModeComparisons:
    @strawberry.field(description="In what the modes of two units differ, with the factors that made them differ.")
    async def mode_difference(
        self,
        info: Info,
        unit: UnitArgument,
        other: Annotated[strawberry.ID, strawberry.argument(description="The id of the other unit.")],
        as_of: AsOf = strawberry.UNSET,
    ) -> ModeDifference:
        try:
            found = await service_comparing.difference(
                actor(info),
                row_id("unt", unit),
                row_id("unt", other),
                on=as_of if isinstance(as_of, date) else None,
            )
        except DomainError as refusal:
            raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
        return ModeDifference(unit_id=unit, other_id=other, features=[_difference(one) for one in found])

    @strawberry.field(description="The mode that is recommended for a business of this form, style and stage.")
    def mode_template(
        self,
        info: Info,
        form: Annotated[EnterpriseForm, strawberry.argument(description="What kind of business it is.")],
        style: Annotated[ParentingStyle, strawberry.argument(description="How headquarters parents it.")],
        life_cycle: Annotated[LifeCycle, strawberry.argument(description="The stage that it is in.")],
    ) -> ModeTemplate:
        actor(info)
        return ModeTemplate(
            values=cast("ModeValues", shown.mode_values(templates.recommended(form, style, life_cycle))),
            ranges=[
                ModeTemplateRange(
                    feature=feature,
                    range=cast("ModeRange", shown.range_of(fits)),
                    weight=templates.FIT_WEIGHTS[feature],
                )
                for feature, fits in templates.RANGES[style].items()
            ],
            source=templates.SOURCE,
        )


async def _unit(info: Info, public_id: str) -> Unit | None:
    return cast("Unit | None", await resolving.select(resolving.raw(info), "Unit", row_id("unt", public_id)))


def _difference(one: Difference) -> ModeFeatureDifference:
    return ModeFeatureDifference(feature=one.feature, here=_side(one.here), there=_side(one.there))


def _side(side: Side) -> ModeSide:
    setting = side.held.setting
    return ModeSide(
        value=cast("ModeValues", shown.mode_values({side.held.feature: side.held.value})),
        reason=setting.reason if setting else None,
        factors=[
            FeatureFactor(factor=entry.factor, words=entry.words, words_zh=entry.words_zh) for entry in side.factors
        ],
    )
