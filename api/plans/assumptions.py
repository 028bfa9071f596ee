"""Assumptions in the schema: what plans take for granted, how it stands, what leans on it and must be revised."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

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
    page,
    planned,
)
from api.plans.investments import Investment
from api.plans.types import AnnualPlan
from domain.plans.assumption_terms import AssumptionKind
from domain.plans.terms import Account

strawberry.enum(AssumptionKind, description="What an assumption is about.")


@strawberry.type(description="How an assumption stands on a day, and who says so.")
class AssumptionReading:
    read_on: date = strawberry.field(description="The day.")
    value: Decimal = strawberry.field(description="The value, in the assumption's unit of measure.")
    source: str = strawberry.field(description="Where the value comes from.")
    recorded_at: datetime = strawberry.field(description="When it was told.")
    recorded_by: Person | None = strawberry.field(description="Who told it.")


@strawberry.type(
    description="Something that leans on an assumption: a strategic objective, a plan or an account of a unit in it, "
    "an investment, a measure or an objective. It is null if it is not shared with you."
)
class AssumptionLink:
    id: strawberry.ID = strawberry.field(description="The opaque id by which the link is ended.")
    strategic_objective: maybe("StrategicObjective", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="The strategic objective, if it is one."
    )
    plan: AnnualPlan | None = strawberry.field(description="The plan, if it is one or an account in one.")
    unit: Unit | None = strawberry.field(description="The unit whose account leans on it, if only that does.")
    account: Account | None = strawberry.field(description="The account of that unit.")
    investment: Investment | None = strawberry.field(description="The investment, if it is one.")
    measure: maybe("Measure", "api.scorecards.measures") = strawberry.field(  # type: ignore[valid-type]
        description="The measure, if it is one."
    )
    objective: maybe("Objective", "api.objectives.types") = strawberry.field(  # type: ignore[valid-type]
        description="The objective, if it is one."
    )
    linked_at: datetime = strawberry.field(description="Since when it leans on it.")


@strawberry.type(
    description="A target that must be looked at again, because an assumption that it leans on left its range. It "
    "stays open until the strategy office settles it, even if the assumption holds again."
)
class RevisionFlag(Node):
    assumption: Annotated["Assumption", strawberry.lazy("api.plans.assumptions")] | None = strawberry.field(
        description="The assumption."
    )
    link: AssumptionLink | None = strawberry.field(description="What leans on it.")
    reading: AssumptionReading | None = strawberry.field(description="The reading with which it left its range.")
    version: int = strawberry.field(description="Counts the changes: to be given back as `expectedVersion`.")
    raised_at: datetime = strawberry.field(description="Since when it must be looked at.")
    settled_at: datetime | None = strawberry.field(description="When that was done; null while it is open.")
    settled_by: Person | None = strawberry.field(description="Who did it.")
    note: str | None = strawberry.field(description="What was decided.")


@strawberry.type(
    description="What plans take for granted, within a range. When its newest reading leaves the range, everything "
    "that leans on it is flagged for revision and its owner hears of it."
)
class Assumption(Node):
    code: str = strawberry.field(description="The short name by which other systems know it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    kind: AssumptionKind = strawberry.field(description="What it is about.")
    owner: Person | None = strawberry.field(description="Who watches it.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    low: Decimal | None = strawberry.field(description="The lowest value at which it holds; null if there is none.")
    high: Decimal | None = strawberry.field(description="The highest value at which it holds; null if there is none.")
    trigger: str = strawberry.field(description="What is to be done when it leaves its range, in English.")
    trigger_zh: str | None = strawberry.field(description="The same in Chinese.")
    is_broken: bool = strawberry.field(description="Whether its newest reading lies outside of its range.")
    version: int = strawberry.field(description="Counts the changes: to be given back as `expectedVersion`.")
    created_at: datetime = strawberry.field(description="When it was registered.")
    updated_at: datetime = strawberry.field(description="When it was changed or read last.")
    retired_at: datetime | None = strawberry.field(description="Since when nothing is planned by it.")
    latest_reading: AssumptionReading | None = strawberry.field(
        description="The newest reading by its day; of one day the one told last."
    )
    readings = page(Connection[AssumptionReading], "Its readings, the newest day first.")
    links: list[AssumptionLink] = strawberry.field(description="What leans on it, at most 100.")
    revisions = page(Connection[RevisionFlag], "What had to be looked at again because of it, the newest first.")


@strawberry.type
class AssumptionQueries:
    assumption = by_id(Assumption | None, "An assumption by its id; null if it is not shared with you.")

    @strawberry.field(description="The assumptions of the group by their codes.")
    def assumptions(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        kind: Annotated[
            AssumptionKind | None, strawberry.argument(description="Only those about this.")
        ] = strawberry.UNSET,
        broken: Annotated[
            bool | None, strawberry.argument(description="Only those that do not hold, or only those that do.")
        ] = strawberry.UNSET,
    ) -> Connection[Assumption]:
        planned()

    @strawberry.field(description="What must be looked at again, or had to be, the newest first.")
    def revisions(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        open: Annotated[
            bool | None, strawberry.argument(description="Only those that are open, or only those that are settled.")
        ] = strawberry.UNSET,
    ) -> Connection[RevisionFlag]:
        planned()
