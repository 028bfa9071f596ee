"""A card: weights, ways to put scores together, missing data, gates, extras, and the one order of all of it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import cards
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.lines import LossRule, SignedTarget
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import (
    Aggregation,
    Bounds,
    Card,
    CardPerspective,
    Extra,
    ExtraKind,
    Gate,
    ScoreStatus,
    StepKind,
    VetoKind,
)
from tests.domain.scorecards.scoring.samples import (
    FREE,
    PLAIN,
    card,
    item,
    number,
    scored,
    sum_of_trace,
    value,
)

D = Decimal
HARSH = replace(PLAIN, minimum_covered=D(0))


def extra(kind: ExtraKind, points: object = 0, *, key: str = "x", **others: object) -> Extra:
    made = Extra(
        kind=kind,
        key=key,
        title=key,
        evidence="Report 7",
        authority="Board",
        points=number(points),
        veto=VetoKind.ZERO if kind == ExtraKind.VETO else None,
    )
    return replace(made, **others)  # type: ignore[arg-type]


def steps_of(made: Card, policy: Policy = PLAIN) -> list[tuple[StepKind, str | None, D]]:
    return [(step.kind, step.key, step.amount) for step in cards.score(made, policy).trace.steps]


def test_items_weigh_within_their_perspective_and_perspectives_in_the_card() -> None:
    made = card(
        item("a", 90, weight=3, perspective="F"),
        item("b", 50, weight=1, perspective="F"),
        item("c", 100, perspective="C"),
        perspectives={"F": 60, "C": 40},
    )

    found = cards.score(made, PLAIN)

    assert found.value == 88
    assert [line.contribution for line in found.trace.items] == [D("40.5"), D("7.5"), 40]
    assert [line.share for line in found.trace.items] == [45, 15, 40]
    assert [(line.key, line.score, line.share) for line in found.trace.perspectives] == [("F", 80, 60), ("C", 100, 40)]


@pytest.mark.parametrize(
    ("way", "scores", "expected"),
    [
        (Aggregation.ARITHMETIC, (100, 64), 82),
        (Aggregation.GEOMETRIC, (100, 64), 80),
        (Aggregation.GEOMETRIC, (80, 80), 80),
        (Aggregation.GEOMETRIC, (100, 0), 0),
        (Aggregation.GEOMETRIC, (100, -5), 0),
        (Aggregation.MINIMUM, (100, 64), 64),
    ],
)
def test_three_ways_to_put_scores_together(way: Aggregation, scores: tuple[int, ...], expected: int) -> None:
    found = scored(*scores, policy=replace(PLAIN, aggregation=way))

    assert found.value == expected
    assert sum_of_trace(found) == expected


def test_what_rounding_leaves_is_given_to_items_and_is_no_imbalance() -> None:
    found = scored(100, 100, 50)

    assert [line.contribution for line in found.trace.items] == [
        D("33.33333333333333333333"),
        D("33.33333333333333333333"),
        D("16.66666666666666666667"),
    ]
    assert found.trace.steps == ()


def test_a_perspective_may_be_put_together_in_its_own_way() -> None:
    made = card(item("a", 100, perspective="F"), item("b", 40, perspective="F"), item("c", 100, perspective="C"))
    made = replace(
        made,
        perspectives=(
            CardPerspective(key="F", weight=1, aggregation=Aggregation.MINIMUM),
            CardPerspective(key="C", weight=1),
        ),
    )

    assert cards.score(made, PLAIN).value == 70
    assert steps_of(made) == [(StepKind.IMBALANCE, None, -15)]


def test_an_item_without_weight_is_seen_and_adds_nothing() -> None:
    found = cards.score(card(item("a", 80), item("b", 10, weight=0)), PLAIN)

    assert found.value == 80
    assert [line.contribution for line in found.trace.items] == [80, 0]
    assert found.trace.items[1].score == 10


def test_where_nothing_weighs_anything_there_is_no_score() -> None:
    found = cards.score(card(item("a", 80, weight=0)), PLAIN)

    assert (found.value, found.status, found.covered) == (None, ScoreStatus.INSUFFICIENT_DATA, 0)


SEC = {"income": 0, "cash": 25, "strategy": 75}
"""A published plan: 37.5, 100 or 200 while net income passes its threshold, else 12.5, 25 or 50 for cash alone."""


@pytest.mark.parametrize(
    ("income", "cash", "strategy", "expected"),
    [
        (100, 50, D(100) / 3, "37.5"),
        (100, 100, 100, "100"),
        (100, 200, 200, "200"),
        (99, 50, D(100) / 3, "12.5"),
        (99, 100, 100, "25"),
        (99, 200, 200, "50"),
    ],
)
def test_a_shut_gate_pays_nothing_for_what_lies_behind_it(
    income: int, cash: int, strategy: object, expected: str
) -> None:
    gate = Gate(perspectives=("strategy",))
    made = card(
        item("i", income, perspective="income", gate=gate),
        item("c", cash, perspective="cash"),
        item("s", number(strategy).quantize(D("1E-18")), perspective="strategy"),
        perspectives=SEC,
    )

    found = cards.score(made, PLAIN).value

    assert found is not None
    assert found.quantize(D("0.001")) == D(expected)


BASE_OR_NOTHING_MORE = Gate(limit=D(100), drops_difficulty=True)
"""The state supervisor's rule of 2009."""


@pytest.mark.parametrize(
    ("profit", "eva", "expected"),
    [(110, 120, "126.5"), (100, 120, "121"), ("99.99", 120, "99.995"), (110, 50, "88")],
)
def test_who_misses_a_base_score_gets_at_most_base_elsewhere_and_no_coefficient(
    profit: object, eva: object, expected: str
) -> None:
    made = card(item("profit", profit, gate=BASE_OR_NOTHING_MORE), item("eva", eva), difficulty=D("1.1"))

    assert cards.score(made, PLAIN).value == D(expected)


@pytest.mark.parametrize(
    ("difficulty", "profit", "other", "expected"),
    [("0.5", 100, 100, 50), ("0.5", 99, 100, "49.75"), ("2", 100, -300, -200), ("2", 50, -300, -250)],
)
def test_to_miss_a_gate_never_pays_by_the_coefficient_either(
    difficulty: str, profit: int, other: int, expected: object
) -> None:
    made = card(item("profit", profit, gate=BASE_OR_NOTHING_MORE), item("b", other), difficulty=D(difficulty))

    assert cards.score(made, PLAIN).value == number(expected)


def test_a_gate_says_what_it_cost() -> None:
    made = card(item("safety", 90, gate=Gate(limit=D(50))), item("a", 110), item("b", 70), item("c", 40))

    assert cards.score(made, PLAIN).value == D("57.5")
    assert steps_of(made) == [(StepKind.GATE, "safety", -20)]


@pytest.mark.parametrize(
    ("state", "status", "expected"),
    [
        (DataState.MISSING, ScoreStatus.INSUFFICIENT_DATA, None),
        (DataState.DISPUTED, ScoreStatus.INSUFFICIENT_DATA, None),
        (DataState.NOT_APPLICABLE, ScoreStatus.SCORED, 80),
        (DataState.NOT_DUE, ScoreStatus.SCORED, 80),
    ],
)
def test_nobody_passes_a_gate_by_saying_nothing(state: DataState, status: ScoreStatus, expected: int | None) -> None:
    found = cards.score(card(item("gate", state, gate=Gate()), item("a", 80)), HARSH)

    assert (found.status, found.value) == (status, expected)
    assert found.trace.gates_not_judged == (("gate",) if expected is None else ())


LIMITED = Policy(version="1", bounds=Bounds(total_cap=D(130)))


def test_bonus_and_penalty_stand_outside_of_the_weights_and_are_bounded_apart() -> None:
    made = card(
        item("a", 90),
        extras=(
            extra(ExtraKind.PENALTY, 8, key="p1"),
            extra(ExtraKind.BONUS, 4, key="b1"),
            extra(ExtraKind.PENALTY, 7, key="p2"),
            extra(ExtraKind.BONUS, 3, key="b2"),
        ),
    )

    assert cards.score(made, LIMITED).value == 85
    assert steps_of(made, LIMITED) == [
        (StepKind.BONUS, "b1", 4),
        (StepKind.BONUS, "b2", 3),
        (StepKind.BONUS_LIMIT, None, -2),
        (StepKind.PENALTY, "p1", -8),
        (StepKind.PENALTY, "p2", -7),
        (StepKind.PENALTY_LIMIT, None, 5),
    ]


def test_what_is_under_appeal_counts_nothing_and_is_named() -> None:
    made = card(item("a", 90), extras=(extra(ExtraKind.VETO, in_force=False), extra(ExtraKind.BONUS, 2, key="b")))

    found = cards.score(made, LIMITED)

    assert found.value == 92
    assert found.trace.extras_left_out == ("x",)


def test_a_veto_makes_the_score_zero_and_says_so() -> None:
    made = card(item("a", 90), extras=(extra(ExtraKind.VETO),))

    found = cards.score(made, LIMITED)

    assert (found.value, found.grade, found.pay_multiple) == (0, "E", 0)
    assert steps_of(made, LIMITED) == [(StepKind.VETO, "x", -90)]


def test_a_veto_never_raises_a_score() -> None:
    made = card(item("a", -20), extras=(extra(ExtraKind.VETO),))

    assert cards.score(made, PLAIN).value == -20


@pytest.mark.parametrize(("actual", "grade"), [(115, "C"), (90, "C"), (79, "D"), (10, "E")])
def test_a_ceiling_keeps_the_score_and_never_raises_a_grade(actual: int, grade: str) -> None:
    ceiling = extra(ExtraKind.VETO, veto=VetoKind.GRADE_CEILING, ceiling="C")

    found = cards.score(card(item("a", actual), extras=(ceiling,)), LIMITED)

    assert (found.value, found.grade) == (actual, grade)
    assert found.pay_multiple is not None
    assert found.pay_multiple <= D("1.5")


@pytest.mark.parametrize(("result", "grade"), [("-0.01", "C"), (0, "B")])
def test_who_makes_a_loss_has_a_ceiling(result: object, grade: str) -> None:
    made = card(item("a", 120, weight=9), item("loss", result))
    rule = SignedTarget(target=D(-100), losses=LossRule())
    made = replace(made, items=(made.items[0], replace(made.items[1], rule=rule)))

    found = cards.score(made, PLAIN)

    assert (found.grade, found.trace.ceilings[0].key) == (grade, "loss")


def test_the_order_is_gate_difficulty_extras_cap_veto() -> None:
    """Any other order of the same five comes to another number."""
    policy = replace(PLAIN, bounds=replace(FREE, total_cap=D(115)))
    made = card(
        item("a", 95, gate=Gate(limit=D(90))),
        item("b", 120),
        extras=(extra(ExtraKind.BONUS, 5, key="b"), extra(ExtraKind.PENALTY, 9, key="p")),
        difficulty=D("1.3"),
    )

    found = cards.score(made, policy)

    # (95 + 90) / 2 = 92.5; × 1.3 = 120.25; + 5 = 125.25; − 9 = 116.25; the cap leaves 115.
    assert found.value == 115
    assert steps_of(made, policy) == [
        (StepKind.GATE, "a", -15),
        (StepKind.DIFFICULTY, None, D("27.75")),
        (StepKind.BONUS, "b", 5),
        (StepKind.PENALTY, "p", -9),
        (StepKind.TOTAL_LIMIT, None, D("-1.25")),
    ]


def test_cap_and_floor_of_an_item_come_before_its_weight() -> None:
    policy = replace(PLAIN, bounds=replace(FREE, item_floor=D(0), item_cap=D(120)))

    assert value(200, 40, policy=policy) == 80
    assert value(-100, 100, policy=policy) == 50
    own = replace(item("a", 200), cap=D(150))
    assert cards.score(card(own), policy).value == 150


def test_a_trace_tells_facts_rule_weights_and_what_was_left_out() -> None:
    fact = Observation(value=D(130), age_days=12, origin="PARTNER", fact="act_1")
    policy = replace(PLAIN, minimum_covered=D("0.5"), bounds=replace(FREE, item_cap=D(120)))
    made = card(item("a", fact, weight=2), item("b", None), item("c", DataState.NOT_APPLICABLE, weight=5))

    first, second, third = cards.score(made, policy).trace.items

    assert (first.value, first.raw, first.score, first.fact, first.origin, first.age_days) == (
        130,
        130,
        120,
        "act_1",
        "PARTNER",
        12,
    )
    assert [line.share_before for line in (first, second, third)] == [D("66.67"), D("33.33"), 0]
    assert [line.share for line in (first, second, third)] == [100, 0, 0]
    assert [line.left_out for line in (first, second, third)] == [None, "MISSING", "NOT_APPLICABLE"]
    assert [line.contribution for line in (first, second, third)] == [120, None, None]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"evidence": " "}, "evidence"),
        ({"authority": ""}, "authority"),
        ({"points": D(-1)}, "points"),
        ({"veto": VetoKind.ZERO}, "veto"),
        ({"ceiling": "C"}, "ceiling"),
    ],
)
def test_an_extra_needs_evidence_and_authority(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(extra(ExtraKind.BONUS, 1), **changed)  # type: ignore[arg-type]

    assert refused.value.field == field


def test_a_veto_has_a_kind_and_no_points() -> None:
    for changed in ({"veto": None}, {"points": D(1)}, {"veto": VetoKind.GRADE_CEILING}):
        with pytest.raises(InvalidInput):
            replace(extra(ExtraKind.VETO), **changed)  # type: ignore[arg-type]


def test_card_and_policy_must_fit() -> None:
    loss = replace(item("a", 1), rule=SignedTarget(target=D(-1), losses=LossRule(ceiling_in_loss="Z")))
    veto = extra(ExtraKind.VETO, veto=VetoKind.GRADE_CEILING, ceiling="Z")
    crossed = replace(item("a", 1), floor=D(125))

    for made, field in (
        (card(loss), "items.0.rule.losses"),
        (card(item("a", 1), extras=(veto,)), "extras.0.ceiling"),
        (card(crossed), "items.0.floor"),
    ):
        with pytest.raises(InvalidInput) as refused:
            cards.score(made, LIMITED)
        assert refused.value.field == field


def test_a_card_knows_its_perspectives_and_names_nothing_twice() -> None:
    for items, field in (
        ((item("a", 1), item("a", 2)), "items"),
        ((item("a", 1), item("b", 1, perspective="Q")), "items.1.perspective"),
        ((item("a", 1, gate=Gate(perspectives=("Q",))),), "items.0.gate.perspectives"),
    ):
        with pytest.raises(InvalidInput) as refused:
            card(*items, perspectives={"P": 1})
        assert refused.value.field == field
