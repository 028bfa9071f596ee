"""The words of objectives."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class ObjectiveState(StrEnum):
    """Where an objective stands in its life."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED"
    DECLINED = "DECLINED"
    ACTIVE = "ACTIVE"
    ACHIEVED = "ACHIEVED"
    MISSED = "MISSED"
    CANCELLED = "CANCELLED"
    ARCHIVED = "ARCHIVED"


class KeyResultKind(StrEnum):
    """How a key result is measured."""

    INCREASE = "INCREASE"
    DECREASE = "DECREASE"
    RANGE = "RANGE"
    MILESTONE = "MILESTONE"


class Audience(StrEnum):
    """Who besides the reporting line sees an objective once it is promised."""

    CHAIN = "CHAIN"
    UNIT = "UNIT"
    GROUP = "GROUP"


class ApprovalState(StrEnum):
    """How a request for approval was decided."""

    OPEN = "OPEN"
    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED"
    WITHDRAWN = "WITHDRAWN"


class CheckInSource(StrEnum):
    """Who told the value."""

    PERSON = "PERSON"
    PARTNER = "PARTNER"
    MEASURE = "MEASURE"
    """A figure of its measure that nobody told by hand: out of a file, or computed."""


class TeachBackState(StrEnum):
    """What became of an intent that was said back."""

    SAID = "SAID"
    CONFIRMED = "CONFIRMED"
    RETURNED = "RETURNED"
    REPLACED = "REPLACED"


class IntentState(StrEnum):
    """How an objective stands to an intent that it inherits."""

    UNSAID = "UNSAID"
    SAID = "SAID"
    RETURNED = "RETURNED"
    CURRENT = "CURRENT"
    STALE = "STALE"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyResultDraft:
    """A key result as its owner writes it; `weight` in whole percent of the objective."""

    title: str
    kind: KeyResultKind
    unit_of_measure: str
    weight: int
    start: Decimal | None = None
    target: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    measure_id: UUID | None = None
    continues_id: UUID | None = None
    """The key result of an earlier cycle that it continues, where its measure does not say so."""
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDraft:
    """An objective as its owner writes it; `weight` in whole percent of the owner's objectives of the cycle."""

    title: str
    weight: int
    why: str | None = None
    audience: Audience = Audience.CHAIN
    parent_id: UUID | None = None
    key_results: tuple[KeyResultDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One difference between two versions; `key_result` is the title of the key result it is in."""

    field: str
    before: str | None
    after: str | None
    key_result: str | None = None
