"""What is done with feedback: by whom, with what input."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
THREAD = {"thread": "$feedback thread", **KEY}
MESSAGE = {"message": "$feedback message of Chen", **KEY}
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "openThread": (
        "Chen",
        {
            "about": "$objective odd",
            "visibility": "CHAIN",
            "participants": ["$person Emil"],
            "message": {"body": "准时 ✈️", "mentions": ["$person Dina"]},
            **KEY,
        },
    ),
    "postMessage": ("Emil", {"message": {"body": "Well said.", "visibility": "PARTICIPANTS"}, **THREAD}),
    "editMessage": ("Chen", {"body": "In other words.", "nextStep": "More.", "expectedVersion": 1, **MESSAGE}),
    "deleteMessage": ("Chen", MESSAGE),
    "reactToMessage": ("Dina", {"kind": "INSIGHT", **MESSAGE}),
    "readMessages": ("Dina", {"messages": ["$feedback message of Chen"], **THREAD}),
    "pinMessage": ("Dina", {"message": "$praised words", "on": False, **KEY}),
    "givePraise": (
        "Oskar",
        {"to": "$person Dina", "value": "$company_value 0", "message": {"body": "谢谢", "impact": "On time"}, **KEY},
    ),
    "askFeedback": (
        "Dina",
        {"of": "$person Ada", "objective": "$objective ACTIVE", "words": "如何？", "dueOn": "2026-07-01", **KEY},
    ),
    "answerFeedbackRequest": (
        "Oskar",
        {"request": "$feedback request waits", "message": {"body": "Well.", "behaviour": "You listen."}, **KEY},
    ),
    "declineFeedbackRequest": ("Oskar", {"request": "$feedback request waits", "reason": "We never met.", **KEY}),
    "withdrawFeedbackRequest": ("Dina", {"request": "$feedback request waits", **KEY}),
    "reportMessage": ("Dina", {"message": "$reported words", "reason": "不妥", **KEY}),
    "settleReport": ("Sofia", {"report": "$feedback report waits", "hide": True, "answer": "We talked.", **KEY}),
    "defineCompanyValue": ("Sofia", {"name": "Calm", "meaning": "Thinks first.", "meaningZh": "先想", **KEY}),
    "retireCompanyValue": ("Sofia", {"value": "$company_value 0", **KEY}),
    "addParticipant": ("Chen", {"person": "$person Hugo", **THREAD}),
    "proposeWidening": ("Chen", {"thread": "$feedback thread to be widened", "visibility": "GROUP", **KEY}),
    "answerWidening": ("Oskar", {"widening": "$feedback widening of Oskar", "agrees": True, **KEY}),
}
