"""Investments in the schema: what they ask for and fund, what they are worth, their gates and what became of them."""

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
    planned,
)
from api.plans.types import REVISIONS, RevisionList
from domain.plans.investment_terms import FlowKind, GateVerdict, InvestmentState
from domain.plans.investments import RootState

strawberry.enum(InvestmentState, description="What can still become of an investment.")
strawberry.enum(FlowKind, description="Whether money was planned to flow, or did.")
strawberry.enum(GateVerdict, description="What was decided at a stage gate.")
strawberry.enum(RootState, name="InternalRates", description="How many internal rates of return there may be.")

RATE = "as a fraction: 0.08 is eight percent"


@strawberry.type(
    description="What flows are worth. The first flow is not discounted, each later one by a year more. All figures "
    "are computed exactly and rounded half up at the end."
)
class InvestmentAppraisal:
    net_present_value: Decimal = strawberry.field(
        description="What all flows together are worth today, to two decimals."
    )
    internal_rate: Decimal | None = strawberry.field(
        description=f"The rate at which the flows are worth nothing, {RATE}, to six decimals; null unless there is "
        "exactly one."
    )
    internal_rates: RootState = strawberry.field(description="Why there is or is not exactly one such rate.")
    payback_years: Decimal | None = strawberry.field(
        description="Years from the first flow until what went out has come back for good, with the fraction of the "
        "last year; null if it never does."
    )
    discounted_payback_years: Decimal | None = strawberry.field(
        description="The same of discounted flows, so that the cost of capital has come back as well."
    )
    profitability_index: Decimal | None = strawberry.field(
        description="The present value of what comes in for each unit of what goes out; null if nothing goes out."
    )


@strawberry.type(description="What comes in, or with a minus goes out, in a year.")
class InvestmentFlow:
    kind: FlowKind = strawberry.field(description="Whether it was planned or did so.")
    year: int = strawberry.field(description="The year.")
    amount: Decimal = strawberry.field(description="The amount, in the currency of the investment.")


@strawberry.type(description="How much of an investment is for a strategic objective.")
class Funding:
    investment: Annotated["Investment", strawberry.lazy("api.plans.investments")] | None = strawberry.field(
        description="The investment."
    )
    strategic_objective: maybe("StrategicObjective", "api.strategy.types") = strawberry.field(  # type: ignore[valid-type]
        description="The strategic objective."
    )
    share: Decimal = strawberry.field(
        description="The part of the investment in percent; those of one investment come to 100 at most."
    )


@strawberry.type(description="A decision at a stage gate; it is never changed.")
class GateDecision:
    decision: GateVerdict = strawberry.field(description="What was decided.")
    reason: str = strawberry.field(description="Why.")
    decided_at: datetime = strawberry.field(description="When.")
    decided_by: Person | None = strawberry.field(description="By whom.")


@strawberry.type(description="A point at which it is decided whether an investment goes on. Gates are passed in order.")
class StageGate:
    id: strawberry.ID = strawberry.field(description="The opaque id by which the gate is decided about.")
    position: int = strawberry.field(description="Its place among the gates, from 1.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    due_on: date | None = strawberry.field(description="By when the decision is expected.")
    decision: GateVerdict | None = strawberry.field(description="The newest decision; null before the first one.")
    decisions: list[GateDecision] = strawberry.field(description="All decisions, the oldest first; at most 20.")


@strawberry.type(description="A look back: what an investment is worth as it came, beside what was planned.")
class InvestmentReview:
    through_year: int = strawberry.field(description="The last year of which real flows were known.")
    planned_value: Decimal = strawberry.field(description="The net present value as planned, to two decimals.")
    outlook_value: Decimal = strawberry.field(
        description="The same with real flows for the years known, and planned ones for those to come."
    )
    variance: Decimal = strawberry.field(description="How much more it is worth than planned.")
    findings: str = strawberry.field(description="What was learned.")
    reviewed_at: datetime = strawberry.field(description="When it was looked at.")
    reviewed_by: Person | None = strawberry.field(description="Who did so.")


@strawberry.type(
    description="Money that goes out so that more comes back or a strategic objective is reached. Everybody of the "
    "group knows its name and state; the figures are for the strategy office, administrators, partners that read "
    "strategies, and whoever leads its unit or one above."
)
class Investment(Node):
    code: str = strawberry.field(description="The short name by which other systems know it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    state: InvestmentState = strawberry.field(description="Whether it asks for money, has some, was given up or ended.")
    unit: Unit | None = strawberry.field(description="The unit that invests.")
    owner: Person | None = strawberry.field(description="Who answers for it.")
    version: int = strawberry.field(description="Counts the changes: to be given back as `expectedVersion`.")
    currency: str = strawberry.field(description="The currency of its money, by ISO 4217.")
    discount_rate: Decimal | None = strawberry.field(description=f"What capital costs in a year, {RATE}.")
    asked: Decimal | None = strawberry.field(description="How much money it asks for.")
    approved: Decimal | None = strawberry.field(description="How much of it is approved; null while nothing is.")
    approved_at: datetime | None = strawberry.field(description="When the money was approved the last time.")
    approved_by: Person | None = strawberry.field(description="Who approved it.")
    created_at: datetime = strawberry.field(description="When it was proposed.")
    updated_at: datetime = strawberry.field(description="When it was changed last.")
    appraisal: InvestmentAppraisal | None = strawberry.field(description="What its planned flows are worth.")
    flows: list[InvestmentFlow] = strawberry.field(
        description="Its flows by years, planned ones first; at most 50 of each kind."
    )
    fundings: list[Funding] = strawberry.field(description="The strategic objectives that it is for; at most 20.")
    gates: list[StageGate] = strawberry.field(description="Its stage gates in their order; at most ten.")
    reviews: list[InvestmentReview] = strawberry.field(description="Its reviews, the oldest first; at most ten.")
    open_revisions: RevisionList = strawberry.field(description=REVISIONS)


@strawberry.type
class InvestmentQueries:
    investment = by_id(Investment | None, "An investment by its id; null if it is not shared with you.")

    @strawberry.field(description="The investments of the group by their codes.")
    def investments(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        unit: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those of this very unit.")
        ] = strawberry.UNSET,
    ) -> Connection[Investment]:
        planned()
