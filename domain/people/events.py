"""What happened to units and persons. `effective_on` is an ISO date and may lie in the future."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCreated(Event):
    subject_type: ClassVar[str] = "unit"
    parent_id: UUID | None
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitMoved(Event):
    subject_type: ClassVar[str] = "unit"
    parent_id: UUID
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(Event):
    subject_type: ClassVar[str] = "unit"
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHired(Event):
    subject_type: ClassVar[str] = "person"
    unit_id: UUID
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMoved(Event):
    """The primary employment changed its unit or position."""

    subject_type: ClassVar[str] = "person"
    unit_id: UUID
    position_id: UUID
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLeft(Event):
    """`effective_on` is the first day without employment."""

    subject_type: ClassVar[str] = "person"
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLineChanged(Event):
    """The line manager changed: open approvals follow on `effective_on`."""

    subject_type: ClassVar[str] = "person"
    manager_id: UUID | None
    previous_manager_id: UUID | None
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGranted(Event):
    subject_type: ClassVar[str] = "person"
    role: str
    unit_id: UUID | None
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEnded(Event):
    subject_type: ClassVar[str] = "person"
    role: str
    unit_id: UUID | None
    effective_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalsDelegated(Event):
    """The subject is the delegation; `ends_on` is its last day."""

    subject_type: ClassVar[str] = "delegation"
    from_id: UUID
    to_id: UUID
    starts_on: str
    ends_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationEnded(Event):
    subject_type: ClassVar[str] = "delegation"
    from_id: UUID
    to_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Event):
    subject_type: ClassVar[str] = "person"
    locale: str
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationImported(Event):
    """The subject is the import; how many persons it added, moved and ended."""

    subject_type: ClassVar[str] = "import_run"
    persons_added: int
    persons_changed: int
    persons_ended: int
    units_added: int
