"""Decisions about periods, shares, lines and names: each returns the new value or refuses."""

import dataclasses
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar
from uuid import UUID

from domain.kernel.errors import DomainError, InvalidInput
from domain.people.terms import Dated, EnterpriseForm, Job, Line, LineKind, Locale, UnitKind

SHARE_MAX = 100
CODE = re.compile(r"[^\s/;,](?:[^/;,\n\r\t]{0,62}[^\s/;,])?")
CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
NAME_LENGTH_MAX = 200
REASON_LENGTH_MAX = 500
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 1, 1)
EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
SIZES = {UnitKind.GROUP: 3, UnitKind.COMPANY: 2, UnitKind.DEPARTMENT: 1, UnitKind.TEAM: 0}

Period = TypeVar("Period", bound=Dated)


class CycleRefused(DomainError):
    """The change would put somebody, or a unit, under itself."""

    code = "cycle_refused"

    def __init__(self, names: Sequence[str], *, on: date) -> None:
        super().__init__(f"From {on} this would close a circle: {' → '.join(names)}.")
        self.names = tuple(names)
        self.help = "Choose one that does not stand below, or change the lower line first."


class SharesExceeded(DomainError):
    """A person's employments add up to more than full time."""

    code = "shares_exceed_100"
    help = "Lower the share of another employment from the same day."

    def __init__(self, total: int, *, on: date) -> None:
        super().__init__(f"From {on} the employments add up to {total} %, which is more than 100 %.")


class PrimaryRefused(DomainError):
    """Not exactly one of the employments of a date is the primary one."""

    code = "primary_employment_required"
    help = "Name exactly one employment as the primary one on every day."

    def __init__(self, count: int, *, on: date) -> None:
        super().__init__(f"On {on} there would be {count} primary employments.")


class PeriodsOverlap(DomainError):
    """Two rows would say different things about the same days."""

    code = "periods_overlap"
    help = "End the earlier one first."

    def __init__(self, what: str, *, on: date) -> None:
        super().__init__(f"On {on} there would be two {what}.")


class HistoryClosed(DomainError):
    """The date lies in a period that ended before today."""

    code = "history_closed"

    def __init__(self, since: date) -> None:
        super().__init__(f"What held before {since} is history and stays.")
        self.help = f"Choose {since} or a later date."


class NothingHolds(DomainError):
    """Nothing that could be changed holds on that date."""

    code = "nothing_holds"

    def __init__(self, what: str, *, on: date) -> None:
        super().__init__(f"There is no {what} on {on}.", help="Choose a date on which there is one.")


class CodeTaken(DomainError):
    """A code names one thing only."""

    code = "code_taken"

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(f"Already in use: {', '.join(codes)}.", help="Choose another code.")


class Unreadable(DomainError):
    """A text that is not what its place asks for."""

    code = "unreadable"


class StillNeeded(DomainError):
    """Somebody or something would be left without what it needs."""

    code = "still_needed"


@dataclass(frozen=True, slots=True)
class Change(Generic[Period]):
    """What becomes of the rows of one subject: ids to remove, ids with their new end, rows to add."""

    removed: tuple[UUID, ...] = ()
    shortened: tuple[tuple[UUID, date], ...] = ()
    added: tuple[Period, ...] = ()


def holding(rows: Iterable[Period], on: date) -> list[Period]:
    """The rows whose period contains the date."""
    return [row for row in rows if row.valid_from <= on < row.valid_to]


def end_from(rows: Iterable[Period], on: date) -> Change[Period]:
    """Nothing of it holds from the date on: what began earlier is shortened, what would begin later goes."""
    touched = [row for row in rows if row.valid_to > on]
    return Change(
        removed=tuple(row.id for row in touched if row.valid_from >= on),
        shortened=tuple((row.id, on) for row in touched if row.valid_from < on),
    )


def replace(old: Period, new: Period, *, today: date) -> Change[Period]:
    """`new` takes the place of `old` from its own beginning; a period that ended before today is history."""
    if old.valid_to <= today:
        raise HistoryClosed(old.valid_to)
    if old.valid_from == new.valid_from:
        return Change(removed=(old.id,), added=(new,))
    return Change(shortened=((old.id, new.valid_from),), added=(new,))


def after(rows: Iterable[Period], change: Change[Period]) -> list[Period]:
    """The rows as they are when the change is done."""
    ends = dict(change.shortened)
    kept = (row for row in rows if row.id not in change.removed)
    return [dataclasses.replace(row, valid_to=ends.get(row.id, row.valid_to)) for row in kept] + list(change.added)


def merged(changes: Iterable[Change[Period]]) -> Change[Period]:
    """Several changes of one subject as one; a row that is removed need not be shortened, the earlier end counts."""
    known = list(changes)
    removed = dict.fromkeys(row for change in known for row in change.removed)
    ends: dict[UUID, date] = {}
    for row, end in (pair for change in known for pair in change.shortened):
        if row not in removed:
            ends[row] = min(ends.get(row, end), end)
    return Change(
        removed=tuple(removed),
        shortened=tuple(ends.items()),
        added=tuple(row for change in known for row in change.added),
    )


def check_jobs(jobs: Sequence[Job]) -> None:
    """One person's employments: at most 100 percent and exactly one primary at any date, no job twice at once."""
    for on in sorted({edge for job in jobs for edge in (job.valid_from, job.valid_to)}):
        held = holding(jobs, on)
        if not held:
            continue
        total, primary = sum(job.share for job in held), sum(job.is_primary for job in held)
        if total > SHARE_MAX:
            raise SharesExceeded(total, on=on)
        if primary != 1:
            raise PrimaryRefused(primary, on=on)
        if len({(job.unit_id, job.position_id) for job in held}) < len(held):
            raise PeriodsOverlap("employments in the same position of the same unit", on=on)


def check_lines(lines: Sequence[Line]) -> None:
    """One person's reporting lines: at most one line manager at any date, no manager twice at once."""
    for on in sorted({line.valid_from for line in lines}):
        held = holding(lines, on)
        if sum(line.kind is LineKind.LINE for line in held) > 1:
            raise PeriodsOverlap("line managers", on=on)
        if len({line.manager_id for line in held}) < len(held):
            raise PeriodsOverlap("lines to the same manager", on=on)
        if any(line.manager_id == line.person_id for line in held):
            raise InvalidInput("Nobody can be their own manager.", field="manager")


def check_date(on: date, *, field: str = "validFrom") -> None:
    """InvalidInput for a date that can only be a slip."""
    if not FIRST_DAY <= on < LAST_DAY:
        raise InvalidInput(f"{on} is not between {FIRST_DAY} and {LAST_DAY}.", field=field)


def check_days(first: date, last: date) -> None:
    """The days of a delegation, both included, in order."""
    check_date(first, field="startsOn")
    check_date(last, field="endsOn")
    if last < first:
        raise InvalidInput("The last day lies before the first one.", field="endsOn")


def check_share(share: int) -> None:
    """Percent of full time, 1 to 100."""
    if not 1 <= share <= SHARE_MAX:
        raise InvalidInput(f"A share of {share} % is not between 1 and {SHARE_MAX}.", field="share")


def check_code(code: str, *, field: str = "code") -> None:
    """1 to 64 characters, none of `/ ; ,`, no line break, no space at either end."""
    if not CODE.fullmatch(code) or not code.isprintable():
        raise InvalidInput(f"{code!r} is no code: use 1 to 64 characters without / ; and ,.", field=field)


def check_name(name: str, *, field: str = "name") -> None:
    """1 to 200 characters on one line, not only spaces."""
    if not name.strip() or len(name) > NAME_LENGTH_MAX or CONTROL.search(name):
        raise InvalidInput(f"A name has 1 to {NAME_LENGTH_MAX} characters on one line.", field=field)


def check_reason(reason: str) -> None:
    """At most 500 characters; lines may be broken."""
    if len(reason) > REASON_LENGTH_MAX or CONTROL.search(reason.replace("\n", "")):
        raise InvalidInput(f"A reason has at most {REASON_LENGTH_MAX} readable characters.", field="reason")


def check_email(email: str | None) -> None:
    """Something that mail could be sent to."""
    if email is not None and not (EMAIL.fullmatch(email) and email.isprintable()):
        raise InvalidInput(f"{email!r} is no e-mail address.", field="email")


def check_locale(locale: str) -> None:
    """One of the languages of the product."""
    if locale not in list(Locale):
        raise InvalidInput(f"{locale!r} is not spoken here: choose en or zh-CN.", field="locale")


def check_form(form: str) -> None:
    """One of the enterprise forms."""
    if form not in EnterpriseForm.__members__:
        raise InvalidInput(f"{form!r} is no enterprise form.", field="form", help=_one_of(EnterpriseForm))


def check_kind_word(kind: str) -> None:
    """One of the kinds of units."""
    if kind not in UnitKind.__members__:
        raise InvalidInput(f"{kind!r} is no kind of unit.", field="kind", help=_one_of(UnitKind))


def check_kind(kind: str, parent: str | None) -> None:
    """A unit stands under one that is not smaller; only a group or a company stands alone."""
    check_kind_word(kind)
    if parent is None and SIZES[UnitKind(kind)] < SIZES[UnitKind.COMPANY]:
        raise InvalidInput(f"A {kind.lower()} needs a parent.", field="parent")
    if parent is not None and SIZES[UnitKind(kind)] > SIZES[UnitKind(parent)]:
        raise InvalidInput(f"A {kind.lower()} cannot stand under a {parent.lower()}.", field="parent")


def _one_of(words: type[StrEnum]) -> str:
    return f"Use one of {', '.join(words.__members__)}."
