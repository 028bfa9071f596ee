"""What may be said, how wide, and for how long it can be taken back unseen."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from domain.feedback.errors import AllowanceSpent, MessageGone, MessageHidden
from domain.feedback.terms import NewMessage, NewPraise, NewThread, NewValue, Shape, Visibility
from domain.kernel.errors import InvalidInput
from domain.objectives.rules import check_text

BODY_CHARACTERS_MAX = 4000
PART_CHARACTERS_MAX = 1000
QUERY_CHARACTERS_MAX = 200
PRAISE_MAX = 10
"""How often a person praises in a month, by their own allowance: it is for giving alone, and what is left expires."""
VALUES_MAX = 12
NAME_CHARACTERS_MAX = 60
MEANING_CHARACTERS_MAX = 500
PARTICIPANTS_MAX = 50
MENTIONS_MAX = 20
VERSIONS_MAX = 20
READ_MAX = 100
GRACE = timedelta(minutes=15)
"""For how long an author's edit leaves no trace."""
_WIDTH = {visibility: at for at, visibility in enumerate(Visibility)}


def is_within(one: Visibility, other: Visibility) -> bool:
    """Whether the first class is as narrow as the second, or narrower."""
    return _WIDTH[one] <= _WIDTH[other]


def check_thread(new: NewThread) -> None:
    """InvalidInput unless it can be opened like this, whatever it is about."""
    if len(new.participants) > PARTICIPANTS_MAX - 2:
        raise InvalidInput(f"A thread has at most {PARTICIPANTS_MAX} participants.", field="participants")
    if new.visibility is Visibility.PRIVATE and new.participants:
        raise InvalidInput("A private thread is yours alone.", field="participants")
    check_message(new.message, new.visibility, path="message.")


def check_message(new: NewMessage, thread: Visibility, *, path: str = "") -> None:
    """InvalidInput for words that cannot be stored, a class wider than the thread's, or mentions in private."""
    check_words(new.body, new.shape, path=path)
    if new.visibility is not None and not is_within(new.visibility, thread):
        raise InvalidInput("A message is never wider than its thread.", field=f"{path}visibility")
    if len(new.mentions) > MENTIONS_MAX:
        raise InvalidInput(f"Mention at most {MENTIONS_MAX} persons.", field=f"{path}mentions")
    if new.mentions and Visibility.PRIVATE in (new.visibility, thread):
        raise InvalidInput("Nobody else reads a private message.", field=f"{path}mentions")


def check_words(body: str, shape: Shape, *, path: str = "") -> None:
    """InvalidInput for words that cannot be stored; of the shape, each part may be left out."""
    check_text(body, f"{path}body", characters_max=BODY_CHARACTERS_MAX)
    parts = {"situation": shape.situation, "behaviour": shape.behaviour, "impact": shape.impact}
    for name, part in {**parts, "nextStep": shape.next_step}.items():
        if part is not None:
            check_text(part, f"{path}{name}", characters_max=PART_CHARACTERS_MAX)


def check_readers(wanted: Sequence[UUID], readers: Collection[UUID], *, field: str) -> None:
    """InvalidInput if one of those who are to be reached may not read it."""
    for at, person_id in enumerate(wanted):
        if person_id not in readers:
            raise InvalidInput("This person may not read this.", field=f"{field}.{at}")


def own_class(visibility: Visibility | None, thread: Visibility) -> Visibility | None:
    """The class that a message keeps for itself: none if it is to go with its thread."""
    return None if visibility is None or visibility is thread else visibility


def check_wider(wanted: Visibility, thread: Visibility) -> None:
    """InvalidInput unless more people would read the thread than now."""
    if is_within(wanted, thread):
        raise InvalidInput("The thread is as wide already.", field="visibility")


def check_there(deleted_at: datetime | None) -> None:
    """MessageGone if nothing is left of it."""
    if deleted_at is not None:
        raise MessageGone


def leaves_version(posted_at: datetime, now: datetime) -> bool:
    """Whether what an edit replaces is kept for its readers."""
    return now - posted_at > GRACE


def check_versions(kept: int) -> None:
    """InvalidInput where a message was edited too often."""
    if kept >= VERSIONS_MAX:
        raise InvalidInput(f"A message is edited at most {VERSIONS_MAX} times.", help="Post another one.")


def waiting(authors: Collection[UUID], agreed: Collection[UUID]) -> frozenset[UUID]:
    """The authors of a thread who have not agreed yet; it becomes wider when there is nobody left."""
    return frozenset(authors) - frozenset(agreed)


def check_praise(new: NewPraise, giver_id: UUID) -> None:
    """InvalidInput for praise of oneself, in private, or in words that cannot be stored."""
    if new.recipient_id == giver_id:
        raise InvalidInput("Praise somebody else.", field="to")
    if new.visibility is Visibility.PRIVATE:
        raise InvalidInput("Who is praised shall read it.", field="visibility")
    check_message(new.message, new.visibility, path="message.")


def month_of(day: date) -> date:
    """Its first day."""
    return day.replace(day=1)


def check_allowance(given: int) -> None:
    """AllowanceSpent when a person gave as often as they may in this month."""
    if given >= PRAISE_MAX:
        raise AllowanceSpent(PRAISE_MAX)


def check_value(new: NewValue, *, defined: int) -> None:
    """InvalidInput for words that cannot be stored, or where there are as many values as anybody remembers."""
    check_text(new.name, "name", characters_max=NAME_CHARACTERS_MAX)
    check_text(new.meaning, "meaning", characters_max=MEANING_CHARACTERS_MAX)
    if new.name_zh is not None:
        check_text(new.name_zh, "nameZh", characters_max=NAME_CHARACTERS_MAX)
    if new.meaning_zh is not None:
        check_text(new.meaning_zh, "meaningZh", characters_max=MEANING_CHARACTERS_MAX)
    if defined >= VALUES_MAX:
        raise InvalidInput(f"A group has at most {VALUES_MAX} values.", field="name", help="Retire one first.")


def check_reason(reason: str, *, field: str = "reason") -> None:
    """InvalidInput for a reason that is empty, too long, or cannot be stored."""
    check_text(reason, field, characters_max=PART_CHARACTERS_MAX)


def check_shown(hidden_at: datetime | None) -> None:
    """MessageHidden if a moderator hid it."""
    if hidden_at is not None:
        raise MessageHidden
