"""What Citus asks of a database that it spreads over machines by `tenant_id`, and what of it is still to be done."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest

from tests.plans.test_fences import OF_ALL_TENANTS

LEADS_AWAY = {("login", "account")}
"""Keys from a table of all tenants into one that would be spread: they go when it is."""
KEYS = """
select c.conrelid::regclass::text as source, c.confrelid::regclass::text as target, c.conname as name,
       array(select a.attname::text from unnest(c.conkey) with ordinality k(n, place)
             join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by place) as here,
       array(select a.attname::text from unnest(c.confkey) with ordinality k(n, place)
             join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by place) as there
from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conparentid = 0"""
UNIQUE = """
select i.indrelid::regclass::text as source, i.indexrelid::regclass::text as name,
       array(select a.attname::text from unnest(i.indkey) k(n)
             join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.n) as here
from pg_index i join pg_class c on c.oid = i.indrelid
where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')"""


@pytest.fixture
async def catalogue(database_url: str) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url)
    yield connection
    await connection.close()


async def test_every_unique_index_holds_the_tenant(catalogue: asyncpg.Connection) -> None:
    found = await catalogue.fetch(UNIQUE)

    without = {row["source"] for row in found if "tenant_id" not in row["here"]}
    assert without == OF_ALL_TENANTS


async def test_every_foreign_key_stays_with_its_tenant(catalogue: asyncpg.Connection) -> None:
    found = await catalogue.fetch(KEYS)

    spread = [row for row in found if not {row["source"], row["target"]} & OF_ALL_TENANTS]
    apart = [
        row["name"] for row in spread if ("tenant_id", "tenant_id") not in zip(row["here"], row["there"], strict=True)
    ]
    assert len(spread) > 40
    assert apart == []


async def test_only_known_keys_lead_from_all_tenants_into_one(catalogue: asyncpg.Connection) -> None:
    found = await catalogue.fetch(KEYS)

    leading = {(row["source"], row["target"]) for row in found if row["source"] in OF_ALL_TENANTS}
    assert leading - {(one, other) for one in OF_ALL_TENANTS for other in OF_ALL_TENANTS} == LEADS_AWAY
