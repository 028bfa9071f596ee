"""What is done with measures and with figures that are there: by whom, with what input, and what is done before."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
OWNED = {"owner": "$person Chen", "provider": "$person Dina", "expectedLagDays": 5}
PENDING = {"id": "$adjustment 6", **KEY}
"""A late figure of the measure B, proposed by Sofia."""
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "defineMeasure": (
        "Sofia",
        {
            "code": "准点",
            "name": "On time",
            "nameZh": "准点率",
            "unitOfMeasure": "%",
            "unit": "$unit OPS",
            "low": "-0.50",
            "formula": "if_missing(A, 0) + B[-1]",
            "missingInputs": "NOT_APPLICABLE",
            **OWNED,
            **KEY,
        },
    ),
    "changeMeasure": (
        "Sofia",
        {
            "id": "$measure 1",
            "name": "Measure B, renamed",
            "unitOfMeasure": "%",
            "high": "1000.0",
            "expectedVersion": 1,
            **OWNED,
            **KEY,
        },
    ),
    "adjustActual": (
        "Sofia",
        {
            "measure": "$measure 0",
            "period": "2026-05-01",
            "value": "0.250",
            "unitOfMeasure": "%",
            "expectedRevision": 3,
            "reason": "再数一次",
            **KEY,
        },
    ),
    "approveAdjustment": ("Chen", {"answer": "对的 — right.", **PENDING}),
    "declineAdjustment": ("Chen", {"answer": "Too late.", **PENDING}),
    "withdrawAdjustment": ("Sofia", PENDING),
}
FIRST: Mapping[str, str] = {"approveAdjustment": "changeMeasure", "declineAdjustment": "changeMeasure"}
"""Nobody but Sofia, who proposed it, decides on a correction of B, until the measure has an owner."""
