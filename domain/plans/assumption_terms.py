"""The words of assumptions."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.ids import new_id
from domain.plans.terms import Account


class AssumptionKind(StrEnum):
    """What is taken for granted."""

    FX = "FX"
    PRICE = "PRICE"
    COST = "COST"
    INTEREST = "INTEREST"
    POLICY = "POLICY"
    DEMAND = "DEMAND"
    VOLUME = "VOLUME"
    CAPACITY = "CAPACITY"
    WORKFORCE = "WORKFORCE"
    OTHER = "OTHER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What an assumption says. The range includes both ends; one of them may be open."""

    name: str
    kind: AssumptionKind
    owner_id: UUID
    unit_of_measure: str
    trigger: str
    """What is to be done when it leaves its range."""
    low: Decimal | None = None
    high: Decimal | None = None
    name_zh: str | None = None
    trigger_zh: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAssumption:
    """An assumption to be registered."""

    code: str
    content: Content
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How an assumption stands on a day, and who says so."""

    read_on: date
    value: Decimal
    source: str
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What leans on an assumption: exactly one of these ids; of a plan perhaps only an account of a unit."""

    strategic_objective_id: UUID | None = None
    plan_id: UUID | None = None
    unit_id: UUID | None = None
    account: Account | None = None
    investment_id: UUID | None = None
    measure_id: UUID | None = None
    objective_id: UUID | None = None
    id: UUID = field(default_factory=new_id)
