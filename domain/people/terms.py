"""The words of people: kinds of units, enterprise forms, kinds of reporting lines, and what holds during a period."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class UnitKind(StrEnum):
    """How large a part of the group a unit is."""

    GROUP = "GROUP"
    COMPANY = "COMPANY"
    DEPARTMENT = "DEPARTMENT"
    TEAM = "TEAM"


class EnterpriseForm(StrEnum):
    """What business a unit is in; a unit has its parent's form unless it names its own."""

    HOLDING = "HOLDING"
    AIRLINE = "AIRLINE"
    MANUFACTURING = "MANUFACTURING"
    RETAIL = "RETAIL"
    TECHNOLOGY = "TECHNOLOGY"
    PROFESSIONAL_SERVICES = "PROFESSIONAL_SERVICES"
    FINANCIAL_SERVICES = "FINANCIAL_SERVICES"
    LOGISTICS = "LOGISTICS"
    ENERGY = "ENERGY"
    REAL_ESTATE = "REAL_ESTATE"
    HEALTHCARE = "HEALTHCARE"
    HOSPITALITY = "HOSPITALITY"


class LineKind(StrEnum):
    """LINE leads to the manager who approves, DOTTED to one who also directs some of the work."""

    LINE = "LINE"
    DOTTED = "DOTTED"


class Locale(StrEnum):
    """The languages of the product."""

    ENGLISH = "en"
    CHINESE = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """Something that holds from `valid_from` up to but without `valid_to`."""

    id: UUID
    valid_from: date
    valid_to: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Dated):
    """What a unit is called and where it stands during a period."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    name_zh: str | None
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Dated):
    """An employment: `share` is percent of full time."""

    person_id: UUID
    unit_id: UUID
    position_id: UUID
    share: int
    is_primary: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Dated):
    """Who answers to whom during a period."""

    person_id: UUID
    manager_id: UUID
    kind: LineKind
