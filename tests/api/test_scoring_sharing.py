"""What follows from scores is tried through the API: money to the last cent, seats, weights as they act, reasons."""

from decimal import Decimal

import pytest

from domain.scorecards.scoring.kinds import RuleKind
from domain.scorecards.scoring.reasons import REASONS
from tests.api.trying import asked

D = Decimal
POOL = """query($organisation: Decimal!, $members: [PoolMemberInput!]!, $coupling: CouplingInput) {
  previewPool(organisation: $organisation, members: $members, coupling: $coupling) {
    ... on PoolPreview { pool paid payouts { key coefficient amount } }
    ... on InvalidInput { field } } }"""
SEATS = """query($group: [String!]!, $quotas: [QuotaInput!]!) {
  previewSeats(group: $group, quotas: $quotas) {
    ... on SeatsPreview { isExempt seats { grade seats taken deviation } }
    ... on InvalidInput { field } } }"""
WEIGHTS = """query($nominal: [Int!]!, $scores: [[Decimal!]!]!) {
  effectiveWeights(nominal: $nominal, scores: $scores) {
    ... on EffectiveWeights { weights }
    ... on InvalidInput { field } } }"""
THREE = [{"key": key, "base": "10000", "coefficient": one} for key, one in (("a", "1.2"), ("b", "1"), ("c", "0.8"))]
BELL = [{"grade": "A", "share": 20}, {"grade": "B", "share": 70}, {"grade": "C", "share": 10}]


async def test_every_kind_of_rule_has_its_reason_and_its_source() -> None:
    rules = await asked("scoringRules", "{ scoringRules { kind formula rationale reference } }")

    assert {one["kind"] for one in rules} == set(RuleKind) == set(REASONS)
    assert all(one["formula"] and one["rationale"].endswith(".") and one["reference"].endswith(".") for one in rules)


@pytest.mark.parametrize(
    ("how", "paid", "amounts"),
    [
        ("POOL", 27_000, [10_800, 9_000, 7_200]),
        ("MULTIPLICATIVE", 27_000, [10_800, 9_000, 7_200]),
        ("ADDITIVE", 28_500, [10_500, 9_500, 8_500]),
    ],
)
async def test_money_is_divided_to_the_last_cent(how: str, paid: int, amounts: list[int]) -> None:
    found = await asked("previewPool", POOL, organisation="0.9", members=THREE, coupling={"how": how})

    assert (D(found["pool"]), D(found["paid"])) == (27_000, paid)
    assert [D(one["amount"]) for one in found["payouts"]] == amounts


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"coupling": {"quotaStrength": "1"}}, "coupling.quotaStrength"),
        ({"coupling": {"alpha": "2"}}, "coupling.alpha"),
        ({"organisation": "-1"}, "organisation"),
        ({"organisation": "1E+30"}, "organisation"),
        ({"members": [{"key": "a", "base": "0.5", "coefficient": "1"}]}, "members.0.base"),
        ({"members": [{"key": "a", "base": "-1", "coefficient": "1"}]}, "members.0.base"),
        ({"members": [{"key": "a", "base": "1", "coefficient": "-1"}]}, "members.0.coefficient"),
        ({"members": [{"key": "a", "base": "1", "coefficient": "0"}]}, "members"),
        ({"members": [*THREE, THREE[0]]}, "members"),
        ({"members": [{"key": "a", "base": "1", "coefficient": "1"}] * 501}, "members"),
    ],
)
async def test_money_that_makes_no_sense_is_refused_by_path(changed: dict[str, object], field: str) -> None:
    given = {"organisation": "1", "members": THREE} | changed

    assert await asked("previewPool", POOL, **given) == {"field": field}


async def test_seats_are_a_guide_and_small_groups_are_exempt() -> None:
    found = await asked("previewSeats", SEATS, group=["A"] * 3 + ["B"] * 9, quotas=BELL)

    assert found["isExempt"] is False
    assert [(one["seats"], one["taken"], one["deviation"]) for one in found["seats"]] == [
        (3, 3, 0),
        (8, 9, 1),
        (1, 0, -1),
    ]
    assert await asked("previewSeats", SEATS, group=["A"] * 9, quotas=BELL) == {"isExempt": True, "seats": []}


@pytest.mark.parametrize(
    ("group", "quotas", "field"),
    [
        (["Z"] * 10, BELL, "group"),
        (["A"] * 501, BELL, "group"),
        (["A"] * 10, [], "group"),
        (["A"] * 10, [BELL[0], BELL[0]], "quotas"),
        (["A"] * 10, [{"grade": "A", "share": 0}], "quotas"),
    ],
)
async def test_seats_that_make_no_sense_are_refused(group: list[str], quotas: object, field: str) -> None:
    assert await asked("previewSeats", SEATS, group=group, quotas=quotas) == {"field": field}


async def test_weights_act_by_how_much_scores_differ() -> None:
    rows = [["90", "80"], ["90", "120"], ["110", "80"], ["110", "120"]]

    found = await asked("effectiveWeights", WEIGHTS, nominal=[50, 50], scores=rows)

    assert [D(one) for one in found["weights"]] == [D("0.2"), D("0.8")]
    assert await asked("effectiveWeights", WEIGHTS, nominal=[1, 1], scores=rows[:2]) == {"weights": None}
    assert await asked("effectiveWeights", WEIGHTS, nominal=[1], scores=rows) == {"field": "scores"}
    assert await asked("effectiveWeights", WEIGHTS, nominal=[-1, 1], scores=rows) == {"field": "nominal"}
    assert await asked("effectiveWeights", WEIGHTS, nominal=[1] * 1001, scores=rows[:2]) == {"field": "scores"}
