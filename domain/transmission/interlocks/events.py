"""Facts about promises between units."""

from dataclasses import dataclass
from typing import ClassVar

from domain.kernel.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockEvent(Event):
    """A fact about an interlock, which is at this version since."""

    subject_type: ClassVar[str] = "interlock"
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockProposed(InterlockEvent):
    """It was proposed, or proposed anew in other words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockConfirmed(InterlockEvent):
    """One side, or the other one as well, confirmed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockDeclined(InterlockEvent):
    """One side said no."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockDelivered(InterlockEvent):
    """The provider delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockAccepted(InterlockEvent):
    """The receiver accepted what was delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockRejected(InterlockEvent):
    """The receiver rejected what was delivered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockWithdrawn(InterlockEvent):
    """It was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterlockHandedOver(InterlockEvent):
    """Somebody else stands for a side."""
