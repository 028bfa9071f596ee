"""The words of investments."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.ids import new_id


class InvestmentState(StrEnum):
    """PROPOSED asks for money, APPROVED has some, STOPPED was given up at a gate, COMPLETED was reviewed at its end."""

    PROPOSED = "PROPOSED"
    APPROVED = "APPROVED"
    STOPPED = "STOPPED"
    COMPLETED = "COMPLETED"


class FlowKind(StrEnum):
    """PLANNED is what was decided on, ACTUAL what came of it."""

    PLANNED = "PLANNED"
    ACTUAL = "ACTUAL"


class GateVerdict(StrEnum):
    """GO passes the gate, HOLD waits before it, RECYCLE sends back to the stage before it, STOP gives up."""

    GO = "GO"
    HOLD = "HOLD"
    RECYCLE = "RECYCLE"
    STOP = "STOP"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """For which strategic objective an investment is, and how much of it in percent."""

    strategic_objective_id: UUID
    share: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A point at which it is decided whether to go on."""

    name: str
    name_zh: str | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """All that is said of an investment before it is approved. `flows` are of consecutive years, the first named."""

    code: str
    name: str
    unit_id: UUID
    owner_id: UUID
    currency: str
    discount_rate: Decimal
    asked: Decimal
    first_year: int
    flows: tuple[Decimal, ...]
    name_zh: str | None = None
    funds: tuple[Fund, ...] = ()
    gates: tuple[Gate, ...] = ()
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Flow:
    """What comes in, or goes out, in a year."""

    year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A gate and whether it is passed, in the order of the gates."""

    id: UUID
    name: str
    is_passed: bool
