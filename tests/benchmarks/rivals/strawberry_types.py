"""The types of the Strawberry app, made from rows of the ORM; what is nested comes by loaders."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias
from uuid import UUID

import strawberry

from domain.inbox import model as inbox
from domain.objectives import model as objectives
from domain.objectives import traces
from domain.people import model as people
from tests.benchmarks.rivals.strawberry_loaders import Loaders

Info: TypeAlias = strawberry.Info[dict[str, Loaders], None]
ACTIONS = {
    "DRAFT": ["EDIT", "SUBMIT"],
    "DECLINED": ["EDIT", "SUBMIT"],
    "INFORMATION_REQUESTED": ["EDIT", "SUBMIT", "WITHDRAW"],
    "SUBMITTED": ["WITHDRAW"],
    "ACTIVE": ["CHECK_IN"],
}


def loaders(info: Info) -> Loaders:
    return info.context["loaders"]


def rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def part_of(row: objectives.KeyResult) -> traces.Part:
    return traces.Part(key_result_id=str(row.id), title=row.title, weight=row.weight, progress=row.progress)


def identity(key: UUID) -> strawberry.ID:
    return strawberry.ID(str(key))


@strawberry.type
class Person:
    id: strawberry.ID
    name: str
    name_zh: str | None

    @strawberry.field
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in [words[0], *words[1:][-1:]]).upper()

    @classmethod
    def of(cls, row: people.Person) -> "Person":
        return cls(id=identity(row.id), name=row.name, name_zh=row.name_zh)


@strawberry.type
class Cycle:
    id: strawberry.ID
    name: str
    name_zh: str | None
    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, row: objectives.Cycle) -> "Cycle":
        return cls(
            id=identity(row.id), name=row.name, name_zh=row.name_zh, starts_on=row.starts_on, ends_on=row.ends_on
        )


@strawberry.type
class CheckIn:
    id: strawberry.ID
    confidence: int | None
    recorded_at: datetime

    @classmethod
    def of(cls, row: objectives.CheckIn) -> "CheckIn":
        return cls(id=identity(row.id), confidence=row.confidence, recorded_at=row.recorded_at)


@strawberry.type
class KeyResult:
    id: strawberry.ID
    title: str
    kind: str
    unit_of_measure: str
    weight: int
    start: Decimal | None
    target: Decimal | None
    low: Decimal | None
    high: Decimal | None
    current: Decimal | None
    progress: Decimal | None
    latest_check_in_id: strawberry.Private[UUID | None]

    @strawberry.field
    async def latest_check_in(self, info: Info) -> CheckIn | None:
        if self.latest_check_in_id is None:
            return None
        row = await loaders(info).check_in.load(self.latest_check_in_id)
        return row and CheckIn.of(row)

    @classmethod
    def of(cls, row: objectives.KeyResult) -> "KeyResult":
        return cls(
            id=identity(row.id),
            title=row.title,
            kind=row.kind,
            unit_of_measure=row.unit_of_measure,
            weight=row.weight,
            start=row.start,
            target=row.target,
            low=row.low,
            high=row.high,
            current=row.current,
            progress=rounded(row.progress),
            latest_check_in_id=row.latest_check_in_id,
        )


@strawberry.type
class ProgressShare:
    title: str
    weight: int
    share: Decimal | None
    contribution: Decimal | None

    @classmethod
    def of(cls, line: traces.Share) -> "ProgressShare":
        part = line.part
        return cls(title=part.title, weight=part.weight, share=line.share, contribution=line.contribution)


@strawberry.type
class ProgressTrace:
    progress: Decimal | None
    shares: list[ProgressShare]


@strawberry.type
class Objective:
    id: strawberry.ID
    title: str
    state: str
    weight: int
    version: int
    progress: Decimal | None
    created_at: datetime
    key: strawberry.Private[UUID]

    @strawberry.field
    def viewer_can(self) -> list[str]:
        return ACTIONS.get(self.state, [])

    @strawberry.field
    async def key_results(self, info: Info) -> list[KeyResult]:
        return [KeyResult.of(row) for row in await loaders(info).key_results.load(self.key)]

    @strawberry.field
    async def progress_trace(self, info: Info) -> ProgressTrace:
        """By the product's own rules."""
        rows = await loaders(info).key_results.load(self.key)
        trace = traces.trace([part_of(row) for row in rows])
        return ProgressTrace(progress=trace.progress, shares=[ProgressShare.of(line) for line in trace.shares])

    @strawberry.field
    async def children(self, info: Info, first: int = 20) -> "Objectives":
        rows = await loaders(info).children.load(self.key)
        return Objectives(nodes=[Objective.of(row) for row in rows[:first]])

    @classmethod
    def of(cls, row: objectives.Objective) -> "Objective":
        return cls(
            id=identity(row.id),
            title=row.title,
            state=row.state,
            weight=row.weight,
            version=row.version,
            progress=rounded(row.progress),
            created_at=row.created_at,
            key=row.id,
        )


@strawberry.type
class Objectives:
    nodes: list[Objective]


@strawberry.type
class Approval:
    id: strawberry.ID
    state: str
    objective_id: strawberry.Private[UUID]
    requested_by_id: strawberry.Private[UUID]

    @strawberry.field
    async def objective(self, info: Info) -> Objective | None:
        row = await loaders(info).objective.load(self.objective_id)
        return row and Objective.of(row)

    @strawberry.field
    async def requested_by(self, info: Info) -> Person | None:
        row = await loaders(info).person.load(self.requested_by_id)
        return row and Person.of(row)

    @classmethod
    def of(cls, row: objectives.Approval) -> "Approval":
        return cls(
            id=identity(row.id), state=row.state, objective_id=row.objective_id, requested_by_id=row.requested_by_id
        )


@strawberry.type
class Approvals:
    nodes: list[Approval]


@strawberry.type
class InboxItem:
    id: strawberry.ID
    kind: str
    state: str
    created_at: datetime
    read_at: datetime | None
    row: strawberry.Private[inbox.InboxItem]

    @strawberry.field
    async def actor(self, info: Info) -> Person | None:
        if self.row.actor_id is None:
            return None
        row = await loaders(info).person.load(self.row.actor_id)
        return row and Person.of(row)

    @strawberry.field
    async def objective(self, info: Info) -> Objective | None:
        if self.row.subject_type != "objective":
            return None
        row = await loaders(info).objective.load(self.row.subject_id)
        return row and Objective.of(row)

    @strawberry.field
    async def approval(self, info: Info) -> Approval | None:
        if self.row.approval_id is None:
            return None
        row = await loaders(info).approval.load(self.row.approval_id)
        return row and Approval.of(row)

    @classmethod
    def of(cls, row: inbox.InboxItem) -> "InboxItem":
        return cls(
            id=identity(row.id),
            kind=row.kind,
            state=row.state,
            created_at=row.created_at,
            read_at=row.read_at,
            row=row,
        )


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Inbox:
    nodes: list[InboxItem]
    page_info: PageInfo
