"""What is done with targets that go down and with alignments: by whom, with what input, and what is done before."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
PARTS = [
    {"person": "$person Chen", "weight": 2, "low": "0.5"},
    {"person": "$person Dina", "weight": 1, "high": "40", "unit": "$unit CREW"},
]
COUNTERED, ASKED_UPWARDS = "$alignment 2 COUNTER_PROPOSED", "$alignment 6 PROPOSED_UP"


def decided(alignment: str, version: int, **more: object) -> dict[str, object]:
    return {"id": alignment, "expectedVersion": version, **KEY, **more}


def of_split(number: int, **more: object) -> dict[str, object]:
    return {"keyResult": f"$key_result split {number}", "expectedVersion": 1, **KEY, **more}


CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "cascadeTarget": ("Bo", of_split(1, method="WEIGHT", receivers=PARTS, reserve="7.50")),
    "publishCascade": ("Bo", of_split(1)),
    "discardCascade": ("Bo", of_split(1)),
    "closeCascade": ("Chen", of_split(2, reserve="2.5", waiver="少一些")),
    "proposeAlignment": (
        "Dina",
        {
            "child": "$objective lowest",
            "strategicObjective": "$strategic objective P1",
            "method": "WEIGHTED",
            "weight": 30,
            "reason": "意图 — ours.",
            **KEY,
        },
    ),
    "acceptAlignment": ("Bo", decided(ASKED_UPWARDS, 1, reason="Well.")),
    "declineAlignment": ("Bo", decided(ASKED_UPWARDS, 1, reason="Not so.")),
    "counterSlice": (
        "Dina",
        decided(COUNTERED, 3, amount="12.50", reason="Two aircraft fewer.", resources="一架飞机"),
    ),
    "acceptCounter": ("Bo", decided(COUNTERED, 2)),
    "insistOnSlice": ("Bo", decided(COUNTERED, 2, reason="Thirty it is.")),
    "withdrawAlignment": ("Dina", decided(ASKED_UPWARDS, 1)),
    "weighAlignment": ("Dina", decided("$alignment 4 ACCEPTED", 2, weight=70)),
}
FIRST: Mapping[str, str] = {"counterSlice": "insistOnSlice"}
"""No slice of the world waits for its receiver, until one is insisted on."""
