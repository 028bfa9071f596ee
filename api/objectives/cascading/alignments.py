"""Alignments in the schema: what serves what, slices on their way down, and how a target was thrown."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry.types.field import StrawberryField

from api.people.types import Person, Unit
from api.planned import (
    AfterCursor,
    BeforeCursor,
    Connection,
    FirstCount,
    LastCount,
    Node,
    by_id,
    maybe,
    planned,
)
from domain.objectives.cascading.terms import Act, AlignmentMethod, AlignmentState, SplitMethod, SplitState

strawberry.enum(AlignmentMethod, description="How an objective serves what is above it.")
strawberry.enum(AlignmentState, description="How far both sides of an alignment agree.")
strawberry.enum(SplitMethod, description="By what a target is divided.")
strawberry.enum(SplitState, description="How far a target has been thrown down.")
strawberry.enum(Act, name="AlignmentAct", description="What one side of an alignment does in its turn.")


@strawberry.type(description="What one side said of an alignment in its turn.")
class AlignmentTurn:
    act: Act = strawberry.field(description="What was done.")
    by: Person | None = strawberry.field(description="Who did it.")
    at: datetime = strawberry.field(description="When.")
    amount: Decimal | None = strawberry.field(description="The amount that was spoken of.")
    reason: str | None = strawberry.field(description="Why.")
    resources: str | None = strawberry.field(description="What it would take, as who countered says.")


@strawberry.type(
    description="That an objective serves another one or a strategic objective, agreed by both sides or on its way "
    "there; or a slice of a target that was thrown down and not accepted yet."
)
class Alignment(Node):
    method: AlignmentMethod = strawberry.field(description="How it serves.")
    state: AlignmentState = strawberry.field(description="How far both sides agree.")
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    title: str | None = strawberry.field(
        description="Of a slice, the figure whose target was divided; null for those who do not take part."
    )
    unit_of_measure: str | None = strawberry.field(description="Of a slice, in what its amount is counted.")
    amount: Decimal | None = strawberry.field(description="Of a slice, the part of the target; else null.")
    counter_amount: Decimal | None = strawberry.field(
        description="What the receiver offered last; null for those who do not take part."
    )
    gap_percent: Decimal | None = strawberry.field(
        description="How far that lies below the amount, in percent of it to two decimals."
    )
    weight: int | None = strawberry.field(
        description="How much the edge counts beside the others of the lower objective: relative to 100, which is the "
        "weight of the objective that it names as its parent and of every edge without one."
    )
    counted: bool = strawberry.field(
        description="Whether the lower objective counts in the upper one, or is only shown there."
    )
    share: Decimal | None = strawberry.field(
        description="With which part of its weight the lower objective counts here, in percent; its shares for all "
        "that it serves add up to 100. Null until both sides agree, and for a strategic objective."
    )
    reason: str | None = strawberry.field(
        description="What was said last, by whose turn it was; null for those who do not take part."
    )
    rounds: int = strawberry.field(description="How often it was countered.")
    escalated_at: datetime | None = strawberry.field(
        description="When the line manager of who threw it was told that both sides do not agree."
    )
    proposed_at: datetime = strawberry.field(description="When it was proposed or thrown.")
    decided_at: datetime | None = strawberry.field(description="When it was settled.")
    viewer_can: list[Act] = strawberry.field(description="What you can do with it now.")
    cycle: maybe("Cycle", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="For which period."
    )
    parent: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective that is served, if you may see it."
    )
    parent_key_result: maybe("KeyResult", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The key result whose target was divided, if you may see it."
    )
    strategic_objective: maybe("StrategicObjective", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="The strategic objective that is served."
    )
    child: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective that serves, if there is one yet and you may see it."
    )
    child_key_result: maybe("KeyResult", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The key result that holds the slice, if there is one yet and you may see it."
    )
    receiver: Person | None = strawberry.field(description="To whom it was thrown or proposed.")
    receiver_unit: Unit | None = strawberry.field(description="For which unit of theirs, if one was named.")
    proposed_by: Person | None = strawberry.field(description="Who threw or proposed it.")
    asked: Person | None = strawberry.field(
        description="Whose turn it is; null when it is settled, or when the strategy office is asked."
    )
    decided_by: Person | None = strawberry.field(description="Who settled it.")
    turns: list[AlignmentTurn] = strawberry.field(
        description="What was said, from the first turn; empty for those who do not take part."
    )


@strawberry.type(
    description="How the target of a key result was thrown down, and what came of it. What you may not see counts in "
    "every number."
)
class TargetSplit:
    method: SplitMethod = strawberry.field(description="By what it was divided.")
    state: SplitState = strawberry.field(description="How far it is.")
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    reserve: Decimal = strawberry.field(description="What is held back.")
    whole: bool = strawberry.field(description="Whether slices are whole numbers.")
    waiver: str | None = strawberry.field(description="Why slices and reserve need not add up to the target.")
    difference: Decimal = strawberry.field(
        description="Slices and reserve less the target: 0 when nothing is lost, above 0 when too much is thrown down."
    )
    slices: int = strawberry.field(description="How many slices are thrown down.")
    open: int = strawberry.field(description="How many of them wait for an answer.")
    assigned: Decimal = strawberry.field(description="How much of the target is thrown down, in percent.")
    carried: Decimal = strawberry.field(
        description="How much of it accountable persons accepted, down to the last level, in percent: at most 100, and "
        "never more than is assigned."
    )
    losses: list[Decimal] = strawberry.field(
        description="What each level loses on the way down, in percent, from this one; at most seven levels."
    )
    value: Decimal | None = strawberry.field(
        description="What the accepted slices have reached together: the sum of their values. Null without data."
    )
    value_percent: Decimal | None = strawberry.field(
        description="That sum in percent of the target: large slices matter more."
    )
    mean_percent: Decimal | None = strawberry.field(
        description="The mean of the percentages of the slices: each slice matters as much as another. Both numbers "
        "are right; they answer different questions."
    )


def alignment_page(description: str) -> StrawberryField:
    """A field that answers one page of alignments."""

    def resolver(
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: Annotated[
            AlignmentState | None, strawberry.argument(description="Only those that stand so.")
        ] = strawberry.UNSET,
    ) -> Connection[Annotated["Alignment", strawberry.lazy("api.objectives.cascading.alignments")]]:
        planned()

    return cast("StrawberryField", strawberry.field(resolver=resolver, description=description))


@strawberry.type
class AlignmentQueries:
    alignment = by_id(maybe("Alignment", "api.objectives.cascading.alignments"), "An alignment, by its id.")
    slices = alignment_page("What was thrown or proposed down to you, the newest first.")
    slices_thrown = alignment_page("What you have thrown down or proposed, the newest first.")
