"""The words of the cascade."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.permits import Action


class AlignmentMethod(StrEnum):
    """How an objective serves what is above it."""

    SHARED = "SHARED"
    SPLIT = "SPLIT"
    WEIGHTED = "WEIGHTED"
    QUALITATIVE = "QUALITATIVE"


class AlignmentState(StrEnum):
    """How far both sides agree."""

    DRAFT = "DRAFT"
    """A slice that is not thrown yet: nobody but who prepares it knows of it."""
    PROPOSED_DOWN = "PROPOSED_DOWN"
    PROPOSED_UP = "PROPOSED_UP"
    COUNTER_PROPOSED = "COUNTER_PROPOSED"
    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class SplitMethod(StrEnum):
    """By what a target is divided."""

    EQUAL = "EQUAL"
    WEIGHT = "WEIGHT"
    HISTORY = "HISTORY"
    CAPACITY = "CAPACITY"
    HYBRID = "HYBRID"
    GIVEN = "GIVEN"


class SplitState(StrEnum):
    """A draft is its author's alone; a published one is with its receivers; a closed one stands."""

    DRAFT = "DRAFT"
    PUBLISHED = "PUBLISHED"
    CLOSED = "CLOSED"


class Act(StrEnum):
    """What one side does in its turn; `PROPOSE` begins."""

    PROPOSE = "PROPOSE"
    ACCEPT = "ACCEPT"
    DECLINE = "DECLINE"
    COUNTER = "COUNTER"
    ACCEPT_COUNTER = "ACCEPT_COUNTER"
    INSIST = "INSIST"
    WITHDRAW = "WITHDRAW"


PERMITTED_AS: dict[Act, Action] = {
    Act.ACCEPT: Action.ANSWER_ALIGNMENT,
    Act.DECLINE: Action.ANSWER_ALIGNMENT,
    Act.COUNTER: Action.ANSWER_ALIGNMENT,
    Act.ACCEPT_COUNTER: Action.ANSWER_ALIGNMENT,
    Act.INSIST: Action.ANSWER_ALIGNMENT,
    Act.WITHDRAW: Action.WITHDRAW_ALIGNMENT,
}
"""Who answers is whose turn it is; who withdraws is who proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a receiver brings to a division; which of it matters depends on the method."""

    name: str
    """By which a refusal names it."""
    weight: int | None = None
    history: Decimal | None = None
    capacity: Decimal | None = None
    amount: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """How a total is divided: `reserve` is held back, `whole` slices have no decimals.

    `history_share` is the part of history in a hybrid division, from 0 to 1; the rest goes by capacity.
    """

    method: SplitMethod
    reserve: Decimal = Decimal(0)
    whole: bool = False
    history_share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Whom a slice is thrown to: a person, for a unit that they lead; `part` is what they bring."""

    person_id: UUID
    part: Part
    unit_id: UUID | None = None
