"""The words of a strategy, and a whole map as it shall be."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class LinkSign(StrEnum):
    """Whether more of the cause leads to more or to less of the effect."""

    POSITIVE = "POSITIVE"
    NEGATIVE = "NEGATIVE"


class GoalDirection(StrEnum):
    """Where a long-term goal leads from its baseline."""

    INCREASE = "INCREASE"
    DECREASE = "DECREASE"


class GapKind(StrEnum):
    """What a map lacks before it can be published."""

    OBJECTIVES = "OBJECTIVES"
    PERSPECTIVE = "PERSPECTIVE"
    THEME_WEIGHTS = "THEME_WEIGHTS"
    INTENT = "INTENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerspective:
    """A point of view, by its code."""

    code: str
    name: str
    name_zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeDraft:
    """A direction with its declared weight, relative to those of the other themes."""

    code: str
    name: str
    weight: int
    name_zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaypointDraft:
    """Where a long-term goal shall be at the end of a year."""

    year: int
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LongTermGoalDraft:
    """Where a figure shall be in some years; `theme` is a code."""

    code: str
    title: str
    unit_of_measure: str
    baseline: Decimal
    baseline_year: int
    target: Decimal
    target_year: int
    title_zh: str | None = None
    theme: str | None = None
    waypoints: tuple[WaypointDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentDraft:
    """Why, what changes, and what we will not do."""

    why: str
    what_changes: str
    will_not_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StrategicObjectiveDraft:
    """A strategic objective; perspective, theme and long-term goal by their codes."""

    code: str
    title: str
    perspective: str
    theme: str
    weight: int
    title_zh: str | None = None
    goal: str | None = None
    owner_id: UUID | None = None
    intent: IntentDraft | None = None
    """None leaves the intent that it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CausalLinkDraft:
    """One strategic objective leads to another, both by their codes."""

    cause: str
    effect: str
    sign: LinkSign
    lag_months: int
    hypothesis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDraft:
    """A whole strategy with its map; what comes first stands first."""

    starts_on: date
    ends_on: date
    mission: str | None = None
    mission_zh: str | None = None
    vision: str | None = None
    vision_zh: str | None = None
    themes: tuple[ThemeDraft, ...] = ()
    goals: tuple[LongTermGoalDraft, ...] = ()
    objectives: tuple[StrategicObjectiveDraft, ...] = ()
    links: tuple[CausalLinkDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that a map lacks; `code` names the perspective or the strategic objective."""

    kind: GapKind
    code: str | None
    sentence: str
