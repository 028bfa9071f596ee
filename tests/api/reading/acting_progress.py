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
    "keepWorkCalendar": (
        "Sofia",
        {"days": [{"on": "2026-10-01", "works": False, "name": "Day", "nameZh": "国庆节"}], "idempotencyKey": "once"},
    ),
    "tellTimeOff": ("Dina", {"startsOn": "2026-06-01", "endsOn": "2026-06-05", "idempotencyKey": "once"}),
    "forgetTimeOff": (
        "Dina",
        {"id": "off_00000000-0000-7000-8000-000000000001", "idempotencyKey": "once"},
    ),
    "writeAwardRule": ("Sofia", {"rule": RULE, "idempotencyKey": "once"}),
}
