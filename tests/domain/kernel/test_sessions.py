"""Behind a pooler in transaction mode nothing of a tenant outlives its transaction, however that ends.

Asked of PostgreSQL itself, in the mode of a pooler; `tests/scale` asks the same through PgBouncer.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import cast
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio

from domain.kernel import addresses
from domain.kernel import database as kernel_database
from domain.kernel.sessions import APP, NOBODY, Own, Session, Shared
from domain.kernel.settings import SettingsError
from tests.domain.organisations import Organisation, found, furnish

LOGIN = "lent_login"
LEFT = """do $$ begin
  if coalesce(current_setting('app.tenant_id', true), '') <> '' or current_user <> session_user then
    raise 'left behind: % %', current_setting('app.tenant_id', true), current_user;
  end if;
end $$"""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lent_url(database_url: str) -> str:
    """The address as a process would be given it that stands behind a pooler."""
    connection = await asyncpg.connect(database_url)
    try:
        with suppress(asyncpg.DuplicateObjectError, asyncpg.UniqueViolationError):
            await connection.execute(f"create role {LOGIN} login in role catchball_app, catchball_gate")
    finally:
        await connection.close()
    return database_url.replace("://catchball@", f"://{LOGIN}@") + "&pool_mode=transaction"


@pytest_asyncio.fixture(loop_scope="session")
async def lent(lent_url: str) -> AsyncGenerator[Shared]:
    connection = await asyncpg.connect(**addresses.credentials(lent_url, role=APP, statement_seconds=1))
    yield cast("Shared", connection)
    await asyncpg.Connection.execute(connection, LEFT)
    await connection.close()


@pytest_asyncio.fixture(loop_scope="session")
async def behind(lent_url: str) -> AsyncGenerator[str]:
    """The pools are open behind a pooler."""
    await kernel_database.connect(lent_url)
    yield lent_url
    await kernel_database.close()


async def test_one_value_is_one_transaction_that_names_its_tenant_first(lent: Shared) -> None:
    seen: list[str] = []
    lent.add_query_logger(lambda query: seen.append(query.query))

    assert await lent.value_of(UUID(int=7), "select current_tenant()", ()) == UUID(int=7)

    await asyncio.sleep(0)
    assert [text.split()[0] for text in seen] == ["begin;", "select", "commit"]
    assert f"set_config('app.tenant_id', '{UUID(int=7)}', true)" in seen[0]


async def test_what_fails_leaves_nothing_behind(lent: Shared) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        await lent.value_of(UUID(int=7), "select * from nothing", ())

    await asyncpg.Connection.execute(lent, LEFT)
    assert await lent.value_of(UUID(int=8), "select current_tenant()", ()) == UUID(int=8)


async def test_what_takes_too_long_leaves_nothing_behind(lent: Shared) -> None:
    with pytest.raises(asyncpg.QueryCanceledError):
        await lent.value_of(UUID(int=7), "select pg_sleep(5)", ())

    await asyncpg.Connection.execute(lent, LEFT)


async def test_what_is_cut_off_at_any_moment_leaves_nothing_behind(lent: Shared) -> None:
    for steps in range(40):
        asked = asyncio.create_task(lent.value_of(UUID(int=7), "select pg_sleep(0.002)", ()))
        for _ in range(steps):
            await asyncio.sleep(0)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)

        assert await lent.value_of(UUID(int=8), "select current_tenant()", ()) == UUID(int=8)
        await asyncpg.Connection.execute(lent, LEFT)


async def test_statements_inside_are_one_transaction(lent: Shared) -> None:
    await lent.serve(UUID(int=7))

    async with lent.bound():
        first = await lent.fetchval("select pg_current_xact_id()::text")
        second = await lent.fetchrow("select pg_current_xact_id()::text as xid, current_tenant() as tenant")

    assert second is not None
    assert (second["xid"], second["tenant"]) == (first, UUID(int=7))


async def test_a_transaction_that_was_left_open_serves_nobody_else(lent_url: str) -> None:
    connection = await asyncpg.connect(**addresses.credentials(lent_url, role=APP, statement_seconds=1))
    await connection.execute("BEGIN;")

    with pytest.raises(RuntimeError, match="left open"):
        await cast("Session", connection).serve(UUID(int=7))

    assert connection.is_closed()


async def test_no_statement_leaves_outside_of_a_transaction(lent: Shared) -> None:
    with pytest.raises(RuntimeError, match="must name its tenant"):
        await lent.prepare("select 1")


async def test_every_role_works_as_itself_whatever_the_login_is(behind: str) -> None:
    async with kernel_database.connection() as connection:
        plain = await connection.fetchval("select current_user")
    records = await kernel_database.pool().fetchval("select current_user")
    gate = await kernel_database.gate().fetchval("select current_user")

    assert (plain, records, gate) == ("catchball_app", "catchball_app", "catchball_gate")


async def test_records_and_statements_of_many_tenants_never_meet(behind: str) -> None:
    first, second = await furnish(await found()), await found()

    async def look(one: Organisation, people: int) -> None:
        for _ in range(20):
            with kernel_database.tenant(one.tenant_id):
                async with kernel_database.connection() as connection:
                    rows = await connection.fetch("select tenant_id from position")
                assert {row["tenant_id"] for row in rows} == {one.tenant_id}
                async with kernel_database.writing() as connection:
                    assert await connection.fetchval("select count(*) from person") == people
            assert await kernel_database.fetch_value(one.tenant_id, "select current_tenant()", ()) == one.tenant_id

    await asyncio.gather(*(look(one, people) for one, people in ((first, 5), (second, 0)) for _ in range(4)))


async def test_an_address_names_no_other_mode() -> None:
    with pytest.raises(SettingsError, match="pool_mode=statement"):
        addresses.is_pooled("postgresql://x/y?pool_mode=statement")


async def test_migrations_want_the_server_itself(lent_url: str) -> None:
    with pytest.raises(SettingsError, match="the server's own address"):
        await kernel_database.migrate(lent_url)


async def test_settings_that_do_not_arrive_are_noticed(database_url: str) -> None:
    connection = await asyncpg.connect(database_url, connection_class=Own)

    with pytest.raises(SettingsError, match="add pool_mode=transaction"):
        await cast("Session", connection).examine()

    await connection.close()


async def test_a_session_of_ones_own_begins_as_nobody(database_url: str) -> None:
    connection = await asyncpg.connect(**addresses.credentials(database_url, role=APP))

    assert await connection.fetchval("select current_tenant()") == NOBODY

    await connection.close()
