"""What can be done with actuals that are there in the schema: correct one, and decide on a late correction."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, row_id, text
from api.objectives.mutations import KEY
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem
from api.scorecards.actual_mutations import ImplausibleValue, InvalidPeriod, PeriodInFuture, UnitMismatch
from api.scorecards.measures import Adjustment
from domain.scorecards import errors, service_adjustments
from domain.scorecards.service_adjustments import NewAdjustment
from domain.scorecards.terms import Quality


@strawberry.type(description="The month has another revision than the one that was to be corrected.")
class RevisionMoved(Problem):
    pass


@strawberry.type(description="A correction of this month waits for a decision already.")
class AdjustmentPending(Problem):
    pass


@strawberry.type(description="The correction waits for no decision: it was applied, declined or withdrawn.")
class AdjustmentDecided(Problem):
    pass


problem.register(errors.RevisionMoved, RevisionMoved)
problem.register(errors.AdjustmentPending, AdjustmentPending)
problem.register(errors.AdjustmentDecided, AdjustmentDecided)


@strawberry.input(description="What a month of a measure shall come to instead.")
class AdjustActualInput:
    measure: strawberry.ID = strawberry.field(description="The measure.")
    period: date = strawberry.field(description="The month, by its first day.")
    value: Decimal = strawberry.field(description="The value, in the measure's unit of measure.")
    unit_of_measure: str = strawberry.field(description="The unit of the value, exactly as the measure has it.")
    expected_revision: int = strawberry.field(
        description="The `revision` that you decided on; 0 for a late figure of a closed month that has none."
    )
    reason: str = strawberry.field(description="Why; at most 500 characters.")
    idempotency_key: str = strawberry.field(description=KEY)
    quality: Quality = strawberry.field(default=Quality.CORRECTED, description="What the new value is worth.")


@strawberry.input(description="The correction to let count.")
class ApproveAdjustmentInput:
    id: strawberry.ID = strawberry.field(description="The adjustment.")
    idempotency_key: str = strawberry.field(description=KEY)
    answer: str | None = strawberry.field(default=strawberry.UNSET, description="What is said with the decision.")


@strawberry.input(description="The correction to decline, and why.")
class DeclineAdjustmentInput:
    id: strawberry.ID = strawberry.field(description="The adjustment.")
    answer: str = strawberry.field(description="What who proposed it shall know.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The correction to take back.")
class WithdrawAdjustmentInput:
    id: strawberry.ID = strawberry.field(description="The adjustment.")
    idempotency_key: str = strawberry.field(description=KEY)


AdjustActualResult = Annotated[
    Adjustment
    | RevisionMoved
    | AdjustmentPending
    | UnitMismatch
    | ImplausibleValue
    | InvalidPeriod
    | PeriodInFuture
    | NotFound
    | NotPermitted
    | InvalidInput
    | KeyReused,
    strawberry.union("AdjustActualResult", description="The correction, or why there is none."),
]
ApproveAdjustmentResult = Annotated[
    Adjustment | AdjustmentDecided | RevisionMoved | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("ApproveAdjustmentResult", description="The correction, or why nothing was changed."),
]
DeclineAdjustmentResult = Annotated[
    Adjustment | AdjustmentDecided | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DeclineAdjustmentResult", description="The correction, or why nothing was changed."),
]
WithdrawAdjustmentResult = Annotated[
    Adjustment | AdjustmentDecided | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("WithdrawAdjustmentResult", description="The correction, or why nothing was changed."),
]


@strawberry.type
class AdjustmentMutations:
    @strawberry.mutation(
        description="Correct an actual, or doubt it: its month gets a newer revision. In an open cycle it counts "
        "at once. After the closing it waits until the measure's owner or the strategy office approves, but not who "
        "proposed it. Needs the scope actuals:write, the strategy office, or the measure's provider."
    )
    async def adjust_actual(self, info: Info, input: AdjustActualInput) -> AdjustActualResult:
        found = await answer(
            info, "Adjustment", lambda: service_adjustments.adjust(actor(info), _new(input), key=input.idempotency_key)
        )
        return cast("AdjustActualResult", found)

    @strawberry.mutation(description="Let a correction count that was proposed after the closing by somebody else.")
    async def approve_adjustment(self, info: Info, input: ApproveAdjustmentInput) -> ApproveAdjustmentResult:
        found = await answer(
            info,
            "Adjustment",
            lambda: service_adjustments.approve(
                actor(info), row_id("adj", input.id), key=input.idempotency_key, answer=text(input.answer)
            ),
        )
        return cast("ApproveAdjustmentResult", found)

    @strawberry.mutation(description="Decline a correction that was proposed after the closing by somebody else.")
    async def decline_adjustment(self, info: Info, input: DeclineAdjustmentInput) -> DeclineAdjustmentResult:
        found = await answer(
            info,
            "Adjustment",
            lambda: service_adjustments.decline(
                actor(info), row_id("adj", input.id), key=input.idempotency_key, answer=input.answer
            ),
        )
        return cast("DeclineAdjustmentResult", found)

    @strawberry.mutation(description="Take a correction back that you proposed and that waits for a decision.")
    async def withdraw_adjustment(self, info: Info, input: WithdrawAdjustmentInput) -> WithdrawAdjustmentResult:
        found = await answer(
            info,
            "Adjustment",
            lambda: service_adjustments.withdraw(actor(info), row_id("adj", input.id), key=input.idempotency_key),
        )
        return cast("WithdrawAdjustmentResult", found)


def _new(input: AdjustActualInput) -> NewAdjustment:
    return NewAdjustment(
        measure_id=row_id("msr", input.measure),
        period=input.period,
        value=input.value,
        unit_of_measure=input.unit_of_measure,
        revision=input.expected_revision,
        reason=input.reason,
        quality=input.quality,
    )
