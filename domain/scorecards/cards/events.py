"""Facts about scorecards."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardEvent(Event):
    """Something happened to a card; a person's card concerns the person."""

    subject_type: ClassVar[str] = "scorecard"
    version: int


class ScorecardDrafted(ScorecardEvent):
    """Somebody began a card."""


class ScorecardChanged(ScorecardEvent):
    """A draft was written anew."""


class ScorecardPublished(ScorecardEvent):
    """The card counts from now on, or counts in another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardMonthsClosed(Event):
    """The scores of a card are final through a month, an ISO date."""

    subject_type: ClassVar[str] = "scorecard"
    through: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardExtraAdded(Event):
    """Points outside of the weighted base, or a veto; `period` is an ISO date."""

    subject_type: ClassVar[str] = "scorecard"
    extra_id: UUID
    extra_kind: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardExtraWithdrawn(Event):
    """An extra counts no more."""

    subject_type: ClassVar[str] = "scorecard"
    extra_id: UUID
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPolicyWritten(Event):
    """There is a new version of the rules by which scores are made."""

    subject_type: ClassVar[str] = "scoring_policy"
    version: int
    valid_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionKpisWritten(Event):
    """What the incumbents of a position are measured by was written anew."""

    subject_type: ClassVar[str] = "position"
    count: int
