"""The mutations of strategies and intents: who may do each, and with what input."""

from collections.abc import Mapping

KEY = {"idempotencyKey": "once"}
INTENT = {"why": "意图", "whatChanges": "Much.", "willNotDo": "Little."}
THEME = {"code": "T1", "name": "One", "weight": 3}
GOAL = {
    "code": "G1",
    "title": "On time",
    "unitOfMeasure": "%",
    "baseline": "70.50",
    "baselineYear": 2026,
    "target": "90",
    "targetYear": 2029,
    "waypoints": [{"year": 2027, "value": "75"}],
}
AIM = {"code": "A1", "title": "目标", "perspective": "FINANCIAL", "theme": "T1", "weight": 1, "intent": INTENT}
MAP = {
    "unit": "$unit OPS",
    "startsOn": "2026-01-01",
    "endsOn": "2028-12-31",
    "themes": [THEME],
    "longTermGoals": [GOAL],
    "strategicObjectives": [AIM, {**AIM, "code": "A2", "longTermGoal": "G1", "owner": "$person Dina"}],
    "causalLinks": [{"cause": "A1", "effect": "A2", "sign": "NEGATIVE", "lagMonths": 2, "hypothesis": "So."}],
    "expectedVersion": 0,
    **KEY,
}
PERSPECTIVES = [{"code": code, "name": code.title()} for code in ("CUSTOMER", "FINANCIAL", "PROCESS", "LEARNING")]
CASES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "writeStrategyMap": ("Sofia", MAP),
    "publishStrategy": ("Sofia", {"id": "$strategy of GROUP", "expectedVersion": 6, "reason": "So.", **KEY}),
    "writeIntent": (
        "Sofia",
        {"strategicObjective": "$strategic objective P1", "intent": INTENT, "expectedVersion": 6, **KEY},
    ),
    "writePerspectives": ("Sofia", {"perspectives": PERSPECTIVES, **KEY}),
    "sayBack": ("Dina", {"objective": "$objective odd", "intent": "$intent of C1", "words": "我的话", **KEY}),
    "confirmSayBack": ("Chen", {"id": "$teach-back that waits", **KEY}),
    "returnSayBack": ("Chen", {"id": "$teach-back that waits", "reason": "Why?", **KEY}),
}
