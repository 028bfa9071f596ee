"""What can be done with objectives in the schema."""

from decimal import Decimal
from typing import Annotated, cast

import strawberry
from strawberry import Info

from api.mutating import actor, answer, answer_own, number, optional_id, row_id, text, whole
from api.objectives.problems import (
    ExemptionExpired,
    NoApprover,
    ObjectiveNotActive,
    ObjectiveNotEditable,
    ObjectiveNotSubmitted,
    SetOver100,
    TargetNotExceeding,
    WeightsNot100,
)
from api.objectives.types import CheckIn, Objective
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, StaleVersion
from domain.objectives import service, service_approvals, service_check_ins
from domain.objectives.terms import Audience, KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.scorecards import service_promises

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
VERSION = "The `version` that you decided on; if it moved on since, the answer is StaleVersion."


@strawberry.input(description="A key result as its owner writes it.")
class KeyResultInput:
    title: str = strawberry.field(description="What is to be reached; at most 200 characters.")
    kind: KeyResultKind = strawberry.field(description="How it is measured.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    weight: int = strawberry.field(description="Its weight in the objective, 1 to 100; all of them add up to 100.")
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The key result to keep, or a new id made by the client."
    )
    start: Decimal | None = strawberry.field(default=strawberry.UNSET, description="Where it starts.")
    target: Decimal | None = strawberry.field(default=strawberry.UNSET, description="Where it shall be.")
    low: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The lowest value of a range.")
    high: Decimal | None = strawberry.field(default=strawberry.UNSET, description="The highest value of a range.")
    measure: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The measure whose actuals move it."
    )
    continues: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="The key result of an earlier cycle that it continues, where its measure does not say so.",
    )


@strawberry.input(description="A new objective of your own.")
class DraftObjectiveInput:
    title: str = strawberry.field(description="What is to be reached; at most 200 characters.")
    weight: int = strawberry.field(description="Its weight among your objectives of the cycle, 0 to 100.")
    key_results: list[KeyResultInput] = strawberry.field(description="How one sees that it is reached; at most ten.")
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The id to give it, made by the client, so that it can write offline."
    )
    why: str | None = strawberry.field(default=strawberry.UNSET, description="Why it matters.")
    audience: Audience = strawberry.field(default=Audience.CHAIN, description="Who sees it once it is promised.")
    cycle: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="For which cycle; that of today unless named."
    )
    unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="For which of your units; the main one unless named."
    )
    parent: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="What it serves.")


@strawberry.input(description="The whole new content of an objective.")
class EditObjectiveInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    title: str = strawberry.field(description="What is to be reached; at most 200 characters.")
    weight: int = strawberry.field(description="Its weight among your objectives of the cycle, 0 to 100.")
    key_results: list[KeyResultInput] = strawberry.field(description="All of its key results, in their order.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    why: str | None = strawberry.field(default=strawberry.UNSET, description="Why it matters.")
    audience: Audience = strawberry.field(default=Audience.CHAIN, description="Who sees it once it is promised.")
    parent: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="What it serves.")


@strawberry.input(description="A request for approval of one version.")
class SubmitObjectiveInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    note: str | None = strawberry.field(default=strawberry.UNSET, description="What you say to the approver with it.")
    difficulty: int | None = strawberry.field(
        default=strawberry.UNSET,
        description="How hard the targets are for you, from 1, easy, to 5, hardly possible; required where the rule of "
        "exceeding is on in the unit.",
    )


@strawberry.input(description="The objective to withdraw.")
class WithdrawObjectiveInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The objective to approve.")
class ApproveObjectiveInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="The objective to decline, and why.")
class DeclineObjectiveInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    reason: str = strawberry.field(description="What the owner shall know.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What the approver needs to know first.")
class RequestInformationInput:
    id: strawberry.ID = strawberry.field(description="The objective.")
    reason: str = strawberry.field(description="The question.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Where a key result stands.")
class CheckInInput:
    key_result: strawberry.ID = strawberry.field(description="The key result.")
    value: Decimal = strawberry.field(description="The value, in its unit of measure.")
    idempotency_key: str = strawberry.field(description=KEY)
    id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="The id to give the check-in, made by the client."
    )
    confidence: int | None = strawberry.field(
        default=strawberry.UNSET, description="How sure you are to reach the target, from 0 to 10."
    )
    note: str | None = strawberry.field(default=strawberry.UNSET, description="What there is to say about it.")


DraftObjectiveResult = Annotated[
    Objective | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("DraftObjectiveResult", description="The new objective, or why there is none."),
]
EditObjectiveResult = Annotated[
    Objective | NotFound | NotPermitted | StaleVersion | ObjectiveNotEditable | InvalidInput | KeyReused,
    strawberry.union("EditObjectiveResult", description="The objective as edited, or why it was not."),
]
SubmitObjectiveResult = Annotated[
    Objective
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotEditable
    | WeightsNot100
    | SetOver100
    | NoApprover
    | TargetNotExceeding
    | InvalidInput
    | KeyReused,
    strawberry.union("SubmitObjectiveResult", description="The submitted objective, or why it was not."),
]
WithdrawObjectiveResult = Annotated[
    Objective | NotFound | NotPermitted | StaleVersion | ObjectiveNotSubmitted | InvalidInput | KeyReused,
    strawberry.union("WithdrawObjectiveResult", description="The withdrawn objective, or why it was not."),
]
ApproveObjectiveResult = Annotated[
    Objective
    | NotFound
    | NotPermitted
    | StaleVersion
    | ObjectiveNotSubmitted
    | ExemptionExpired
    | InvalidInput
    | KeyReused,
    strawberry.union("ApproveObjectiveResult", description="The promised objective, or why it is not."),
]
DeclineObjectiveResult = Annotated[
    Objective | NotFound | NotPermitted | StaleVersion | ObjectiveNotSubmitted | InvalidInput | KeyReused,
    strawberry.union("DeclineObjectiveResult", description="The declined objective, or why it was not."),
]
RequestInformationResult = Annotated[
    Objective | NotFound | NotPermitted | StaleVersion | ObjectiveNotSubmitted | InvalidInput | KeyReused,
    strawberry.union("RequestInformationResult", description="The objective that waits for its owner, or why not."),
]
CheckInResult = Annotated[
    CheckIn | NotFound | NotPermitted | ObjectiveNotActive | InvalidInput | KeyReused,
    strawberry.union("CheckInResult", description="The check-in, or why there is none."),
]


def _drafted(given: DraftObjectiveInput | EditObjectiveInput) -> ObjectiveDraft:
    return ObjectiveDraft(
        title=given.title,
        why=text(given.why),
        audience=given.audience,
        weight=given.weight,
        parent_id=optional_id("obj", given.parent, "parent"),
        key_results=tuple(_key_result(one, f"keyResults.{at}") for at, one in enumerate(given.key_results)),
    )


def _key_result(given: KeyResultInput, path: str) -> KeyResultDraft:
    return KeyResultDraft(
        id=optional_id("kr", given.id, f"{path}.id"),
        title=given.title,
        kind=given.kind,
        unit_of_measure=given.unit_of_measure,
        weight=given.weight,
        start=number(given.start),
        target=number(given.target),
        low=number(given.low),
        high=number(given.high),
        measure_id=optional_id("msr", given.measure, f"{path}.measure"),
        continues_id=optional_id("kr", given.continues, f"{path}.continues"),
    )


@strawberry.type
class ObjectiveMutations:
    @strawberry.mutation(description="Begin an objective of your own.")
    async def draft_objective(self, info: Info, input: DraftObjectiveInput) -> DraftObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service.draft(
                actor(info),
                _drafted(input),
                key=input.idempotency_key,
                objective_id=optional_id("obj", input.id, "id"),
                cycle_id=optional_id("cyc", input.cycle, "cycle"),
                unit_id=optional_id("unt", input.unit, "unit"),
            ),
        )
        return cast("DraftObjectiveResult", found)

    @strawberry.mutation(description="Replace the content of an objective of yours that is not under review.")
    async def edit_objective(self, info: Info, input: EditObjectiveInput) -> EditObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service.edit(
                actor(info),
                row_id("obj", input.id),
                _drafted(input),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("EditObjectiveResult", found)

    @strawberry.mutation(description="Ask your manager to promise along; the request binds to this version.")
    async def submit_objective(self, info: Info, input: SubmitObjectiveInput) -> SubmitObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service_promises.submit(
                actor(info),
                row_id("obj", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                note=text(input.note),
                difficulty=whole(input.difficulty),
            ),
        )
        return cast("SubmitObjectiveResult", found)

    @strawberry.mutation(description="Take a request for approval back.")
    async def withdraw_objective(self, info: Info, input: WithdrawObjectiveInput) -> WithdrawObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service_approvals.withdraw(
                actor(info), row_id("obj", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("WithdrawObjectiveResult", found)

    @strawberry.mutation(description="Promise along: the objective is active from now on.")
    async def approve_objective(self, info: Info, input: ApproveObjectiveInput) -> ApproveObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service_promises.approve(
                actor(info), row_id("obj", input.id), version=input.expected_version, key=input.idempotency_key
            ),
        )
        return cast("ApproveObjectiveResult", found)

    @strawberry.mutation(description="Decline with a reason; nothing is deleted, the owner may edit and submit again.")
    async def decline_objective(self, info: Info, input: DeclineObjectiveInput) -> DeclineObjectiveResult:
        found = await answer(
            info,
            "Objective",
            lambda: service_approvals.decline(
                actor(info),
                row_id("obj", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("DeclineObjectiveResult", found)

    @strawberry.mutation(description="Ask the owner something before you decide.")
    async def request_information(self, info: Info, input: RequestInformationInput) -> RequestInformationResult:
        found = await answer(
            info,
            "Objective",
            lambda: service_approvals.request_information(
                actor(info),
                row_id("obj", input.id),
                version=input.expected_version,
                key=input.idempotency_key,
                reason=input.reason,
            ),
        )
        return cast("RequestInformationResult", found)

    @strawberry.mutation(description="Tell where a key result of yours stands.")
    async def check_in(self, info: Info, input: CheckInInput) -> CheckInResult:
        # An objective never changes its owner, who sees it in every state with all that belongs to it.
        found = await answer_own(
            info,
            "CheckIn",
            lambda: service_check_ins.check_in(
                actor(info),
                row_id("kr", input.key_result),
                input.value,
                key=input.idempotency_key,
                confidence=whole(input.confidence),
                note=text(input.note),
                check_in_id=optional_id("chk", input.id, "id"),
            ),
        )
        return cast("CheckInResult", found)
