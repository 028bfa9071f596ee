"""What can be done with modes in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.modes.inputs import (
    ApplyModeTemplateInput,
    InheritModeInput,
    SetModeInput,
    WriteModeFactorsInput,
    change,
    drafts,
    given,
)
from api.modes.types import Mode
from api.mutating import actor, answer, text
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.modes import errors, service, service_record
from domain.modes.terms import LifeCycle, ParentingStyle


@strawberry.type(description="The feature is locked: in a unit above, or in this one by who keeps the modes.")
class FeatureLocked(Problem):
    pass


@strawberry.type(description="A feature would lie outside of the range of the unit's style, and nobody says why.")
class ReasonNeeded(Problem):
    pass


problem.register(errors.FeatureLocked, FeatureLocked)
problem.register(errors.ReasonNeeded, ReasonNeeded)

SetModeResult = Annotated[
    Mode | NotFound | NotPermitted | StaleVersion | FeatureLocked | ReasonNeeded | InvalidInput | KeyReused,
    strawberry.union("SetModeResult", description="The mode as it is today, or why nothing was set."),
]
InheritModeResult = Annotated[
    Mode | NotFound | NotPermitted | StaleVersion | FeatureLocked | InvalidInput | KeyReused,
    strawberry.union("InheritModeResult", description="The mode as it is today, or why nothing was given back."),
]
ApplyModeTemplateResult = Annotated[
    Mode | NotFound | NotPermitted | StaleVersion | FeatureLocked | InvalidInput | KeyReused,
    strawberry.union("ApplyModeTemplateResult", description="The mode as it is today, or why nothing was applied."),
]
WriteModeFactorsResult = Annotated[
    Mode | NotFound | NotPermitted | StaleVersion | InvalidInput | KeyReused,
    strawberry.union("WriteModeFactorsResult", description="The mode as it is today, or why nothing was written."),
]


@strawberry.type
class ModeMutations:
    @strawberry.mutation(
        description="Set features of a unit's mode from a day on; they hold below it unless something nearer is set. "
        "For the strategy office, and who leads the unit or one above it."
    )
    async def set_mode(self, info: Info, input: SetModeInput) -> SetModeResult:
        found = await answer(
            info,
            "Mode",
            lambda: service.set_features(
                actor(info),
                change(input.unit, input.expected_version, input.valid_from),
                given(input.values),
                key=input.idempotency_key,
                is_locked=input.locked,
                reason=text(input.reason),
            ),
        )
        return cast("SetModeResult", found)

    @strawberry.mutation(
        description="Let features of a unit's mode follow from above again, or from the template, from a day on."
    )
    async def inherit_mode(self, info: Info, input: InheritModeInput) -> InheritModeResult:
        found = await answer(
            info,
            "Mode",
            lambda: service.inherit(
                actor(info),
                change(input.unit, input.expected_version, input.valid_from),
                input.features,
                key=input.idempotency_key,
            ),
        )
        return cast("InheritModeResult", found)

    @strawberry.mutation(
        description="Manage a unit as the template of its form, style and life cycle recommends, from a day on. What "
        "lies within the ranges of the style stays, and what is locked stays as well."
    )
    async def apply_mode_template(self, info: Info, input: ApplyModeTemplateInput) -> ApplyModeTemplateResult:
        found = await answer(
            info,
            "Mode",
            lambda: service.apply_template(
                actor(info),
                change(input.unit, input.expected_version, input.valid_from),
                key=input.idempotency_key,
                style=input.style if isinstance(input.style, ParentingStyle) else None,
                life_cycle=input.life_cycle if isinstance(input.life_cycle, LifeCycle) else None,
                reason=text(input.reason),
            ),
        )
        return cast("ApplyModeTemplateResult", found)

    @strawberry.mutation(
        description="Write lines of a unit's design record: what factors mean for its mode, and which features are as "
        "they are because of them."
    )
    async def write_mode_factors(self, info: Info, input: WriteModeFactorsInput) -> WriteModeFactorsResult:
        found = await answer(
            info,
            "Mode",
            lambda: service_record.write_factors(
                actor(info),
                change(input.unit, input.expected_version, input.valid_from),
                drafts(input),
                key=input.idempotency_key,
            ),
        )
        return cast("WriteModeFactorsResult", found)
