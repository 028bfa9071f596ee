"""Reads and writes dated rows, set by set: terms of units, employments, reporting lines."""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar
from uuid import UUID

from domain.kernel.work import Work
from domain.people.rules import Change, CodeTaken
from domain.people.terms import Dated, Job, Line, LineKind, Term

if TYPE_CHECKING:
    from domain.kernel.database import Connection

Period = TypeVar("Period", bound=Dated)


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Period]):
    """A table of dated rows of one subject each."""

    table: str
    row: type[Period]
    subject: str
    types: Mapping[str, str]
    """PostgreSQL types of the columns besides id and period."""
    words: Mapping[str, Callable[[str], object]] = field(default_factory=dict[str, Callable[[str], object]])
    """Columns that hold the words of an enum, or are otherwise read as something else."""
    written: Mapping[str, Callable[[object], object]] = field(default_factory=dict[str, Callable[[object], object]])
    """Columns that are stored otherwise than they are held."""

    @property
    def columns(self) -> dict[str, str]:
        """All columns but the tenant, with their types."""
        return {"id": "uuid", "valid_from": "date", "valid_to": "date", **self.types}


TERMS = Sheet(
    "unit_term",
    Term,
    "unit_id",
    {"unit_id": "uuid", "parent_id": "uuid", "name": "text", "name_zh": "text", "form": "text"},
)
JOBS = Sheet(
    "employment",
    Job,
    "person_id",
    {"person_id": "uuid", "unit_id": "uuid", "position_id": "uuid", "share": "integer", "is_primary": "boolean"},
)
LINES = Sheet(
    "reporting_line",
    Line,
    "person_id",
    {"person_id": "uuid", "manager_id": "uuid", "kind": "text"},
    words={"kind": LineKind},
)


async def of(
    connection: "Connection", sheet: Sheet[Period], tenant_id: UUID, *, subjects: Iterable[UUID]
) -> dict[UUID, list[Period]]:
    """All rows of the subjects, past and future, in the order of time; a subject without rows has an empty list."""
    found: dict[UUID, list[Period]] = {subject: [] for subject in subjects}
    rows = await connection.fetch(
        f"""select {sheet.subject} subject, {", ".join(sheet.columns)} from {sheet.table}
            where tenant_id = $1 and {sheet.subject} = any($2) order by valid_from, id""",
        tenant_id,
        list(found),
    )
    columns = list(sheet.columns)
    for subject, *values in rows:
        cells = dict(zip(columns, values, strict=True))
        cells |= {name: word(cells[name]) for name, word in sheet.words.items()}
        found[subject].append(sheet.row(**cells))
    return found


async def write(
    connection: "Connection", sheet: Sheet[Period], tenant_id: UUID, *, changes: Sequence[Change[Period]]
) -> None:
    """Remove, shorten, then add, so that no two rows ever overlap."""
    await _remove(connection, sheet, tenant_id, ids=[row for change in changes for row in change.removed])
    ends = [end for change in changes for end in change.shortened]
    if ends:
        await connection.execute(
            f"""update {sheet.table} t set valid_to = e.valid_to
                from unnest($2::uuid[], $3::date[]) e (id, valid_to) where t.tenant_id = $1 and t.id = e.id""",
            tenant_id,
            [row for row, _ in ends],
            [end for _, end in ends],
        )
    await add(connection, sheet, tenant_id, rows=[row for change in changes for row in change.added])


async def _remove(connection: "Connection", sheet: Sheet[Period], tenant_id: UUID, *, ids: Sequence[UUID]) -> None:
    if ids:
        await connection.execute(f"delete from {sheet.table} where tenant_id = $1 and id = any($2)", tenant_id, ids)


async def add(connection: "Connection", sheet: Sheet[Period], tenant_id: UUID, *, rows: Sequence[Period]) -> None:
    """Insert the rows in one statement."""
    if not rows:
        return
    await insert(connection, sheet.table, tenant_id, columns=sheet.columns, rows=[_values(sheet, row) for row in rows])


def _values(sheet: Sheet[Period], row: Period) -> tuple[object, ...]:
    known = {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}
    known |= {name: write(known[name]) for name, write in sheet.written.items()}
    return tuple(known[name] for name in sheet.columns)


async def insert(
    connection: "Connection",
    table: str,
    tenant_id: UUID,
    *,
    columns: Mapping[str, str],
    rows: Sequence[tuple[object, ...]],
) -> None:
    """Insert tuples in the order of `columns` (name → PostgreSQL type) in one statement."""
    if not rows:
        return
    slots = ", ".join(f"${at}::{kind}[]" for at, kind in enumerate(columns.values(), 2))
    await connection.execute(
        f"insert into {table} (tenant_id, {', '.join(columns)}) select $1, * from unnest({slots})",
        tenant_id,
        *(list(values) for values in zip(*rows, strict=True)),
    )


async def refuse_taken_codes(work: Work, table: str, codes: Sequence[str]) -> None:
    """CodeTaken when a code of the tenant's units, positions or persons exists, or comes twice."""
    rows = await work.connection.fetch(
        f"select code from {table} where tenant_id = $1 and code = any($2)", work.actor.tenant_id, codes
    )
    taken = {row["code"] for row in rows} | {code for code, count in Counter(codes).items() if count > 1}
    if taken:
        raise CodeTaken(sorted(taken))
