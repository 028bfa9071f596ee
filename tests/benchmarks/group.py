"""The generated group: 10,000 people and a million check-ins, the same on every machine, loaded by COPY."""

import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import asyncpg

from domain.kernel import database
from tests.benchmarks import group_objectives, group_people, group_scorecards
from tests.benchmarks.tables import Row, Table

if TYPE_CHECKING:
    from domain.kernel.database import Connection

LINES_AT_ONCE = 5000
CONSTRAINTS = """
select conrelid::regclass::text as owner, pg_get_constraintdef(oid) as definition from pg_constraint
where contype in ('f', 'c') and connamespace = 'public'::regnamespace order by 1, conname
"""
TABLES = (*group_people.TABLES, *group_objectives.TABLES, *group_scorecards.TABLES)


async def load(url: str, say: Callable[[str], None], *, people: int = group_people.PEOPLE) -> None:
    """Migrates an empty database and fills it; a line for every table."""
    await database.migrate(url)
    await copy(url, say, people=people)


async def copy(url: str, say: Callable[[str], None], *, people: int) -> None:
    """Fills a migrated database, a hundred check-ins for each of the people."""
    connection = await asyncpg.connect(url)
    try:
        # Asking the constraints row by row would take most of the time; they are asked once, at the end.
        await connection.execute("set session_replication_role = replica")
        for table in TABLES:
            begun = time.monotonic()
            count = await fill(connection, table, people)
            say(f"{count:>9,} {table.name} in {time.monotonic() - begun:.1f} s")
        await connection.execute("set session_replication_role = origin")
        say(f"{await prove(connection):>9} constraints hold")
        await connection.execute("vacuum (freeze, analyze)")
    finally:
        await connection.close()


async def prove(connection: "Connection") -> int:
    """Asks every check and foreign key again of all rows; how many there are. Raises what the database says."""
    constraints = await connection.fetch(CONSTRAINTS)
    for one in constraints:
        trial = connection.transaction()
        await trial.start()
        await connection.execute(f"alter table {one['owner']} add constraint again {one['definition']}")
        await trial.rollback()
    return len(constraints)


async def fill(connection: "Connection", table: Table, people: int) -> int:
    """Copies the rows of one table; how many there were."""
    said = await connection.copy_to_table(
        table.name, source=encoded(table.rows(people)), columns=list(table.columns), schema_name="public"
    )
    return int(said.removeprefix("COPY "))


async def encoded(rows: Iterable[Row]) -> AsyncGenerator[bytes]:
    """Rows in COPY's text format, many at once."""
    for some in batches(iter(rows)):
        yield "".join(map(line, some)).encode()


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, LINES_AT_ONCE)):
        yield some


def line(row: Row) -> str:
    return "\t".join(["\\N" if value is None else str(value) for value in row]) + "\n"
