"""Facts about recall; none of them tells what was said."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallAsked(Event):
    """A round was opened."""

    subject_type: ClassVar[str] = "recall_round"
    unit_id: UUID
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallWordsSaid(Event):
    """A person fixed their words."""

    subject_type: ClassVar[str] = "recall_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallGiven(Event):
    """A person finished their answer."""

    subject_type: ClassVar[str] = "recall_question"
