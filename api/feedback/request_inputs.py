"""What mutations of requests for feedback are given."""

from datetime import date

import strawberry

from api.feedback.inputs import KEY, MessageInput
from api.feedback.words import Visibility
from api.mutating import optional_id, row_id
from domain.feedback.terms import NewRequest


@strawberry.input(description="A request for feedback.")
class AskFeedbackInput:
    of: strawberry.ID = strawberry.field(description="The id of the person whom you ask.")
    objective: strawberry.ID | None = strawberry.field(
        default=None, description="The id of an objective of yours that they see; without it, how you work."
    )
    words: str = strawberry.field(description="What you wish to hear about, at most 1,000 characters.")
    due_on: date = strawberry.field(description="Until which day, within 90 days.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Feedback that somebody asked for.")
class AnswerFeedbackRequestInput:
    request: strawberry.ID = strawberry.field(description="The id of the request.")
    visibility: Visibility = strawberry.field(
        default=Visibility.PARTICIPANTS, description="Who reads it: at least who asked."
    )
    message: MessageInput = strawberry.field(description="What you say.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A request for feedback that you will not answer.")
class DeclineFeedbackRequestInput:
    request: strawberry.ID = strawberry.field(description="The id of the request.")
    reason: str = strawberry.field(description="Why, at most 1,000 characters.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A request for feedback of yours that is needed no more.")
class WithdrawFeedbackRequestInput:
    request: strawberry.ID = strawberry.field(description="The id of the request.")
    idempotency_key: str = strawberry.field(description=KEY)


def request_of(given: AskFeedbackInput) -> NewRequest:
    """The request."""
    return NewRequest(
        of_id=row_id("per", given.of),
        objective_id=optional_id("obj", given.objective, "objective"),
        words=given.words,
        due_on=given.due_on,
    )
