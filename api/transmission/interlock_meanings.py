"""What the words of promises between units mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "InboxKind": {
        "INTERLOCK_PROPOSED": "A promise between units waits for you to confirm your side.",
        "INTERLOCK_DELIVERED": "What was promised to you was delivered: accept it, or say what is missing.",
        "INTERLOCK_REJECTED": "What you delivered does not meet the criteria yet.",
        "INTERLOCK_MOVED": "A promise between units in which you take part was agreed on, handed over or ended.",
    },
    "InterlockAct": {
        "AMEND": "Put your proposal in other words.",
        "CONFIRM": "Stand for your side.",
        "DECLINE": "Say no, with a reason.",
        "DELIVER": "Say that it is there.",
        "ACCEPT": "Say that it meets the criteria.",
        "REJECT": "Say what is missing.",
        "WITHDRAW": "Take it back, with a reason.",
        "HAND_OVER": "Have somebody else stand for a side.",
    },
    "InterlockOutcome": {
        "OPEN": "Its date has not passed, or it waits for the receiver's word.",
        "KEPT": "It was accepted and had been delivered by its date.",
        "BROKEN": "It was not delivered by its date as the criteria ask.",
    },
    "InterlockSide": {
        "PROVIDER": "Who promises.",
        "RECEIVER": "To whom it is promised.",
    },
    "InterlockStatus": {
        "PROPOSED": "It waits until both sides have confirmed it.",
        "CONFIRMED": "Both sides confirmed it, and it is to be delivered.",
        "DELIVERED": "It waits for the receiver's word.",
        "ACCEPTED": "The receiver accepted it.",
        "REJECTED": "The receiver said what is missing, and it is to be delivered again.",
        "DECLINED": "A side said no: the need is on record and not covered.",
        "WITHDRAWN": "It is not needed any more.",
    },
    "InterlockStepKind": {
        "PROPOSED": "It was proposed.",
        "AMENDED": "It was put in other words.",
        "CONFIRMED": "A side confirmed it.",
        "DECLINED": "A side said no.",
        "DELIVERED": "It was delivered.",
        "ACCEPTED": "It was accepted.",
        "REJECTED": "It was rejected.",
        "WITHDRAWN": "It was taken back.",
        "HANDED_OVER": "Somebody else stands for a side since.",
    },
}

ARGUMENTS: Mapping[str, Mapping[str, str]] = {"Query.interlock": {"id": "The id of the promise."}}
