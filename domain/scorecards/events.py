"""Facts about measures."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDefined(Event):
    """A unit has a new figure."""

    subject_type: ClassVar[str] = "measure"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChanged(Event):
    """A measure is called, told, expected or computed otherwise."""

    subject_type: ClassVar[str] = "measure"
    is_formula_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualsRecorded(Event):
    """A request brought actuals of one measure; periods are ISO dates.

    One fact per measure: what follows from figures (roll-up, watchers, webhooks) concerns a measure, and a thousand
    months need not wake it a thousand times. Who told which value when stands in the rows of `actual`, which are only
    ever added.
    """

    subject_type: ClassVar[str] = "measure"
    count: int
    first_period: str
    last_period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualsCalculated(Event):
    """A formula came to new actuals of its measure; of them those with a value, or without one."""

    subject_type: ClassVar[str] = "measure"
    count: int
    first_period: str
    last_period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentProposed(Event):
    """A correction after the closing waits for a second person."""

    subject_type: ClassVar[str] = "measure"
    adjustment_id: UUID
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActualAdjusted(Event):
    """A month of a measure has a new revision; after the closing, what was computed from it may be looked at again."""

    subject_type: ClassVar[str] = "measure"
    adjustment_id: UUID
    period: str
    is_after_closing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRefused(Event):
    """A correction was declined by a second person, or withdrawn by who proposed it."""

    subject_type: ClassVar[str] = "measure"
    adjustment_id: UUID
    period: str
    state: str
