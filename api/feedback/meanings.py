"""What the words of feedback mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "InboxKind": {
        "FEEDBACK_POSTED": "Something was said in a thread in which you take part.",
        "FEEDBACK_MENTIONED": "A message that you may read mentions you.",
        "FEEDBACK_ASKED": "Somebody asks for your feedback.",
        "FEEDBACK_DUE": "The day is near until which somebody wishes for your feedback.",
        "FEEDBACK_DECLINED": "Somebody whom you asked for feedback will not give it, and says why.",
        "FEEDBACK_REPORTED": "Somebody reported words, and you can settle that.",
        "REPORT_SETTLED": "A report of yours is settled.",
        "FEEDBACK_HIDDEN": "A message of yours was hidden after a report.",
        "WIDENING_PROPOSED": "You wrote in a thread that more people are to read, and it waits for your answer.",
    },
    "FeedbackAnchor": {
        "OBJECTIVE": "An objective.",
        "CHECK_IN": "A check-in on an objective.",
        "MEASURE": "A measure and its figures.",
        "PERSON": "A person and how they work.",
        "PRAISE": "A praise, whose words are its first message.",
    },
    "FeedbackVisibility": {
        "PRIVATE": "Who opened the thread, or wrote the message, alone.",
        "PARTICIPANTS": "Who takes part, too; who was added later, from then on.",
        "CHAIN": "The managers above whom it is about, too.",
        "UNIT": "Everybody who works in the unit of what it is about, too.",
        "GROUP": "Everybody of the group, too.",
    },
    "ReactionKind": {
        "THANKS": "Thank you.",
        "WELL_DONE": "Well done.",
        "AGREE": "I see it the same way.",
        "INSIGHT": "I learned something.",
        "SUPPORT": "I am with you.",
    },
    "WideningState": {
        "OPEN": "It waits for authors.",
        "WIDENED": "All authors agreed, and the thread is wider.",
        "REFUSED": "An author refused, and the thread is as it was.",
    },
    "FeedbackReportState": {
        "OPEN": "It waits for who moderates.",
        "UPHELD": "The words are hidden.",
        "DISMISSED": "The words were left.",
    },
    "FeedbackRequestState": {
        "OPEN": "It waits for an answer.",
        "ANSWERED": "The feedback was given, in a thread.",
        "DECLINED": "Who was asked will not give it.",
        "WITHDRAWN": "Who asked does so no more.",
    },
    "FeedbackRequestAction": {
        "ANSWER": "Give the feedback.",
        "DECLINE": "Say that you will not, and why.",
        "WITHDRAW": "Ask no more.",
    },
    "FeedbackThreadAction": {
        "POST": "Say something in it.",
        "ADD_PARTICIPANT": "Have somebody take part who sees what it is about.",
        "PROPOSE_WIDENING": "Ask the authors whether more people may read it.",
        "ANSWER_WIDENING": "Agree to the open proposal to widen it, or refuse.",
    },
    "FeedbackMessageAction": {
        "EDIT": "Put it in other words.",
        "DELETE": "Take the words back.",
        "REACT": "React to it by a tap, or take that back.",
        "REPORT": "Say that it should not stand.",
        "PIN": "Keep it as evidence, or no more: it was said to you.",
    },
}
ARGUMENTS: Mapping[str, Mapping[str, str]] = {"Query.feedbackThread": {"id": "The id of the thread."}}
