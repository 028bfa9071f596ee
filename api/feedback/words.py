"""The words of feedback as enums of the schema."""

import strawberry

from domain.feedback.terms import (
    Anchor,
    MessageAct,
    ReactionKind,
    ReportState,
    RequestAct,
    RequestState,
    ThreadAct,
    Visibility,
    WideningState,
)

strawberry.enum(Anchor, name="FeedbackAnchor", description="What a thread is about.")
strawberry.enum(
    Visibility,
    name="FeedbackVisibility",
    description="Who reads a thread or a message, as far as they see what it is about. Each class has those before it.",
)
strawberry.enum(ReactionKind, description="What can be said to a message by a tap.")
strawberry.enum(WideningState, description="How a proposal to widen a thread stands.")
strawberry.enum(ThreadAct, name="FeedbackThreadAction", description="What can be done with a thread.")
strawberry.enum(MessageAct, name="FeedbackMessageAction", description="What can be done with a message.")
strawberry.enum(RequestState, name="FeedbackRequestState", description="How a request for feedback stands.")
strawberry.enum(RequestAct, name="FeedbackRequestAction", description="What can be done with a request for feedback.")
strawberry.enum(ReportState, name="FeedbackReportState", description="How a report stands.")

__all__ = [
    "Anchor",
    "MessageAct",
    "ReactionKind",
    "ReportState",
    "RequestAct",
    "RequestState",
    "ThreadAct",
    "Visibility",
    "WideningState",
]
