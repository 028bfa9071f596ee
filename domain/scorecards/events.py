"""Facts about measures."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDefined(Event):
    """A unit has a new figure."""

    subject_type: ClassVar[str] = "measure"
    code: str


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
