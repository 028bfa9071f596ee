"""How the generated rows come into the database: by COPY, table by table; of a large group several tables at once."""

import asyncio
import multiprocessing
import os
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING

import asyncpg

from tests.benchmarks import group_objectives, group_people, group_scorecards
from tests.benchmarks.tables import Row, Table

if TYPE_CHECKING:
    from domain.kernel.database import Connection

LINES_AT_ONCE = 5000
PROCESSES_MAX = 4
TABLES = (*group_people.TABLES, *group_objectives.TABLES, *group_scorecards.TABLES)
LONGEST_FIRST = ("key_result", "check_in", "inbox_item", "objective", "approval", "actual", "reporting_closure")
INDEXES = """
select i.indexrelid::regclass::text as name, replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON ') as definition
from pg_index i join pg_class c on c.oid = i.indexrelid
where c.relnamespace = 'public'::regnamespace and not c.relispartition
and not exists (select from pg_constraint where conindid = i.indexrelid) order by 1
"""
"""Those that are no constraint; of a divided table the one that stands for all of its partitions."""
Say = Callable[[str], None]


async def fill(connection: "Connection", say: Say, *, people: int) -> None:
    """Fills one table after the other."""
    for table in TABLES:
        say(await _copied(connection, table, people))


async def fill_large(connection: "Connection", url: str, say: Say, *, people: int) -> None:
    """Fills several tables at once, by processes of their own, and makes the indexes when all rows are there.

    To sort the entries of an index once is quicker than to find the place of each.
    """
    indexes = await connection.fetch(INDEXES)
    for one in indexes:
        await connection.execute(f"drop index {one['name']}")
    names = [*LONGEST_FIRST, *(table.name for table in TABLES if table.name not in LONGEST_FIRST)]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(PROCESSES_MAX, os.cpu_count() or 1), mp_context=context) as pool:
        loop = asyncio.get_running_loop()
        copies = [loop.run_in_executor(pool, _copy_alone, url, name, people) for name in names]
        for copy in asyncio.as_completed(copies):
            say(await copy)
    begun = time.monotonic()
    for one in indexes:
        await connection.execute(one["definition"])
    say(f"{len(indexes):>9} indexes in {time.monotonic() - begun:.0f} s")


def _copy_alone(url: str, name: str, people: int) -> str:
    """In a process of its own."""
    [table] = [one for one in TABLES if one.name == name]

    async def copied() -> str:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute("set session_replication_role = replica")
            return await _copied(connection, table, people)
        finally:
            await connection.close()

    return asyncio.run(copied())


async def _copied(connection: "Connection", table: Table, people: int) -> str:
    """Copies the rows of one table; says how many there were."""
    begun = time.monotonic()
    said = await connection.copy_to_table(
        table.name, source=encoded(table.rows(people)), columns=list(table.columns), schema_name="public"
    )
    return f"{int(said.removeprefix('COPY ')):>9,} {table.name} in {time.monotonic() - begun:.1f} s"


async def encoded(rows: Iterable[Row]) -> AsyncGenerator[bytes]:
    """Rows in COPY's text format, many at once."""
    for some in batches(iter(rows)):
        yield "".join(map(line, some)).encode()


def batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(islice(rows, LINES_AT_ONCE)):
        yield some


def line(row: Row) -> str:
    return "\t".join(["\\N" if value is None else str(value) for value in row]) + "\n"
