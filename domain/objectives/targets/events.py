"""Facts about targets."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RatchetPolicyKept(Event):
    """How far targets of a unit must exceed was written anew."""

    subject_type: ClassVar[str] = "unit"
    policy_id: UUID
    version: int
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresAdjusted(Event):
    """What a key result reached was made comparable with later cycles."""

    subject_type: ClassVar[str] = "key_result"
    adjustment_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionEvent(Event):
    """A fact about an exemption of an objective of `owner_id`."""

    subject_type: ClassVar[str] = "exemption"
    objective_id: UUID
    owner_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionAsked(ExemptionEvent):
    """An owner asked to stay below the last target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionGranted(ExemptionEvent):
    """A manager agreed; a second person has to confirm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionConfirmed(ExemptionEvent):
    """A second person agreed; it is in force until its last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionDeclined(ExemptionEvent):
    """Somebody who could have agreed declined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExemptionWithdrawn(ExemptionEvent):
    """Its owner took it back before it was confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionEvent(Event):
    """A fact about who contributed what to an objective."""

    subject_type: ClassVar[str] = "objective"
    statement_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionsProposed(ContributionEvent):
    """The owner said who contributed what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContributionsAgreed(ContributionEvent):
    """The shares are agreed and add up to 100."""
