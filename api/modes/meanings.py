"""What the words of modes mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "ApprovalChain": {
        "LINE": "The line manager alone.",
        "LINE_AND_NEXT": "The line manager and the next one above.",
        "HQ_SAMPLE": "The line, and headquarters looks at a sample.",
        "HQ": "Headquarters approves them all.",
    },
    "CycleLength": {
        "QUARTER": "For three months.",
        "HALF_YEAR": "For six months.",
        "YEAR": "For twelve months.",
    },
    "DefaultRule": {
        "LARGER_BETTER": "In a straight line from the baseline to the target, where larger is better.",
        "STRETCH": "In straight lines through threshold, target and stretch.",
        "EFFICACY": "By the standards of the industry, from excellent to worst.",
        "MILESTONES": "By milestones that are done in time.",
        "PEERS": "By the place among peers.",
        "OKR": "As key results are graded, from nothing to all.",
    },
    "DesignFactor": {
        "STRATEGY": "What the unit is to reach.",
        "STRUCTURE": "How the unit is organised.",
        "INDUSTRY": "What its industry asks for.",
        "LIFE_CYCLE": "The stage that the business is in.",
        "CULTURE": "How people there work together.",
        "WORKFORCE": "Who works there.",
        "INFORMATION_TECHNOLOGY": "Which systems there are.",
        "LAW": "What law and supervisors ask for.",
    },
    "DistributionPolicy": {
        "NONE": "Grades follow from the work alone.",
        "GUIDE": "Quotas are a guide; a departure is explained.",
    },
    "IncentiveKind": {
        "MONEY": "Pay and bonus.",
        "RECOGNITION": "Being seen and thanked.",
        "GROWTH": "Learning and promotion.",
        "AUTONOMY": "Deciding for oneself.",
    },
    "InterlockLevel": {
        "FEW": "Units work mostly by themselves.",
        "SOME": "Some work crosses units.",
        "MANY": "Most work crosses units.",
    },
    "LifeCycle": {
        "START_UP": "It looks for its business; it learns.",
        "GROWTH": "It wins customers.",
        "MATURE": "It earns cash.",
        "DECLINE": "It keeps cash and minds its risks.",
    },
    "ModeFeatureName": {
        "PARENTING_STYLE": "How headquarters adds value to the unit.",
        "LIFE_CYCLE": "The stage that the business is in.",
        "PERSPECTIVES": "What each perspective of a scorecard weighs.",
        "CYCLE": "For how long goals are set.",
        "REVIEW_CADENCE": "How often headquarters reviews the unit.",
        "SCORING": "How items of a scorecard are scored unless they say otherwise.",
        "HQ_KPIS": "How many key figures headquarters sets.",
        "HQ_KPI_SHARE": "Which share of the key figures headquarters sets.",
        "APPROVAL_CHAIN": "Who approves the key figures of departments.",
        "DISTRIBUTION": "Whether grades are guided by quotas.",
        "INCENTIVES": "How incentives are mixed.",
        "RATING_SCALE": "By whose scale people are rated.",
        "INTERLOCKS": "How many promises between units are expected.",
        "CURRENCY": "In which currency money is stated.",
    },
    "ModeMissingData": {
        "RENORMALISE": "The others share its weight.",
        "ZERO": "It counts as nothing reached.",
        "CARRY_FORWARD": "The last value counts for a while.",
        "BLOCK": "There is no score at all.",
    },
    "ModeOrigin": {
        "DEFAULT": "Nobody set it; the template of form, style and life cycle holds.",
        "TEMPLATE": "A template was applied.",
        "SET": "Somebody set it.",
    },
    "ParentingStyle": {
        "FINANCIAL_CONTROL": "By financial targets alone, for many different businesses.",
        "STRATEGIC_CONTROL": "By a limited scorecard beside the financial targets.",
        "OPERATING_CONTROL": "By planning and operating along, for few related businesses.",
    },
    "RatingScale": {
        "OWN": "By its own scale.",
        "PARTLY": "By the scale of the group in part.",
        "GROUP": "By the scale of the group.",
    },
    "ReviewCadence": {
        "MONTH": "Each month.",
        "QUARTER": "Each quarter.",
        "HALF_YEAR": "Each half-year.",
        "YEAR": "Each year.",
    },
}
