"""Decisions about saying an intent back: when it can be said, and when it can be answered."""

from uuid import UUID

from domain.kernel.errors import InvalidInput, NotPermitted
from domain.objectives import rules
from domain.objectives.errors import IntentMovedOn, ObjectiveNotActive, SayBackConfirmed, SayBackNotWaiting
from domain.objectives.terms import ObjectiveState, TeachBackState

WORDS_CHARACTERS_MAX = 2000


def check_words(words: str, field: str) -> None:
    """InvalidInput unless somebody can have said it."""
    rules.check_text(words, field, characters_max=WORDS_CHARACTERS_MAX)


def check_sayable(
    *, state: str, is_inherited: bool, intent_id: UUID, current_id: UUID, standing: TeachBackState | None
) -> None:
    """Refuses what cannot be said: of a goal that is not promised, an intent that is not its own, or old, or settled.

    `standing` is the state of what was said of this very intent and not returned or replaced since.
    """
    if state != ObjectiveState.ACTIVE:
        raise ObjectiveNotActive
    if not is_inherited:
        raise InvalidInput("This objective does not serve the strategic objective of this intent.", field="intent")
    if intent_id != current_id:
        raise IntentMovedOn
    if standing is TeachBackState.CONFIRMED:
        raise SayBackConfirmed


def answer(state: str, *, is_own: bool) -> None:
    """Refuses to answer what does not wait, or what one said oneself."""
    if is_own:
        raise NotPermitted("Nobody confirms or returns what they said themselves.")
    if state != TeachBackState.SAID:
        raise SayBackNotWaiting


def check_current(intent_id: UUID, current_id: UUID) -> None:
    """What was said of an older version cannot be confirmed any more."""
    if intent_id != current_id:
        raise IntentMovedOn
