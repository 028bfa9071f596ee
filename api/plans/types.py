"""Annual plans in the schema: versions of a year, their lines and totals, and what is derived from them."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, maybe, page, planned
from domain.plans.terms import Account, PlanState

if TYPE_CHECKING:
    from api.plans.assumptions import RevisionFlag

strawberry.enum(Account, name="PlanAccount", description="What is planned.")
strawberry.enum(PlanState, description="What can still become of a version of a plan.")

UNIT_OF_MEASURE = (
    "In what it is counted: the plan's currency for money, FTE for headcount, a unit of its own for a volume."
)
PlanUnit = Annotated[strawberry.ID | None, strawberry.argument(description="Only those of this very unit.")]
PlanYear = Annotated[int, strawberry.argument(description="The year.")]


@strawberry.type(description="What a unit itself plans for a month, without the units below it.")
class PlanLine(Node):
    unit: Unit | None = strawberry.field(description="The unit.")
    account: Account = strawberry.field(description="What is planned.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    period: date = strawberry.field(description="The month, by its first day.")
    amount: Decimal = strawberry.field(description="The amount; a profit is always revenue minus cost.")


@strawberry.type(
    description="The year of a unit and an account. For headcount it is that of the last month planned, for anything "
    "else the sum of the months."
)
class PlanTotal(Node):
    unit: Unit | None = strawberry.field(description="The unit.")
    account: Account = strawberry.field(description="What is planned.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    own: Decimal = strawberry.field(description="What the unit itself comes to, without the units below it.")
    with_below: Decimal | None = strawberry.field(
        description="The same with all units below it, in the tree of the plan's day."
    )
    stated: Decimal | None = strawberry.field(
        description="What somebody stated that the unit and all below it come to; null if nobody did."
    )
    difference: Decimal | None = strawberry.field(
        description="How much more is stated than planned. The plan is approved only when it is 0 everywhere."
    )


@strawberry.type(description="The whole of a plan for one account, found in two ways.")
class PlanWhole:
    account: Account = strawberry.field(description="What is planned.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    total: Decimal = strawberry.field(
        description="What is stated of the whole group, else the sum of all months of all lines."
    )
    units_total: Decimal = strawberry.field(description="The sum of the units' own totals.")
    difference: Decimal = strawberry.field(description="How much more the total is than the sum of the units.")
    is_stated: bool = strawberry.field(description="Whether the total is stated.")


RevisionList = list[Annotated["RevisionFlag", strawberry.lazy("api.plans.assumptions")]]
REVISIONS = "Why it must be looked at again: assumptions that it leans on and that do not hold; at most 50."


@strawberry.type(
    description="What a group means to earn, spend and do in a year: one numbered version, in one currency. A draft is "
    "seen by the strategy office and administrators, a submitted one also by whoever leads a unit in it; each sees the "
    "lines of the units they lead and of those below."
)
class AnnualPlan(Node):
    unit: Unit | None = strawberry.field(description="The group whose units are planned.")
    year: int = strawberry.field(description="The year.")
    number: int = strawberry.field(description="Which version of the year's plan it is, from 1.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    currency: str = strawberry.field(description="The currency of its money, by ISO 4217.")
    starts_on: date = strawberry.field(description="The first day of its twelve months.")
    tree_on: date = strawberry.field(description="The tree of units of this day says which unit stands below which.")
    state: PlanState = strawberry.field(description="Whether it is written, waits for a decision, or holds.")
    version: int = strawberry.field(
        description="Counts the changes of this very version: to be given back as `expectedVersion`."
    )
    note: str | None = strawberry.field(description="Why it was returned the last time, if it was.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    created_by: Person | None = strawberry.field(description="Who began it.")
    submitted_at: datetime | None = strawberry.field(description="When it was submitted the last time.")
    submitted_by: Person | None = strawberry.field(description="Who submitted it.")
    approved_at: datetime | None = strawberry.field(description="When it was decided that it holds.")
    approved_by: Person | None = strawberry.field(description="Who decided so.")
    superseded_at: datetime | None = strawberry.field(description="When another version took its place.")
    summary: list[PlanWhole] | None = strawberry.field(
        description="The whole by accounts, at most 24; null for who may not see the whole."
    )
    open_revisions: RevisionList = strawberry.field(description=REVISIONS)

    @strawberry.field(description="The years of its units and accounts.")
    def totals(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        unit: PlanUnit = strawberry.UNSET,
    ) -> Connection[PlanTotal]:
        planned()

    @strawberry.field(description="Its lines by units, accounts and months.")
    def lines(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        unit: PlanUnit = strawberry.UNSET,
    ) -> Connection[PlanLine]:
        planned()


@strawberry.type(description="A strategic objective of a year comes from an account of a unit's plan.")
class Derivation(Node):
    strategic_objective: maybe("StrategicObjective", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="The strategic objective."
    )
    year: int = strawberry.field(description="The year.")
    unit: Unit | None = strawberry.field(description="The unit whose plan, with all units below it, is meant.")
    account: Account = strawberry.field(description="The account.")
    unit_of_measure: str = strawberry.field(description=UNIT_OF_MEASURE)
    measure: maybe("Measure", "api.scorecards.measures") = strawberry.field(  # type: ignore[valid-type]
        description="The measure by which targets of the account are set and actuals told, if one was named."
    )
    created_at: datetime = strawberry.field(description="When it was said.")
    ended_at: datetime | None = strawberry.field(description="Since when it does not hold; null while it does.")


@strawberry.type
class PlanQueries:
    @strawberry.field(
        description="The plan of a year: the approved version, else the newest submitted one, else the newest draft; "
        "null if that is not shared with you."
    )
    def annual_plan(self, year: PlanYear) -> AnnualPlan | None:
        planned()

    annual_plans = page(Connection[AnnualPlan], "All versions of all years that you may see, the newest year first.")
