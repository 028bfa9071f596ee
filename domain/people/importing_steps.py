"""The steps of an import's plan for persons, and what every step is found from."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.people.importing_present import Present
from domain.people.importing_wishes import Wishes
from domain.people.rules import Change
from domain.people.terms import Job, Line

FOREVER = date.max
Words = list[tuple[str, str]]
"""Kind of difference, and the difference in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What is said of a person besides work; without a zone the tenant's counts."""

    name: str
    name_zh: str | None
    email: str | None
    locale: str
    zone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStep:
    """What becomes of one person; `naming` is None when nothing of it changes."""

    id: UUID
    code: str
    is_new: bool = False
    naming: Naming | None = None
    jobs: Change[Job]
    lines: Change[Line]
    login: str | None = None
    new_manager: tuple[date, UUID | None, UUID | None] | None = None
    """For a person who was there before: from when the line manager is another one, who was it, who is it."""


@dataclass(slots=True)
class People:
    """The wishes beside what is, and the ids of everything that has a code; persons get theirs as they come."""

    wishes: Wishes
    present: Present
    unit_ids: dict[str, UUID]
    unit_first_days: dict[UUID, date]
    position_ids: dict[str, UUID]
    make_id: Callable[[], UUID]
    person_ids: dict[str, UUID] = field(default_factory=dict[str, UUID])
    first_days: dict[UUID, date] = field(default_factory=dict[UUID, date])
    code_of: dict[UUID, str] = field(default_factory=dict[UUID, str])

    def first_day(self, person_id: UUID) -> date:
        """From when the person works, without a break, as far as it is known."""
        return self.first_days.get(person_id, self.present.effective_on)

    def __post_init__(self) -> None:
        for code, person in self.present.persons.items():
            self.person_ids[code] = person.id
            if person.works(self.present.effective_on):
                open_jobs = (job for job in person.jobs if job.valid_to > self.present.effective_on)
                self.first_days[person.id] = min(job.valid_from for job in open_jobs)
        for ids in (self.unit_ids, self.position_ids, self.person_ids):
            self.code_of |= {row_id: code for code, row_id in ids.items()}
