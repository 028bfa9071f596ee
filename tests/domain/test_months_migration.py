"""A database that was in use is divided as it stands: no row is lost, and whoever read before reads on."""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator, Mapping
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate

from domain.kernel import changes, database, months, relay
from domain.kernel.actor import Actor
from domain.kernel.changes import Token
from domain.kernel.ids import new_id
from tests.conftest import Cluster, complete, execute
from tests.domain.apart import apart, connected

if TYPE_CHECKING:
    from domain.kernel.database import Connection

BEFORE = "domain.m0003_roll_up"
ENTRIES = 300
PATIENCE_SECONDS = 20.0
TABLES = ("journal", "journal_hearer", "journal_unread", "check_in")
FILL = f"""
set session_replication_role = replica;
insert into tenant select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 't' || n, 'T', 'UTC', now()
from generate_series(1, 2) n;
with written as (
  insert into journal (tenant_id, at, kind, subject_type, subject_id, hearers, payload)
  select t.id, now() - n * interval '1 day', 'KettleBoiled', 'kettle', gen_random_uuid(), array[t.id], '{{"cups": 1}}'
  from tenant t cross join generate_series(1, {ENTRIES}) n returning tenant_id, id, xid, hearers
), heard as (
  insert into journal_hearer (tenant_id, person_id, xid, id) select tenant_id, hearers[1], xid, id from written
)
insert into journal_unread (tenant_id, id, reader, run_at)
select tenant_id, id, 'announcements', now() from written where id % 10 = 0;
"""


async def migrate_to_before(url: str) -> None:
    config = database._tortoise(url, role=None, size=1)  # pyright: ignore[reportPrivateUsage]
    try:
        await migrate(config=config, target=BEFORE)
    finally:
        await Tortoise.close_connections()


async def fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(FILL)
    for tenant in await connection.fetch("select id from tenant"):
        rows = [(tenant["id"], one, UUID(int=number)) for number, one in enumerate(ids_of_check_ins())]
        await connection.executemany(
            """insert into check_in (tenant_id, id, objective_id, key_result_id, source, author_id, value, recorded_at)
               values ($1, $2, $3, $3, 'PERSON', $3, 7, now())""",
            rows,
        )
    await connection.close()


def ids_of_check_ins() -> list[UUID]:
    """As Catchball makes them, and such as clients may choose: of no time, of long ago, of a far day."""
    chosen = ["00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff"]
    return [*(new_id() for _ in range(100)), UUID(bytes=os.urandom(16)), *map(UUID, chosen)]


async def contents(connection: "Connection") -> Mapping[str, object]:
    return {
        table: await connection.fetchval(f"select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text) from {table} t")
        for table in TABLES
    }


@pytest.fixture
def empty_url(cluster: Cluster) -> Generator[str]:
    with apart(cluster, "template1") as url:
        yield url


@pytest.fixture
async def used(empty_url: str) -> AsyncGenerator[asyncpg.Connection]:
    await migrate_to_before(empty_url)
    await fill(empty_url)
    connection = await asyncpg.connect(empty_url)
    yield connection
    await connection.close()


def actor(tenant_id: UUID) -> Actor:
    """Whose feed it is: hearers have the id of their tenant here."""
    return Actor(tenant_id, "UTC", person_id=tenant_id)


async def follow(actor: Actor, token: Token, wanted: int) -> list[UUID]:
    """Asks until so many things were told: transactions of other tests hold the feed back."""
    told: list[UUID] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(told) < wanted:
            feed = await changes.since(actor, token, limit=20)
            token = feed.token
            told += [one.subject_id for one in feed.changes]
            await asyncio.sleep(0)
    return told


async def test_no_row_is_lost_or_changed(used: asyncpg.Connection, empty_url: str) -> None:
    before = await contents(used)

    await database.migrate(empty_url)

    assert await contents(used) == before
    assert await used.fetchval("select count(*) from only months.journal_before") == 2 * ENTRIES
    assert await used.fetchval("select count(*) from only months.check_in_before") == 2 * len(ids_of_check_ins())


async def test_new_entries_stand_behind_old_ones_and_a_token_of_before_reads_on(
    used: asyncpg.Connection, empty_url: str
) -> None:
    tenant = await used.fetchval("select min(id::text)::uuid from tenant")
    middle = await used.fetchrow(
        "select xid::text::bigint as xid, id from journal_hearer where tenant_id = $1 order by id offset 250 limit 1",
        tenant,
    )
    assert middle is not None

    await database.migrate(empty_url)
    await used.execute("set session_replication_role = origin")
    new = await used.fetchval(
        """with written as (
             insert into journal (tenant_id, at, kind, subject_type, subject_id, payload)
             values ($1, now(), 'KettleBoiled', 'kettle', gen_random_uuid(), '{}') returning id, xid
           )
           insert into journal_hearer (tenant_id, person_id, xid, id)
           select $1, $1, xid, id from written returning id""",
        tenant,
    )
    async with connected(empty_url):
        told = await follow(actor(tenant), Token(middle["xid"], middle["id"]), ENTRIES - 251 + 1)

    assert new > await used.fetchval("select max(id) from months.journal_before")
    assert told == await used.fetchval(
        "select array_agg(subject_id order by id) from journal where tenant_id = $1 and id > $2", tenant, middle["id"]
    )


async def test_what_waited_is_shown_to_its_readers(used: asyncpg.Connection, empty_url: str) -> None:
    waiting = await used.fetchval("select array_agg(id order by id) from journal_unread")
    heard: list[int] = []

    async def hear(entry: relay.Entry) -> None:
        heard.append(entry.id)

    await database.migrate(empty_url)
    async with connected(empty_url):
        while await relay.show_due({"announcements": hear}):
            pass

    assert sorted(heard) == waiting


@pytest.fixture
def landlord(cluster: Cluster) -> Generator[str]:
    """The address of an empty database of somebody who is no superuser, as providers of databases give it."""
    name = f"landlord_{os.urandom(4).hex()}"
    roles = "catchball_app, catchball_gate"
    with apart(cluster, "template1") as url:
        database_name = urlsplit(url).path.lstrip("/")
        complete(execute(cluster, f"create role {name} login; grant {roles} to {name} with admin option"))
        complete(execute(cluster, f"alter database {database_name} owner to {name}"))
        yield url.replace("//catchball@", f"//{name}@")
    complete(execute(cluster, f"drop role {name}"))


async def test_an_owner_whom_the_fence_holds_too_divides_and_moves_all_the_same(
    cluster: Cluster, template: str, landlord: str
) -> None:
    url = cluster.url(urlsplit(landlord).path.lstrip("/"))
    await migrate_to_before(landlord)
    await fill(url)
    superuser = await asyncpg.connect(url)
    before = await contents(superuser)

    await database.migrate(landlord)
    await superuser.execute("update months.kept set divided_from = 1; analyze")
    async with connected(landlord):
        made = await months.provide(date.today().replace(month=12))  # noqa: DTZ011 - partitions are of the real time

    assert {"check_in_rest"} < set(made)
    assert await superuser.fetchval("select count(*) from months.check_in_rest") > 0
    assert await contents(superuser) == before
    await superuser.close()
