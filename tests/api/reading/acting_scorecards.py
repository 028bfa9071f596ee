"""What is done with scorecards, in turn past the executor and by it: by whom, and the input."""

from collections.abc import Mapping

from domain.kernel.ids import new_id, public

KEY = {"idempotencyKey": "this one"}
AIR = {"id": "$scorecard AIR", "expectedVersion": 6, **KEY}
CONTENT = {
    "perspectives": [{"perspective": "CUSTOMER", "weight": 2}],
    "items": [
        {
            "id": public("sci", new_id()),
            "title": "准点",
            "perspective": "CUSTOMER",
            "kind": "MEASURE",
            "weight": 1,
            "rule": {"binary": {"threshold": "0.5"}},
            "measure": "$measure 0",
            "operational": "So.",
            "confidential": True,
        }
    ],
    "initiatives": [{"id": public("ini", new_id()), "title": "Do it"}],
}
KPI = {"title": "K", "perspective": "CUSTOMER", "weight": 1, "rule": {"okr": {"target": "1"}}, "operational": "So."}
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "createScorecard": (
        "Sofia",
        {"id": public("scd", new_id()), "unit": "$unit OPS", "cycle": "$cycle", "content": CONTENT, **KEY},
    ),
    "writeScorecard": ("Bo", {"content": CONTENT, **AIR}),
    "publishScorecard": ("Bo", AIR),
    "closeScorecardMonths": ("Sofia", {"through": "2026-02-01", **AIR}),
    "addScorecardExtra": (
        "Sofia",
        {
            "extra": {
                "id": public("scb", new_id()),
                "kind": "VETO",
                "period": "2026-06-01",
                "title": "V",
                "evidence": "E",
                "ceiling": "D",
            },
            **AIR,
        },
    ),
    "withdrawScorecardExtra": (
        "Sofia",
        {"extra": "$scorecard_extra 0", "reason": "Not ours.", "expectedVersion": 6, **KEY},
    ),
    "writeScoringPolicy": (
        "Sofia",
        {"policy": {"missing": "BLOCK"}, "reason": "So.", "validFrom": "2026-09-01", **KEY},
    ),
    "writePositionKpis": ("Sofia", {"position": "$position 0", "kpis": [KPI, KPI, KPI], **KEY}),
}
