"""Objectives in the schema: what is read of them."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.feedback.pages import thread_page
from api.objectives.cascading.alignments import TargetSplit, alignment_page
from api.objectives.pages import objective_page
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
from api.plans.types import REVISIONS, RevisionList
from api.scorecards.measures import Measure
from api.scorecards.pace import ObjectivePace
from domain.kernel.permits import Action
from domain.objectives.terms import ApprovalState, Audience, CheckInSource, KeyResultKind, ObjectiveState

if TYPE_CHECKING:
    from api.objectives.targets.types import ContributionStatement, ExceedTest, TargetAdjustment, TargetExemption
    from api.strategy.intents import InheritedIntent, TeachBack
    from api.transmission.interlocks import Interlock

strawberry.enum(KeyResultKind, description="How a key result is measured.")
strawberry.enum(Audience, description="Who besides the reporting line sees an objective once it is promised.")
strawberry.enum(ApprovalState, description="How a request for approval was decided.")
strawberry.enum(CheckInSource, description="Whether a person or a partner system told a value.")


@strawberry.enum(description="What can be done with an objective.")
class ObjectiveAction(StrEnum):
    EDIT = Action.EDIT
    SUBMIT = Action.SUBMIT
    WITHDRAW = Action.WITHDRAW
    APPROVE = Action.APPROVE
    DECLINE = Action.DECLINE
    REQUEST_INFORMATION = Action.REQUEST_INFORMATION
    CHECK_IN = Action.CHECK_IN


@strawberry.type(description="A period for which goals are set.")
class Cycle(Node):
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    starts_on: date = strawberry.field(description="The first day.")
    ends_on: date = strawberry.field(description="The last day.")


@strawberry.type(description="A value of a key result at an instant.")
class CheckIn(Node):
    source: CheckInSource = strawberry.field(description="Who told it.")
    value: Decimal = strawberry.field(description="The value, in the key result's unit of measure.")
    confidence: int | None = strawberry.field(
        description="How sure the owner is to reach the target, from 0 to 10; null for a partner system."
    )
    note: str | None = strawberry.field(description="What the owner says about it; null for a partner system.")
    recorded_at: datetime = strawberry.field(description="When it was told.")
    key_result: "KeyResult | None" = strawberry.field(description="What was measured.")
    objective: "Objective | None" = strawberry.field(description="The objective of the key result.")
    author: Person | None = strawberry.field(description="Who told it; null for a partner system.")
    threads = thread_page("What is said about it and you may read, the newest thread first.")


@strawberry.type(description="How one sees that an objective is reached.")
class KeyResult(Node):
    title: str = strawberry.field(description="What is to be reached.")
    kind: KeyResultKind = strawberry.field(description="How it is measured.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted, such as `%` or `flights`.")
    weight: int = strawberry.field(description="Its weight in the objective, in whole percent.")
    position: int = strawberry.field(description="Its place in the objective, from 1.")
    start: Decimal | None = strawberry.field(description="Where it starts; null for a range.")
    target: Decimal | None = strawberry.field(description="Where it shall be; null for a range.")
    low: Decimal | None = strawberry.field(description="The lowest value of a range.")
    high: Decimal | None = strawberry.field(description="The highest value of a range.")
    current: Decimal | None = strawberry.field(description="Where it stands; null without data.")
    progress: Decimal | None = strawberry.field(
        description="How far it is, in percent to two decimals: below 0, above 100, null without data."
    )
    objective: "Objective | None" = strawberry.field(description="The objective that it belongs to.")
    measure: Measure | None = strawberry.field(description="The measure whose actuals move it.")
    continues: "KeyResult | None" = strawberry.field(
        description="The key result of an earlier cycle that its owner says it continues."
    )
    adjustments: list[Annotated["TargetAdjustment", strawberry.lazy(".targets.types")]] = strawberry.field(
        description="What makes its figures comparable with those of later cycles; at most ten."
    )
    latest_check_in: CheckIn | None = strawberry.field(description="The newest check-in.")
    split: TargetSplit | None = strawberry.field(
        description="How its target was thrown down; null while it was not, and to others while it is prepared."
    )
    check_ins = page(Connection[CheckIn], "Its check-ins, newest first.")


@strawberry.type(description="One difference between two versions of an objective.")
class FieldChange:
    field: str = strawberry.field(description="Which field, such as `title` or `keyResult.target`.")
    key_result: str | None = strawberry.field(description="The title of the key result, if it is one's field.")
    before: str | None = strawberry.field(description="The value before; null if there was none.")
    after: str | None = strawberry.field(description="The value after; null if there is none any more.")


@strawberry.type(description="A request to promise one version of an objective, and how it was decided.")
class Approval(Node):
    state: ApprovalState = strawberry.field(description="How it was decided.")
    objective: "Objective | None" = strawberry.field(description="What is to be promised.")
    approver: Person | None = strawberry.field(description="Who is asked.")
    requested_by: Person | None = strawberry.field(description="Who asks.")
    requested_at: datetime = strawberry.field(description="When it was asked.")
    version_hash: str = strawberry.field(description="The hash of the whole set that the decision binds to.")
    note: str | None = strawberry.field(
        description="What the owner says with it; for those who take part in the promise, else null."
    )
    decision_note: str | None = strawberry.field(description="The reason that the approver gave; as `note`, else null.")
    decided_by: Person | None = strawberry.field(description="Who decided: the approver or who stood in.")
    decided_at: datetime | None = strawberry.field(description="When it was decided.")
    changes: list[FieldChange] = strawberry.field(
        description="What differs from the version that was last decided; everything on a first request. "
        "As `note`, else empty."
    )


@strawberry.type(description="What one key result adds to the progress of its objective.")
class ProgressShare:
    key_result: strawberry.ID = strawberry.field(description="The id of the key result.")
    title: str = strawberry.field(description="What is to be reached.")
    weight: int = strawberry.field(description="Its weight in the objective as promised, in whole percent.")
    progress: Decimal | None = strawberry.field(description="How far it is, in percent to two decimals.")
    share: Decimal | None = strawberry.field(
        description="Its weight in percent of all that is known; null without data, which counts for nothing."
    )
    contribution: Decimal | None = strawberry.field(
        description="How many points of the objective's progress are its doing; null without data."
    )


@strawberry.type(description="How a progress came about: the contributions add up to it, the shares to 100.")
class ProgressTrace:
    progress: Decimal | None = strawberry.field(description="The progress that is explained; null without data.")
    shares: list[ProgressShare] = strawberry.field(description="One line for each key result, in their order.")


@strawberry.type(description="What a person promises to reach in a cycle.")
class Objective(Node):
    title: str = strawberry.field(description="What is to be reached.")
    why: str | None = strawberry.field(description="Why it matters.")
    state: ObjectiveState = strawberry.field(description="Where it stands in its life.")
    audience: Audience = strawberry.field(description="Who besides the reporting line sees it once it is promised.")
    weight: int = strawberry.field(
        description="Its weight among the owner's objectives of the cycle, in whole percent."
    )
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    version_hash: str = strawberry.field(description="The hash over the objective and all of its key results.")
    progress: Decimal | None = strawberry.field(
        description="How far it is, in percent to two decimals, by the weights of its key results; null without data."
    )
    rolled_up_progress: Decimal | None = strawberry.field(
        description="How far it is with all that serves it, in percent to two decimals: the mean of its own progress, "
        "which weighs 100, and that of the promised objectives below it, by their weights. It follows a check-in "
        "within moments; null without data."
    )
    pace: ObjectivePace | None = strawberry.field(
        description="How that compares with the time that is gone; null for what is not promised."
    )
    progress_trace: ProgressTrace | None = strawberry.field(description="How its progress came about, line by line.")
    difficulty: int | None = strawberry.field(
        description="How hard its owner felt the targets to be when submitting it, from 1 to 5; for those who take "
        "part in the promise, else null."
    )
    exceed: list[Annotated["ExceedTest", strawberry.lazy("api.objectives.targets.types")]] = strawberry.field(
        description="How its targets were tested against those that they continue, as it was last submitted: at most "
        "one for each key result, for those who take part in the promise."
    )
    exemptions = page(
        Connection[Annotated["TargetExemption", strawberry.lazy("api.objectives.targets.types")]],
        "The exemptions from exceeding that were asked for it, newest first.",
    )
    contributions: Annotated["ContributionStatement", strawberry.lazy(".targets.types")] | None = strawberry.field(
        description="Who contributed what to it; null until its owner says so."
    )
    open_revisions: RevisionList = strawberry.field(description=REVISIONS)
    owner: Person | None = strawberry.field(description="Who promises it.")
    unit: Unit | None = strawberry.field(description="For which unit.")
    cycle: Cycle | None = strawberry.field(description="For which period.")
    parent: "Objective | None" = strawberry.field(description="The objective that it serves.")
    key_results: list[KeyResult] = strawberry.field(description="How one sees that it is reached; at most ten.")
    check_ins = page(Connection[CheckIn], "The check-ins on its key results, newest first.")
    children = page(
        Connection[Annotated["Objective", strawberry.lazy("api.objectives.types")]],
        "The objectives that serve it and that you may see.",
    )
    intents: list[Annotated["InheritedIntent", strawberry.lazy("api.strategy.intents")]] = strawberry.field(
        description="The intents of the strategic objectives that it serves over agreed edges, however far above, and "
        "whether its owner has said them back; at most 50."
    )
    teach_backs = page(
        Connection[Annotated["TeachBack", strawberry.lazy("api.strategy.intents")]],
        "What its owner said back of intents, the newest first.",
    )
    alignments = alignment_page("What it serves by agreement, or is to serve, besides its parent; the newest first.")
    served_by = alignment_page(
        "What serves it by agreement or is to serve it, and slices of its targets, as far as you see; newest first."
    )
    interlocks = page(
        Connection[Annotated["Interlock", strawberry.lazy("api.transmission.interlocks")]],
        "What other people promise to it and you may see, the next date first.",
    )
    threads = thread_page("What is said about it and its check-ins and you may read, the newest thread first.")
    approval: Approval | None = strawberry.field(description="The newest request for approval.")
    viewer_can: list[ObjectiveAction] = strawberry.field(description="What you can do with it now.")
    created_at: datetime = strawberry.field(description="When it was begun.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    submitted_at: datetime | None = strawberry.field(description="When it was last submitted.")
    approved_at: datetime | None = strawberry.field(description="When it was promised.")


@strawberry.enum(description="How far down the reporting line.")
class Line(StrEnum):
    DIRECT = "DIRECT"
    ALL = "ALL"


@strawberry.input(description="Which check-ins are listed; what is left out does not narrow the list.")
class CheckInFilter:
    line: Line | None = strawberry.field(default=strawberry.UNSET, description="By people of your reporting line.")
    serving: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="On the objectives that directly serve this one."
    )


@strawberry.type
class ObjectiveQueries:
    objective = by_id(maybe("Objective", "api.objectives.types"), "An objective, by its id.")
    objectives = objective_page("The objectives that you may see.")
    cycles = page(Connection[Cycle], "The cycles of the group, newest first.")

    @strawberry.field(description="The check-ins that you may see, newest first: the news of a line, or below a goal.")
    def check_ins(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        filter: CheckInFilter | None = strawberry.UNSET,
    ) -> Connection[CheckIn]:
        planned()

    @strawberry.field(description="Approvals that you may decide: those addressed to you or to whom you stand in for.")
    def approvals(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: ApprovalState | None = ApprovalState.OPEN,
    ) -> Connection[Approval]:
        planned()
