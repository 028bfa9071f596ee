"""Facts about plans, investments and assumptions."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDrafted(Event):
    """There is a new version of a year's plan."""

    subject_type: ClassVar[str] = "annual_plan"
    year: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWritten(Event):
    """Lines of a draft were written; which ones stands in their rows."""

    subject_type: ClassVar[str] = "annual_plan"
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSubmitted(Event):
    """A version waits for a decision."""

    subject_type: ClassVar[str] = "annual_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReturned(Event):
    """A submitted version is a draft again."""

    subject_type: ClassVar[str] = "annual_plan"
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApproved(Event):
    """A version holds from now on; the one that held before, if any, does not."""

    subject_type: ClassVar[str] = "annual_plan"
    year: int
    superseded_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentProposed(Event):
    """Somebody asks for money."""

    subject_type: ClassVar[str] = "investment"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentEdited(Event):
    """A proposal says something else."""

    subject_type: ClassVar[str] = "investment"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentApproved(Event):
    """The money was granted, all of it or a part."""

    subject_type: ClassVar[str] = "investment"
    approved: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDecided(Event):
    """A stage gate was decided about."""

    subject_type: ClassVar[str] = "investment"
    gate_id: UUID
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowsRecorded(Event):
    """It was told what really came in and went out, up to a year."""

    subject_type: ClassVar[str] = "investment"
    through_year: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestmentReviewed(Event):
    """What became of it was compared with what was planned."""

    subject_type: ClassVar[str] = "investment"
    review_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionRegistered(Event):
    """Plans take something for granted."""

    subject_type: ClassVar[str] = "assumption"
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionChanged(Event):
    """Its words, owner or range are others."""

    subject_type: ClassVar[str] = "assumption"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionRead(Event):
    """It was told how it stands on a day (an ISO date)."""

    subject_type: ClassVar[str] = "assumption"
    reading_id: UUID
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionBroken(Event):
    """Its newest reading left the range: what leans on it must be looked at again."""

    subject_type: ClassVar[str] = "assumption"
    reading_id: UUID
    owner_id: UUID
    flags: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionRestored(Event):
    """Its newest reading, or its new range, says that it holds again; what was flagged stays to be settled."""

    subject_type: ClassVar[str] = "assumption"
    owner_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionLinked(Event):
    """Something leans on it."""

    subject_type: ClassVar[str] = "assumption"
    link_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AssumptionUnlinked(Event):
    """Something leans on it no more."""

    subject_type: ClassVar[str] = "assumption"
    link_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSettled(Event):
    """It was decided what follows for a target from a broken assumption."""

    subject_type: ClassVar[str] = "revision_flag"
    assumption_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDerived(Event):
    """A strategic objective of a year comes from an account of a plan."""

    subject_type: ClassVar[str] = "derivation"
    strategic_objective_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivationEnded(Event):
    """It comes from it no more."""

    subject_type: ClassVar[str] = "derivation"
    strategic_objective_id: UUID
