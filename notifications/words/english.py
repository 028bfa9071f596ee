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
    InboxKind.INTENT_CHANGED: Wording(
        title="The intent behind your goal changed",
        body="Read it, and say in your own words what it asks of you.",
    ),
    InboxKind.INTENT_SAID_BACK: Wording(
        title="An intent was said back to you",
        body="See whether it was understood.",
    ),
    InboxKind.SAY_BACK_RETURNED: Wording(
        title="Say the intent once more",
        body="See what your line reads in it.",
    ),
    InboxKind.TARGET_THROWN: Wording(
        title="A target came down to you",
        body="Accept it, decline it or offer another amount.",
    ),
    InboxKind.ALIGNMENT_PROPOSED: Wording(
        title="Two goals could be aligned",
        body="See whether you agree.",
    ),
    InboxKind.TARGET_COUNTERED: Wording(
        title="Another amount is offered",
        body="Accept it, or say why you stand by yours.",
    ),
    InboxKind.TARGET_INSISTED: Wording(
        title="Your offer came back",
        body="See why, and answer again.",
    ),
    InboxKind.ALIGNMENT_ACCEPTED: Wording(
        title="You have an agreement",
        body="What you proposed was accepted.",
    ),
    InboxKind.ALIGNMENT_DECLINED: Wording(
        title="Your proposal was declined",
        body="See why.",
    ),
    InboxKind.ALIGNMENT_WITHDRAWN: Wording(
        title="A proposal was withdrawn",
        body="There is nothing left to answer.",
    ),
    InboxKind.ALIGNMENT_ESCALATED: Wording(
        title="Two sides do not agree on a target",
        body="They had their turns; perhaps you can help.",
    ),
    InboxKind.ASSUMPTION_BROKEN: Wording(
        title="An assumption does not hold",
        body="See what leans on it, and what was to be done.",
    ),
    InboxKind.RECALL_ASKED: Wording(
        title="One question about our strategy",
        body="It takes a minute, and only you see your words.",
    ),
    InboxKind.INTERLOCK_PROPOSED: Wording(
        title="A promise waits for your word",
        body="Confirm your side, or say why not.",
    ),
    InboxKind.INTERLOCK_DELIVERED: Wording(
        title="Something was delivered to you",
        body="Accept it, or say what is missing.",
    ),
    InboxKind.INTERLOCK_REJECTED: Wording(
        title="Your delivery came back",
        body="See what is missing, and deliver it again.",
    ),
    InboxKind.INTERLOCK_MOVED: Wording(
        title="A promise between units moved on",
        body="See where it stands.",
    ),
    InboxKind.EXEMPTION_ASKED: Wording(
        title="An exemption waits for you",
        body="See why a target should not exceed the last one.",
    ),
    InboxKind.EXEMPTION_DECIDED: Wording(
        title="Your exemption was decided",
        body="See how, and why.",
    ),
    InboxKind.ADJUSTMENT_PROPOSED: Wording(
        title="A correction waits for you",
        body="A closed month should change; see the reason.",
    ),
    InboxKind.ADJUSTMENT_DECIDED: Wording(
        title="Your correction was decided",
        body="See whether it counts.",
    ),
    InboxKind.FEEDBACK_POSTED: Wording(
        title="Somebody said something to you",
        body="Read it, and answer if you like.",
    ),
    InboxKind.FEEDBACK_MENTIONED: Wording(
        title="You are mentioned",
        body="See what was said, and what is asked of you.",
    ),
    InboxKind.FEEDBACK_ASKED: Wording(
        title="Somebody asks for your feedback",
        body="Say what you saw, or that you would rather not.",
    ),
    InboxKind.FEEDBACK_DUE: Wording(
        title="Somebody still hopes for your feedback",
        body="The day they wished for is near.",
    ),
    InboxKind.FEEDBACK_DECLINED: Wording(
        title="Your request for feedback was declined",
        body="See why, and perhaps ask somebody else.",
    ),
    InboxKind.FEEDBACK_REPORTED: Wording(
        title="Words were reported",
        body="Read them, and hide them or leave them.",
    ),
    InboxKind.REPORT_SETTLED: Wording(
        title="Your report was looked at",
        body="See what came of it.",
    ),
    InboxKind.FEEDBACK_HIDDEN: Wording(
        title="A message of yours was hidden",
        body="See why.",
    ),
    InboxKind.WIDENING_PROPOSED: Wording(
        title="May more people read what you wrote?",
        body="Nothing changes unless every author agrees.",
    ),
}
