"""Mutations of targets as `test_acting` tries them: by whom, and with what input."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}


def decided(name: str, version: int, **more: object) -> dict[str, object]:
    return {"id": f"$exemption {name}", "expectedVersion": version, **KEY, **more}


_LINES = [{"person": f"$person {name}", "evidence": "一起"} for name in ("Dina", "Emil")]
_GROUPS = [{"members": [0], "worth": "1.5"}, {"members": [0, 1], "worth": "4"}]
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "keepRatchetPolicy": (
        "Sofia",
        {"unit": "$unit SIDE", "on": True, "validFrom": "2026-07-01", "reason": "新年", "growthPercent": "2.50", **KEY},
    ),
    "declareTargetAdjustment": (
        "Sofia",
        {"keyResult": "$former 1", "kind": "SCOPE", "amount": "-3.0", "reason": "Sold.", "evidence": "Deed", **KEY},
    ),
    "askExemption": (
        "Emil",
        {
            "objective": "$objective waiting",
            "previous": "$former 1",
            "kind": "HARVEST",
            "reason": "We take out.",
            "evidence": "Plan",
            "lowestTarget": "30.50",
            "expiresOn": "2026-12-31",
            **KEY,
        },
    ),
    "grantExemption": ("Hugo", decided("waiting", 1)),
    "confirmExemption": ("Sofia", decided("granted", 2)),
    "declineExemption": ("Sofia", decided("waiting", 1, reason="Not yet.")),
    "withdrawExemption": ("Emil", decided("waiting", 1)),
    "proposeContributions": (
        "Emil",
        {
            "objective": "$objective exempt",
            "method": "SHAPLEY",
            "lines": _LINES,
            "groups": _GROUPS,
            "expectedVersion": 2,
            **KEY,
        },
    ),
    "agreeContributions": ("Chen", {"id": "$statement proposed", "expectedVersion": 1, **KEY}),
}
