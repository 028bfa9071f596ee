"""What may follow what with a promise between units, and whether it was kept."""

from dataclasses import dataclass
from datetime import date

from domain.kernel.errors import InvalidInput
from domain.objectives.rules import TEXT_CHARACTERS_MAX, TITLE_CHARACTERS_MAX, check_text
from domain.transmission.interlocks.errors import InterlockOverdue, InterlockSettled
from domain.transmission.interlocks.terms import InterlockAct, InterlockOutcome, InterlockStatus, Terms

WEIGHT_MAX = 1000
_S = InterlockStatus
BEFORE: dict[InterlockAct, tuple[InterlockStatus, ...]] = {
    InterlockAct.AMEND: (_S.PROPOSED,),
    InterlockAct.CONFIRM: (_S.PROPOSED,),
    InterlockAct.DECLINE: (_S.PROPOSED,),
    InterlockAct.DELIVER: (_S.CONFIRMED, _S.REJECTED),
    InterlockAct.ACCEPT: (_S.DELIVERED,),
    InterlockAct.REJECT: (_S.DELIVERED,),
    InterlockAct.WITHDRAW: (_S.PROPOSED, _S.CONFIRMED, _S.REJECTED),
    InterlockAct.HAND_OVER: (_S.PROPOSED, _S.CONFIRMED, _S.DELIVERED, _S.REJECTED),
}
"""Where it must stand for an act."""
_AFTER: dict[InterlockAct, InterlockStatus] = {
    InterlockAct.AMEND: _S.PROPOSED,
    InterlockAct.DECLINE: _S.DECLINED,
    InterlockAct.DELIVER: _S.DELIVERED,
    InterlockAct.ACCEPT: _S.ACCEPTED,
    InterlockAct.REJECT: _S.REJECTED,
    InterlockAct.WITHDRAW: _S.WITHDRAWN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a promise stands."""

    status: InterlockStatus
    is_confirmed_by_both: bool
    due_on: date
    delivered_on: date | None = None
    """The day of the last delivery."""


def follow(act: InterlockAct, standing: Standing, *, today: date) -> InterlockStatus:
    """The status after an act. InterlockSettled, InterlockOverdue.

    Of a confirmation, `standing` knows already.
    """
    if standing.status not in BEFORE[act]:
        raise InterlockSettled
    if act is InterlockAct.WITHDRAW and standing.status is not _S.PROPOSED and standing.due_on < today:
        raise InterlockOverdue
    if act is InterlockAct.CONFIRM:
        return _S.CONFIRMED if standing.is_confirmed_by_both else _S.PROPOSED
    return _AFTER.get(act, standing.status)


def outcome(standing: Standing, *, today: date) -> InterlockOutcome | None:
    """Whether the promise was kept; None for one that both sides did not confirm, or that was withdrawn.

    Delivered in time and not answered yet, it is open: whoever delivered cannot be blamed for that.
    """
    if standing.status in {_S.PROPOSED, _S.DECLINED, _S.WITHDRAWN}:
        return None
    if standing.status in {_S.DELIVERED, _S.ACCEPTED}:
        assert standing.delivered_on is not None, "who delivers has a day on which they do"
        if standing.delivered_on > standing.due_on:
            return InterlockOutcome.BROKEN
        return InterlockOutcome.KEPT if standing.status is _S.ACCEPTED else InterlockOutcome.OPEN
    return InterlockOutcome.BROKEN if standing.due_on < today else InterlockOutcome.OPEN


def check_terms(terms: Terms, *, today: date) -> None:
    """InvalidInput unless they say what is promised, until a day that has not passed."""
    check_text(terms.output, "output", characters_max=TITLE_CHARACTERS_MAX)
    check_text(terms.criteria, "criteria", characters_max=TEXT_CHARACTERS_MAX)
    if terms.output_zh is not None:
        check_text(terms.output_zh, "outputZh", characters_max=TITLE_CHARACTERS_MAX)
    if terms.criteria_zh is not None:
        check_text(terms.criteria_zh, "criteriaZh", characters_max=TEXT_CHARACTERS_MAX)
    if not 1 <= terms.weight <= WEIGHT_MAX:
        raise InvalidInput(f"A weight is a whole number from 1 to {WEIGHT_MAX}.", field="weight")
    if terms.due_on < today:
        raise InvalidInput("This date has passed.", field="dueOn")


def check_words(words: str | None, field: str) -> str | None:
    """The words without spaces around; InvalidInput for words that say nothing or too much."""
    if words is None:
        return None
    check_text(words, field, characters_max=TEXT_CHARACTERS_MAX)
    return words.strip()


def check_within(due_on: date, starts_on: date, ends_on: date) -> None:
    """InvalidInput unless it is due in the cycle to which it belongs."""
    if not starts_on <= due_on <= ends_on:
        raise InvalidInput("It is due outside of its cycle.", field="dueOn")
