"""Reports of words that should not stand, in the schema."""

from datetime import datetime

import strawberry

from api import problem
from api.feedback.inputs import KEY
from api.feedback.types import FeedbackMessage
from api.feedback.words import ReportState
from api.people.types import Person
from api.planned import Connection, Node, page
from api.problem import Problem
from domain.feedback import errors


@strawberry.type(
    description="Somebody says that words should not stand. It is read by who reported, and by who moderates: the HR "
    "partner of the unit and the strategy office, but never the author of the words."
)
class FeedbackReport(Node):
    message: FeedbackMessage | None = strawberry.field(description="The message, as far as you read its thread.")
    words: str | None = strawberry.field(
        description="What it says now, for who moderates, else null; null once its author deleted it."
    )
    author: Person | None = strawberry.field(description="Who wrote it.")
    reporter: Person | None = strawberry.field(description="Who reported it.")
    reason: str = strawberry.field(description="Why.")
    reported_at: datetime = strawberry.field(description="When.")
    state: ReportState = strawberry.field(description="How it stands.")
    settled_at: datetime | None = strawberry.field(description="When it was settled.")
    settled_by: Person | None = strawberry.field(description="Who settled it; for who moderates, else null.")
    answer: str | None = strawberry.field(description="Why it was settled so.")
    viewer_can_settle: bool = strawberry.field(description="Whether you can settle it now.")


@strawberry.type(description="You have reported this message.")
class AlreadyReported(Problem):
    pass


@strawberry.type(description="The report is settled.")
class ReportSettled(Problem):
    pass


problem.register(errors.AlreadyReported, AlreadyReported)
problem.register(errors.ReportSettled, ReportSettled)


@strawberry.input(description="Words of somebody else that should not stand.")
class ReportMessageInput:
    message: strawberry.ID = strawberry.field(description="The id of the message.")
    reason: str = strawberry.field(description="Why, at most 1,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="What is done about reported words.")
class SettleReportInput:
    report: strawberry.ID = strawberry.field(description="The id of the report.")
    hide: bool = strawberry.field(description="True hides the words from all but their author; false leaves them.")
    answer: str = strawberry.field(description="Why: the author and who reported read it. At most 1,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.type
class ReportQueries:
    feedback_reports = page(Connection[FeedbackReport], "Reports that you made or may settle, newest first.")
