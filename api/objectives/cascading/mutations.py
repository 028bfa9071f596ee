"""What can be done with targets in the schema: divide, throw down, publish, close."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, number, optional_id, row_id, text, whole
from api.objectives.mutations import ObjectiveNotActive
from api.objectives.types import KeyResult
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.objectives.cascading import errors, service_throwing
from domain.objectives.cascading.terms import Division, Part, Receiver, SplitMethod

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
VERSION = "The `version` of the split that you decided on, 0 where there is none; else the answer is StaleVersion."
WAIVER = "Why slices and reserve need not add up to the target; without it they must."


@strawberry.type(description="A target cannot be divided as it was asked: the sentence says what stands in the way.")
class SplitImpossible(Problem):
    pass


@strawberry.type(description="Slices and reserve do not add up to the target.")
class SplitNotConserved(Problem):
    pass


@strawberry.type(description="The target of this key result cannot be thrown down in slices.")
class NotSplittable(Problem):
    pass


@strawberry.type(description="It does not wait for this answer any more, or not yet.")
class AlignmentSettled(Problem):
    pass


problem.register(errors.SplitImpossible, SplitImpossible)
problem.register(errors.SplitNotConserved, SplitNotConserved)
problem.register(errors.NotSplittable, NotSplittable)
problem.register(errors.AlignmentSettled, AlignmentSettled)


@strawberry.input(
    description="Who gets a slice, and what they bring to the division; the method says what of it matters."
)
class ReceiverInput:
    person: strawberry.ID = strawberry.field(description="Somebody who answers to you, directly or through others.")
    unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="For which of their units; their main one unless named."
    )
    weight: int | None = strawberry.field(default=strawberry.UNSET, description="For WEIGHT: 0 or more.")
    history: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For HISTORY and HYBRID: what they reached before, 0 or more."
    )
    capacity: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For CAPACITY and HYBRID: such as heads, 0 or more."
    )
    amount: Decimal | None = strawberry.field(default=strawberry.UNSET, description="For GIVEN: the slice itself.")
    low: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The slice is no less than this.")
    high: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The slice is no more than this.")


@strawberry.input(description="A target to be thrown down in slices.")
class CascadeTargetInput:
    key_result: strawberry.ID = strawberry.field(description="A key result of a promised objective of yours.")
    method: SplitMethod = strawberry.field(description="By what it is divided.")
    receivers: list[ReceiverInput] = strawberry.field(
        description="Who gets a slice, at most 200. Who accepted one before keeps it and is not named again; slices "
        "that wait for an answer are taken back, unless they are the same."
    )
    idempotency_key: str = strawberry.field(description=KEY)
    reserve: Decimal = strawberry.field(default=Decimal(0), description="What is held back.")
    whole: bool = strawberry.field(default=False, description="Whether slices are whole numbers.")
    history_share: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For HYBRID: the part of history, from 0 to 1."
    )
    publish: bool = strawberry.field(
        default=True, description="Whether it goes down at once; a draft is yours alone and may be uneven."
    )
    waiver: str | None = strawberry.field(default=strawberry.UNSET, description=WAIVER)
    expected_version: int = strawberry.field(default=0, description=VERSION)


@strawberry.input(description="A draft of slices to be thrown down.")
class PublishCascadeInput:
    key_result: strawberry.ID = strawberry.field(description="The key result.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    waiver: str | None = strawberry.field(default=strawberry.UNSET, description=WAIVER)


@strawberry.input(description="A split to be closed.")
class CloseCascadeInput:
    key_result: strawberry.ID = strawberry.field(description="The key result.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    reserve: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="What is held back after all; as it was unless named."
    )
    waiver: str | None = strawberry.field(default=strawberry.UNSET, description=WAIVER)


@strawberry.input(description="A draft to be thrown away.")
class DiscardCascadeInput:
    key_result: strawberry.ID = strawberry.field(description="The key result.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


CascadeTargetResult = Annotated[
    KeyResult
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotActive
    | NotSplittable
    | SplitImpossible
    | SplitNotConserved
    | AlignmentSettled
    | InvalidInput
    | KeyReused,
    strawberry.union(
        "CascadeTargetResult", description="The key result with its split, or why nothing was thrown down."
    ),
]
PublishCascadeResult = Annotated[
    KeyResult
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotActive
    | NotSplittable
    | SplitNotConserved
    | AlignmentSettled
    | InvalidInput
    | KeyReused,
    strawberry.union("PublishCascadeResult", description="The key result with its split, or why nothing went down."),
]
CloseCascadeResult = Annotated[
    KeyResult
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotActive
    | NotSplittable
    | SplitNotConserved
    | AlignmentSettled
    | InvalidInput
    | KeyReused,
    strawberry.union("CloseCascadeResult", description="The key result with its closed split, or why it stays open."),
]


DiscardCascadeResult = Annotated[
    KeyResult
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotActive
    | NotSplittable
    | AlignmentSettled
    | InvalidInput
    | KeyReused,
    strawberry.union("DiscardCascadeResult", description="The key result without its draft, or why it stays."),
]


def _receivers(given: Sequence[ReceiverInput]) -> list[Receiver]:
    return [
        Receiver(
            person_id=row_id("per", one.person),
            unit_id=optional_id("unt", one.unit, f"receivers.{at}.unit"),
            part=part(one, f"Receiver {at + 1}"),
        )
        for at, one in enumerate(given)
    ]


def part(given: ReceiverInput, name: str) -> Part:
    """What a receiver brings."""
    return Part(
        name=name,
        weight=whole(given.weight),
        history=number(given.history),
        capacity=number(given.capacity),
        amount=number(given.amount),
        low=number(given.low),
        high=number(given.high),
    )


@strawberry.type
class CascadeMutations:
    @strawberry.mutation(
        description="Throw the target of a key result of yours down in slices. Each receiver accepts, declines or "
        "offers another amount; nobody is taken to have agreed."
    )
    async def cascade_target(self, info: Info, input: CascadeTargetInput) -> CascadeTargetResult:
        found = await answer(
            info,
            "KeyResult",
            lambda: service_throwing.cascade_target(
                actor(info),
                row_id("kr", input.key_result),
                _receivers(input.receivers),
                Division(
                    method=input.method,
                    reserve=input.reserve,
                    whole=input.whole,
                    history_share=number(input.history_share),
                ),
                key=input.idempotency_key,
                version=input.expected_version,
                publish=input.publish,
                waiver=text(input.waiver),
            ),
        )
        return cast("CascadeTargetResult", found)

    @strawberry.mutation(description="Throw the slices of a draft down.")
    async def publish_cascade(self, info: Info, input: PublishCascadeInput) -> PublishCascadeResult:
        found = await answer(
            info,
            "KeyResult",
            lambda: service_throwing.publish(
                actor(info),
                row_id("kr", input.key_result),
                version=input.expected_version,
                key=input.idempotency_key,
                waiver=text(input.waiver),
            ),
        )
        return cast("PublishCascadeResult", found)

    @strawberry.mutation(description="Throw a draft of slices away; nobody hears of it.")
    async def discard_cascade(self, info: Info, input: DiscardCascadeInput) -> DiscardCascadeResult:
        found = await answer(
            info,
            "KeyResult",
            lambda: service_throwing.discard(
                actor(info),
                row_id("kr", input.key_result),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("DiscardCascadeResult", found)

    @strawberry.mutation(
        description="What was accepted stands from now on. Every slice must have been answered or taken back: silence "
        "is no consent."
    )
    async def close_cascade(self, info: Info, input: CloseCascadeInput) -> CloseCascadeResult:
        found = await answer(
            info,
            "KeyResult",
            lambda: service_throwing.close(
                actor(info),
                row_id("kr", input.key_result),
                version=input.expected_version,
                key=input.idempotency_key,
                reserve=number(input.reserve),
                waiver=text(input.waiver),
            ),
        )
        return cast("CloseCascadeResult", found)
