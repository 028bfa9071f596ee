"""What may follow what, and what an objective must be."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.kernel.errors import DomainError, InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.objectives import rules
from domain.objectives.errors import (
    ObjectiveNotActive,
    ObjectiveNotEditable,
    ObjectiveNotSubmitted,
    SetOver100,
    WeightsNot100,
)
from domain.objectives.terms import KeyResultDraft, KeyResultKind, ObjectiveDraft, ObjectiveState

S = ObjectiveState
FOLLOWS: dict[Action, dict[ObjectiveState, ObjectiveState]] = {
    Action.EDIT: {S.DRAFT: S.DRAFT, S.DECLINED: S.DRAFT, S.INFORMATION_REQUESTED: S.INFORMATION_REQUESTED},
    Action.SUBMIT: {S.DRAFT: S.SUBMITTED, S.DECLINED: S.SUBMITTED, S.INFORMATION_REQUESTED: S.SUBMITTED},
    Action.WITHDRAW: {S.SUBMITTED: S.DRAFT, S.INFORMATION_REQUESTED: S.DRAFT},
    Action.APPROVE: {S.SUBMITTED: S.ACTIVE},
    Action.DECLINE: {S.SUBMITTED: S.DECLINED},
    Action.REQUEST_INFORMATION: {S.SUBMITTED: S.INFORMATION_REQUESTED},
    Action.CHECK_IN: {S.ACTIVE: S.ACTIVE},
}
REFUSED_WITH: dict[Action, type[DomainError]] = {
    Action.EDIT: ObjectiveNotEditable,
    Action.SUBMIT: ObjectiveNotEditable,
    Action.WITHDRAW: ObjectiveNotSubmitted,
    Action.APPROVE: ObjectiveNotSubmitted,
    Action.DECLINE: ObjectiveNotSubmitted,
    Action.REQUEST_INFORMATION: ObjectiveNotSubmitted,
    Action.CHECK_IN: ObjectiveNotActive,
}


@pytest.mark.parametrize("state", ObjectiveState)
@pytest.mark.parametrize("action", FOLLOWS)
def test_every_action_in_every_state_follows_or_is_refused(action: Action, state: ObjectiveState) -> None:
    after = FOLLOWS[action].get(state)

    if after is not None:
        assert rules.follow(action, state) is after
    else:
        with pytest.raises(REFUSED_WITH[action]):
            rules.follow(action, state)


def test_no_action_of_the_table_is_untested() -> None:
    assert rules.TRANSITIONS.keys() == FOLLOWS.keys()


def key_result(**values: object) -> KeyResultDraft:
    content: dict[str, object] = {
        "title": "On time",
        "kind": KeyResultKind.INCREASE,
        "unit_of_measure": "%",
        "weight": 100,
        "start": Decimal(70),
        "target": Decimal(80),
    }
    return KeyResultDraft(**(content | values))  # type: ignore[arg-type]


def band(low: object, high: object) -> KeyResultDraft:
    return key_result(kind=KeyResultKind.RANGE, start=None, target=None, low=low, high=high)


GOOD = ObjectiveDraft(title="Leave on time", weight=40, key_results=(key_result(),))


@pytest.mark.parametrize(
    "draft",
    [
        GOOD,
        replace(GOOD, key_results=()),
        replace(GOOD, title="x" * 200, why="y" * 2000, weight=0),
        replace(GOOD, title="准时离港 ✈️", weight=100),
        replace(GOOD, key_results=tuple(key_result(weight=10) for _ in range(10))),
        replace(GOOD, key_results=(key_result(kind=KeyResultKind.DECREASE, start=Decimal(9), target=Decimal(-9)),)),
        replace(GOOD, key_results=(key_result(kind=KeyResultKind.MILESTONE, start=Decimal(0), target=Decimal(1)),)),
        replace(GOOD, key_results=(band(Decimal(1), Decimal(1)),)),
        replace(GOOD, key_results=(key_result(start=-(Decimal(10) ** 18), target=Decimal(10) ** 18),)),
        replace(GOOD, key_results=(key_result(start=Decimal("0.00000000000000000001")),)),
        replace(GOOD, key_results=(key_result(start=Decimal("1E-20")),)),
    ],
)
def test_a_draft_within_its_limits_is_taken(draft: ObjectiveDraft) -> None:
    rules.check_draft(draft)


TWICE = new_id()


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(GOOD, title=""), "title"),
        (replace(GOOD, title=" \t\n"), "title"),
        (replace(GOOD, title="x" * 201), "title"),
        (replace(GOOD, title="a\x00b"), "title"),
        (replace(GOOD, why=""), "why"),
        (replace(GOOD, why="y" * 2001), "why"),
        (replace(GOOD, weight=-1), "weight"),
        (replace(GOOD, weight=101), "weight"),
        (replace(GOOD, key_results=(key_result(weight=9),) * 11), "keyResults"),
        (replace(GOOD, key_results=(key_result(id=TWICE), key_result(id=TWICE))), "keyResults"),
        (replace(GOOD, key_results=(key_result(), key_result(title=""))), "keyResults.1.title"),
        (replace(GOOD, key_results=(key_result(unit_of_measure=" "),)), "keyResults.0.unitOfMeasure"),
        (replace(GOOD, key_results=(key_result(unit_of_measure="x" * 41),)), "keyResults.0.unitOfMeasure"),
        (replace(GOOD, key_results=(key_result(weight=0),)), "keyResults.0.weight"),
        (replace(GOOD, key_results=(key_result(weight=101),)), "keyResults.0.weight"),
        (replace(GOOD, key_results=(key_result(start=Decimal("NaN")),)), "keyResults.0.start"),
        (replace(GOOD, key_results=(key_result(target=Decimal("Infinity")),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(target=Decimal(10) ** 18 + 1),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(low=-(Decimal(10) ** 19)),)), "keyResults.0.low"),
        (replace(GOOD, key_results=(key_result(start=Decimal("1E-21")),)), "keyResults.0.start"),
        (replace(GOOD, key_results=(key_result(target=Decimal("1E+1000000")),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(start=Decimal("0E+1000000")),)), "keyResults.0.start"),
        (replace(GOOD, key_results=(key_result(start=Decimal("1E-999999")),)), "keyResults.0.start"),
        (replace(GOOD, key_results=(key_result(start=None),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(target=None),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(start=Decimal(80)),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(start=Decimal("80.0"), target=Decimal(80)),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(target=Decimal(60)),)), "keyResults.0.target"),
        (replace(GOOD, key_results=(key_result(kind=KeyResultKind.DECREASE),)), "keyResults.0.target"),
        (
            replace(GOOD, key_results=(key_result(kind=KeyResultKind.MILESTONE, target=Decimal(1)),)),
            "keyResults.0.target",
        ),
        (replace(GOOD, key_results=(band(None, Decimal(1)),)), "keyResults.0.low"),
        (replace(GOOD, key_results=(band(Decimal(1), None),)), "keyResults.0.low"),
        (replace(GOOD, key_results=(band(Decimal(2), Decimal(1)),)), "keyResults.0.low"),
    ],
)
def test_a_draft_beyond_a_limit_is_refused_at_its_field(draft: ObjectiveDraft, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_draft(draft)

    assert refused.value.field == field


@pytest.mark.parametrize(("weights", "others", "own"), [([100], 0, 1), ([60, 40], 60, 40), ([10] * 10, 0, 100)])
def test_a_set_that_adds_up_is_complete(weights: list[int], others: int, own: int) -> None:
    rules.check_complete(weights, others=others, own=own)


@pytest.mark.parametrize(
    ("weights", "others", "own", "error", "message"),
    [
        ([], 0, 40, InvalidInput, "Add at least one key result."),
        ([60, 39], 0, 40, WeightsNot100, "The weights of the key results add up to 99 %, not to 100 %."),
        ([60, 41], 0, 40, WeightsNot100, "The weights of the key results add up to 101 %, not to 100 %."),
        ([100], 0, 0, InvalidInput, "Give the objective a weight of at least 1 %."),
        ([100], 61, 40, SetOver100, "Your objectives of this cycle would weigh 101 % together."),
    ],
)
def test_a_set_that_does_not_add_up_is_refused(
    weights: list[int], others: int, own: int, error: type[DomainError], message: str
) -> None:
    with pytest.raises(error) as refused:
        rules.check_complete(weights, others=others, own=own)

    assert refused.value.message == message


@pytest.mark.parametrize("confidence", [None, 0, 5, 10])
def test_confidence_goes_from_0_to_10(confidence: int | None) -> None:
    rules.check_confidence(confidence)


@pytest.mark.parametrize("confidence", [-1, 11])
def test_confidence_beyond_is_refused(confidence: int) -> None:
    with pytest.raises(InvalidInput):
        rules.check_confidence(confidence)
