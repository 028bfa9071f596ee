"""The words of scorecards: a measure to be defined, a figure that comes in, and what became of it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id


class Source(StrEnum):
    """Where an actual comes from."""

    PARTNER = "PARTNER"
    CSV = "CSV"
    HAND = "HAND"
    FORMULA = "FORMULA"


class Quality(StrEnum):
    """What an actual is worth, the best first: what is computed is worth as much as the worst of its inputs."""

    OK = "OK"
    CORRECTED = "CORRECTED"
    ESTIMATED = "ESTIMATED"
    DISPUTED = "DISPUTED"


class Missing(StrEnum):
    """Why a formula came to no value in a month."""

    INPUT_MISSING = "INPUT_MISSING"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    DIVIDED_BY_ZERO = "DIVIDED_BY_ZERO"
    TOO_LARGE = "TOO_LARGE"
    IMPLAUSIBLE = "IMPLAUSIBLE"


class MissingInputs(StrEnum):
    """What a formula makes of an input that a month lacks."""

    BLANK = "BLANK"
    """There is no value then."""
    ZERO = "ZERO"
    """The input counts as zero."""
    NOT_APPLICABLE = "NOT_APPLICABLE"
    """The month is left out wherever the measure counts."""


class AdjustmentState(StrEnum):
    """What became of a correction."""

    PROPOSED = "PROPOSED"
    APPLIED = "APPLIED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeasure:
    """A measure to be defined; `low` and `high` are the plausible limits, both included.

    `lag_days` is how many days after the end of its month a figure is expected. The owner answers for the measure, the
    provider tells its figures.
    """

    code: str
    name: str
    unit_of_measure: str
    unit_id: UUID
    name_zh: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    owner_id: UUID | None = None
    provider_id: UUID | None = None
    lag_days: int = 15
    formula: str | None = None
    missing_inputs: MissingInputs = MissingInputs.BLANK
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureContent:
    """All that can be changed of a measure; its code and its unit stay."""

    name: str
    unit_of_measure: str
    name_zh: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    owner_id: UUID | None = None
    provider_id: UUID | None = None
    lag_days: int = 15
    formula: str | None = None
    missing_inputs: MissingInputs = MissingInputs.BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What another system tells: the value of the measure of this code in a month."""

    measure: str
    period: date
    value: Decimal
    unit_of_measure: str | None
    quality: Quality = Quality.OK
    row: int | None = None
    """In which row of a file it stands, counted as a spreadsheet does."""


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
    is_calculated: bool = False
    may_record: bool = True
    """Whether who tells the figures may tell those of this measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A cycle, from its first to its last day."""

    cycle_id: UUID
    starts_on: date
    ends_on: date
    is_closed: bool
    closed_at: datetime | None = None

    def holds(self, period: date) -> bool:
        """Whether the month that begins on this day belongs to the cycle."""
        return self.starts_on <= period <= self.ends_on
