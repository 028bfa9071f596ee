"""What the words of plans, investments and assumptions mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "AssumptionKind": {
        "FX": "The rate between two currencies.",
        "PRICE": "What something sells for.",
        "COST": "What something costs.",
        "INTEREST": "What borrowed money costs.",
        "POLICY": "What law and authorities ask for.",
        "DEMAND": "How much customers want.",
        "VOLUME": "How much is made or moved.",
        "CAPACITY": "How much can be made or moved.",
        "WORKFORCE": "How many people there are, and what they can do.",
        "OTHER": "Anything else.",
    },
    "FlowKind": {
        "PLANNED": "It was planned.",
        "ACTUAL": "It happened.",
    },
    "GateVerdict": {
        "GO": "The gate is passed for good.",
        "HOLD": "It waits before the gate.",
        "RECYCLE": "The stage before the gate is to be done once more.",
        "STOP": "The investment is given up.",
    },
    "InternalRates": {
        "NONE": "The flows never change their sign, so that no rate makes them worth nothing.",
        "ONE": "The flows change their sign once, so that there is exactly one rate.",
        "SEVERAL": "The flows change their sign more than once: there may be several rates or none, so none is shown.",
    },
    "InvestmentState": {
        "PROPOSED": "It asks for money.",
        "APPROVED": "It has the money, or a part of it.",
        "STOPPED": "It was given up at a gate.",
        "COMPLETED": "It was reviewed at its end.",
    },
    "PlanAccount": {
        "REVENUE": "Money that is earned.",
        "COST": "Money that is spent.",
        "PROFIT": "Revenue minus cost; it is computed.",
        "VOLUME": "What is made or done, counted in a unit of its own.",
        "HEADCOUNT": "People at the end of the month, in full-time equivalents.",
    },
    "PlanState": {
        "DRAFT": "The strategy office writes it.",
        "SUBMITTED": "It waits for a decision.",
        "APPROVED": "It holds.",
        "SUPERSEDED": "It held until another version was approved.",
    },
    "TargetAgreement": {
        "AGREES": "One target is promised, and it is what is planned, to the last digit.",
        "DIFFERS": "One target is promised, and it is not what is planned.",
        "NO_TARGET": "Nobody promises anything of it for the year.",
        "SEVERAL_TARGETS": "Several targets are promised that differ from one another.",
        "OTHER_UNIT": "A target is counted in something else, so that nothing can be compared.",
    },
}

ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "Query.assumption": {"id": "The id of the assumption."},
    "Query.investment": {"id": "The id of the investment."},
}
