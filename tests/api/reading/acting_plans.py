"""Who may change plans, investments and assumptions, and with what input; `test_acting` tries them all."""

KEY = {"idempotencyKey": "once"}
ASSUMED = {
    "name": "Price of fuel",
    "kind": "PRICE",
    "owner": "$person Bo",
    "unitOfMeasure": "USD/t",
    "trigger": "Hedge.",
    "high": "800",
}
INVESTED = {
    "code": "NEW",
    "name": "A third hangar",
    "unit": "$unit AIR",
    "owner": "$person Dina",
    "currency": "CNY",
    "discountRate": "0.08",
    "asked": "100",
    "firstYear": 2026,
    "flows": ["-100", "60", "60"],
    "gates": [{"name": "Idea"}],
}
ROW = {"unit": "AIR", "account": "COST", "amounts": ["1.5"] * 12}
DERIVED = {"strategicObjective": "$strategic_objective 1", "year": 2026, "unit": "$unit AIR", "account": "COST"}


def about(name: str, version: int, **more: object) -> dict[str, object]:
    return {"id": f"${name}", "expectedVersion": version, **KEY, **more}


CASES: dict[str, tuple[str, dict[str, object]]] = {
    "draftPlan": ("Sofia", {"unit": "$unit GROUP", "year": 2028, "name": "Plan", "currency": "CNY", **KEY}),
    "writePlan": ("Sofia", about("annual_plan 2", 1, rows=[ROW], statedTotals=[])),
    "submitPlan": ("Sofia", about("annual_plan 2", 1)),
    "returnPlan": ("Sofia", about("annual_plan 3", 3, reason="Too little.")),
    "approvePlan": ("Sofia", about("annual_plan 3", 3)),
    "deriveObjective": ("Sofia", {**DERIVED, **KEY}),
    "endDerivation": ("Sofia", {"id": "$derivation 1", **KEY}),
    "proposeInvestment": ("Sofia", {"content": INVESTED, **KEY}),
    "editInvestment": ("Sofia", about("investment 2", 1, content=INVESTED)),
    "approveInvestment": ("Sofia", about("investment 2", 1, approved="5")),
    "decideStageGate": (
        "Sofia",
        {"gate": "$stage_gate D", "decision": "GO", "reason": "It pays.", "expectedVersion": 1, **KEY},
    ),
    "recordInvestmentFlows": ("Sofia", about("investment 0", 10, firstYear=2026, flows=["-1", "2.50"])),
    "reviewInvestment": ("Sofia", about("investment 0", 10, findings="Well.")),
    "registerAssumption": ("Sofia", {"code": "NEW", "content": ASSUMED, **KEY}),
    "changeAssumption": ("Sofia", about("assumption 1", 1, content=ASSUMED)),
    "retireAssumption": ("Sofia", about("assumption 1", 1)),
    "recordReading": (
        "Bo",
        {"assumption": "$assumption 0", "readOn": "2026-06-10", "value": "700", "source": "Exchange", **KEY},
    ),
    "linkAssumption": (
        "Sofia",
        {"assumption": "$assumption 1", "target": {"strategicObjective": "$strategic_objective 1"}, **KEY},
    ),
    "unlinkAssumption": ("Sofia", {"link": "$assumption_link 0", **KEY}),
    "settleRevision": ("Sofia", about("revision_flag 1", 1, note="It stays.")),
}
