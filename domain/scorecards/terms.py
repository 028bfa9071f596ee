"""The words of scorecards: a measure to be defined, a figure that comes in, and what became of it."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """A measure to be defined; `low` and `high` are the plausible limits, both included."""

    code: str
    name: str
    unit_of_measure: str
    unit_id: UUID
    name_zh: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What another system tells: the value of the measure of this code in a month."""

    measure: str
    period: date
    value: Decimal
    unit_of_measure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of the figure at this place of the request, from 0: either an actual or a refusal."""

    index: int
    actual_id: UUID | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What must be known of a measure to judge a figure."""

    id: UUID
    unit_of_measure: str
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A cycle, from its first to its last day."""

    cycle_id: UUID
    starts_on: date
    ends_on: date
    is_closed: bool

    def holds(self, period: date) -> bool:
        """Whether the month that begins on this day belongs to the cycle."""
        return self.starts_on <= period <= self.ends_on
