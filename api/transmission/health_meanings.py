"""What the words of a cascade's health mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "CascadePartKind": {
        "ASSIGNED": "How much of the targets at the top of the unit is thrown down, by their weights.",
        "CARRIED": "How much of them accountable persons accepted, from the lowest slices upwards.",
        "OVER_ASSIGNMENT": "What the lowest slices come to beside the targets: above 100 somebody added on the way.",
        "LINE_OF_SIGHT": "The people who have a promised goal that reaches a strategic objective.",
        "WEIGHTED_LINE_OF_SIGHT": "The mean, over people, of the part of their goals' weights that reaches one.",
        "OBJECTIVE_REACH": "The weight of strategic objectives that a goal of somebody reaches to whom nobody answers.",
        "ORPHAN_GOALS": "The promised goals that reach no strategic objective.",
        "INTENT_FIDELITY": "The running goals that hang on intents which were said back and confirmed on every level.",
        "STRUCTURE": "The carried share, or the objective reach where no target was thrown down.",
        "EMPHASIS": "How alike the weights of themes and of goals are: 100 less half the sum of the differences.",
        "PRIORITY_ORDER": "Whether themes are put first in the same order: the average overlap of both lists.",
        "RECALL": "How many of the weightiest priorities people name without being prompted.",
        "TRANSMISSION_FIDELITY": "The geometric mean of structure, emphasis and recall.",
        "INTERLOCK_COVERAGE": "The weight of interlocks that both sides confirmed, of those identified.",
        "PROMISES_INSIDE": "The promises kept, of those due within one unit.",
        "PROMISES_ACROSS": "The promises kept, of those due from one unit to another.",
        "CONFLICTS": "The links of the strategy between served objectives that work against each other and are not "
        "traded off by an interlock of their goals' owners.",
        "SYNERGY": "The geometric mean of transmission fidelity, interlock coverage, promises kept across units, and "
        "100 less the conflicts.",
        "EFFECTIVE_TO_NOMINAL": "How far what moves the unit's score is from what its scorecard weighs.",
        "EFFECTIVE_TO_DECLARED": "How far what moves the unit's score is from what its mode declares.",
        "NOMINAL_TO_DECLARED": "How far what the unit's scorecard weighs is from what its mode declares.",
    },
    "CascadePartMissing": {
        "NO_PEOPLE": "Nobody works there.",
        "NO_GOALS": "Nothing is promised there.",
        "NO_STRATEGY": "No unit from it upwards has published a strategy with themes and strategic objectives.",
        "NOTHING_THROWN_DOWN": "No target was thrown down.",
        "NOT_ASKED": "No round of recall that is over asked its people.",
        "TOO_FEW_ANSWERS": "So few answered, there or beside it, that single answers could be told.",
        "NO_INTERLOCKS": "No interlock was identified.",
        "NOTHING_DUE": "No interlock of this kind is due.",
        "NO_SCORECARD": "The unit has no published scorecard in this cycle.",
        "TOO_FEW_MONTHS": "Fewer than three months were scored in all perspectives, or all alike.",
        "LACKS_PARTS": "Parts that it is made of are missing.",
    },
}
