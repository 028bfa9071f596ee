"""No row of another tenant is seen or written, on whichever connection and in whatever order."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import database as kernel_database
from domain.kernel.ids import new_id
from tests.domain.organisations import Organisation, found

GATE_MAY_READ = {"delivery", "journal_unread", "login", "tenant"}
GATE_MAY_WRITE = {"delivery", "journal_unread"}
APP_MAY_NOT_REACH = {"tortoise_migrations"}


async def tables(url: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch("select tablename from pg_tables where schemaname = 'public' order by 1")
    finally:
        await connection.close()
    return [row["tablename"] for row in rows]


async def counted(names: Sequence[str]) -> dict[str, int]:
    async with kernel_database.connection() as connection:
        return {name: await connection.fetchval(f"select count(*) from {name}") for name in names}


async def test_without_a_tenant_nothing_is_seen(organisation: Organisation, database: str) -> None:
    names = set(await tables(database)) - APP_MAY_NOT_REACH

    with kernel_database.tenant(None):
        seen = await counted(sorted(names))

    assert {name for name, number in seen.items() if number} == set()
    assert await organisation.count("person") == 5


async def test_of_another_tenant_nothing_is_seen_in_any_table(
    organisation: Organisation, bare_organisation: Organisation, database: str
) -> None:
    names = sorted(set(await tables(database)) - APP_MAY_NOT_REACH - {"tenant"})

    with kernel_database.tenant(bare_organisation.tenant_id):
        async with kernel_database.connection() as connection:
            strangers = {
                name: await connection.fetchval(
                    f"select count(*) from {name} where tenant_id <> $1", bare_organisation.tenant_id
                )
                for name in names
            }
            others = await connection.fetch("select id from tenant")

    assert {name for name, number in strangers.items() if number} == set()
    assert [row["id"] for row in others] == [bare_organisation.tenant_id]


async def test_a_row_of_another_tenant_can_be_neither_written_nor_changed(
    organisation: Organisation, bare_organisation: Organisation
) -> None:
    with kernel_database.tenant(bare_organisation.tenant_id):
        async with kernel_database.connection() as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(
                    "insert into position (tenant_id, id, code, title) values ($1, $2, 'X', 'X')",
                    organisation.tenant_id,
                    new_id(),
                )
            changed = await connection.execute(
                "update person set name = 'X' where tenant_id = $1", organisation.tenant_id
            )
            deleted = await connection.execute("delete from employment where tenant_id = $1", organisation.tenant_id)

    assert (changed, deleted) == ("UPDATE 0", "DELETE 0")


async def test_a_row_cannot_point_to_a_row_of_another_tenant(
    organisation: Organisation, bare_organisation: Organisation
) -> None:
    with kernel_database.tenant(bare_organisation.tenant_id):
        async with kernel_database.connection() as connection:
            with pytest.raises(asyncpg.ForeignKeyViolationError):
                await connection.execute(
                    """insert into measure (tenant_id, id, code, name, unit_of_measure, unit_id, created_at)
                       values ($1, $2, 'M', 'M', '%', $3, now())""",
                    bare_organisation.tenant_id,
                    new_id(),
                    organisation.units["AIR"],
                )


@pytest.mark.parametrize("deed", ["update {} set tenant_id = tenant_id", "delete from {}"])
@pytest.mark.parametrize("table", ["journal", "journal_hearer", "actual", "check_in", "objective_version"])
async def test_what_happened_is_never_rewritten(bare_organisation: Organisation, table: str, deed: str) -> None:
    with kernel_database.tenant(bare_organisation.tenant_id):
        async with kernel_database.connection() as connection:
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.execute(deed.format(table))


_WHOLE = "select has_table_privilege($1::text, $2::text)"


async def test_the_gate_reads_only_what_it_needs(organisation: Organisation, database: str) -> None:
    names = await tables(database)

    async def allowed(deed: str) -> set[str]:
        asked = "select has_any_column_privilege($1::text, $2::text)" if deed != "delete" else _WHOLE
        return {name for name in names if await kernel_database.gate().fetchval(asked, name, deed)}

    assert await allowed("select") == GATE_MAY_READ
    assert await allowed("update") == GATE_MAY_WRITE
    assert await allowed("insert") == set()
    assert await allowed("delete") == set()


@pytest.mark.parametrize("pool", [kernel_database.pool, kernel_database.gate])
async def test_neither_role_can_pass_by_the_fence(
    database: str, pool: "Callable[[], asyncpg.Pool[asyncpg.Record]]"
) -> None:
    [role] = await pool().fetch(
        """select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin from pg_roles
           where rolname = current_user"""
    )

    assert tuple(role) == (False, False, False, False, False)


async def test_twelve_tenants_on_four_connections_never_see_one_another(
    database: str, found_organisation: Callable[[], Awaitable[Organisation]]
) -> None:
    tenants = [await found() for _ in range(12)]
    for at, one in enumerate(tenants):
        for number in range(at):
            await one.position(f"P{number}")
    chance = random.Random(3)

    async def look(one: Organisation, expected: int) -> None:
        for _ in range(25):
            with kernel_database.tenant(one.tenant_id):
                async with kernel_database.connection() as connection:
                    rows = await connection.fetch("select tenant_id from position")
                    assert {row["tenant_id"] for row in rows} == {one.tenant_id}
                    assert len(rows) == expected
                    if chance.random() < 0.1:
                        await connection.execute("select pg_sleep(0.001)")

    async def give_up(one: Organisation) -> None:
        """A request whose client leaves in the middle."""
        for _ in range(10):
            waiting = asyncio.create_task(one.rows("select pg_sleep(0.01), tenant_id from position"))
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)

    looking = [look(one, at + 1) for at, one in enumerate(tenants)]
    leaving = [give_up(one) for one in tenants[::3]]
    await asyncio.gather(*looking, *leaving)


async def test_a_request_that_is_cut_off_at_any_moment_leaves_its_tenant_to_nobody(
    organisation: Organisation, bare_organisation: Organisation
) -> None:
    both = (organisation, bare_organisation)
    for steps in range(20):
        for one, other in (both, both[::-1]):
            waiting = asyncio.create_task(one.rows("select tenant_id from position"))
            for _ in range(steps):
                await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
            for next_one in (other, one):
                rows = await asyncio.gather(*(next_one.rows("select tenant_id from position") for _ in range(5)))
                assert {row["tenant_id"] for found in rows for row in found} == {next_one.tenant_id}


async def test_a_transaction_that_broke_leaves_its_tenant_to_nobody(
    organisation: Organisation, bare_organisation: Organisation
) -> None:
    for _ in range(8):
        with pytest.raises(asyncpg.UndefinedTableError):
            await organisation.rows("select * from nothing")
        with kernel_database.tenant(None):
            async with kernel_database.connection() as connection:
                assert await connection.fetchval("select current_tenant()") == UUID(int=0)
        assert await bare_organisation.count("person") == 0
