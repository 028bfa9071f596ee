"""Promises between units in the schema: what is read of them."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from api.objectives.types import Cycle, Objective
from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, by_id, planned
from domain.transmission.interlocks.terms import (
    InterlockAct,
    InterlockOutcome,
    InterlockSide,
    InterlockStatus,
    InterlockStepKind,
)

strawberry.enum(InterlockStatus, description="Where a promise between units stands.")
strawberry.enum(InterlockOutcome, description="What became of a promise that both sides confirmed.")
strawberry.enum(InterlockAct, description="What can be done with a promise between units.")
strawberry.enum(InterlockStepKind, description="What was done with a promise between units.")
strawberry.enum(InterlockSide, description="A side of a promise between units.")


@strawberry.type(description="One thing that was done with a promise between units.")
class InterlockStep:
    kind: InterlockStepKind = strawberry.field(description="What was done.")
    status: InterlockStatus = strawberry.field(description="Where the promise stood after it.")
    by: Person | None = strawberry.field(description="Who did it.")
    at: datetime = strawberry.field(description="When.")
    words: str | None = strawberry.field(description="What was said to it, such as the reason.")


@strawberry.type(
    description="What somebody promises to somebody for their units: an output, until a date, measured by criteria. It "
    "holds once both sides confirmed it, and is kept when it was accepted and had been delivered by its date."
)
class Interlock(Node):
    status: InterlockStatus = strawberry.field(description="Where it stands.")
    outcome: InterlockOutcome | None = strawberry.field(
        description="Whether it is kept; null for one that both sides did not confirm, and for one withdrawn."
    )
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    output: str = strawberry.field(description="What is promised, in English.")
    output_zh: str | None = strawberry.field(description="What is promised, in Chinese.")
    criteria: str = strawberry.field(description="By what one sees that it is good, in English.")
    criteria_zh: str | None = strawberry.field(description="By what one sees that it is good, in Chinese.")
    due_on: date = strawberry.field(description="Until when.")
    weight: int = strawberry.field(description="How much it counts beside others, 1 unless it was told.")
    across: bool = strawberry.field(description="Whether it is between two units, or within one.")
    cycle: Cycle | None = strawberry.field(description="The cycle in which it is due.")
    provider: Person | None = strawberry.field(description="Who promises.")
    provider_unit: Unit | None = strawberry.field(description="For which unit.")
    receiver: Person | None = strawberry.field(description="To whom it is promised.")
    receiver_unit: Unit | None = strawberry.field(description="For which unit.")
    objective: Objective | None = strawberry.field(
        description="The objective that needs it, if one was named and you may see it."
    )
    proposed_by: Person | None = strawberry.field(description="Who proposed it.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    provider_confirmed_at: datetime | None = strawberry.field(description="When who promises confirmed it.")
    receiver_confirmed_at: datetime | None = strawberry.field(description="When who receives confirmed it.")
    delivered_at: datetime | None = strawberry.field(description="When it was delivered last.")
    delivered_on: date | None = strawberry.field(description="On which day, where it was delivered last.")
    deliveries: int = strawberry.field(description="How often it was delivered.")
    settled_by: Person | None = strawberry.field(description="Who said the last word on it.")
    settled_at: datetime | None = strawberry.field(
        description="When it was accepted, rejected, declined or withdrawn last."
    )
    reason: str | None = strawberry.field(description="What was said to that.")
    viewer_can: list[InterlockAct] = strawberry.field(description="What you can do with it now.")
    steps: list[InterlockStep] = strawberry.field(description="What was done with it, from the first step on.")


@strawberry.input(description="Which promises between units are wanted; what is left out does not matter.")
class InterlockFilter:
    status: list[InterlockStatus] | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that stand so."
    )
    cycle: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only those due in it.")
    provider_unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those promised for this very unit."
    )
    receiver_unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those promised to this very unit."
    )
    provider: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those that this person promises."
    )
    receiver: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only those promised to this person."
    )
    waits_for_me: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Only those on which you have to act, or only the others."
    )


@strawberry.type
class InterlockQueries:
    interlock = by_id(
        Interlock | None,
        "A promise between units: for who takes part, who manages them, their HR partners and the strategy office.",
    )

    @strawberry.field(description="Promises between units that you may see, the next date first.")
    def interlocks(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        filter: Annotated[
            InterlockFilter | None, strawberry.argument(description="Which are wanted.")
        ] = strawberry.UNSET,
    ) -> Connection[Interlock]:
        planned()
