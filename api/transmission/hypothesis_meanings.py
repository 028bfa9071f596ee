"""What the words of tested links mean, for `meanings`."""

from collections.abc import Mapping

VALUES: Mapping[str, Mapping[str, str]] = {
    "HypothesisOpenReason": {
        "NO_MEASURE": "No published scorecard of the unit or below it has a measure for one of both ends.",
        "SAME_MEASURE": "Both ends have the same measure.",
        "NOT_ENOUGH_DATA": "There are fewer than twelve pairs of months.",
        "NO_VARIATION": "One of both figures always changes by the same.",
        "INTERVAL_HOLDS_ZERO": "Both may well have nothing to do with each other.",
    },
    "HypothesisVerdict": {
        "SUPPORTED": "Both move together as the map says, beyond chance.",
        "CONTRADICTED": "Both move together the other way, beyond chance.",
        "OPEN": "The figures do not say.",
    },
}
