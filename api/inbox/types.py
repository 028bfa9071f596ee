"""The inbox and the home screen in the schema: what is read of them."""

from datetime import datetime

import strawberry

from api.feedback.reports import FeedbackReport
from api.feedback.requests import FeedbackRequest
from api.feedback.types import FeedbackMessage, FeedbackThread
from api.objectives.cascading.alignments import Alignment
from api.objectives.targets.types import TargetExemption
from api.objectives.types import Approval, Cycle, Objective
from api.people.types import Person
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, maybe, page, planned
from api.plans.assumptions import Assumption
from api.scorecards.measures import Adjustment
from api.transmission.interlocks import Interlock
from api.transmission.recall import RecallQuestion
from domain.inbox.terms import InboxKind, InboxState

strawberry.enum(InboxKind, description="What a notification is about.")
strawberry.enum(InboxState, description="Whether a notification still waits for the person.")


@strawberry.type(description="Something that you should know or do.")
class InboxItem(Node):
    kind: InboxKind = strawberry.field(description="What it is about.")
    state: InboxState = strawberry.field(description="Whether it still waits for you.")
    objective: Objective | None = strawberry.field(description="The objective that it is about, if you may see it.")
    approval: Approval | None = strawberry.field(description="The request that it is about, if you may see it.")
    alignment: Alignment | None = strawberry.field(description="The slice or alignment that it is about.")
    assumption: Assumption | None = strawberry.field(description="The assumption that it is about.")
    recall_question: RecallQuestion | None = strawberry.field(description="The question of recall that it is about.")
    interlock: Interlock | None = strawberry.field(description="The promise between units that it is about.")
    exemption: TargetExemption | None = strawberry.field(description="The exemption that it is about.")
    adjustment: Adjustment | None = strawberry.field(description="The correction that it is about.")
    feedback_thread: FeedbackThread | None = strawberry.field(description="The thread that it is about.")
    feedback_request: FeedbackRequest | None = strawberry.field(
        description="The request for feedback that it is about."
    )
    feedback_report: FeedbackReport | None = strawberry.field(description="The report that it is about.")
    feedback_message: FeedbackMessage | None = strawberry.field(description="The message that it is about.")
    actor: Person | None = strawberry.field(description="Whose doing it was.")
    created_at: datetime = strawberry.field(description="When it came.")
    read_at: datetime | None = strawberry.field(description="When you read it.")
    done_at: datetime | None = strawberry.field(description="When it was dealt with.")


@strawberry.type(description="All that the first screen of the phone shows, in one question.")
class Home:
    person: Person = strawberry.field(description="You.")
    cycle: Cycle | None = strawberry.field(description="The cycle of today.")
    scorecard: maybe("Scorecard", "api.scorecards.cards.types") = strawberry.field(  # type: ignore[valid-type]
        description="Your scorecard for it, once it is published."
    )
    unread_count: int = strawberry.field(description="How many open notifications are unread.")
    open_approval_count: int = strawberry.field(description="How many approvals wait for you.")
    objectives = page(Connection[Objective], "Your objectives of the cycle of today.", first=10)
    approvals = page(Connection[Approval], "Approvals that wait for you, oldest first.", first=5)
    inbox = page(Connection[InboxItem], "Your notifications, newest first.", first=5)


@strawberry.type
class InboxQueries:
    home: Home | None = strawberry.field(description="The first screen of the phone; null for a partner client.")

    @strawberry.field(description="Your notifications, newest first.")
    def inbox(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: InboxState | None = strawberry.UNSET,
    ) -> Connection[InboxItem]:
        planned()
