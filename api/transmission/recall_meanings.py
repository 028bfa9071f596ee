"""What the words of recall mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "InboxKind": {"RECALL_ASKED": "You are asked what the strategy of your unit wants, for a minute."},
    "RecallAbout": {
        "OBJECTIVES": "The weightiest strategic objectives.",
        "THEMES": "The weightiest themes, which are the declared value priorities.",
    },
    "RecallState": {
        "ASKED": "It waits for your words.",
        "SAID": "Your words stand, and it waits for your marks.",
        "ANSWERED": "You have answered.",
        "OVER": "Its round is over without an answer of yours.",
    },
}
