"""What of requests for feedback can be read: by who asked, and by who is asked."""

from domain.feedback.terms import RequestAct
from domain.kernel.permits import PERMITS, Action, Relation
from domain.kernel.views import Column, Extensions, Kind, One, Order, Page, Roots, View

RELATIONS_OF_REQUEST: dict[Relation, str] = {
    Relation.PROPOSER: "{row}.asker_id = {me}",
    Relation.ASKED: "{row}.asked_id = {me}",
}
"""How the actor stands to the request `{row}`."""
PERMITTED_AS = {
    RequestAct.ANSWER: Action.ANSWER_REQUEST,
    RequestAct.DECLINE: Action.DECLINE_REQUEST,
    RequestAct.WITHDRAW: Action.WITHDRAW_REQUEST,
}


def _can(act: RequestAct) -> str:
    who = " or ".join(RELATIONS_OF_REQUEST[one] for one in sorted(PERMITS[PERMITTED_AS[act]]))
    return f"case when {{row}}.state = 'OPEN' and ({who}) then '{act}' end"


REQUEST = View(
    name="FeedbackRequest",
    prefix="fbq",
    source="feedback_request",
    visible="({row}.asker_id = {me} or {row}.asked_id = {me})",
    fields={
        "asker": One("Person", on="{child}.id = {row}.asker_id"),
        "asked": One("Person", on="{child}.id = {row}.asked_id"),
        "objective": One("Objective", on="{child}.id = {row}.objective_id"),
        "words": Column("{row}.words"),
        "dueOn": Column("{row}.due_on", Kind.DATE),
        "state": Column("{row}.state"),
        "askedAt": Column("{row}.asked_at", Kind.INSTANT),
        "settledAt": Column("{row}.settled_at", Kind.INSTANT),
        "reason": Column("{row}.reason"),
        "thread": One("FeedbackThread", on="{child}.id = {row}.thread_id"),
        "viewerCan": Column(f"array_remove(array[{', '.join(map(_can, RequestAct))}], null)", Kind.LIST),
    },
)

VIEWS = (REQUEST,)

EXTENSIONS: Extensions = {
    "InboxItem": {
        "feedbackRequest": One(
            "FeedbackRequest", on="{row}.subject_type = 'feedback_request' and {child}.id = {row}.subject_id"
        ),
    },
}

ROOTS: Roots = {
    "feedbackAskedOfMe": Page(
        "FeedbackRequest",
        on="{child}.asked_id = {me} and {child}.state = 'OPEN'",
        orders={"DUE": Order((("{child}.due_on", "date"), ("{child}.id", "uuid")))},
        implied=True,
    ),
    "feedbackAskedByMe": Page(
        "FeedbackRequest",
        on="{child}.asker_id = {me}",
        orders={"NEWEST": Order((("{child}.asked_at", "timestamptz"), ("{child}.id", "uuid")), descending=True)},
        implied=True,
    ),
}
