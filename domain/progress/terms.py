"""The words of progress."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.ids import new_id


class Reason(StrEnum):
    """For what points are earned, where no rule of the office says more."""

    CHECKED_IN = "CHECKED_IN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """What a person earned on a day; earned again for the same reason from the same source it counts once."""

    person_id: UUID
    reason: str
    """The code of the rule."""
    points: int
    earned_on: date
    earned_at: datetime
    source: int = 0
    """The entry of the journal that tells of it; 0 for what was added by hand."""
    object_id: UUID | None = None
    other_id: UUID | None = None
    """Who confirmed it, if that was somebody else."""
    revision: int = 1
    """Rises when a fact that is heard late changes what this one earned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeason:
    """A period with a board of its own, from its first to its last day."""

    name: str
    starts_on: date
    ends_on: date
    name_zh: str | None = None
    id: UUID = field(default_factory=new_id)
