"""Feedback in the schema: what is read of threads and messages."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.feedback.words import Anchor, MessageAct, ReactionKind, ThreadAct, Visibility, WideningState
from api.people.types import Person, Unit
from api.planned import (
    AfterCursor,
    BeforeCursor,
    Connection,
    FirstCount,
    LastCount,
    Node,
    by_id,
    maybe,
    page,
    planned,
)

if TYPE_CHECKING:
    from api.feedback.praise import Praise
    from api.objectives.types import CheckIn, Objective
    from api.scorecards.measures import Measure


@strawberry.type(description="What a message said before it was edited.")
class FeedbackVersion(Node):
    body: str = strawberry.field(description="The words.")
    situation: str | None = strawberry.field(description="What happened when, if it was said.")
    behaviour: str | None = strawberry.field(description="What somebody did, if it was said.")
    impact: str | None = strawberry.field(description="What came of it, if it was said.")
    next_step: str | None = strawberry.field(description="What was to be next, if it was said.")
    written_at: datetime = strawberry.field(description="When they were written.")


@strawberry.type(description="How many persons reacted to a message in one way.")
class FeedbackReaction:
    kind: ReactionKind = strawberry.field(description="In which way.")
    count: int = strawberry.field(description="How many persons.")
    mine: bool = strawberry.field(description="Whether you are among them.")


@strawberry.type(
    description="A proposal that more people may read a thread. It becomes wider when every author in it has agreed; "
    "one refusal ends the proposal."
)
class FeedbackWidening(Node):
    thread: Annotated["FeedbackThread", strawberry.lazy("api.feedback.types")] | None = strawberry.field(
        description="The thread."
    )
    visibility: Visibility = strawberry.field(description="The class that is proposed.")
    state: WideningState = strawberry.field(description="How it stands.")
    proposed_by: Person | None = strawberry.field(description="Who proposed it.")
    proposed_at: datetime = strawberry.field(description="When it was proposed.")
    settled_at: datetime | None = strawberry.field(description="When it was agreed or refused.")
    agreed: int = strawberry.field(description="How many persons have agreed so far, with who proposed it.")


@strawberry.type(description="What one person said in a thread.")
class FeedbackMessage(Node):
    thread: Annotated["FeedbackThread", strawberry.lazy("api.feedback.types")] | None = strawberry.field(
        description="The thread."
    )
    author: Person | None = strawberry.field(description="Who said it.")
    visibility: Visibility = strawberry.field(description="Who reads it: never more people than read its thread.")
    body: str | None = strawberry.field(description="The words; null once they were deleted or hidden.")
    situation: str | None = strawberry.field(description="What happened when, if the author says so.")
    behaviour: str | None = strawberry.field(description="What somebody did, if the author says so.")
    impact: str | None = strawberry.field(description="What came of it, if the author says so.")
    next_step: str | None = strawberry.field(description="What is to be next, if the author says so.")
    version: int = strawberry.field(description="Counts its edits: to be given back as `expectedVersion`.")
    posted_at: datetime = strawberry.field(description="When it was posted.")
    written_at: datetime = strawberry.field(description="When it was last edited; at first, when it was posted.")
    deleted_at: datetime | None = strawberry.field(description="When its author deleted it; null while it stands.")
    hidden_at: datetime | None = strawberry.field(
        description="When it was hidden after a report, with its words null but for its author; null while it stands."
    )
    hidden_reason: str | None = strawberry.field(description="Why it was hidden; for its author, else null.")
    versions: list[FeedbackVersion] = strawberry.field(
        description="What it said before, oldest first, at most 20: edits in the first quarter of an hour leave none."
    )
    mentions: list[Person] = strawberry.field(description="Whom it mentions, by name; at most 20.")
    reactions: list[FeedbackReaction] = strawberry.field(description="How people reacted; one line for each way.")
    pinned: bool = strawberry.field(
        description="Whether you, to whom it was said, keep it as evidence. Nobody else is told."
    )
    unread: bool = strawberry.field(description="Whether it waits for you to read it.")
    viewer_can: list[MessageAct] = strawberry.field(description="What you can do with it now.")


@strawberry.type(
    description="What people say about one thing. Nobody reads it who does not see what it is about, and whom it is "
    "about takes part in it, unless it is private."
)
class FeedbackThread(Node):
    anchor: Anchor = strawberry.field(description="What it is about.")
    visibility: Visibility = strawberry.field(description="Who reads it.")
    objective: Annotated["Objective", strawberry.lazy("api.objectives.types")] | None = strawberry.field(
        description="The objective that it is about, itself or by a check-in."
    )
    check_in: Annotated["CheckIn", strawberry.lazy("api.objectives.types")] | None = strawberry.field(
        description="The check-in that it is about."
    )
    measure: Annotated["Measure", strawberry.lazy("api.scorecards.measures")] | None = strawberry.field(
        description="The measure that it is about."
    )
    about: Person | None = strawberry.field(
        description="The person whom it concerns: the owner of the objective or the measure, or the person it is about."
    )
    unit: Unit | None = strawberry.field(
        description="Whose people read it where it is as wide as a unit: that of its anchor as it was opened."
    )
    praise: Annotated["Praise", strawberry.lazy("api.feedback.praise")] | None = strawberry.field(
        description="The praise that it is about, and begins with."
    )
    opened_by: Person | None = strawberry.field(description="Who opened it.")
    opened_at: datetime = strawberry.field(description="When it was opened.")
    participants: list[Person] = strawberry.field(description="Who takes part, by name; at most 50.")
    messages = page(
        Connection[Annotated["FeedbackMessage", strawberry.lazy("api.feedback.types")]],
        "What was said and you may read, oldest first.",
    )
    widening: FeedbackWidening | None = strawberry.field(description="The open proposal to widen it.")
    unread_count: int = strawberry.field(description="How many messages in it wait for you to read them.")
    viewer_can: list[ThreadAct] = strawberry.field(description="What you can do with it now.")


THREADS = Connection[Annotated["FeedbackThread", strawberry.lazy("api.feedback.types")]]


@strawberry.type
class FeedbackQueries:
    feedback_thread = by_id(maybe("FeedbackThread", "api.feedback.types"), "A thread of feedback, by its id.")
    feedback = page(Connection[FeedbackMessage], "Everything that is said and you may read, newest first.")

    @strawberry.field(
        description="What is said and you may read that holds all of these words, newest first. English words are "
        "found in all of their forms; Chinese by its characters in their order."
    )
    def search_feedback(
        self,
        words: Annotated[
            str,
            strawberry.argument(description="The words, of which the first 200 characters count; none find nothing."),
        ] = "",
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
    ) -> Connection[FeedbackMessage]:
        planned()

    pinned_feedback = page(Connection[FeedbackMessage], "What was said to you and you keep as evidence, newest first.")
    unread_feedback = page(Connection[FeedbackMessage], "What waits for you to read it, newest first.")
