"""What can be done with alignments in the schema: propose, accept, decline, counter, insist, withdraw, weigh."""

from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, number, optional_id, row_id, text, whole
from api.objectives.cascading.alignments import Alignment
from api.objectives.cascading.mutations import KEY, AlignmentSettled
from api.objectives.mutations import ObjectiveNotEditable
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.objectives.cascading import errors, service_aligning, service_answering
from domain.objectives.cascading.service_aligning import Proposal
from domain.objectives.cascading.service_binding import Wish
from domain.objectives.cascading.terms import AlignmentMethod

VERSION = "The `version` that you decided on; if it moved on since, the answer is StaleVersion."


@strawberry.type(description="Both sides had their turns: the slice was countered as often as may be.")
class RoundsSpent(Problem):
    pass


@strawberry.type(description="There is such an alignment already, or one of both sides has been asked.")
class AlreadyAligned(Problem):
    pass


problem.register(errors.RoundsSpent, RoundsSpent)
problem.register(errors.AlreadyAligned, AlreadyAligned)


@strawberry.input(
    description="That an objective shall serve another one or a strategic objective. The other side is asked; who owns "
    "both has agreed."
)
class ProposeAlignmentInput:
    child: strawberry.ID = strawberry.field(description="The objective that serves.")
    method: AlignmentMethod = strawberry.field(description="How it serves; slices are thrown by `cascadeTarget`.")
    idempotency_key: str = strawberry.field(description=KEY)
    parent: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The objective that is served; this or a strategic objective."
    )
    strategic_objective: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The strategic objective that is served."
    )
    weight: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="How much it counts beside the other edges of the objective, 0 to 1,000: relative to 100.",
    )
    counted: bool = strawberry.field(
        default=True, description="Whether it counts above, or is only shown. A qualitative one never counts."
    )
    reason: str | None = strawberry.field(default=strawberry.UNSET, description="What you say with it.")


@strawberry.input(description="An alignment to accept.")
class AcceptAlignmentInput:
    id: strawberry.ID = strawberry.field(description="The alignment.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    objective: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of a slice, the draft of yours that takes it; a new one is begun unless named.",
    )
    title: str | None = strawberry.field(
        default=strawberry.UNSET, description="The title of a new objective; that of the figure unless named."
    )
    weight: int = strawberry.field(
        default=0, description="The weight of a new objective among yours of the cycle, 0 to 100."
    )
    start: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="Where your figure starts; in proportion to the whole unless named."
    )
    reason: str | None = strawberry.field(default=strawberry.UNSET, description="What you say with it.")


@strawberry.input(description="An alignment to decline, and why.")
class DeclineAlignmentInput:
    id: strawberry.ID = strawberry.field(description="The alignment.")
    reason: str = strawberry.field(description="What the other side shall know.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Another amount for a slice, and why.")
class CounterSliceInput:
    id: strawberry.ID = strawberry.field(description="The slice.")
    amount: Decimal = strawberry.field(description="What you can promise instead.")
    reason: str = strawberry.field(description="Why.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    resources: str | None = strawberry.field(
        default=strawberry.UNSET, description="What you would need for the amount that was asked."
    )


@strawberry.input(description="A counter to accept.")
class AcceptCounterInput:
    id: strawberry.ID = strawberry.field(description="The slice.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A slice to insist on, and why.")
class InsistOnSliceInput:
    id: strawberry.ID = strawberry.field(description="The slice.")
    reason: str = strawberry.field(description="Why it stays as it is.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="An alignment to take back.")
class WithdrawAlignmentInput:
    id: strawberry.ID = strawberry.field(description="The alignment.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    reason: str | None = strawberry.field(default=strawberry.UNSET, description="Why.")


@strawberry.input(description="How much an agreed alignment counts; what is left out stays.")
class WeighAlignmentInput:
    id: strawberry.ID = strawberry.field(description="The alignment.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    weight: int | None = strawberry.field(
        default=strawberry.UNSET, description="0 to 1,000, relative to 100: the word of the lower objective's owner."
    )
    counted: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether it counts: the word of the upper objective's owner."
    )


ProposeAlignmentResult = Annotated[
    Alignment | NotFound | NotPermitted | AlreadyAligned | InvalidInput | KeyReused,
    strawberry.union("ProposeAlignmentResult", description="The alignment as it was proposed, or why it was not."),
]
AcceptAlignmentResult = Annotated[
    Alignment
    | NotFound
    | NotPermitted
    | StaleVersion
    | AlignmentSettled
    | ObjectiveNotEditable
    | InvalidInput
    | KeyReused,
    strawberry.union("AcceptAlignmentResult", description="The agreed alignment, or why it is not."),
]
DeclineAlignmentResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | InvalidInput | KeyReused,
    strawberry.union("DeclineAlignmentResult", description="The declined alignment, or why it is not."),
]
CounterSliceResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | RoundsSpent | InvalidInput | KeyReused,
    strawberry.union("CounterSliceResult", description="The slice with the amount that was offered, or why not."),
]
AcceptCounterResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | InvalidInput | KeyReused,
    strawberry.union("AcceptCounterResult", description="The agreed slice, or why it is not."),
]
InsistOnSliceResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | InvalidInput | KeyReused,
    strawberry.union("InsistOnSliceResult", description="The slice as it went down again, or why it did not."),
]
WithdrawAlignmentResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | InvalidInput | KeyReused,
    strawberry.union("WithdrawAlignmentResult", description="The withdrawn alignment, or why it stands."),
]
WeighAlignmentResult = Annotated[
    Alignment | NotFound | NotPermitted | StaleVersion | AlignmentSettled | InvalidInput | KeyReused,
    strawberry.union("WeighAlignmentResult", description="The alignment as it counts now, or why nothing was changed."),
]


def _proposal(given: ProposeAlignmentInput) -> Proposal:
    return Proposal(
        child_id=row_id("obj", given.child),
        method=given.method,
        parent_id=optional_id("obj", given.parent, "parent"),
        strategic_objective_id=optional_id("sob", given.strategic_objective, "strategicObjective"),
        weight=whole(given.weight),
        counted=given.counted,
        reason=text(given.reason),
    )


def _wish(given: AcceptAlignmentInput) -> Wish:
    return Wish(
        objective_id=optional_id("obj", given.objective, "objective"),
        title=text(given.title),
        weight=given.weight,
        start=number(given.start),
    )


@strawberry.type
class AlignmentMutations:
    @strawberry.mutation(description="Propose that an objective serves another one or a strategic objective.")
    async def propose_alignment(self, info: Info, input: ProposeAlignmentInput) -> ProposeAlignmentResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_aligning.propose(actor(info), _proposal(input), key=input.idempotency_key),
        )
        return cast("ProposeAlignmentResult", found)

    @strawberry.mutation(
        description="Agree. A slice becomes a key result of a draft of yours, with that target, in the same moment."
    )
    async def accept_alignment(self, info: Info, input: AcceptAlignmentInput) -> AcceptAlignmentResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.accept(
                actor(info),
                row_id("aln", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                wish=_wish(input),
                reason=text(input.reason),
            ),
        )
        return cast("AcceptAlignmentResult", found)

    @strawberry.mutation(description="Say no, with a reason. Nothing is deleted.")
    async def decline_alignment(self, info: Info, input: DeclineAlignmentInput) -> DeclineAlignmentResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.decline(
                actor(info),
                row_id("aln", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("DeclineAlignmentResult", found)

    @strawberry.mutation(description="Offer another amount for a slice that came down to you; at most three times.")
    async def counter_slice(self, info: Info, input: CounterSliceInput) -> CounterSliceResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.counter(
                actor(info),
                row_id("aln", input.id),
                input.amount,
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
                resources=text(input.resources),
            ),
        )
        return cast("CounterSliceResult", found)

    @strawberry.mutation(
        description="Agree to the amount that the receiver offered: a draft of theirs holds it at once."
    )
    async def accept_counter(self, info: Info, input: AcceptCounterInput) -> AcceptCounterResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.accept_counter(
                actor(info), row_id("aln", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("AcceptCounterResult", found)

    @strawberry.mutation(description="Stand by the amount. After the third counter your line manager is told.")
    async def insist_on_slice(self, info: Info, input: InsistOnSliceInput) -> InsistOnSliceResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.insist(
                actor(info),
                row_id("aln", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("InsistOnSliceResult", found)

    @strawberry.mutation(description="Take back what you proposed. An accepted slice stands.")
    async def withdraw_alignment(self, info: Info, input: WithdrawAlignmentInput) -> WithdrawAlignmentResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_answering.withdraw(
                actor(info),
                row_id("aln", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=text(input.reason),
            ),
        )
        return cast("WithdrawAlignmentResult", found)

    @strawberry.mutation(description="Say how much an agreed alignment counts, or whether it does.")
    async def weigh_alignment(self, info: Info, input: WeighAlignmentInput) -> WeighAlignmentResult:
        found = await answer(
            info,
            "Alignment",
            lambda: service_aligning.weigh(
                actor(info),
                row_id("aln", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                weight=whole(input.weight),
                counted=input.counted if isinstance(input.counted, bool) else None,
            ),
        )
        return cast("WeighAlignmentResult", found)
