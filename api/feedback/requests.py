"""Requests for feedback in the schema."""

from datetime import date, datetime

import strawberry

from api.feedback.types import FeedbackThread
from api.feedback.words import RequestAct, RequestState
from api.objectives.types import Objective
from api.people.types import Person
from api.planned import Connection, Node, page


@strawberry.type(
    description="Somebody asks somebody for feedback, on an objective of their own or on how they work. Only the two "
    "read it."
)
class FeedbackRequest(Node):
    asker: Person | None = strawberry.field(description="Who asks.")
    asked: Person | None = strawberry.field(description="Who is asked.")
    objective: Objective | None = strawberry.field(
        description="The asker's objective that it is about; null where it is about how they work."
    )
    words: str = strawberry.field(description="What the asker wishes to hear about.")
    due_on: date = strawberry.field(description="The day until which it is wished for.")
    state: RequestState = strawberry.field(description="How it stands.")
    asked_at: datetime = strawberry.field(description="When it was asked.")
    settled_at: datetime | None = strawberry.field(description="When it was answered, declined or withdrawn.")
    reason: str | None = strawberry.field(description="Why it was declined.")
    thread: FeedbackThread | None = strawberry.field(description="The answer, and what was said to it.")
    viewer_can: list[RequestAct] = strawberry.field(description="What you can do with it now.")


@strawberry.type
class RequestQueries:
    feedback_asked_of_me = page(
        Connection[FeedbackRequest], "Requests that wait for your feedback, the nearest day first."
    )
    feedback_asked_by_me = page(Connection[FeedbackRequest], "Your requests for feedback, newest first.")
