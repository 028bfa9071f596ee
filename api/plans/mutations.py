"""What can be done with annual plans in the schema."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, optional_id, row_id, text
from api.objectives.mutations import KEY, VERSION
from api.plans.types import AnnualPlan, Derivation
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.plans import errors, service, service_derivations, service_writing
from domain.plans.service_derivations import NewDerivation
from domain.plans.terms import Account, NewPlan, PlanRow, StatedTotal


@strawberry.type(description="This version of the plan is no draft, so it can be neither written nor submitted.")
class PlanNotDraft(Problem):
    pass


@strawberry.type(description="This version of the plan does not wait for a decision.")
class PlanNotSubmitted(Problem):
    pass


@strawberry.type(description="This version of the plan has no lines.")
class PlanEmpty(Problem):
    pass


@strawberry.type(description="What is stated of a unit with all below it is not what the lines come to.")
class PlanNotReconciled(Problem):
    pass


@strawberry.type(description="A profit was given that is not revenue minus cost.")
class ProfitDiffers(Problem):
    pass


problem.register(errors.PlanNotDraft, PlanNotDraft)
problem.register(errors.PlanNotSubmitted, PlanNotSubmitted)
problem.register(errors.PlanEmpty, PlanEmpty)
problem.register(errors.PlanNotReconciled, PlanNotReconciled)
problem.register(errors.ProfitDiffers, ProfitDiffers)

COUNTED_IN = (
    "In what it is counted: needed for a volume, such as flights; for anything else absent, or what the plan says."
)


@strawberry.input(description="A new version of a group's plan.")
class DraftPlanInput:
    unit: strawberry.ID = strawberry.field(description="The group whose units are planned.")
    year: int = strawberry.field(description="The year.")
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    currency: str = strawberry.field(description="The currency of its money, by ISO 4217, such as CNY.")
    idempotency_key: str = strawberry.field(description=KEY)
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")
    starts_on: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="The first day of its twelve months; the first of January of the year unless named.",
    )
    tree_on: date | None = strawberry.field(
        default=strawberry.UNSET,
        description="The tree of units of this day holds; the plan's first day or today, whichever is later, "
        "unless named.",
    )
    made_from: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="A version of the same group and currency whose lines are copied, moved on to the new year.",
    )


@strawberry.input(description="The whole year of one account of one unit, without the units below it.")
class PlanRowInput:
    unit: str = strawberry.field(description="The code of the unit.")
    account: Account = strawberry.field(
        description="What is planned. A profit may be given to be checked: it must be revenue minus cost."
    )
    amounts: list[Decimal | None] = strawberry.field(
        description="Twelve amounts from the plan's first month on; null for a month without one."
    )
    unit_of_measure: str | None = strawberry.field(default=strawberry.UNSET, description=COUNTED_IN)


@strawberry.input(description="What somebody states that a unit and all units below it come to in the year.")
class StatedTotalInput:
    unit: str = strawberry.field(description="The code of the unit; that of the group states the whole.")
    account: Account = strawberry.field(description="What is planned.")
    amount: Decimal | None = strawberry.field(description="The total; null states nothing any more.")
    unit_of_measure: str | None = strawberry.field(default=strawberry.UNSET, description=COUNTED_IN)


@strawberry.input(description="Lines to write into a draft, all or none of them.")
class WritePlanInput:
    id: strawberry.ID = strawberry.field(description="The plan.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    rows: list[PlanRowInput] = strawberry.field(
        default_factory=list,
        description="At most 416 rows of twelve months, 5,000 lines; each replaces its year, others stay.",
    )
    stated_totals: list[StatedTotalInput] = strawberry.field(
        default_factory=list,
        description="At most 500 totals that the lines must come to before the plan is approved.",
    )


@strawberry.input(description="The plan to submit.")
class SubmitPlanInput:
    id: strawberry.ID = strawberry.field(description="The plan.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The plan to return, and why.")
class ReturnPlanInput:
    id: strawberry.ID = strawberry.field(description="The plan.")
    reason: str = strawberry.field(description="What is to be done with it first; at most 2,000 characters.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The plan to approve.")
class ApprovePlanInput:
    id: strawberry.ID = strawberry.field(description="The plan.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="From which account of a unit's plan a strategic objective of a year comes.")
class DeriveObjectiveInput:
    strategic_objective: strawberry.ID = strawberry.field(description="The strategic objective.")
    year: int = strawberry.field(description="The year; there is a plan of it.")
    unit: strawberry.ID = strawberry.field(description="The unit whose plan, with all units below it, is meant.")
    account: Account = strawberry.field(description="The account.")
    idempotency_key: str = strawberry.field(description=KEY)
    unit_of_measure: str | None = strawberry.field(default=strawberry.UNSET, description=COUNTED_IN)
    measure: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="The measure by which targets of the account are set, so that they can be reconciled with it.",
    )


@strawberry.input(description="The derivation to end.")
class EndDerivationInput:
    id: strawberry.ID = strawberry.field(description="The derivation.")
    idempotency_key: str = strawberry.field(description=KEY)


DraftPlanResult = Annotated[
    AnnualPlan | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DraftPlanResult", description="The new version, or why there is none."),
]
WritePlanResult = Annotated[
    AnnualPlan | NotFound | NotPermitted | StaleVersion | PlanNotDraft | ProfitDiffers | InvalidInput | KeyReused,
    strawberry.union("WritePlanResult", description="The plan as written, or why nothing was."),
]
SubmitPlanResult = Annotated[
    AnnualPlan | NotFound | NotPermitted | StaleVersion | PlanNotDraft | PlanEmpty | InvalidInput | KeyReused,
    strawberry.union("SubmitPlanResult", description="The submitted plan, or why it was not."),
]
ReturnPlanResult = Annotated[
    AnnualPlan | NotFound | NotPermitted | StaleVersion | PlanNotSubmitted | InvalidInput | KeyReused,
    strawberry.union("ReturnPlanResult", description="The plan as a draft again, or why it is not."),
]
ApprovePlanResult = Annotated[
    AnnualPlan
    | NotFound
    | NotPermitted
    | StaleVersion
    | PlanNotSubmitted
    | PlanNotReconciled
    | InvalidInput
    | KeyReused,
    strawberry.union("ApprovePlanResult", description="The plan that holds, or why it does not."),
]
DeriveObjectiveResult = Annotated[
    Derivation | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DeriveObjectiveResult", description="The derivation, or why there is none."),
]
EndDerivationResult = Annotated[
    Derivation | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("EndDerivationResult", description="The ended derivation, or why it was not ended."),
]


@strawberry.type
class PlanMutations:
    @strawberry.mutation(description="Begin a new version of a year's plan, empty or with the lines of another one.")
    async def draft_plan(self, info: Info, input: DraftPlanInput) -> DraftPlanResult:
        found = await answer(
            info,
            "AnnualPlan",
            lambda: service.draft(actor(info), _drafted(input), key=input.idempotency_key),
        )
        return cast("DraftPlanResult", found)

    @strawberry.mutation(
        description="Write many lines of a draft at once, all or none. Profits and totals follow from them."
    )
    async def write_plan(self, info: Info, input: WritePlanInput) -> WritePlanResult:
        found = await answer(
            info,
            "AnnualPlan",
            lambda: service_writing.write(
                actor(info),
                row_id("pln", input.id),
                [_row(one) for one in input.rows],
                [_stated(one) for one in input.stated_totals],
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("WritePlanResult", found)

    @strawberry.mutation(description="Ask for a decision about a draft; it cannot be written any more.")
    async def submit_plan(self, info: Info, input: SubmitPlanInput) -> SubmitPlanResult:
        found = await answer(
            info,
            "AnnualPlan",
            lambda: service.submit(
                actor(info), row_id("pln", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("SubmitPlanResult", found)

    @strawberry.mutation(description="Make a submitted version a draft again, and say why.")
    async def return_plan(self, info: Info, input: ReturnPlanInput) -> ReturnPlanResult:
        found = await answer(
            info,
            "AnnualPlan",
            lambda: service.give_back(
                actor(info),
                row_id("pln", input.id),
                reason=input.reason,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("ReturnPlanResult", found)

    @strawberry.mutation(
        description="Decide that a submitted version holds; the one that held before is superseded. What was stated "
        "must be what the lines come to."
    )
    async def approve_plan(self, info: Info, input: ApprovePlanInput) -> ApprovePlanResult:
        found = await answer(
            info,
            "AnnualPlan",
            lambda: service.approve(
                actor(info), row_id("pln", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("ApprovePlanResult", found)

    @strawberry.mutation(description="Say from which account of a plan a strategic objective of a year comes.")
    async def derive_objective(self, info: Info, input: DeriveObjectiveInput) -> DeriveObjectiveResult:
        found = await answer(
            info,
            "Derivation",
            lambda: service_derivations.derive(actor(info), _derived(input), key=input.idempotency_key),
        )
        return cast("DeriveObjectiveResult", found)

    @strawberry.mutation(description="Say that a strategic objective comes from an account no more.")
    async def end_derivation(self, info: Info, input: EndDerivationInput) -> EndDerivationResult:
        found = await answer(
            info,
            "Derivation",
            lambda: service_derivations.end(actor(info), row_id("drv", input.id), key=input.idempotency_key),
        )
        return cast("EndDerivationResult", found)


def _drafted(given: DraftPlanInput) -> NewPlan:
    return NewPlan(
        unit_id=row_id("unt", given.unit),
        year=given.year,
        name=given.name,
        name_zh=text(given.name_zh),
        currency=given.currency,
        starts_on=_day(given.starts_on),
        tree_on=_day(given.tree_on),
        made_from_id=optional_id("pln", given.made_from, "madeFrom"),
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _row(given: PlanRowInput) -> PlanRow:
    return PlanRow(
        unit=given.unit,
        account=given.account,
        amounts=tuple(given.amounts),
        unit_of_measure=text(given.unit_of_measure),
    )


def _stated(given: StatedTotalInput) -> StatedTotal:
    return StatedTotal(
        unit=given.unit, account=given.account, amount=given.amount, unit_of_measure=text(given.unit_of_measure)
    )


def _derived(given: DeriveObjectiveInput) -> NewDerivation:
    return NewDerivation(
        strategic_objective_id=row_id("sob", given.strategic_objective),
        year=given.year,
        unit_id=row_id("unt", given.unit),
        account=given.account,
        unit_of_measure=text(given.unit_of_measure),
        measure_id=optional_id("msr", given.measure, "measure"),
    )
