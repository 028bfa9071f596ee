"""The generated group: 10,000 people and a million check-ins, the same on every machine, loaded by COPY."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg

from domain.kernel import database
from domain.objectives import service_roll_up_proof
from tests.benchmarks import copying, group_people
from tests.benchmarks.tables import TENANT

if TYPE_CHECKING:
    from domain.kernel.database import Connection

CONSTRAINTS = """
select conrelid::regclass::text as owner, count(*), string_agg('add ' || pg_get_constraintdef(oid), ', ') as again
from pg_constraint where contype in ('f', 'c') and connamespace = 'public'::regnamespace group by 1 order by 1
"""


async def load(url: str, say: Callable[[str], None], *, people: int = group_people.PEOPLE) -> None:
    """Migrates an empty database and fills it; a line for every table."""
    await database.migrate(url)
    await copy(url, say, people=people)


async def copy(url: str, say: Callable[[str], None], *, people: int) -> None:
    """Fills a migrated database: a hundred check-ins for each of the people, fewer where they are more than usual."""
    connection = await asyncpg.connect(url)
    try:
        # Asking the constraints row by row would take most of the time; they are asked once, at the end.
        await connection.execute("set session_replication_role = replica")
        if people > group_people.PEOPLE:
            await copying.fill_large(connection, url, say, people=people)
        else:
            await copying.fill(connection, say, people=people)
        await connection.execute("set session_replication_role = origin")
        begun = time.monotonic()
        say(f"{await prove(connection):>9} constraints hold, asked in {time.monotonic() - begun:.1f} s")
        begun = time.monotonic()
        await connection.execute("analyze objective")
        async with connection.transaction():
            rolled_up = await service_roll_up_proof.recompute(connection, UUID(TENANT))
        say(f"{rolled_up:>9,} objectives rolled up in {time.monotonic() - begun:.1f} s")
        await connection.execute("vacuum (freeze, analyze)")
    finally:
        await connection.close()


async def prove(connection: "Connection") -> int:
    """Asks every check and foreign key again of all rows; how many there are. Raises what the database says."""
    tables = await connection.fetch(CONSTRAINTS)
    for one in tables:
        trial = connection.transaction()
        await trial.start()
        # All of a table at once: its checks are then asked in one reading.
        await connection.execute(f"alter table {one['owner']} {one['again']}")
        await trial.rollback()
    return sum(one["count"] for one in tables)
