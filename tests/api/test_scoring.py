"""Rules and cards are tried through the API, with the reasons of what makes no sense, and nothing is kept."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from api.scorecards.scoring.inputs import ScoringRuleInput
from domain.scorecards.scoring.kinds import RuleKind
from tests.api.trying import SOMEBODY, answer, asked

D = Decimal
SCORE = """query($rule: ScoringRuleInput!, $seen: [ObservationInput!]!, $policy: ScoringPolicyInput) {
  previewScore(rule: $rule, observations: $seen, asOf: "2026-11-21", policy: $policy) {
    ... on PreviewedScores {
      scores { state points score leftOut treatment ceiling light okrGrade okrZone } }
    ... on InvalidInput { field message } } }"""
CARD = """query($card: PreviewCardInput!, $policy: ScoringPolicyInput) {
  previewCard(card: $card, policy: $policy) {
    ... on CardPreview {
      value status covered grade payMultiple light inputsHash extrasLeftOut gatesNotJudged
      items { key state points score shareBefore share contribution leftOut treatment }
      perspectives { key aggregation share score gated }
      steps { kind key amount } }
    ... on InvalidInput { field message } } }"""
MILESTONES = {"milestones": [{"key": "a", "weight": 1, "dueOn": "2026-11-21"}]}
WEIGHTLESS = {"key": "a", "weight": 0, "dueOn": "2026-01-01"}
STEPS = {"target": "100", "step": "5", "count": "WHOLE", "bonusPoints": "2", "penaltyPoints": "3"}


async def tried(rule: object, *seen: object, policy: object = None) -> Any:
    return await asked("previewScore", SCORE, rule=rule, seen=seen, policy=policy)


async def carded(card: object, policy: object = None) -> Any:
    return await asked("previewCard", CARD, card=card, policy=policy)


def test_every_kind_of_rule_can_be_told() -> None:
    told = set(ScoringRuleInput.__annotations__)

    assert told == {kind.lower() for kind in RuleKind}


@pytest.mark.parametrize(
    ("rule", "seen", "points"),
    [
        ({"largerBetter": {"target": "80"}}, {"value": "60"}, "75"),
        ({"smallerBetter": {"target": "5", "baseline": "10"}}, {"value": "7.5"}, "50"),
        ({"range": {"zeroLow": "1", "fullLow": "2", "fullHigh": "3", "zeroHigh": "4"}}, {"value": "3.5"}, "50"),
        ({"binary": {}}, {"value": "1"}, "100"),
        (
            {"milestones": MILESTONES},
            {"milestones": [{"key": "a", "doneOn": "2026-11-01", "hasEvidence": True}]},
            "100",
        ),
        ({"bands": {"edges": ["3"], "points": ["100", "0"], "edgeBelongs": "LOWER"}}, {"value": "3"}, "100"),
        ({"interpolated": {"knots": ["0", "10"], "points": ["0", "100"]}}, {"value": "7"}, "70"),
        ({"efficacy": {"standards": ["20", "15", "10", "5", "0"]}}, {"value": "17.5"}, "90"),
        ({"stretch": {"threshold": "80", "target": "100", "stretch": "120"}}, {"value": "90"}, "80"),
        ({"steps": STEPS}, {"value": "110"}, "104"),
        ({"asymmetric": {"target": "100", "gain": "1", "loss": "2"}}, {"value": "95"}, "90"),
        ({"signedTarget": {"target": "-100"}}, {"value": "-80"}, "120"),
        ({"peers": {}}, {"value": "8", "peers": ["1", "2", "3", "4", "5", "6", "7"]}, "93.75"),
        ({"okr": {"target": "10"}}, {"value": "7"}, "70"),
        ({"maintain": {"keeping": "ABOVE", "plan": "95"}}, {"periods": ["96", None, "97", "90"]}, "50"),
        ({"ordinal": {"zones": ["低", "高"], "points": ["0", "100"]}}, {"zone": "高"}, "100"),
    ],
)
async def test_every_kind_of_rule_is_tried(rule: dict[str, object], seen: object, points: str) -> None:
    found = await tried(rule, seen)

    [score] = found["scores"]
    assert D(score["points"]) == D(points)
    assert score["state"] == "MEASURED"


async def test_an_observation_says_how_it_looks_and_how_an_okr_reads() -> None:
    rule = {"okr": {"target": "100"}}

    found = await tried(rule, {"value": "64.99"}, {"value": "96", "ageDays": 46}, {"state": "NOT_DUE"})

    assert found["scores"][0] == {
        "state": "MEASURED",
        "points": "64.99",
        "score": "64.99",
        "leftOut": None,
        "treatment": None,
        "ceiling": None,
        "light": "RED",
        "okrGrade": "0.6",
        "okrZone": "PROGRESS",
    }
    assert [(one["light"], one["leftOut"]) for one in found["scores"][1:]] == [("GREY", None), ("GREY", "NOT_DUE")]


async def test_a_policy_may_be_tried_along() -> None:
    policy = {"missing": "ZERO", "bounds": {"itemFloor": "40", "itemCap": "110"}, "bands": {"greenEnter": "99"}}

    found = await tried(
        {"largerBetter": {"target": "100"}}, {"value": "150"}, {"state": "MISSING"}, {"value": "98"}, policy=policy
    )

    assert [(D(one["score"]), one["treatment"], one["light"]) for one in found["scores"]] == [
        (110, None, "GREEN"),
        (40, "ZERO_BY_POLICY", "RED"),
        (98, None, "AMBER"),
    ]


@pytest.mark.parametrize(
    ("rule", "seen", "policy", "field"),
    [
        ({"largerBetter": {"target": "5", "baseline": "5"}}, {}, None, "rule.target"),
        ({"bands": {"edges": ["1", "1"], "points": []}}, {}, None, "rule.edges"),
        ({"milestones": {"milestones": [WEIGHTLESS]}}, {}, None, "rule.milestones.0.weight"),
        ({"okr": {"target": "1E+30"}}, {}, None, "rule.target"),
        ({"ordinal": {"zones": ["\ud800", "b"], "points": ["1", "2"]}}, {}, None, "rule.zones.0"),
        ({"ordinal": {"zones": ["a", "b"], "points": ["1", "2"]}}, {"zone": "c"}, None, "observations.0.zone"),
        ({"okr": {"target": "1"}}, {"ageDays": -1}, None, "observations.0.ageDays"),
        ({"okr": {"target": "1"}}, {}, {"missing": "CARRY_FORWARD"}, "policy.carryDaysMax"),
        ({"okr": {"target": "1"}}, {}, {"bounds": {"itemCap": "-1"}}, "policy.bounds.itemFloor"),
        ({"okr": {"target": "1"}}, {}, {"grades": []}, "policy.grades"),
    ],
)
async def test_what_makes_no_sense_is_named_by_its_path(rule: object, seen: object, policy: object, field: str) -> None:
    found = await tried(rule, seen, policy=policy)

    assert found["field"] == field


@pytest.mark.parametrize(
    "rule", [{}, {"okr": None}, {"okr": {"target": "1"}, "binary": {}}, {"okr": {"target": "1"}, "binary": None}]
)
async def test_exactly_one_kind_of_rule_is_told(rule: object) -> None:
    told = await answer(SCORE, rule=rule, seen=[])

    assert [one["extensions"]["code"] for one in told["errors"]] == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("rule", ["{}", '{okr: {target: "1"}, binary: {}}'])
async def test_a_rule_in_the_document_is_one_kind_too(rule: str) -> None:
    told = await answer(f'{{ previewScore(rule: {rule}, observations: [], asOf: "2026-11-21") {{ __typename }} }}')

    assert [one["extensions"]["code"] for one in told["errors"]] == ["BAD_USER_INPUT"]


async def test_a_hundred_observations_are_scored_at_once_and_no_more() -> None:
    rule = {"okr": {"target": "1"}}

    assert len((await tried(rule, *[{"value": "1"}] * 100))["scores"]) == 100
    assert (await tried(rule, *[{"value": "1"}] * 101))["field"] == "observations"


async def test_only_who_is_signed_in_may_try() -> None:
    told = await answer(SCORE, who=replace(SOMEBODY, actor=None), rule={"okr": {"target": "1"}}, seen=[])

    assert told["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def item(key: str, value: str | None, **others: object) -> dict[str, object]:
    seen: dict[str, object] = {"state": "MISSING"} if value is None else {"value": value}
    made: dict[str, object] = {"key": key, "perspective": "F", "weight": 1, "rule": {"okr": {"target": "100"}}}
    return made | {"observation": seen} | others


def card(*items: object, **others: object) -> dict[str, object]:
    made: dict[str, object] = {"asOf": "2026-11-21", "items": items, "perspectives": [{"key": "F", "weight": 1}]}
    return made | others


async def test_a_card_is_tried_with_gates_extras_and_its_trace() -> None:
    bonus = {"kind": "BONUS", "key": "rescue", "points": "4", "evidence": "Report", "authority": "Board"}
    veto = {"kind": "VETO", "key": "fine", "veto": "ZERO", "evidence": "Fine", "authority": "Court", "inForce": False}

    found = await carded(
        card(
            item("safety", "90", gate={"limit": "70"}),
            item("sales", "90", weight=2),
            item("debt", None),
            extras=[bonus, veto],
            difficulty="1.1",
        )
    )

    assert (found["value"], found["status"], found["grade"]) == ("88.33333333333333333334", "SCORED", "C")
    assert (found["covered"], found["light"]) == ("0.75", "AMBER")
    assert [(one["key"], D(one["amount"])) for one in found["steps"]] == [
        ("safety", D("-13.33333333333333333333")),
        (None, D("7.66666666666666666667")),
        ("rescue", 4),
    ]
    assert [(one["leftOut"], one["shareBefore"], one["share"]) for one in found["items"]] == [
        (None, "25", "33.33"),
        (None, "50", "66.67"),
        ("MISSING", "25", "0"),
    ]
    assert found["extrasLeftOut"] == ["fine"]
    added = [D(one["contribution"]) for one in found["items"] if one["contribution"] is not None]
    assert sum(added) + sum(D(one["amount"]) for one in found["steps"]) == D(found["value"])


async def test_equal_cards_have_equal_hashes() -> None:
    first, same, other = [await carded(card(item("a", value))) for value in ("90", "90.0", "91")]

    assert first["inputsHash"] == same["inputsHash"] != other["inputsHash"]


async def test_too_little_data_are_no_number() -> None:
    found = await carded(card(item("a", "90"), item("b", None)))

    assert (found["value"], found["status"], found["grade"], found["light"]) == (
        None,
        "INSUFFICIENT_DATA",
        None,
        "GREY",
    )


NO_EVIDENCE = {"kind": "BONUS", "key": "b", "evidence": "", "authority": "Board"}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        (card(), "card.items"),
        (card(item("a", "1"), item("a", "1")), "card.items"),
        (card(item("a", "1", perspective="X")), "card.items.0.perspective"),
        (card(item("a", "1", weight=-1)), "card.items.0.weight"),
        (card(item("a", "1", cap="1", floor="1")), "card.items.0.floor"),
        (card(item("a", "1", floor="125")), "card.items.0.floor"),
        (card(item("a", "1", rule={"okr": {"target": "0"}})), "card.items.0.rule.target"),
        (card(item("a", "1"), difficulty="3"), "card.difficulty"),
        (card(item("a", "1"), extras=[NO_EVIDENCE]), "card.extras.0.evidence"),
    ],
)
async def test_a_card_that_makes_no_sense_is_refused_by_path(told: object, field: str) -> None:
    assert (await carded(told))["field"] == field
