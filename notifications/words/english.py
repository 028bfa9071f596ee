"""The words of a push in English."""

from domain.inbox.terms import InboxKind
from notifications.words import Language, Wording

ENGLISH: Language = {
    InboxKind.APPROVAL_REQUESTED: Wording(
        title="A goal waits for you",
        body="Approve it now, or look closer first.",
        buttons={"APPROVE": "Approve", "DECLINE": "Not yet…"},
    ),
    InboxKind.OBJECTIVE_APPROVED: Wording(
        title="Your goal is approved",
        body="It is yours now. Off you go!",
    ),
    InboxKind.OBJECTIVE_DECLINED: Wording(
        title="Your goal came back",
        body="See what would make it right.",
    ),
    InboxKind.INFORMATION_REQUESTED: Wording(
        title="A question about your goal",
        body="Answer it and send your goal again.",
    ),
}
