"""What the words of the cascade mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "AlignmentAct": {
        "PROPOSE": "It was thrown down or proposed.",
        "ACCEPT": "Who was asked agrees.",
        "DECLINE": "Who was asked says no, with a reason. Nothing is deleted.",
        "COUNTER": "The receiver of a slice offers another amount.",
        "ACCEPT_COUNTER": "Who threw the slice agrees to the amount that was offered.",
        "INSIST": "Who threw the slice stands by the amount.",
        "WITHDRAW": "Who proposed it takes it back.",
    },
    "AlignmentMethod": {
        "SHARED": "Both pursue the same result.",
        "SPLIT": "The lower one holds a slice of the upper one's target.",
        "WEIGHTED": "The lower one counts in the upper one by its weight.",
        "QUALITATIVE": "A line of sight, which never counts.",
    },
    "AlignmentState": {
        "DRAFT": "A slice that is prepared and not thrown down yet.",
        "PROPOSED_DOWN": "Whoever is below is asked.",
        "PROPOSED_UP": "Whoever is above is asked.",
        "COUNTER_PROPOSED": "The receiver offered another amount, and who threw the slice is asked.",
        "ACCEPTED": "Both sides agree.",
        "DECLINED": "Who was asked said no.",
        "WITHDRAWN": "Who proposed it took it back.",
    },
    "InboxKind": {
        "TARGET_THROWN": "A slice of a target came down to you.",
        "ALIGNMENT_PROPOSED": "Somebody proposes that two objectives serve one another.",
        "TARGET_COUNTERED": "The receiver of a slice of yours offers another amount.",
        "TARGET_INSISTED": "Who threw a slice to you stands by the amount.",
        "ALIGNMENT_ACCEPTED": "What you proposed or offered was accepted.",
        "ALIGNMENT_DECLINED": "What you proposed was declined.",
        "ALIGNMENT_WITHDRAWN": "What you were asked about was taken back.",
        "ALIGNMENT_ESCALATED": "One of your people and a receiver do not agree on a target.",
    },
    "SplitMethod": {
        "EQUAL": "Everybody gets the same.",
        "WEIGHT": "By the weights given.",
        "HISTORY": "By what each reached before.",
        "CAPACITY": "By what each has to do it with, such as heads.",
        "HYBRID": "By history and capacity together.",
        "GIVEN": "As given, amount by amount.",
    },
    "SplitState": {
        "DRAFT": "It is prepared; nobody else knows of it.",
        "PUBLISHED": "Its slices are with their receivers.",
        "CLOSED": "What was accepted stands.",
    },
}
