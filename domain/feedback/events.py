"""Facts about threads and messages; none of them tells what was said."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadEvent(Event):
    """A fact about a thread."""

    subject_type: ClassVar[str] = "feedback_thread"


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadOpened(ThreadEvent):
    """Somebody began to talk about something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantAdded(ThreadEvent):
    """Somebody takes part from now on."""

    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WideningProposed(ThreadEvent):
    """The authors are asked whether more people may read what they said."""

    widening_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class WideningAnswered(ThreadEvent):
    """An author agreed or refused."""

    widening_id: UUID
    agrees: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadWidened(ThreadEvent):
    """All authors agreed; more people read the thread."""

    widening_id: UUID
    visibility: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagesRead(ThreadEvent):
    """A person read messages of the thread; for the person's other screens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEvent(Event):
    """A fact about a message of a thread."""

    subject_type: ClassVar[str] = "feedback_message"
    thread_id: UUID
    author_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePosted(MessageEvent):
    """Somebody said something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEdited(MessageEvent):
    """An author put it in other words."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDeleted(MessageEvent):
    """An author took the words back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageReactedTo(MessageEvent):
    """Somebody reacted to it, or took that back."""

    kind_of_reaction: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePinned(MessageEvent):
    """The recipient keeps it as evidence, or does no more."""

    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseGiven(Event):
    """Somebody praised somebody for living a value of the group."""

    subject_type: ClassVar[str] = "praise"
    thread_id: UUID
    giver_id: UUID
    recipient_id: UUID
    value_id: UUID
    strategic_objective_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyValueDefined(Event):
    """The group stands for something more."""

    subject_type: ClassVar[str] = "company_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyValueRetired(Event):
    """Nobody is praised for it any more; what was given stays."""

    subject_type: ClassVar[str] = "company_value"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequestEvent(Event):
    """A fact about a request for feedback."""

    subject_type: ClassVar[str] = "feedback_request"
    asker_id: UUID
    asked_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackAsked(FeedbackRequestEvent):
    """Somebody wishes to hear what another thinks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequestDue(FeedbackRequestEvent):
    """The day for which it is wished is near, and nothing was said yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequestAnswered(FeedbackRequestEvent):
    """The feedback was given, in a thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackDeclined(FeedbackRequestEvent):
    """Who was asked will not, and says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequestWithdrawn(FeedbackRequestEvent):
    """Who asked does so no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackReported(Event):
    """Somebody says that words should not stand."""

    subject_type: ClassVar[str] = "feedback_report"
    message_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackReportSettled(Event):
    """A moderator hid the words, or left them."""

    subject_type: ClassVar[str] = "feedback_report"
    hides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackHidden(MessageEvent):
    """A moderator hid the words, with a reason that their author reads."""
