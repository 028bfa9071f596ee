"""The words of annual plans."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.ids import new_id


class Account(StrEnum):
    """What is planned. REVENUE, COST and PROFIT are money; HEADCOUNT stands at the end of a month."""

    REVENUE = "REVENUE"
    COST = "COST"
    PROFIT = "PROFIT"
    VOLUME = "VOLUME"
    HEADCOUNT = "HEADCOUNT"


MONEY = frozenset({Account.REVENUE, Account.COST, Account.PROFIT})


class PlanState(StrEnum):
    """DRAFT is written, SUBMITTED waits for a decision, APPROVED holds, SUPERSEDED held once."""

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    APPROVED = "APPROVED"
    SUPERSEDED = "SUPERSEDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A new version of a group's plan: empty, or with the lines of the version that it is made from."""

    unit_id: UUID
    year: int
    name: str
    currency: str
    name_zh: str | None = None
    starts_on: date | None = None
    """The first day of its first month; the first of January unless named."""
    tree_on: date | None = None
    """The units are those of this day; the first day of the plan or today, whichever is later, unless named."""
    made_from_id: UUID | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """The whole year of one account of one unit: an amount or None for each of twelve months."""

    unit: str
    """By its code."""
    account: Account
    amounts: tuple[Decimal | None, ...]
    unit_of_measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTotal:
    """What somebody says that a unit and all units below it come to in the year; None says nothing any more."""

    unit: str
    account: Account
    amount: Decimal | None
    unit_of_measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Of what a plan's rows are judged: its currency, first day, and the units below its group by their codes."""

    currency: str
    starts_on: date
    units: dict[str, UUID]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a row of the year stands: a unit, an account and what its amounts are counted in."""

    unit_id: UUID
    account: Account
    unit_of_measure: str


@dataclass(frozen=True, slots=True)
class Line:
    """The amount of a month, named by its first day; None takes it away."""

    cell: Cell
    period: date
    amount: Decimal | None
