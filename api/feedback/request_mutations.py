"""What can be done with requests for feedback in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.feedback.inputs import message_of
from api.feedback.request_inputs import (
    AnswerFeedbackRequestInput,
    AskFeedbackInput,
    DeclineFeedbackRequestInput,
    WithdrawFeedbackRequestInput,
    request_of,
)
from api.feedback.requests import FeedbackRequest
from api.mutating import actor, answer, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem
from domain.feedback import errors, service_requests


@strawberry.type(description="The request was answered, declined or withdrawn.")
class RequestSettled(Problem):
    pass


problem.register(errors.RequestSettled, RequestSettled)

AskFeedbackResult = Annotated[
    FeedbackRequest | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("AskFeedbackResult", description="The request, or why nobody was asked."),
]
FeedbackRequestResult = Annotated[
    FeedbackRequest | NotFound | NotPermitted | RequestSettled | InvalidInput | KeyReused,
    strawberry.union("FeedbackRequestResult", description="The request as it is now, or why nothing was done."),
]


@strawberry.type
class RequestMutations:
    @strawberry.mutation(description="Ask somebody for feedback on an objective of yours, or on how you work.")
    async def ask_feedback(self, info: Info, input: AskFeedbackInput) -> AskFeedbackResult:
        found = await answer(
            info,
            "FeedbackRequest",
            lambda: service_requests.ask(actor(info), request_of(input), key=input.idempotency_key),
        )
        return cast("AskFeedbackResult", found)

    @strawberry.mutation(description="Give the feedback that you are asked for: it begins a thread with who asked.")
    async def answer_feedback_request(self, info: Info, input: AnswerFeedbackRequestInput) -> FeedbackRequestResult:
        found = await answer(
            info,
            "FeedbackRequest",
            lambda: service_requests.answer(
                actor(info),
                row_id("fbq", input.request),
                message_of(input.message),
                visibility=input.visibility,
                key=input.idempotency_key,
            ),
        )
        return cast("FeedbackRequestResult", found)

    @strawberry.mutation(description="Say that you will not give the feedback that you are asked for, and why.")
    async def decline_feedback_request(self, info: Info, input: DeclineFeedbackRequestInput) -> FeedbackRequestResult:
        found = await answer(
            info,
            "FeedbackRequest",
            lambda: service_requests.decline(
                actor(info), row_id("fbq", input.request), input.reason, key=input.idempotency_key
            ),
        )
        return cast("FeedbackRequestResult", found)

    @strawberry.mutation(description="Ask no more for feedback that nobody gave yet.")
    async def withdraw_feedback_request(self, info: Info, input: WithdrawFeedbackRequestInput) -> FeedbackRequestResult:
        found = await answer(
            info,
            "FeedbackRequest",
            lambda: service_requests.withdraw(actor(info), row_id("fbq", input.request), key=input.idempotency_key),
        )
        return cast("FeedbackRequestResult", found)
