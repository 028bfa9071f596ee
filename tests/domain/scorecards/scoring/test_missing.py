"""Missing is not zero, and neither is what does not apply, is not due or is disputed."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import cards
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Bounds, LeftOut, Missing, ScoreStatus, Treatment
from tests.domain.scorecards.scoring.samples import PLAIN, card, item, scored

D = Decimal
HALF = replace(PLAIN, minimum_covered=D("0.5"))
OLD = Observation(state=DataState.MISSING, value=D(60), age_days=30)
WITHHELD = Observation(state=DataState.MISSING, value=D(90), age_days=5, withheld_by_owner=True, overdue_days=11)


def policy(missing: Missing, **others: object) -> Policy:
    return replace(HALF, missing=missing, **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("missing", "expected", "left_out", "treatment"),
    [
        (policy(Missing.RENORMALISE), 100, LeftOut.MISSING, None),
        (policy(Missing.ZERO), 50, None, Treatment.ZERO_BY_POLICY),
        (policy(Missing.CARRY_FORWARD, carry_days_max=30), 80, None, Treatment.CARRIED_FORWARD),
        (policy(Missing.CARRY_FORWARD, carry_days_max=29), 100, LeftOut.MISSING, None),
    ],
)
def test_what_becomes_of_missing_data_is_the_policys(
    missing: Policy, expected: int, left_out: LeftOut | None, treatment: Treatment | None
) -> None:
    found = scored(100, OLD, policy=missing)

    line = found.trace.items[1]
    assert (found.value, line.left_out, line.treatment) == (expected, left_out, treatment)


def test_one_missing_item_can_block_the_whole_card() -> None:
    blocking = policy(Missing.BLOCK)

    assert scored(100, None, policy=blocking).status == ScoreStatus.BLOCKED
    assert scored(100, DataState.DISPUTED, policy=blocking).status == ScoreStatus.BLOCKED
    assert scored(100, DataState.NOT_DUE, policy=blocking).value == 100
    assert scored(100, DataState.NOT_APPLICABLE, policy=blocking).value == 100
    assert scored(100, None, policy=blocking).value is None


@pytest.mark.parametrize(("overdue", "expected"), [(10, 100), (11, 50)])
def test_bad_news_withheld_for_longer_than_the_grace_is_zero(overdue: int, expected: int) -> None:
    owed = replace(WITHHELD, overdue_days=overdue)

    assert scored(100, owed, policy=HALF).value == expected


def test_good_news_of_old_is_no_way_around_the_grace() -> None:
    carrying = policy(Missing.CARRY_FORWARD, carry_days_max=90)

    found = scored(100, WITHHELD, policy=carrying)

    assert (found.value, found.trace.items[1].treatment) == (50, Treatment.ZERO_WITHHELD)


def test_what_others_owe_is_never_held_against_the_unit() -> None:
    owed = replace(WITHHELD, withheld_by_owner=False, overdue_days=400)

    assert scored(100, owed, policy=HALF).value == 100


def test_a_zero_is_under_the_floor_of_its_item_as_any_other_score() -> None:
    floored = policy(Missing.ZERO, bounds=Bounds(item_floor=D(40)))

    assert scored(100, None, policy=floored).value == 70


@pytest.mark.parametrize(
    ("weights", "status"),
    [((7, 3), ScoreStatus.SCORED), ((699, 301), ScoreStatus.INSUFFICIENT_DATA), ((69, 31), "INSUFFICIENT_DATA")],
)
def test_seven_tenths_of_the_weight_make_a_score(weights: tuple[int, int], status: str) -> None:
    found = cards.score(card(item("a", 90, weight=weights[0]), item("b", None, weight=weights[1])), PLAIN)

    assert found.status == status
    assert (found.value is None) == (status == "INSUFFICIENT_DATA")


def test_what_does_not_apply_leaves_the_base_and_what_is_not_due_does_not() -> None:
    assert scored(100, DataState.NOT_APPLICABLE).covered == 1
    assert scored(100, DataState.NOT_DUE).covered == D("0.5")
    assert scored(100, DataState.NOT_DUE).status == ScoreStatus.INSUFFICIENT_DATA
    assert scored(DataState.NOT_APPLICABLE).status == ScoreStatus.INSUFFICIENT_DATA


def test_a_zero_by_policy_is_covered() -> None:
    assert scored(100, None, policy=policy(Missing.ZERO)).covered == 1
    assert scored(100, None, policy=HALF).covered == D("0.5")


def test_a_score_may_need_several_perspectives() -> None:
    two = replace(HALF, minimum_perspectives=2)
    both = card(item("a", 90, perspective="F", weight=9), item("b", 80, perspective="C"))
    one = card(item("a", 90, perspective="F", weight=9), item("b", None, perspective="C"))

    assert cards.score(both, two).status == ScoreStatus.SCORED
    assert cards.score(one, two).status == ScoreStatus.INSUFFICIENT_DATA


def test_a_measured_item_without_a_value_is_missing() -> None:
    found = scored(100, Observation(value=None), policy=HALF)

    assert (found.trace.items[1].state, found.trace.items[1].left_out) == (DataState.MISSING, LeftOut.MISSING)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"missing": Missing.CARRY_FORWARD}, "carryDaysMax"),
        ({"carry_days_max": -1}, "carryDaysMax"),
        ({"grace_days": -1}, "graceDays"),
        ({"minimum_covered": D("1.01")}, "minimumCovered"),
        ({"minimum_perspectives": 0}, "minimumPerspectives"),
        ({"grade_step": D(-1)}, "gradeStep"),
    ],
)
def test_a_policy_that_makes_no_sense_cannot_be_made(changed: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        replace(PLAIN, **changed)  # type: ignore[arg-type]

    assert refused.value.field == field
