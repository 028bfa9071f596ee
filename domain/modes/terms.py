"""The words of modes, and what is known of a unit's mode at a date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from domain.people.terms import Dated

Json = str | int | Sequence["Json"] | Mapping[str, "Json"] | None
"""A value as it is stored: exact numbers are texts, weights and counts whole numbers."""


class Feature(StrEnum):
    """What a mode settles."""

    PARENTING_STYLE = "PARENTING_STYLE"
    LIFE_CYCLE = "LIFE_CYCLE"
    PERSPECTIVES = "PERSPECTIVES"
    CYCLE = "CYCLE"
    REVIEW_CADENCE = "REVIEW_CADENCE"
    SCORING = "SCORING"
    HQ_KPIS = "HQ_KPIS"
    HQ_KPI_SHARE = "HQ_KPI_SHARE"
    APPROVAL_CHAIN = "APPROVAL_CHAIN"
    DISTRIBUTION = "DISTRIBUTION"
    INCENTIVES = "INCENTIVES"
    RATING_SCALE = "RATING_SCALE"
    INTERLOCKS = "INTERLOCKS"
    CURRENCY = "CURRENCY"


class ParentingStyle(StrEnum):
    """How headquarters adds value to a unit."""

    FINANCIAL_CONTROL = "FINANCIAL_CONTROL"
    STRATEGIC_CONTROL = "STRATEGIC_CONTROL"
    OPERATING_CONTROL = "OPERATING_CONTROL"


class LifeCycle(StrEnum):
    """The stage that a business is in."""

    START_UP = "START_UP"
    GROWTH = "GROWTH"
    MATURE = "MATURE"
    DECLINE = "DECLINE"


class CycleLength(StrEnum):
    """For how long goals are set."""

    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"


class ReviewCadence(StrEnum):
    """How often headquarters reviews a unit."""

    MONTH = "MONTH"
    QUARTER = "QUARTER"
    HALF_YEAR = "HALF_YEAR"
    YEAR = "YEAR"


class ApprovalChain(StrEnum):
    """Who approves the key figures of a unit's departments."""

    LINE = "LINE"
    LINE_AND_NEXT = "LINE_AND_NEXT"
    HQ_SAMPLE = "HQ_SAMPLE"
    HQ = "HQ"


class RatingScale(StrEnum):
    """Whether a unit rates by the group's scale."""

    OWN = "OWN"
    PARTLY = "PARTLY"
    GROUP = "GROUP"


class Interlocks(StrEnum):
    """How many promises between units are expected."""

    FEW = "FEW"
    SOME = "SOME"
    MANY = "MANY"


class DistributionPolicy(StrEnum):
    """Whether grades are guided by quotas."""

    NONE = "NONE"
    GUIDE = "GUIDE"


class DefaultRule(StrEnum):
    """By which rule a new item of a scorecard is scored unless it names another."""

    LARGER_BETTER = "LARGER_BETTER"
    STRETCH = "STRETCH"
    EFFICACY = "EFFICACY"
    MILESTONES = "MILESTONES"
    PEERS = "PEERS"
    OKR = "OKR"


class MissingData(StrEnum):
    """What becomes of the weight of an item without a figure."""

    RENORMALISE = "RENORMALISE"
    ZERO = "ZERO"
    CARRY_FORWARD = "CARRY_FORWARD"
    BLOCK = "BLOCK"


class Incentive(StrEnum):
    """Kinds of incentives."""

    MONEY = "MONEY"
    RECOGNITION = "RECOGNITION"
    GROWTH = "GROWTH"
    AUTONOMY = "AUTONOMY"


class Factor(StrEnum):
    """What a mode is designed by."""

    STRATEGY = "STRATEGY"
    STRUCTURE = "STRUCTURE"
    INDUSTRY = "INDUSTRY"
    LIFE_CYCLE = "LIFE_CYCLE"
    CULTURE = "CULTURE"
    WORKFORCE = "WORKFORCE"
    INFORMATION_TECHNOLOGY = "INFORMATION_TECHNOLOGY"
    LAW = "LAW"


class Origin(StrEnum):
    """Where a value comes from: nobody set it, a template was applied, or somebody set it."""

    DEFAULT = "DEFAULT"
    TEMPLATE = "TEMPLATE"
    SET = "SET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Dated):
    """What a feature is in one unit during a period."""

    unit_id: UUID
    feature: Feature
    value: Json
    is_locked: bool
    origin: Origin
    reason: str | None
    set_by_id: UUID | None
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorEntry(Dated):
    """What a factor means for the mode of one unit during a period, and which features it shaped."""

    unit_id: UUID
    factor: Factor
    words: str
    words_zh: str | None
    features: Sequence[Feature]
    written_by_id: UUID | None
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A setting in force at a date, as one unit meets it: `depth` levels up, in the unit with these names."""

    id: UUID
    depth: int
    feature: Feature
    value: Json
    is_locked: bool
    origin: Origin
    reason: str | None
    since: date
    unit_id: UUID
    unit_name: str | None
    unit_name_zh: str | None
    set_by_id: UUID | None
    set_by_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Everything that decides about a unit's mode at a date: its own form, and the settings from it upwards."""

    form: str
    settings: Sequence[Placed]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A feature as it holds: its value, the setting it comes from (None for the template), and whether it can be set.

    `locked_by` is the locked setting of a unit above.
    """

    feature: Feature
    value: Json
    setting: Placed | None
    locked_by: Placed | None

    @property
    def origin(self) -> Origin:
        """Where the value comes from."""
        return self.setting.origin if self.setting else Origin.DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """The mode of a unit at a date."""

    form: str
    style: ParentingStyle
    life_cycle: LifeCycle
    features: Mapping[Feature, Held]
    """All of them, in the order of `Feature`."""

    def value(self, feature: Feature) -> Json:
        """What a feature is."""
        return self.features[feature].value


@dataclass(frozen=True, slots=True)
class Span:
    """A range of whole numbers, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words that fit."""

    words: tuple[str, ...]


Range = Span | Words
"""What of an observable feature fits a style."""

Observed = Fraction | str
"""What is seen of an observable feature: an exact number, or a word."""
