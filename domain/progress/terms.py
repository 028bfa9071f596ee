"""The words of progress."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from domain.kernel.ids import new_id


class Reason(StrEnum):
    """For what points are earned."""

    CHECKED_IN = "CHECKED_IN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Earning:
    """What a person earned on a day; earned again for the same reason on the same day it counts once."""

    person_id: UUID
    reason: Reason
    points: int
    earned_on: date
    earned_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeason:
    """A period with a board of its own, from its first to its last day."""

    name: str
    starts_on: date
    ends_on: date
    name_zh: str | None = None
    id: UUID = field(default_factory=new_id)
