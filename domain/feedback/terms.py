"""The words of feedback."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Anchor(StrEnum):
    """What a thread is about."""

    OBJECTIVE = "OBJECTIVE"
    CHECK_IN = "CHECK_IN"
    MEASURE = "MEASURE"
    PERSON = "PERSON"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessage:
    """What is to be said. Without a class it is as wide as its thread."""

    body: str
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
