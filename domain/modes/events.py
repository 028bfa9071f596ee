"""Facts about modes; dates are ISO texts, values JSON as they are stored."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeFeatureSet(Event):
    """A feature of a unit's mode has a value of its own from a day on."""

    subject_type: ClassVar[str] = "unit"
    feature: str
    value: str
    is_locked: bool
    origin: str
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeFeatureInherited(Event):
    """A feature of a unit's mode follows from above again from a day on."""

    subject_type: ClassVar[str] = "unit"
    feature: str
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeFactorWritten(Event):
    """A factor of a unit's design record was written; `features` are words with commas."""

    subject_type: ClassVar[str] = "unit"
    factor: str
    features: str
    effective_on: str
