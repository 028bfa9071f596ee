"""What the words of scoring mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "DataState": {
        "MEASURED": "It has a value.",
        "NOT_APPLICABLE": "It does not apply: its weight goes to the others.",
        "NOT_DUE": "It is not due yet, which is no zero.",
        "MISSING": "It is due and not there, which is no zero either unless the policy says so.",
        "DISPUTED": "Somebody doubts it: it is left out until that is settled.",
    },
    "EdgeSide": {
        "UPPER": "To the band above: bands are closed below and open above.",
        "LOWER": "To the band below, as in at most three defects.",
    },
    "Keeping": {
        "ABOVE": "The plan or more.",
        "BELOW": "The plan or less.",
        "WITHIN": "The plan, more or less the tolerance.",
    },
    "MissingData": {
        "RENORMALISE": "It is left out, and its weight goes to the others.",
        "ZERO": "It is zero.",
        "CARRY_FORWARD": "The newest known value counts, up to an age; then it is left out.",
        "BLOCK": "There is no score at all.",
    },
    "OkrZone": {
        "DELIVERED": "0.7 to 1.0: it was delivered.",
        "PROGRESS": "0.4 to 0.6: there was progress.",
        "FAILED": "0.0 to 0.3: there was no real progress.",
    },
    "PeerScale": {
        "PERCENTILE": "The part of peers that one is better than, ties halved.",
        "Z": "Standard deviations from the mean of all.",
    },
    "ScoreAggregation": {
        "ARITHMETIC": "The weighted mean: strong items make up for weak ones.",
        "GEOMETRIC": "The weighted geometric mean: unevenness costs.",
        "MINIMUM": "The lowest alone.",
    },
    "ScoreCoupling": {
        "MULTIPLICATIVE": "The product of both coefficients, which can overspend and punishes twice.",
        "ADDITIVE": "A weighted sum of both coefficients.",
        "POOL": "The organisation makes a pool, persons share in it: it is never overspent.",
    },
    "ScoreExtraKind": {
        "BONUS": "Points on top.",
        "PENALTY": "Points off.",
        "VETO": "What one failure undoes.",
    },
    "MissingTreatment": {
        "CARRIED_FORWARD": "The newest known value counts.",
        "ZERO_BY_POLICY": "It is zero because the policy says so.",
        "ZERO_WITHHELD": "It is zero because the unit itself owes it for longer than the grace.",
    },
    "ScoreLeftOut": {
        "NOT_APPLICABLE": "It does not apply.",
        "NOT_DUE": "It is not due yet.",
        "MISSING": "It has no data.",
        "DISPUTED": "Its data are disputed.",
        "TOO_FEW_PEERS": "There are fewer than eight to compare with.",
        "NO_VARIATION": "All peers are equal.",
    },
    "ScoreLight": {
        "GREEN": "It is on target.",
        "AMBER": "It is close to it.",
        "RED": "It is far from it.",
        "GREY": "Nothing is known, or nothing recent.",
    },
    "Pace": {
        "ON_TRACK": "At 95 % or more of what is expected by now.",
        "LAGGING": "At 75 % or more of it.",
        "AT_RISK": "Below that.",
        "UNKNOWN": "There is no progress to compare.",
    },
    "ScoreTravel": {
        "UP": "Better, whatever the measure.",
        "STEADY": "Within one point of it.",
        "DOWN": "Worse.",
        "UNKNOWN": "One of both has no number.",
    },
    "ScoreStatus": {
        "SCORED": "There is a score.",
        "INSUFFICIENT_DATA": "Too little is known for a number.",
        "BLOCKED": "A missing item blocks it, as the policy says.",
    },
    "ScoreStepKind": {
        "IMBALANCE": "What another way than the mean takes off for unevenness.",
        "GATE": "What a shut gate takes off.",
        "SCALE": "What carrying the whole from the unit's own scale onto the group's gave or took.",
        "DIFFICULTY": "What the coefficient of difficulty makes.",
        "BONUS": "A bonus.",
        "BONUS_LIMIT": "What bonus there is beyond its limit.",
        "PENALTY": "A penalty.",
        "PENALTY_LIMIT": "What penalties there are beyond their limit.",
        "TOTAL_LIMIT": "What cap or floor of the whole cut off or filled up.",
        "VETO": "What a veto takes.",
    },
    "ScoringDirection": {"LARGER": "Larger is better.", "SMALLER": "Smaller is better."},
    "StepCount": {"WHOLE": "Only whole steps count.", "PRO_RATA": "Parts of a step count, too."},
    "VetoKind": {
        "ZERO": "The score is zero.",
        "GRADE_CEILING": "The score stays, the grade has a ceiling.",
    },
}
