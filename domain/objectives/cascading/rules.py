"""What may follow what between both sides of an alignment, and which targets can be thrown down."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from domain.kernel.errors import InvalidInput
from domain.objectives.cascading import coverage
from domain.objectives.cascading.errors import AlignmentSettled, NotSplittable, RoundsSpent, SplitImpossible
from domain.objectives.cascading.terms import Act, AlignmentMethod, AlignmentState, Part
from domain.objectives.rules import TEXT_CHARACTERS_MAX, check_number, check_text
from domain.objectives.terms import KeyResultKind, ObjectiveState

ROUNDS_MAX = 3
"""How often a slice may be countered; who insists after that has the line manager told."""
WEIGHT_MAX = 1000
_S = AlignmentState
_ASKED = (_S.PROPOSED_DOWN, _S.PROPOSED_UP)
TRANSITIONS: dict[Act, dict[AlignmentState, AlignmentState]] = {
    Act.ACCEPT: dict.fromkeys(_ASKED, _S.ACCEPTED),
    Act.DECLINE: dict.fromkeys(_ASKED, _S.DECLINED),
    Act.COUNTER: {_S.PROPOSED_DOWN: _S.COUNTER_PROPOSED},
    Act.ACCEPT_COUNTER: {_S.COUNTER_PROPOSED: _S.ACCEPTED},
    Act.INSIST: {_S.COUNTER_PROPOSED: _S.PROPOSED_DOWN},
    Act.WITHDRAW: dict.fromkeys((*_ASKED, _S.COUNTER_PROPOSED, _S.ACCEPTED), _S.WITHDRAWN),
}
"""Act → state before → state after. What is not listed is refused."""
OPEN = (_S.PROPOSED_DOWN, _S.COUNTER_PROPOSED)
"""States in which a slice waits for an answer."""
LIVE = (*OPEN, _S.ACCEPTED)
"""States in which a slice is thrown down."""
ALIGNABLE = frozenset(ObjectiveState) - {
    ObjectiveState.ACHIEVED,
    ObjectiveState.MISSED,
    ObjectiveState.CANCELLED,
    ObjectiveState.ARCHIVED,
}


def follow(act: Act, state: str, method: str) -> AlignmentState:
    """The state after the act; AlignmentSettled where it cannot follow. An accepted slice is not taken back."""
    after = TRANSITIONS[act].get(AlignmentState(state))
    is_slice = method == AlignmentMethod.SPLIT
    if act is Act.COUNTER and not is_slice:
        raise InvalidInput("Only a slice of a target can be countered.", field="id", help="Accept it or decline it.")
    if after is None or (act is Act.WITHDRAW and is_slice and state == AlignmentState.ACCEPTED):
        raise AlignmentSettled
    return after


def check_rounds(rounds: int) -> None:
    """RoundsSpent when a slice was countered as often as may be."""
    if rounds >= ROUNDS_MAX:
        raise RoundsSpent(rounds)


def check_reason(reason: str | None, field: str = "reason") -> None:
    """InvalidInput for a reason that says nothing or too much; None is none."""
    if reason is not None:
        check_text(reason, field, characters_max=TEXT_CHARACTERS_MAX)


def check_counter(amount: Decimal, asked: Decimal) -> None:
    """InvalidInput unless it is another amount of the same sign."""
    check_number(amount, "amount")
    if amount == asked:
        raise InvalidInput("This is the amount that was asked for.", field="amount", help="Accept it.")
    if not amount or (amount > 0) != (asked > 0):
        raise InvalidInput("The amount must have the sign of the one that was asked for.", field="amount")


def check_weight(weight: int | None) -> None:
    """InvalidInput unless from 0 to 1,000."""
    if weight is not None and not 0 <= weight <= WEIGHT_MAX:
        raise InvalidInput(f"A weight is a whole number from 0 to {WEIGHT_MAX}.", field="weight")


def check_splittable(kind: str, target: Decimal | None) -> Decimal:
    """The target; NotSplittable for one that no parts add up to."""
    if kind not in {KeyResultKind.INCREASE, KeyResultKind.DECREASE} or target is None:
        raise NotSplittable("Only a figure that rises or falls to a target can be thrown down in slices.")
    if not target:
        raise NotSplittable("A target of zero has no slices.")
    return target


def check_slices(target: Decimal, slices: Sequence[Decimal], parts: Sequence[Part]) -> None:
    """SplitImpossible for a slice of nothing, or of another sign than the target."""
    for amount, part in zip(slices, parts, strict=True):
        if not amount:
            raise SplitImpossible(f"{part.name} would get nothing.", help="Leave them out.")
        if (amount > 0) != (target > 0):
            raise SplitImpossible(f"The slice of {part.name} would have another sign than the target.")


def start_of(start: Decimal, target: Decimal, amount: Decimal) -> Decimal:
    """Where a slice starts when nobody says it: as far from its target, in proportion, as the whole is."""
    return coverage.rounded(Fraction(start) * Fraction(amount) / Fraction(target), 20).normalize() + 0
