"""What can be done with assumptions in the schema."""

from datetime import date
from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.mutating import actor, answer, number, optional_id, row_id, text
from api.objectives.mutations import KEY, VERSION
from api.plans.assumptions import Assumption, RevisionFlag
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from api.scorecards.measure_mutations import CodeTaken
from domain.plans import errors, service_assumptions, service_revisions
from domain.plans.assumption_terms import AssumptionKind, Content, NewAssumption, Reading, Target
from domain.plans.terms import Account


@strawberry.type(description="Somebody said already what follows for this target.")
class RevisionAlreadySettled(Problem):
    pass


problem.register(errors.RevisionSettled, RevisionAlreadySettled)

ASSUMPTION = "The assumption."


@strawberry.input(description="What an assumption says.")
class AssumptionContentInput:
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    kind: AssumptionKind = strawberry.field(description="What it is about.")
    owner: strawberry.ID = strawberry.field(description="The person who watches it.")
    unit_of_measure: str = strawberry.field(
        description="In what its values are counted; it stays once there are readings."
    )
    trigger: str = strawberry.field(
        description="What is to be done when it leaves its range, in English; at most 2,000 characters."
    )
    low: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The lowest value at which it holds; one end of the range may be open."
    )
    high: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="The highest value at which it holds."
    )
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")
    trigger_zh: str | None = strawberry.field(
        default=strawberry.UNSET, description="What is to be done when it leaves its range, in Chinese."
    )


@strawberry.input(description="An assumption to register.")
class RegisterAssumptionInput:
    code: str = strawberry.field(description="A short name of its own in the group; at most 64 characters.")
    content: AssumptionContentInput = strawberry.field(description="What it says.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The whole new content of an assumption.")
class ChangeAssumptionInput:
    id: strawberry.ID = strawberry.field(description=ASSUMPTION)
    content: AssumptionContentInput = strawberry.field(description="What it says from now on.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The assumption to retire.")
class RetireAssumptionInput:
    id: strawberry.ID = strawberry.field(description=ASSUMPTION)
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="How an assumption stands on a day.")
class RecordReadingInput:
    assumption: strawberry.ID = strawberry.field(description=ASSUMPTION)
    read_on: date = strawberry.field(description="The day: today or an earlier one.")
    value: Decimal = strawberry.field(description="The value, in the assumption's unit of measure.")
    source: str = strawberry.field(description="Where the value comes from; at most 2,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Exactly one thing that leans on an assumption; of a plan perhaps one account of a unit.")
class AssumptionTargetInput:
    strategic_objective: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="A strategic objective."
    )
    plan: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="A version of a plan.")
    unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="A unit in that plan; needs `account`."
    )
    account: Account | None = strawberry.field(
        default=strawberry.UNSET, description="An account of that unit; needs `unit`."
    )
    investment: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="An investment.")
    measure: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="A measure.")
    objective: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="An objective that is no draft."
    )


@strawberry.input(description="What leans on an assumption.")
class LinkAssumptionInput:
    assumption: strawberry.ID = strawberry.field(description=ASSUMPTION)
    target: AssumptionTargetInput = strawberry.field(description="What leans on it.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The link to end.")
class UnlinkAssumptionInput:
    link: strawberry.ID = strawberry.field(description="The link.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What was decided about a target that had to be looked at again.")
class SettleRevisionInput:
    id: strawberry.ID = strawberry.field(description="The flag.")
    note: str = strawberry.field(description="What was decided; at most 2,000 characters.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


RegisterAssumptionResult = Annotated[
    Assumption | NotFound | NotPermitted | CodeTaken | InvalidInput | KeyReused,
    strawberry.union("RegisterAssumptionResult", description="The new assumption, or why there is none."),
]
ChangeAssumptionResult = Annotated[
    Assumption | NotFound | NotPermitted | StaleVersion | InvalidInput | KeyReused,
    strawberry.union("ChangeAssumptionResult", description="The assumption as changed, or why it was not."),
]
RetireAssumptionResult = Annotated[
    Assumption | NotFound | NotPermitted | StaleVersion | InvalidInput | KeyReused,
    strawberry.union("RetireAssumptionResult", description="The retired assumption, or why it was not."),
]
RecordReadingResult = Annotated[
    Assumption | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("RecordReadingResult", description="The assumption with its reading, or why there is none."),
]
LinkAssumptionResult = Annotated[
    Assumption | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("LinkAssumptionResult", description="The assumption with its link, or why there is none."),
]
UnlinkAssumptionResult = Annotated[
    Assumption | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("UnlinkAssumptionResult", description="The assumption without the link, or why it has it still."),
]
SettleRevisionResult = Annotated[
    RevisionFlag | NotFound | NotPermitted | StaleVersion | RevisionAlreadySettled | InvalidInput | KeyReused,
    strawberry.union("SettleRevisionResult", description="The settled flag, or why it was not."),
]


@strawberry.type
class AssumptionMutations:
    @strawberry.mutation(description="Say what plans take for granted, within which range.")
    async def register_assumption(self, info: Info, input: RegisterAssumptionInput) -> RegisterAssumptionResult:
        found = await answer(
            info,
            "Assumption",
            lambda: service_assumptions.register(
                actor(info),
                NewAssumption(code=input.code, content=_content(input.content)),
                key=input.idempotency_key,
            ),
        )
        return cast("RegisterAssumptionResult", found)

    @strawberry.mutation(
        description="Replace what an assumption says. Its newest reading is judged by the new range at once."
    )
    async def change_assumption(self, info: Info, input: ChangeAssumptionInput) -> ChangeAssumptionResult:
        found = await answer(
            info,
            "Assumption",
            lambda: service_assumptions.change(
                actor(info),
                row_id("asm", input.id),
                _content(input.content),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("ChangeAssumptionResult", found)

    @strawberry.mutation(description="Plan by an assumption no more. What was flagged stays to be settled.")
    async def retire_assumption(self, info: Info, input: RetireAssumptionInput) -> RetireAssumptionResult:
        found = await answer(
            info,
            "Assumption",
            lambda: service_assumptions.retire(
                actor(info), row_id("asm", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("RetireAssumptionResult", found)

    @strawberry.mutation(
        description="Tell how an assumption stands on a day. If its newest reading leaves the range, everything that "
        "leans on it is flagged for revision. For its owner and the strategy office."
    )
    async def record_reading(self, info: Info, input: RecordReadingInput) -> RecordReadingResult:
        reading = Reading(read_on=input.read_on, value=input.value, source=input.source)
        found = await answer(
            info,
            "Assumption",
            lambda: service_assumptions.read(
                actor(info), row_id("asm", input.assumption), reading, key=input.idempotency_key
            ),
        )
        return cast("RecordReadingResult", found)

    @strawberry.mutation(
        description="Say that something leans on an assumption. If that does not hold now, it is flagged at once."
    )
    async def link_assumption(self, info: Info, input: LinkAssumptionInput) -> LinkAssumptionResult:
        found = await answer(
            info,
            "Assumption",
            lambda: service_revisions.link(
                actor(info), row_id("asm", input.assumption), _target(input.target), key=input.idempotency_key
            ),
        )
        return cast("LinkAssumptionResult", found)

    @strawberry.mutation(description="Say that something leans on an assumption no more.")
    async def unlink_assumption(self, info: Info, input: UnlinkAssumptionInput) -> UnlinkAssumptionResult:
        found = await answer(
            info,
            "Assumption",
            lambda: service_revisions.unlink(actor(info), row_id("asl", input.link), key=input.idempotency_key),
        )
        return cast("UnlinkAssumptionResult", found)

    @strawberry.mutation(description="Say what follows for a target from an assumption that left its range.")
    async def settle_revision(self, info: Info, input: SettleRevisionInput) -> SettleRevisionResult:
        found = await answer(
            info,
            "RevisionFlag",
            lambda: service_revisions.settle(
                actor(info),
                row_id("rvf", input.id),
                note=input.note,
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("SettleRevisionResult", found)


def _content(given: AssumptionContentInput) -> Content:
    return Content(
        name=given.name,
        name_zh=text(given.name_zh),
        kind=given.kind,
        owner_id=row_id("per", given.owner),
        unit_of_measure=given.unit_of_measure,
        low=number(given.low),
        high=number(given.high),
        trigger=given.trigger,
        trigger_zh=text(given.trigger_zh),
    )


def _target(given: AssumptionTargetInput) -> Target:
    return Target(
        strategic_objective_id=optional_id("sob", given.strategic_objective, "target.strategicObjective"),
        plan_id=optional_id("pln", given.plan, "target.plan"),
        unit_id=optional_id("unt", given.unit, "target.unit"),
        account=given.account if isinstance(given.account, Account) else None,
        investment_id=optional_id("inv", given.investment, "target.investment"),
        measure_id=optional_id("msr", given.measure, "target.measure"),
        objective_id=optional_id("obj", given.objective, "target.objective"),
    )
