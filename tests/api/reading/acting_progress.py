"""What is done with progress: by whom, with what input."""

from collections.abc import Mapping

RULE = {
    "code": "CHECKED_IN",
    "event": "CheckedIn",
    "name": "Checked in ✈️",
    "nameZh": "更新",
    "conditions": [{"field": "owner_id", "value": "somebody"}],
    "points": 7,
    "dayMax": 14,
    "weekMax": 28,
    "objectDays": 2,
    "pairHalves": True,
    "needsOther": True,
}
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "writeAwardRule": ("Sofia", {"rule": RULE, "idempotencyKey": "once"}),
}
