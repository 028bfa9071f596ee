"""What is done with promises between units: by whom, with what input."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
TERMS = {"output": "排班 — rosters", "criteria": "Full.", "dueOn": "2026-07-01", "outputZh": "排班", "weight": 3}


def about(status: str, version: int, **more: object) -> dict[str, object]:
    return {"id": f"$interlock {status}", "expectedVersion": version, **KEY, **more}


CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "proposeInterlock": (
        "Dina",
        {
            "cycle": "$cycle",
            "provider": {"person": "$person Chen", "unit": "$unit OPS"},
            "receiver": {"person": "$person Dina"},
            "terms": TERMS,
            "objective": "$objective ACTIVE",
            **KEY,
        },
    ),
    "amendInterlock": ("Oskar", about("PROPOSED", 1, terms=TERMS)),
    "confirmInterlock": ("Dina", about("PROPOSED", 1)),
    "declineInterlock": ("Dina", about("PROPOSED", 1, reason="不行")),
    "deliverInterlock": ("Dina", about("REJECTED", 4, words="Again.")),
    "acceptInterlock": ("Oskar", about("DELIVERED", 3)),
    "rejectInterlock": ("Oskar", about("DELIVERED", 3, reason="Half of it.")),
    "withdrawInterlock": ("Oskar", about("CONFIRMED", 2, reason="No need.")),
    "handOverInterlock": ("Chen", about("CONFIRMED", 2, side="PROVIDER", to={"person": "$person Bo"}, reason="Leave.")),
}
