"""What can be done with feedback in the schema."""

from typing import Annotated, cast

import strawberry
from strawberry import Info

from api import problem
from api.feedback.inputs import (
    AddParticipantInput,
    AnswerWideningInput,
    DeleteMessageInput,
    EditMessageInput,
    OpenThreadInput,
    PinMessageInput,
    PostMessageInput,
    ProposeWideningInput,
    ReactToMessageInput,
    ReadMessagesInput,
    message_of,
    read_of,
    shape_of,
    thread_of,
)
from api.feedback.types import FeedbackMessage, FeedbackThread
from api.mutating import actor, answer, row_id
from api.problem import InvalidInput, KeyReused, NotFound, NotPermitted, Problem, StaleVersion
from domain.feedback import errors, service, service_messages, service_widening


@strawberry.type(description="The message was deleted; nothing is left to be changed.")
class MessageGone(Problem):
    pass


@strawberry.type(description="The message was hidden after a report; nothing can be done with it but to delete it.")
class MessageHidden(Problem):
    pass


@strawberry.type(description="The authors are asked already whether the thread may become wider.")
class WideningUnderWay(Problem):
    pass


@strawberry.type(description="The thread was widened meanwhile, or an author refused.")
class WideningSettled(Problem):
    pass


problem.register(errors.MessageGone, MessageGone)
problem.register(errors.MessageHidden, MessageHidden)
problem.register(errors.WideningUnderWay, WideningUnderWay)
problem.register(errors.WideningSettled, WideningSettled)

FeedbackThreadResult = Annotated[
    FeedbackThread | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("FeedbackThreadResult", description="The thread as it is now, or why nothing was done."),
]
PostMessageResult = Annotated[
    FeedbackMessage | NotFound | NotPermitted | InvalidInput | KeyReused,
    strawberry.union("PostMessageResult", description="What was said, or why it was not."),
]
EditMessageResult = Annotated[
    FeedbackMessage | NotFound | NotPermitted | StaleVersion | MessageGone | MessageHidden | InvalidInput | KeyReused,
    strawberry.union("EditMessageResult", description="The message in its new words, or why it keeps the old ones."),
]
MessageResult = Annotated[
    FeedbackMessage | NotFound | NotPermitted | MessageGone | MessageHidden | InvalidInput | KeyReused,
    strawberry.union("MessageResult", description="The message as it is now, or why nothing was done."),
]
ProposeWideningResult = Annotated[
    FeedbackThread | NotFound | NotPermitted | WideningUnderWay | InvalidInput | KeyReused,
    strawberry.union("ProposeWideningResult", description="The thread as it is now, or why nobody was asked."),
]
AnswerWideningResult = Annotated[
    FeedbackThread | NotFound | NotPermitted | WideningSettled | InvalidInput | KeyReused,
    strawberry.union("AnswerWideningResult", description="The thread as it is now, or why the answer was not taken."),
]


@strawberry.type
class FeedbackMutations:
    @strawberry.mutation(description="Begin to talk about something that you see, with a first message.")
    async def open_thread(self, info: Info, input: OpenThreadInput) -> FeedbackThreadResult:
        found = await answer(
            info,
            "FeedbackThread",
            lambda: service.open_thread(actor(info), thread_of(input), key=input.idempotency_key),
        )
        return cast("FeedbackThreadResult", found)

    @strawberry.mutation(description="Say something in a thread that you read; you take part in it from then on.")
    async def post_message(self, info: Info, input: PostMessageInput) -> PostMessageResult:
        found = await answer(
            info,
            "FeedbackMessage",
            lambda: service.post(
                actor(info), row_id("fbt", input.thread), message_of(input.message), key=input.idempotency_key
            ),
        )
        return cast("PostMessageResult", found)

    @strawberry.mutation(
        description="Put a message of yours in other words. Later than a quarter of an hour after it was posted, its "
        "readers see what was there before."
    )
    async def edit_message(self, info: Info, input: EditMessageInput) -> EditMessageResult:
        found = await answer(
            info,
            "FeedbackMessage",
            lambda: service_messages.edit(
                actor(info),
                row_id("fbm", input.message),
                input.body,
                shape=shape_of(input),
                version=input.expected_version,
                key=input.idempotency_key,
            ),
        )
        return cast("EditMessageResult", found)

    @strawberry.mutation(
        description="Take the words of a message of yours back, with all versions of them. That you said something "
        "stays to be seen."
    )
    async def delete_message(self, info: Info, input: DeleteMessageInput) -> MessageResult:
        found = await answer(
            info,
            "FeedbackMessage",
            lambda: service_messages.delete(actor(info), row_id("fbm", input.message), key=input.idempotency_key),
        )
        return cast("MessageResult", found)

    @strawberry.mutation(description="React to what somebody else said, or take that back.")
    async def react_to_message(self, info: Info, input: ReactToMessageInput) -> MessageResult:
        found = await answer(
            info,
            "FeedbackMessage",
            lambda: service_messages.react(
                actor(info), row_id("fbm", input.message), input.kind, is_on=input.on, key=input.idempotency_key
            ),
        )
        return cast("MessageResult", found)

    @strawberry.mutation(
        description="Keep what somebody said to you as evidence, or no more: only whom the thread is about does that."
    )
    async def pin_message(self, info: Info, input: PinMessageInput) -> MessageResult:
        found = await answer(
            info,
            "FeedbackMessage",
            lambda: service_messages.pin(
                actor(info), row_id("fbm", input.message), is_on=input.on, key=input.idempotency_key
            ),
        )
        return cast("MessageResult", found)

    @strawberry.mutation(description="Say that you have read messages of a thread, on all of your devices.")
    async def read_messages(self, info: Info, input: ReadMessagesInput) -> FeedbackThreadResult:
        found = await answer(
            info,
            "FeedbackThread",
            lambda: service_messages.read(
                actor(info), row_id("fbt", input.thread), read_of(input.messages), key=input.idempotency_key
            ),
        )
        return cast("FeedbackThreadResult", found)

    @strawberry.mutation(
        description="Have somebody take part in a thread who sees what it is about: they read what is said from then "
        "on."
    )
    async def add_participant(self, info: Info, input: AddParticipantInput) -> FeedbackThreadResult:
        found = await answer(
            info,
            "FeedbackThread",
            lambda: service.add_participant(
                actor(info), row_id("fbt", input.thread), row_id("per", input.person), key=input.idempotency_key
            ),
        )
        return cast("FeedbackThreadResult", found)

    @strawberry.mutation(
        description="Ask the authors in a thread whether more people may read it. Where nobody else wrote, it is "
        "wider at once."
    )
    async def propose_widening(self, info: Info, input: ProposeWideningInput) -> ProposeWideningResult:
        found = await answer(
            info,
            "FeedbackThread",
            lambda: service_widening.propose(
                actor(info), row_id("fbt", input.thread), input.visibility, key=input.idempotency_key
            ),
        )
        return cast("ProposeWideningResult", found)

    @strawberry.mutation(
        description="As an author, agree that more people read a thread, or refuse. It becomes wider when all have "
        "agreed; one refusal ends it."
    )
    async def answer_widening(self, info: Info, input: AnswerWideningInput) -> AnswerWideningResult:
        found = await answer(
            info,
            "FeedbackThread",
            lambda: service_widening.answer(
                actor(info), row_id("fbw", input.widening), agrees=input.agrees, key=input.idempotency_key
            ),
        )
        return cast("AnswerWideningResult", found)
