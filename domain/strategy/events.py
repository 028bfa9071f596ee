"""Facts about strategies."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyEvent(Event):
    """A fact about the strategy of `unit_id`."""

    subject_type: ClassVar[str] = "strategy"
    unit_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyDrafted(StrategyEvent):
    """The strategy office wrote the map as it shall be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategyPublished(StrategyEvent):
    """The map holds for everybody from now on."""

    published_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentChanged(Event):
    """A strategic objective has a new version of its intent, the first one or a later one."""

    subject_type: ClassVar[str] = "strategic_objective"
    intent_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PerspectivesWritten(Event):
    """The perspectives of the group were named anew, in their order; the subject is the first of them."""

    subject_type: ClassVar[str] = "perspective"
    count: int
