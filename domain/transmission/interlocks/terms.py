"""The words of interlocks."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.kernel.permits import Action


class InterlockStatus(StrEnum):
    """Where a promise between units stands."""

    PROPOSED = "PROPOSED"
    CONFIRMED = "CONFIRMED"
    DELIVERED = "DELIVERED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


class InterlockAct(StrEnum):
    """What can be done with it."""

    AMEND = "AMEND"
    CONFIRM = "CONFIRM"
    DECLINE = "DECLINE"
    DELIVER = "DELIVER"
    ACCEPT = "ACCEPT"
    REJECT = "REJECT"
    WITHDRAW = "WITHDRAW"
    HAND_OVER = "HAND_OVER"


PERMITTED_AS: dict[InterlockAct, Action] = {
    InterlockAct.AMEND: Action.AMEND_INTERLOCK,
    InterlockAct.CONFIRM: Action.CONFIRM_INTERLOCK,
    InterlockAct.DECLINE: Action.CONFIRM_INTERLOCK,
    InterlockAct.DELIVER: Action.DELIVER_INTERLOCK,
    InterlockAct.ACCEPT: Action.ANSWER_INTERLOCK,
    InterlockAct.REJECT: Action.ANSWER_INTERLOCK,
    InterlockAct.WITHDRAW: Action.WITHDRAW_INTERLOCK,
    InterlockAct.HAND_OVER: Action.HAND_OVER_INTERLOCK,
}


class InterlockStepKind(StrEnum):
    """What was done with it."""

    PROPOSED = "PROPOSED"
    AMENDED = "AMENDED"
    CONFIRMED = "CONFIRMED"
    DECLINED = "DECLINED"
    DELIVERED = "DELIVERED"
    ACCEPTED = "ACCEPTED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    HANDED_OVER = "HANDED_OVER"


class InterlockOutcome(StrEnum):
    """What became of a promise that both sides confirmed."""

    OPEN = "OPEN"
    KEPT = "KEPT"
    BROKEN = "BROKEN"


class InterlockSide(StrEnum):
    """Who promises, and who is promised something."""

    PROVIDER = "PROVIDER"
    RECEIVER = "RECEIVER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is promised."""

    output: str
    criteria: str
    due_on: date
    output_zh: str | None = None
    criteria_zh: str | None = None
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who stands for a side, and for which unit: that in which they mainly work, unless one is named."""

    person_id: UUID
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewInterlock:
    """A promise to be proposed."""

    cycle_id: UUID
    provider: Party
    receiver: Party
    terms: Terms
    objective_id: UUID | None = None
