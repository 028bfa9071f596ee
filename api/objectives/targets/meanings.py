"""What the words of targets mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "ContributionMethod": {
        "AGREED": "By agreement.",
        "DRIVER": "In proportion to a figure of each, such as hours.",
        "SHAPLEY": "By what each adds on average, over all orders in which they may come together.",
    },
    "ContributionState": {
        "PROPOSED": "Its owner said so; nobody agreed yet.",
        "AGREED": "Somebody above the owner agreed.",
    },
    "ExceedGround": {
        "EXCEEDS": "It is more ambitious than the minimum.",
        "AT_THE_LIMIT": "The figure is at its physical limit, and the last target is kept.",
        "EXEMPTED": "An exemption allows it.",
        "NOT_BETTER": "It is no better than the last target.",
        "BELOW_MINIMUM": "It is better than the last target, but less than what was reached asks for.",
        "MEASURED_OTHERWISE": "It is counted in another unit or direction than the last target.",
    },
    "ExceedOutcome": {
        "PASS": "It exceeds what came before.",
        "SATURATED_MAINTAIN": "It need not: there is nothing above.",
        "EXEMPT": "It does not, and two people agreed to that.",
        "BLOCKED": "It does not, and cannot be submitted so.",
    },
    "ExemptionKind": {
        "MARKET_SHOCK": "The market broke away.",
        "SCOPE_CHANGE": "The business or the role became another one.",
        "SATURATION": "There is nothing left to gain.",
        "HARVEST": "The group deliberately takes out rather than puts in.",
        "REGULATION": "Law or supervisors changed what is possible.",
    },
    "ExemptionState": {
        "ASKED": "It waits for a manager above the owner.",
        "GRANTED": "A manager agreed; it waits for a second person.",
        "CONFIRMED": "Two people agreed; it counts until its last day.",
        "DECLINED": "Somebody declined.",
        "WITHDRAWN": "Its owner took it back.",
    },
    "MeasureMovement": {
        "IMPROVED": "It is better by more than its own noise.",
        "WORSENED": "It is worse by more than its own noise.",
        "UNCHANGED": "It moved no more than it does by itself.",
        "NOT_ENOUGH_DATA": "There are fewer than eight months before, or none in the cycle.",
        "NO_DIRECTION": "Nobody promised to move it, so that nobody can say which way is better.",
    },
    "RatchetReading": {
        "NOT_ENOUGH_DATA": "Fewer than eight targets were beaten and set anew.",
        "NO_SIGN": "Targets do not follow success more than failure.",
        "TARGETS_FOLLOW_RESULTS": "Targets follow success more than failure; that alone proves nothing.",
        "RATCHET": "They do, and after success the next ones feel harder.",
    },
    "TargetAdjustmentKind": {
        "ONE_OFF": "It happened once.",
        "SCOPE": "Something was bought, sold or moved.",
        "CURRENCY": "It was counted at another exchange rate.",
        "CALENDAR": "The period was longer or shorter.",
    },
}
