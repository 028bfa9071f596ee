"""What an objective must be, and what may follow what."""

from collections.abc import Sequence
from decimal import Decimal

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.kernel.permits import Action
from domain.objectives.errors import (
    ObjectiveNotActive,
    ObjectiveNotEditable,
    ObjectiveNotSubmitted,
    SetOver100,
    WeightsNot100,
)
from domain.objectives.terms import KeyResultDraft, KeyResultKind, ObjectiveDraft, ObjectiveState

KEY_RESULTS_MAX = 10
TITLE_CHARACTERS_MAX = 200
TEXT_CHARACTERS_MAX = 2000
UNIT_CHARACTERS_MAX = 40
CONFIDENCE_MAX = 10
DIFFICULTY_MAX = 5
LEVELS_MAX = 32
"""From an objective that serves no other to the last of those that serve it."""

_S = ObjectiveState
TRANSITIONS: dict[Action, dict[ObjectiveState, ObjectiveState]] = {
    Action.EDIT: {
        _S.DRAFT: _S.DRAFT,
        _S.DECLINED: _S.DRAFT,
        _S.INFORMATION_REQUESTED: _S.INFORMATION_REQUESTED,
    },
    Action.SUBMIT: {
        _S.DRAFT: _S.SUBMITTED,
        _S.DECLINED: _S.SUBMITTED,
        _S.INFORMATION_REQUESTED: _S.SUBMITTED,
    },
    Action.WITHDRAW: {_S.SUBMITTED: _S.DRAFT, _S.INFORMATION_REQUESTED: _S.DRAFT},
    Action.APPROVE: {_S.SUBMITTED: _S.ACTIVE},
    Action.DECLINE: {_S.SUBMITTED: _S.DECLINED},
    Action.REQUEST_INFORMATION: {_S.SUBMITTED: _S.INFORMATION_REQUESTED},
    Action.CHECK_IN: {_S.ACTIVE: _S.ACTIVE},
}
"""Action → state before → state after. What is not listed is refused."""

_REFUSALS: dict[Action, type[ObjectiveNotSubmitted | ObjectiveNotEditable | ObjectiveNotActive]] = {
    Action.EDIT: ObjectiveNotEditable,
    Action.SUBMIT: ObjectiveNotEditable,
    Action.CHECK_IN: ObjectiveNotActive,
}


def follow(action: Action, state: str) -> ObjectiveState:
    """The state after the action, or the refusal that names why it cannot follow."""
    after = TRANSITIONS[action].get(ObjectiveState(state))
    if after is None:
        raise _REFUSALS.get(action, ObjectiveNotSubmitted)
    return after


def check_draft(draft: ObjectiveDraft) -> None:
    """InvalidInput unless every value of the draft is in its range; weights need not add up yet."""
    check_text(draft.title, "title", characters_max=TITLE_CHARACTERS_MAX)
    if draft.why is not None:
        check_text(draft.why, "why", characters_max=TEXT_CHARACTERS_MAX)
    if not 0 <= draft.weight <= 100:
        raise InvalidInput("A weight is a whole percentage from 0 to 100.", field="weight")
    if len(draft.key_results) > KEY_RESULTS_MAX:
        raise InvalidInput(f"An objective has at most {KEY_RESULTS_MAX} key results.", field="keyResults")
    ids = [key_result.id for key_result in draft.key_results if key_result.id]
    if len(set(ids)) != len(ids):
        raise InvalidInput("A key result is listed twice.", field="keyResults")
    for at, key_result in enumerate(draft.key_results):
        _check_key_result(key_result, f"keyResults.{at}")


def _check_key_result(draft: KeyResultDraft, path: str) -> None:
    check_text(draft.title, f"{path}.title", characters_max=TITLE_CHARACTERS_MAX)
    check_text(draft.unit_of_measure, f"{path}.unitOfMeasure", characters_max=UNIT_CHARACTERS_MAX)
    if not 1 <= draft.weight <= 100:
        raise InvalidInput("The weight of a key result is a whole percentage from 1 to 100.", field=f"{path}.weight")
    for name in ("start", "target", "low", "high"):
        value: Decimal | None = getattr(draft, name)
        if value is not None:
            check_number(value, f"{path}.{name}")
    if draft.kind is KeyResultKind.RANGE:
        _check_range(draft, path)
    else:
        _check_direction(draft, path)


def _check_range(draft: KeyResultDraft, path: str) -> None:
    if draft.low is None or draft.high is None or draft.low > draft.high:
        raise InvalidInput("A range needs a low limit and a high limit above it.", field=f"{path}.low")


def _check_direction(draft: KeyResultDraft, path: str) -> None:
    if draft.start is None or draft.target is None:
        raise InvalidInput("Say where it starts and what the target is.", field=f"{path}.target")
    if draft.start == draft.target:
        raise InvalidInput("The target must differ from the start.", field=f"{path}.target")
    if (draft.target > draft.start) == (draft.kind is KeyResultKind.DECREASE):
        raise InvalidInput("The target lies on the wrong side of the start.", field=f"{path}.target")


def check_text(text: str, field: str, *, characters_max: int) -> None:
    """InvalidInput for an empty or too long text, or one that cannot be stored."""
    if not text.strip():
        raise InvalidInput("This cannot be empty.", field=field)
    if len(text) > characters_max:
        raise InvalidInput(f"This is longer than {characters_max} characters.", field=field)
    if "\x00" in text:
        raise InvalidInput("This holds a character that cannot be stored.", field=field)


def check_number(value: Decimal, field: str) -> None:
    """InvalidInput for what is no finite number of a sensible size and fineness."""
    if not numbers.is_sensible(value):
        raise InvalidInput("This is not a number of a sensible size.", field=field)
    if not numbers.is_fine_enough(value):
        raise InvalidInput(f"A number has at most {numbers.DECIMALS_MAX} decimals.", field=field)


def check_confidence(confidence: int | None) -> None:
    """InvalidInput unless from 0 to 10."""
    if confidence is not None and not 0 <= confidence <= CONFIDENCE_MAX:
        raise InvalidInput("Confidence goes from 0 to 10.", field="confidence")


def check_difficulty(difficulty: int | None) -> None:
    """InvalidInput unless from 1, easy, to 5, hardly possible."""
    if difficulty is not None and not 1 <= difficulty <= DIFFICULTY_MAX:
        raise InvalidInput(f"Difficulty goes from 1 to {DIFFICULTY_MAX}.", field="difficulty")


def check_place(*, is_circle: bool, levels: int) -> None:
    """InvalidInput where an objective would come to serve itself, or stand in a line of too many levels."""
    if is_circle:
        raise InvalidInput("An objective cannot serve itself, not even through others.", field="parent")
    if levels > LEVELS_MAX:
        raise InvalidInput(f"Objectives serve each other over at most {LEVELS_MAX} levels.", field="parent")


def check_complete(weights: Sequence[int], *, others: int, own: int) -> None:
    """A submitted objective has key results that weigh 100 together, within a set of at most 100.

    `others` is the weight of the owner's other submitted and promised objectives of the cycle.
    """
    if not weights:
        raise InvalidInput("Add at least one key result.", field="keyResults")
    if sum(weights) != 100:
        raise WeightsNot100(sum(weights))
    if own < 1:
        raise InvalidInput("Give the objective a weight of at least 1 %.", field="weight")
    if others + own > 100:
        raise SetOver100(others + own)
