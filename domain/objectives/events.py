"""Facts about objectives."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveEvent(Event):
    """A fact about an objective of `owner_id`."""

    subject_type: ClassVar[str] = "objective"
    owner_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDrafted(ObjectiveEvent):
    """An owner began to write an objective."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveEdited(ObjectiveEvent):
    """An owner changed an objective that is not under review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveSubmitted(ObjectiveEvent):
    """An owner asked for approval of one version."""

    approval_id: UUID
    approver_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveWithdrawn(ObjectiveEvent):
    """A request for approval was taken back, by its owner or with the end of its cycle."""

    approval_id: UUID
    approver_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDecided(ObjectiveEvent):
    """An approver decided; `approver_id` is whom the request was addressed to."""

    approval_id: UUID
    approver_id: UUID
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveApproved(ApprovalDecided):
    """The approver promised along; the objective is active."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectiveDeclined(ApprovalDecided):
    """The approver declined; the objective stays with its owner."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationRequested(ApprovalDecided):
    """The approver needs to know more first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRerouted(ObjectiveEvent):
    """The owner has a new manager, who now decides the open request."""

    approval_id: UUID
    approver_id: UUID
    former_approver_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedIn(ObjectiveEvent):
    """A key result was moved by its owner or by a partner system."""

    key_result_id: UUID
    check_in_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentSaidBack(ObjectiveEvent):
    """An owner said in own words what the objective inherits; `manager_id` is the line manager of the day, if any."""

    teach_back_id: UUID
    intent_id: UUID
    manager_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SayBackAnswered(ObjectiveEvent):
    """Somebody of the line, or the strategy office, answered what was said back."""

    teach_back_id: UUID
    intent_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SayBackAccepted(SayBackAnswered):
    """The intent was understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayBackReturned(SayBackAnswered):
    """The intent is to be said back once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleOpened(Event):
    """Goals can be set for a period."""

    subject_type: ClassVar[str] = "cycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleClosed(Event):
    """A period is over and judged: how many objectives were achieved, missed, or never promised."""

    subject_type: ClassVar[str] = "cycle"
    achieved: int
    missed: int
    archived: int
