"""Facts about alignments. Numbers and words stay with the alignment itself; who reads an entry looks them up."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentEvent(Event):
    """A fact about an alignment as its version `version` says it; `child_id` is its lower end, if there is one yet.

    `asked_id` is whose turn it is now, `told_id` who waited for this. Of the strategy office, nobody in person.
    """

    subject_type: ClassVar[str] = "alignment"
    version: int
    child_id: UUID | None
    asked_id: UUID | None = None
    told_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceThrown(AlignmentEvent):
    """A part of a target was thrown down to who is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentProposed(AlignmentEvent):
    """One side asked the other to agree that one objective serves another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentCountered(AlignmentEvent):
    """The receiver offers another amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentInsisted(AlignmentEvent):
    """The thrower stands by the amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentEscalated(AlignmentEvent):
    """Both sides had their turns and do not agree: the thrower's line manager is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentAccepted(AlignmentEvent):
    """Both sides agree: it counts from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentDeclined(AlignmentEvent):
    """Who was asked said no, with a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentWithdrawn(AlignmentEvent):
    """Who proposed it takes it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignmentWeighed(AlignmentEvent):
    """How much an agreed edge counts was changed, or whether it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitEvent(Event):
    """A fact about how the target of a key result of `owner_id` is thrown down."""

    subject_type: ClassVar[str] = "key_result"
    owner_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetThrown(SplitEvent):
    """A target went down in slices."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitClosed(SplitEvent):
    """All slices are settled: what was thrown down stands."""
