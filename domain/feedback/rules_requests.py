"""What may be asked for, until when, and what can still be done with a request."""

from datetime import date, timedelta
from uuid import UUID

from domain.feedback import rules
from domain.feedback.errors import RequestSettled
from domain.feedback.terms import NewRequest, NewThread, RequestState, Visibility
from domain.kernel.errors import InvalidInput
from domain.objectives.rules import check_text

WORDS_CHARACTERS_MAX = 1000
DAYS_MAX = 90


def check(new: NewRequest, asker_id: UUID, *, today: date) -> None:
    """InvalidInput unless somebody else is asked, in words, until a day of the coming three months."""
    if new.of_id == asker_id:
        raise InvalidInput("Ask somebody else.", field="of")
    check_text(new.words, "words", characters_max=WORDS_CHARACTERS_MAX)
    if not today <= new.due_on <= today + timedelta(days=DAYS_MAX):
        raise InvalidInput(f"Wish for a day from today on, within {DAYS_MAX} days.", field="dueOn")


def check_answer(visibility: Visibility) -> None:
    """InvalidInput for an answer that who asked would not read."""
    if visibility is Visibility.PRIVATE:
        raise InvalidInput("Who asked shall read it.", field="visibility")


def check_thread(new: NewThread) -> None:
    """InvalidInput unless the answer can be the first message of its thread."""
    rules.check_message(new.message, new.visibility, path="message.")


def check_reason(reason: str) -> None:
    """InvalidInput for a reason that is empty, too long, or cannot be stored."""
    check_text(reason, "reason", characters_max=WORDS_CHARACTERS_MAX)


def check_open(state: RequestState) -> None:
    """RequestSettled unless it waits for an answer."""
    if state is not RequestState.OPEN:
        raise RequestSettled
