"""The words of feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Anchor(StrEnum):
    """What a thread is about."""

    OBJECTIVE = "OBJECTIVE"
    CHECK_IN = "CHECK_IN"
    MEASURE = "MEASURE"
    PERSON = "PERSON"
    PRAISE = "PRAISE"


class Visibility(StrEnum):
    """Who reads it, from the narrowest to the widest: each class has those before it."""

    PRIVATE = "PRIVATE"
    PARTICIPANTS = "PARTICIPANTS"
    CHAIN = "CHAIN"
    UNIT = "UNIT"
    GROUP = "GROUP"


class ReactionKind(StrEnum):
    """What can be said to a message by a tap. All are kind: who disagrees says so in words."""

    THANKS = "THANKS"
    WELL_DONE = "WELL_DONE"
    AGREE = "AGREE"
    INSIGHT = "INSIGHT"
    SUPPORT = "SUPPORT"


class WideningState(StrEnum):
    """How a proposal to widen a thread stands."""

    OPEN = "OPEN"
    WIDENED = "WIDENED"
    REFUSED = "REFUSED"


class ThreadAct(StrEnum):
    """What can be done with a thread."""

    POST = "POST"
    ADD_PARTICIPANT = "ADD_PARTICIPANT"
    PROPOSE_WIDENING = "PROPOSE_WIDENING"
    ANSWER_WIDENING = "ANSWER_WIDENING"


class MessageAct(StrEnum):
    """What can be done with a message."""

    EDIT = "EDIT"
    DELETE = "DELETE"
    REACT = "REACT"
    PIN = "PIN"
    REPORT = "REPORT"


class ReportState(StrEnum):
    """How a report stands: UPHELD hid the words, DISMISSED left them."""

    OPEN = "OPEN"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class RequestState(StrEnum):
    """How a request for feedback stands."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class RequestAct(StrEnum):
    """What can be done with a request for feedback."""

    ANSWER = "ANSWER"
    DECLINE = "DECLINE"
    WITHDRAW = "WITHDRAW"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """Of whom what is asked, on an objective of one's own or on how one works, and until when."""

    of_id: UUID
    objective_id: UUID | None = None
    words: str
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What makes feedback useful: what happened when, what somebody did, what came of it, and what is next."""

    situation: str | None = None
    behaviour: str | None = None
    impact: str | None = None
    next_step: str | None = None


UNSHAPED = Shape()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What is to be said. Without a class it is as wide as its thread."""

    body: str
    shape: Shape = UNSHAPED
    visibility: Visibility | None = None
    mentions: Sequence[UUID] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewThread:
    """About what a thread is opened, for whom, with which first message."""

    anchor: Anchor
    anchor_id: UUID
    visibility: Visibility
    participants: Sequence[UUID] = ()
    message: NewMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPraise:
    """Who is praised for which value, perhaps for which strategic objective, who reads it, and in which words."""

    recipient_id: UUID
    value_id: UUID
    strategic_objective_id: UUID | None = None
    visibility: Visibility = Visibility.GROUP
    message: NewMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """Something that the group stands for, in both languages."""

    name: str
    name_zh: str | None = None
    meaning: str
    meaning_zh: str | None = None
