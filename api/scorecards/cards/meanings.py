"""What the words of scorecards mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "InitiativeState": {
        "PLANNED": "It has not begun.",
        "RUNNING": "It is under way.",
        "DONE": "It is done.",
        "STOPPED": "It was given up.",
    },
    "ItemTiming": {
        "LEAD": "It moves first and lets one expect something.",
        "LAG": "It shows what came of it.",
    },
    "MonthsReading": {
        "LATEST": "The newest month counts.",
        "SUM": "The months from the beginning of the cycle are added up.",
        "MEAN": "The mean of the months from the beginning of the cycle counts.",
    },
    "ScorecardGapKind": {
        "PERSPECTIVE_MISSING": "A perspective of the group is not in the scorecard.",
        "PERSPECTIVE_WITHOUT_ITEMS": "A perspective holds nothing.",
        "NO_LINE_TO_STRATEGY": "A key figure does not lead to a strategic objective within three steps.",
        "OPERATIONAL": "A key figure serves no strategic objective, for a reason that it says.",
    },
    "ScorecardItemKind": {
        "MEASURE": "The figures of a measure.",
        "OBJECTIVE": "The progress of an objective with all that serves it.",
        "SCORECARD": "The score of a scorecard below.",
    },
    "ScorecardState": {
        "DRAFT": "It is being written and counts nothing.",
        "PUBLISHED": "It counts.",
        "CLOSED": "All its months are final.",
    },
    "ScoringRuleKind": {
        "LARGER_BETTER": "In a straight line from the baseline up to the target.",
        "SMALLER_BETTER": "In a straight line from the baseline down to the target.",
        "RANGE": "In full inside of a range.",
        "BINARY": "Met or not.",
        "MILESTONES": "By milestones that are done in time.",
        "BANDS": "By bands.",
        "INTERPOLATED": "In straight lines between knots.",
        "EFFICACY": "By the standards of the industry, from excellent to worst.",
        "STRETCH": "In straight lines through threshold, target and stretch.",
        "STEPS": "By steps beyond and short of the target.",
        "ASYMMETRIC": "Losses cost more than gains earn.",
        "SIGNED_TARGET": "Around a target that may be below zero.",
        "PEERS": "By the place among peers.",
        "OKR": "As key results are graded.",
        "MAINTAIN": "By the share of months in which a plan was kept.",
        "ORDINAL": "By zones in words.",
    },
}
ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "Query.scorecard": {"id": "The id of the scorecard."},
}
