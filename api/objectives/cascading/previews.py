"""The cascade tried out in the schema: how a target would be divided, and what would follow from a change."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import number, optional_id, text, whole
from api.objectives.cascading.mutations import SplitImpossible
from api.problem import InvalidInput, NotFound
from api.reading import resolving
from domain.kernel.errors import DomainError
from domain.kernel.ids import public
from domain.objectives import traces
from domain.objectives.cascading import coverage, service_previews, splits
from domain.objectives.cascading.service_previews import Standing, Touched
from domain.objectives.cascading.terms import Division, Part, SplitMethod
from domain.objectives.cascading.whatif import Change, Figure


@strawberry.input(description="A part of a total, and what it brings to the division; the method says what matters.")
class SplitPartInput:
    name: str | None = strawberry.field(default=strawberry.UNSET, description="By which a problem names it.")
    weight: int | None = strawberry.field(default=strawberry.UNSET, description="For WEIGHT: 0 or more.")
    history: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For HISTORY and HYBRID: what was reached before, 0 or more."
    )
    capacity: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For CAPACITY and HYBRID: such as heads, 0 or more."
    )
    amount: Decimal | None = strawberry.field(default=strawberry.UNSET, description="For GIVEN: the slice itself.")
    low: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The slice is no less than this.")
    high: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The slice is no more than this.")


@strawberry.input(description="A total to be divided on trial.")
class PreviewSplitInput:
    total: Decimal = strawberry.field(description="What is divided.")
    method: SplitMethod = strawberry.field(description="By what.")
    receivers: list[SplitPartInput] = strawberry.field(description="Among whom, at most 200, each with its bounds.")
    reserve: Decimal = strawberry.field(default=Decimal(0), description="What is held back.")
    whole: bool = strawberry.field(default=False, description="Whether slices are whole numbers.")
    history_share: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="For HYBRID: the part of history, from 0 to 1."
    )


@strawberry.type(description="A slice of a total.")
class PreviewedSlice:
    name: str = strawberry.field(description="Whose it is.")
    amount: Decimal = strawberry.field(description="How much.")


@strawberry.type(description="A total as it would be divided.")
class SplitPreview:
    slices: list[PreviewedSlice] = strawberry.field(description="The slices, in the order of the receivers.")
    reserve: Decimal = strawberry.field(description="What is held back.")
    difference: Decimal = strawberry.field(
        description="Slices and reserve less the total: 0 but for amounts that were given."
    )


PreviewSplitResult = Annotated[
    SplitPreview | SplitImpossible | InvalidInput,
    strawberry.union("PreviewSplitResult", description="The slices, or why there are none."),
]


@strawberry.input(description="What would be different of a key result or an objective; what is left out stays.")
class CascadeChangeInput:
    key_result: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="The key result.")
    objective: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Or the objective.")
    target: Decimal | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of a key result: slices of it change in proportion, down to the last level.",
    )
    current: Decimal | None = strawberry.field(default=strawberry.UNSET, description="Of a key result: its value.")
    weight: int | None = strawberry.field(default=strawberry.UNSET, description="Of either: 0 to 100.")


@strawberry.type(description="A key result as it is and as it would be.")
class PreviewedKeyResult:
    key_result: strawberry.ID = strawberry.field(description="The id of the key result.")
    title: str = strawberry.field(description="What is to be reached.")
    target_before: Decimal | None = strawberry.field(description="The target as it is.")
    target_after: Decimal | None = strawberry.field(description="The target as it would be.")
    progress_before: Decimal | None = strawberry.field(description="How far it is, in percent to two decimals.")
    progress_after: Decimal | None = strawberry.field(description="How far it would be.")


@strawberry.type(description="An objective as it is and as it would be.")
class PreviewedObjective:
    objective: strawberry.ID = strawberry.field(description="The id of the objective.")
    title: str = strawberry.field(description="What is to be reached.")
    level: int = strawberry.field(
        description="How far above those that change first, which are 0: what is named, and what holds slices."
    )
    progress_before: Decimal | None = strawberry.field(description="How far it is by itself, in percent.")
    progress_after: Decimal | None = strawberry.field(description="How far it would be by itself.")
    rolled_up_before: Decimal | None = strawberry.field(description="How far it is with all that serves it.")
    rolled_up_after: Decimal | None = strawberry.field(description="How far it would be with all that serves it.")
    key_results: list[PreviewedKeyResult] = strawberry.field(description="Its key results that would be different.")


@strawberry.type(description="What would follow from changes. Nothing of it is kept.")
class CascadePreview:
    objectives: list[PreviewedObjective] = strawberry.field(
        description="Every objective that would be touched and that you may see, the lowest first; at most 2,000."
    )


PreviewCascadeResult = Annotated[
    CascadePreview | NotFound | InvalidInput,
    strawberry.union("PreviewCascadeResult", description="What would follow, or why it cannot be said."),
]


@strawberry.type
class CascadePreviews:
    @strawberry.field(description="Divide a total on trial: by the same rules as `cascadeTarget`. Nothing is kept.")
    def preview_split(
        self,
        info: Info,
        input: Annotated[PreviewSplitInput, strawberry.argument(description="What is divided, and how.")],
    ) -> PreviewSplitResult:
        resolving.actor_of(resolving.raw(info))
        try:
            return _divided(input)
        except DomainError as refusal:
            return cast("PreviewSplitResult", problem.of(refusal))

    @strawberry.field(
        description="Try other targets, values and weights, and see every level that would change. Nothing is kept."
    )
    async def preview_cascade(
        self,
        info: Info,
        changes: Annotated[
            list[CascadeChangeInput], strawberry.argument(description="What would be different; at most 100 changes.")
        ],
    ) -> PreviewCascadeResult:
        actor = resolving.actor_of(resolving.raw(info))
        try:
            found = await service_previews.preview(actor, _changes(changes))
        except DomainError as refusal:
            return cast("PreviewCascadeResult", problem.of(refusal))
        return CascadePreview(objectives=[_objective(one) for one in found])


def _divided(given: PreviewSplitInput) -> SplitPreview:
    parts = [_part(one, f"Receiver {at + 1}") for at, one in enumerate(given.receivers)]
    division = Division(
        method=given.method, reserve=given.reserve, whole=given.whole, history_share=number(given.history_share)
    )
    slices = splits.divide(given.total, parts, division)
    return SplitPreview(
        slices=[PreviewedSlice(name=part.name, amount=amount) for part, amount in zip(parts, slices, strict=True)],
        reserve=given.reserve,
        difference=coverage.balance(given.total, slices, given.reserve).difference,
    )


def _part(given: SplitPartInput, name: str) -> Part:
    return Part(
        name=text(given.name) or name,
        weight=whole(given.weight),
        history=number(given.history),
        capacity=number(given.capacity),
        amount=number(given.amount),
        low=number(given.low),
        high=number(given.high),
    )


def _changes(given: Sequence[CascadeChangeInput]) -> list[Change]:
    return [
        Change(
            key_result_id=optional_id("kr", one.key_result, f"changes.{at}.keyResult"),
            objective_id=optional_id("obj", one.objective, f"changes.{at}.objective"),
            target=number(one.target),
            current=number(one.current),
            weight=whole(one.weight),
        )
        for at, one in enumerate(given)
    ]


def _objective(one: Touched) -> PreviewedObjective:
    before, after = _shown(one.before), _shown(one.after)
    return PreviewedObjective(
        objective=strawberry.ID(public("obj", one.objective_id)),
        title=one.title,
        level=one.level,
        progress_before=before.progress,
        progress_after=after.progress,
        rolled_up_before=before.score,
        rolled_up_after=after.score,
        key_results=[_key_result(*pair) for pair in one.figures],
    )


def _shown(standing: Standing) -> Standing:
    return Standing(_percent(standing.progress), _percent(standing.score))


def _key_result(before: Figure, after: Figure) -> PreviewedKeyResult:
    return PreviewedKeyResult(
        key_result=strawberry.ID(public("kr", before.id)),
        title=before.title,
        target_before=before.target,
        target_after=after.target,
        progress_before=_percent(before.progress),
        progress_after=_percent(after.progress),
    )


def _percent(value: Decimal | None) -> Decimal | None:
    return None if value is None else traces.shown(value)
