"""What the phone app's own documents cost against the schema of the product."""

from pathlib import Path

import pytest

from api import schema
from api.app import MOBILE, list_sizes
from api.guard.assembly import Options, open_gate
from api.guard.bucket import Unmetered
from api.guard.cost import points
from api.guard.gate import Gate
from api.guard.trusted import read_manifest
from api.identity.identifying import PERSON_BUDGET

SCREENS = ("Home", "Goals", "Approvals", "Inbox", "Me", "Goal")

SHORT_LISTS = {
    ("Actual", "inputs"): 200,
    ("Actual", "revisions"): 50,
    ("Measure", "inputs"): 16,
    ("Objective", "keyResults"): 10,
    ("Objective", "openRevisions"): 50,
    ("Measure", "openRevisions"): 50,
    ("AnnualPlan", "openRevisions"): 50,
    ("AnnualPlan", "summary"): 24,
    ("Assumption", "links"): 100,
    ("Investment", "flows"): 100,
    ("Investment", "fundings"): 20,
    ("Investment", "gates"): 10,
    ("Investment", "openRevisions"): 50,
    ("Investment", "reviews"): 10,
    ("StageGate", "decisions"): 20,
    ("StrategicObjective", "derivations"): 20,
    ("StrategicObjective", "fundings"): 100,
    ("StrategicObjective", "openRevisions"): 50,
    ("Alignment", "turns"): 20,
    ("FeedbackMessage", "mentions"): 20,
    ("FeedbackMessage", "reactions"): 5,
    ("FeedbackMessage", "versions"): 20,
    ("FeedbackThread", "participants"): 50,
    ("CascadeFigures", "losses"): 32,
    ("CascadeFigures", "parts"): 21,
    ("CascadeFigures", "perspectives"): 20,
    ("CascadeFigures", "themes"): 21,
    ("CascadeGraph", "edges"): 500,
    ("CascadeGraph", "nodes"): 500,
    ("CascadePart", "lacks"): 21,
    ("CascadePart", "trend"): 12,
    ("LevelLoss", "trend"): 12,
    ("LineOfSight", "steps"): 32,
    ("TargetSplit", "losses"): 7,
    ("Objective", "exceed"): 10,
    ("KeyResult", "adjustments"): 10,
    ("ContributionStatement", "lines"): 50,
    ("ProgressTrace", "shares"): 10,
    ("Approval", "changes"): 200,
    ("Board", "top"): 20,
    ("Board", "around"): 5,
    ("CardPerspective", "items"): 40,
    ("Position", "kpis"): 7,
    ("Interlock", "steps"): 50,
    ("RecallQuestion", "marks"): 5,
    ("RecallQuestion", "priorities"): 12,
    ("ScoreTrace", "ceilings"): 120,
    ("ScoreTrace", "items"): 40,
    ("ScoreTrace", "perspectives"): 10,
    ("ScoreTrace", "steps"): 120,
    ("Scorecard", "extras"): 40,
    ("Scorecard", "gaps"): 60,
    ("Scorecard", "initiatives"): 40,
    ("Scorecard", "items"): 40,
    ("Scorecard", "perspectives"): 10,
    ("Scorecard", "scores"): 12,
    ("ScorecardItem", "scores"): 12,
    ("Mode", "factors"): 8,
    ("Mode", "features"): 14,
    ("ModeFit", "deviations"): 14,
    ("ModeValues", "perspectives"): 10,
    ("ModeValues", "incentives"): 4,
    ("ModeDistribution", "quotas"): 10,
    ("ModeRange", "words"): 4,
    ("Strategy", "themes"): 20,
    ("Strategy", "longTermGoals"): 50,
    ("Strategy", "strategicObjectives"): 100,
    ("Strategy", "causalLinks"): 200,
    ("Strategy", "perspectives"): 12,
    ("MapPerspective", "strategicObjectives"): 100,
    ("Theme", "strategicObjectives"): 100,
    ("LongTermGoal", "waypoints"): 30,
    ("StrategicObjective", "leadsTo"): 100,
    ("StrategicObjective", "followsFrom"): 100,
    ("StrategicObjective", "levels"): 32,
    ("Objective", "intents"): 50,
    ("StrategyContent", "themes"): 20,
    ("StrategyContent", "longTermGoals"): 50,
    ("StrategyContent", "strategicObjectives"): 100,
    ("StrategyContent", "causalLinks"): 200,
    ("LongTermGoalContent", "waypoints"): 30,
}
"""The limits of all lists that are no pages, by type and field."""


@pytest.fixture(scope="module")
def gate() -> Gate:
    manifest = read_manifest(Path(MOBILE / "trusted.json"))
    return open_gate(schema.core(), manifest, meter=Unmetered(), options=Options(list_sizes=list_sizes()))


def test_the_short_lists_of_the_product_have_their_limits() -> None:
    assert list_sizes() == SHORT_LISTS


def test_every_trusted_document_fits_the_limit_of_one_request(gate: Gate) -> None:
    costs = {
        (document.text_hash, name): points(operation.price, {})
        for document in gate.trusted.opened()
        for name, operation in document.operations.items()
    }

    assert gate.trusted.broken == {}
    assert {key: cost for key, cost in costs.items() if cost > gate.documents.limits.cost} == {}


def test_a_person_may_look_at_every_screen_twice_at_once(gate: Gate) -> None:
    costs: dict[str, int] = {}
    for document in gate.trusted.opened():
        for name, operation in document.operations.items():
            costs[name] = max(costs.get(name, 0), points(operation.price, {}))

    assert 2 * sum(costs[name] for name in SCREENS) <= PERSON_BUDGET.points_max


@pytest.mark.parametrize(
    "text",
    [
        "query($ids: [ID!]!) { " + " ".join(f"n{n}: nodes(ids: $ids) {{ id }}" for n in range(11)) + " }",
        "{ objectives(first: 4) { nodes " + "{ keyResults { objective " * 3 + "{ id }" + " } }" * 3 + " } }",
    ],
)
def test_what_multiplies_is_too_dear(gate: Gate, text: str) -> None:
    operation = gate.documents.open(text).choose(None)

    assert points(operation.price, {"ids": ["obj_1"] * 100}) > gate.documents.limits.cost
