"""What a round asks for, what may be said and marked, and how much was recalled."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.objectives.progress import FINEST
from domain.objectives.rules import check_text
from domain.transmission.recall.terms import Mark, NewRound

K_MAX = 5
WORDS_MAX = 5
WORD_CHARACTERS_MAX = 80
PRIORITIES_MAX = 12
DAYS_MAX = 31
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def check_round(new: NewRound) -> None:
    """InvalidInput unless it asks for one to five priorities, for one day to a month."""
    if not 1 <= new.k <= K_MAX:
        raise InvalidInput(f"Ask for 1 to {K_MAX} priorities: nobody says more than {WORDS_MAX} words.", field="k")
    if not 1 <= new.days <= DAYS_MAX:
        raise InvalidInput(f"A round is open for 1 to {DAYS_MAX} days.", field="days")


def quarter_of(day: date) -> date:
    """The first day of its calendar quarter."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def clean(words: Sequence[str]) -> tuple[str, ...]:
    """The words without spaces around or doubled within. InvalidInput for too many, too long, or one said twice."""
    if len(words) > WORDS_MAX:
        raise InvalidInput(f"Say at most {WORDS_MAX}.", field="words")
    cleaned = tuple(" ".join(word.split()) for word in words)
    for at, word in enumerate(cleaned):
        check_text(word, f"words.{at}", characters_max=WORD_CHARACTERS_MAX)
        if word.casefold() in {earlier.casefold() for earlier in cleaned[:at]}:
            raise InvalidInput("You said this before.", field=f"words.{at}")
    return cleaned


def check_marks(marks: Sequence[Mark], *, words: int, priorities: Collection[UUID]) -> None:
    """InvalidInput unless each names a word that was said and a priority of the round, both once."""
    for at, mark in enumerate(marks):
        if not 1 <= mark.word <= words:
            raise InvalidInput("You said no such word.", field=f"marks.{at}.word")
        if mark.priority_id not in priorities:
            raise InvalidInput("This is no priority of this question.", field=f"marks.{at}.priority")
        if mark.word in {earlier.word for earlier in marks[:at]}:
            raise InvalidInput("A word means one priority.", field=f"marks.{at}.word")
        if mark.priority_id in {earlier.priority_id for earlier in marks[:at]}:
            raise InvalidInput("This priority is marked already.", field=f"marks.{at}.priority")


def recalled(named: int, k: int) -> Decimal:
    """recall@k of domain.md 2.2.5: the share of the k weightiest priorities that was named, half up at 20 decimals."""
    return _EXACT.divide(Decimal(named), Decimal(k)).quantize(FINEST, ROUND_HALF_UP, _EXACT)


def mean(total: Decimal, count: int) -> Decimal:
    """The mean of what `count` persons recalled, half up at 20 decimals."""
    return _EXACT.divide(total, Decimal(count)).quantize(FINEST, ROUND_HALF_UP, _EXACT)
