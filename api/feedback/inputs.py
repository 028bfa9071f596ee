"""What mutations of feedback are given, and what the domain makes of it."""

from uuid import UUID

import strawberry

from api.feedback.words import Anchor, ReactionKind, Visibility
from api.mutating import optional_id, row_id
from domain.feedback.rules import MENTIONS_MAX, PARTICIPANTS_MAX, READ_MAX
from domain.feedback.terms import NewMessage, NewPraise, NewThread, NewValue, Shape
from domain.kernel import ids
from domain.kernel.errors import InvalidInput

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
ANCHORS = {"obj": Anchor.OBJECTIVE, "chk": Anchor.CHECK_IN, "msr": Anchor.MEASURE, "per": Anchor.PERSON}
"""What a thread can be about, by the prefix of its id."""


@strawberry.input(description="What is to be said.")
class MessageInput:
    body: str = strawberry.field(description="The words, at most 4,000 characters.")
    situation: str | None = strawberry.field(default=None, description="What happened when, at most 1,000 characters.")
    behaviour: str | None = strawberry.field(default=None, description="What somebody did, at most 1,000 characters.")
    impact: str | None = strawberry.field(default=None, description="What came of it, at most 1,000 characters.")
    next_step: str | None = strawberry.field(default=None, description="What is next, at most 1,000 characters.")
    visibility: Visibility | None = strawberry.field(
        default=None, description="Who reads it, where that are fewer people than read the thread; else leave it out."
    )
    mentions: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="The ids of persons who shall be told, at most 20: each must be able to read it.",
    )


@strawberry.input(description="A thread to be opened.")
class OpenThreadInput:
    about: strawberry.ID = strawberry.field(
        description="The id of what it is about: an objective, a check-in, a measure or a person."
    )
    visibility: Visibility = strawberry.field(description="Who reads it.")
    participants: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="The ids of persons who take part besides you and whom it concerns. Each must see what it is "
        "about.",
    )
    message: MessageInput = strawberry.field(description="The first message.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Something to be said in a thread.")
class PostMessageInput:
    thread: strawberry.ID = strawberry.field(description="The id of the thread.")
    message: MessageInput = strawberry.field(description="What is to be said.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Other words for a message of yours.")
class EditMessageInput:
    message: strawberry.ID = strawberry.field(description="The id of the message.")
    body: str = strawberry.field(description="The words, at most 4,000 characters.")
    situation: str | None = strawberry.field(default=None, description="What happened when; left out, it goes away.")
    behaviour: str | None = strawberry.field(default=None, description="What somebody did; left out, it goes away.")
    impact: str | None = strawberry.field(default=None, description="What came of it; left out, it goes away.")
    next_step: str | None = strawberry.field(default=None, description="What is next; left out, it goes away.")
    expected_version: int = strawberry.field(description="The version that you read.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A message of yours to be deleted.")
class DeleteMessageInput:
    message: strawberry.ID = strawberry.field(description="The id of the message.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A reaction to a message of somebody else.")
class ReactToMessageInput:
    message: strawberry.ID = strawberry.field(description="The id of the message.")
    kind: ReactionKind = strawberry.field(description="In which way you react.")
    on: bool = strawberry.field(default=True, description="False takes it back.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Messages that you have read.")
class ReadMessagesInput:
    thread: strawberry.ID = strawberry.field(description="The id of the thread.")
    messages: list[strawberry.ID] = strawberry.field(description="The ids of the messages, 1 to 100.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Somebody to take part in a thread.")
class AddParticipantInput:
    thread: strawberry.ID = strawberry.field(description="The id of the thread.")
    person: strawberry.ID = strawberry.field(description="The id of the person.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A wider class for a thread.")
class ProposeWideningInput:
    thread: strawberry.ID = strawberry.field(description="The id of the thread.")
    visibility: Visibility = strawberry.field(description="Who is to read it: more people than now.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="An author's answer to a proposal to widen a thread.")
class AnswerWideningInput:
    widening: strawberry.ID = strawberry.field(description="The id of the proposal.")
    agrees: bool = strawberry.field(description="True agrees; false refuses, and ends it.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A message to be kept as evidence by whom its thread is about.")
class PinMessageInput:
    message: strawberry.ID = strawberry.field(description="The id of the message.")
    on: bool = strawberry.field(default=True, description="False keeps it no more.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Praise to be given.")
class GivePraiseInput:
    to: strawberry.ID = strawberry.field(description="The id of the person.")
    value: strawberry.ID = strawberry.field(description="The id of the value of the group that they lived.")
    strategic_objective: strawberry.ID | None = strawberry.field(
        default=None, description="The id of the strategic objective that it served, if you know."
    )
    visibility: Visibility = strawberry.field(
        default=Visibility.GROUP, description="Who reads it: at least whom you praise."
    )
    message: MessageInput = strawberry.field(description="What you praise.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="Something more that the group stands for.")
class DefineCompanyValueInput:
    name: str = strawberry.field(description="The name in English, at most 60 characters.")
    name_zh: str | None = strawberry.field(default=None, description="The name in Chinese.")
    meaning: str = strawberry.field(description="What one does who lives it, in English, at most 500 characters.")
    meaning_zh: str | None = strawberry.field(default=None, description="What one does who lives it, in Chinese.")
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A value that nobody is to be praised for any more.")
class RetireCompanyValueInput:
    value: strawberry.ID = strawberry.field(description="The id of the value.")
    idempotency_key: str = strawberry.field(description=KEY)


def praise_of(given: GivePraiseInput) -> NewPraise:
    """The praise."""
    return NewPraise(
        recipient_id=row_id("per", given.to),
        value_id=row_id("cvl", given.value),
        strategic_objective_id=optional_id("sob", given.strategic_objective, "strategicObjective"),
        visibility=given.visibility,
        message=message_of(given.message),
    )


def value_of(given: DefineCompanyValueInput) -> NewValue:
    """The value."""
    return NewValue(name=given.name, name_zh=given.name_zh, meaning=given.meaning, meaning_zh=given.meaning_zh)


def thread_of(given: OpenThreadInput) -> NewThread:
    """The thread; InvalidInput where it is about something that nobody talks about."""
    prefix = ids.prefix_of(given.about)
    if prefix not in ANCHORS:
        raise InvalidInput("A thread is about an objective, a check-in, a measure or a person.", field="about")
    return NewThread(
        anchor=ANCHORS[prefix],
        anchor_id=row_id(prefix, given.about),
        visibility=given.visibility,
        participants=_ids("per", given.participants, "participants", PARTICIPANTS_MAX),
        message=message_of(given.message),
    )


def message_of(given: MessageInput) -> NewMessage:
    """The message."""
    mentions = _ids("per", given.mentions, "message.mentions", MENTIONS_MAX)
    return NewMessage(body=given.body, shape=shape_of(given), visibility=given.visibility, mentions=mentions)


def shape_of(given: MessageInput | EditMessageInput) -> Shape:
    """The shape of the words."""
    return Shape(situation=given.situation, behaviour=given.behaviour, impact=given.impact, next_step=given.next_step)


def read_of(given: list[strawberry.ID]) -> list[UUID]:
    """The messages."""
    return _ids("fbm", given, "messages", READ_MAX)


def _ids(prefix: str, given: list[strawberry.ID], field: str, count_max: int) -> list[UUID]:
    if len(given) > count_max:
        raise InvalidInput(f"Name at most {count_max}.", field=field)
    return [row_id(prefix, one) for one in given]
