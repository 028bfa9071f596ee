"""What can be done with investments in the schema."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, row_id, text
from api.objectives.mutations import KEY, VERSION
from api.plans.investments import RATE, Investment
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.scorecards.measure_mutations import CodeTaken
from domain.plans import errors, service_gates, service_investments
from domain.plans.investment_terms import Fund, Gate, GateVerdict, Proposal


@strawberry.type(description="The investment is not in a state in which this can be done with it.")
class InvestmentNotOpen(Problem):
    pass


@strawberry.type(description="Another gate stands before this one, or it is passed.")
class GateNotOpen(Problem):
    pass


problem.register(errors.InvestmentNotOpen, InvestmentNotOpen)
problem.register(errors.GateNotOpen, GateNotOpen)

INVESTMENT = "The investment."


@strawberry.input(description="A strategic objective that an investment is for.")
class FundInput:
    strategic_objective: strawberry.ID = strawberry.field(description="The strategic objective.")
    share: Decimal = strawberry.field(
        description="The part of the investment in percent, above 0; all of them come to 100 at most."
    )


@strawberry.input(description="A point at which it is decided whether the investment goes on.")
class StageGateInput:
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")
    due_on: date | None = strawberry.field(
        default=strawberry.UNSET, description="By when the decision is expected; never before that of an earlier gate."
    )


@strawberry.input(description="All that is said of an investment before it is approved.")
class InvestmentContentInput:
    code: str = strawberry.field(description="A short name of its own in the group; at most 64 characters.")
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    unit: strawberry.ID = strawberry.field(description="The unit that invests.")
    owner: strawberry.ID = strawberry.field(description="The person who answers for it.")
    currency: str = strawberry.field(
        description="The currency of its money, by ISO 4217; what funds one strategic objective is in one currency."
    )
    discount_rate: Decimal = strawberry.field(description=f"What capital costs in a year, {RATE}.")
    asked: Decimal = strawberry.field(description="How much money it asks for.")
    first_year: int = strawberry.field(description="The year of its first flow, which is not discounted.")
    flows: list[Decimal] = strawberry.field(
        description="What comes in, or with a minus goes out, in each year from the first one on; at most 50."
    )
    funds: list[FundInput] = strawberry.field(
        default_factory=list, description="The strategic objectives that it is for; at most 20."
    )
    gates: list[StageGateInput] = strawberry.field(
        default_factory=list,
        description="Its stage gates in their order, at most ten; they stay once one was decided about.",
    )
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")


@strawberry.input(description="An investment to propose.")
class ProposeInvestmentInput:
    content: InvestmentContentInput = strawberry.field(description="What is said of it.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The whole new content of an investment that is not approved yet.")
class EditInvestmentInput:
    id: strawberry.ID = strawberry.field(description=INVESTMENT)
    content: InvestmentContentInput = strawberry.field(description="What is said of it from now on.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The money to approve.")
class ApproveInvestmentInput:
    id: strawberry.ID = strawberry.field(description=INVESTMENT)
    approved: Decimal = strawberry.field(description="How much is approved: above 0 and no more than it asks for.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A decision at a stage gate.")
class DecideStageGateInput:
    gate: strawberry.ID = strawberry.field(description="The gate: the first one that is not passed.")
    decision: GateVerdict = strawberry.field(description="What is decided.")
    reason: str = strawberry.field(description="Why; at most 2,000 characters.")
    expected_version: int = strawberry.field(
        description="The `version` of the investment that you decided on; if it moved on since, the answer is "
        "StaleVersion."
    )
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What really came in and went out.")
class RecordInvestmentFlowsInput:
    id: strawberry.ID = strawberry.field(description=INVESTMENT)
    first_year: int = strawberry.field(description="The first year of the plan.")
    flows: list[Decimal] = strawberry.field(
        description="The flow of each year from the first one on, as far as it is known; it replaces what was told."
    )
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A look back at an investment whose gates are passed.")
class ReviewInvestmentInput:
    id: strawberry.ID = strawberry.field(description=INVESTMENT)
    findings: str = strawberry.field(description="What was learned; at most 2,000 characters.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


ProposeInvestmentResult = Annotated[
    Investment | NotFound | NotPermitted | CodeTaken | InvalidInput | KeyReused,
    strawberry.union("ProposeInvestmentResult", description="The proposed investment, or why there is none."),
]
EditInvestmentResult = Annotated[
    Investment | NotFound | NotPermitted | StaleVersion | InvestmentNotOpen | CodeTaken | InvalidInput | KeyReused,
    strawberry.union("EditInvestmentResult", description="The investment as edited, or why it was not."),
]
ApproveInvestmentResult = Annotated[
    Investment | NotFound | NotPermitted | StaleVersion | InvestmentNotOpen | InvalidInput | KeyReused,
    strawberry.union("ApproveInvestmentResult", description="The approved investment, or why it is not."),
]
DecideStageGateResult = Annotated[
    Investment | NotFound | NotPermitted | StaleVersion | InvestmentNotOpen | GateNotOpen | InvalidInput | KeyReused,
    strawberry.union("DecideStageGateResult", description="The investment as decided, or why nothing was."),
]
RecordInvestmentFlowsResult = Annotated[
    Investment | NotFound | NotPermitted | StaleVersion | InvestmentNotOpen | InvalidInput | KeyReused,
    strawberry.union("RecordInvestmentFlowsResult", description="The investment with its flows, or why not."),
]
ReviewInvestmentResult = Annotated[
    Investment | NotFound | NotPermitted | StaleVersion | InvestmentNotOpen | GateNotOpen | InvalidInput | KeyReused,
    strawberry.union("ReviewInvestmentResult", description="The completed investment, or why it is not."),
]


@strawberry.type
class InvestmentMutations:
    @strawberry.mutation(description="Ask for money for an investment.")
    async def propose_investment(self, info: Info, input: ProposeInvestmentInput) -> ProposeInvestmentResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_investments.propose(actor(info), _proposed(input.content), key=input.idempotency_key),
        )
        return cast("ProposeInvestmentResult", found)

    @strawberry.mutation(description="Replace all that is said of an investment that is not approved yet.")
    async def edit_investment(self, info: Info, input: EditInvestmentInput) -> EditInvestmentResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_investments.edit(
                actor(info),
                row_id("inv", input.id),
                _proposed(input.content),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("EditInvestmentResult", found)

    @strawberry.mutation(
        description="Approve the money of an investment, all of it or a part; a later amount replaces it."
    )
    async def approve_investment(self, info: Info, input: ApproveInvestmentInput) -> ApproveInvestmentResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_investments.approve(
                actor(info),
                row_id("inv", input.id),
                approved=input.approved,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("ApproveInvestmentResult", found)

    @strawberry.mutation(
        description="Decide about the first stage gate that is not passed. No later gate is decided about before it."
    )
    async def decide_stage_gate(self, info: Info, input: DecideStageGateInput) -> DecideStageGateResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_gates.decide(
                actor(info),
                row_id("sgt", input.gate),
                verdict=input.decision,
                reason=input.reason,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("DecideStageGateResult", found)

    @strawberry.mutation(description="Tell what an investment really brought and cost, year by year.")
    async def record_investment_flows(
        self, info: Info, input: RecordInvestmentFlowsInput
    ) -> RecordInvestmentFlowsResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_investments.record_flows(
                actor(info),
                row_id("inv", input.id),
                input.flows,
                first_year=input.first_year,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("RecordInvestmentFlowsResult", found)

    @strawberry.mutation(description="Compare an investment with its plan when all gates are passed, and complete it.")
    async def review_investment(self, info: Info, input: ReviewInvestmentInput) -> ReviewInvestmentResult:
        found = await answer(
            info,
            "Investment",
            lambda: service_investments.review(
                actor(info),
                row_id("inv", input.id),
                findings=input.findings,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("ReviewInvestmentResult", found)


def _proposed(given: InvestmentContentInput) -> Proposal:
    return Proposal(
        code=given.code,
        name=given.name,
        name_zh=text(given.name_zh),
        unit_id=row_id("unt", given.unit),
        owner_id=row_id("per", given.owner),
        currency=given.currency,
        discount_rate=given.discount_rate,
        asked=given.asked,
        first_year=given.first_year,
        flows=tuple(given.flows),
        funds=tuple(
            Fund(strategic_objective_id=row_id("sob", one.strategic_objective), share=one.share) for one in given.funds
        ),
        gates=tuple(
            Gate(name=one.name, name_zh=text(one.name_zh), due_on=one.due_on if isinstance(one.due_on, date) else None)
            for one in given.gates
        ),
    )
