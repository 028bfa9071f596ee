"""The organisation as it stands before an import."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.people import rules
from domain.people.terms import Dated, Job, Line, LineKind, Term


@dataclass(frozen=True, slots=True)
class PresentUnit:
    """A unit with all its terms, in the order of time."""

    id: UUID
    kind: str
    terms: list[Term]


@dataclass(frozen=True, slots=True)
class PresentPosition:
    """A post."""

    id: UUID
    title: str
    title_zh: str | None


@dataclass(frozen=True, slots=True)
class PresentPerson:
    """A person with all employments and lines, in the order of time."""

    id: UUID
    name: str
    name_zh: str | None
    email: str | None
    locale: str
    zone: str
    login: str | None
    jobs: list[Job]
    lines: list[Line]

    def works(self, on: date) -> bool:
        """Whether there is an employment on the date or planned after it."""
        return any(job.valid_to > on for job in self.jobs)

    def manager_id(self, on: date) -> UUID | None:
        """The line manager on the date."""
        held = [line for line in rules.holding(self.lines, on) if line.kind is LineKind.LINE]
        return held[0].manager_id if held else None


@dataclass(frozen=True, slots=True)
class Present:
    """By code; `effective_on` is the day of the import, `taken_logins` those of the file that others hold."""

    effective_on: date
    units: Mapping[str, PresentUnit]
    positions: Mapping[str, PresentPosition]
    persons: Mapping[str, PresentPerson]
    taken_logins: frozenset[str]


def start_of(since: date | None, current: Dated | None, effective_on: date) -> date:
    """From when a difference holds: `since` if that is later than the present state's beginning, else the import's day.

    So what was true until the import stays in the history, unless the file itself names a day in the open period.
    """
    if current is None:
        return since or effective_on
    if since is not None and since > current.valid_from:
        return since
    return max(effective_on, current.valid_from)
