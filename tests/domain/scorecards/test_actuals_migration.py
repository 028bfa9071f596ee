"""Actuals that were there before they knew where they come from know it afterwards, and stay the only revision."""

from collections.abc import Generator

import asyncpg
import pytest
from tortoise import Tortoise
from tortoise.migrations.api.migrate import migrate

from domain.kernel import database
from tests.conftest import Cluster
from tests.domain.apart import apart

BEFORE = "domain.m0011_teach_backs"
FILL = """
set session_replication_role = replica;
insert into tenant select ('00000000-0000-7000-8000-00000000000' || n)::uuid, 't' || n, 'T', 'UTC', now()
from generate_series(1, 2) n;
insert into measure (tenant_id, id, code, name, unit_of_measure, unit_id, created_at)
select id, id, 'M', 'M', '%', id, now() from tenant;
insert into actual (tenant_id, id, measure_id, period, value, client_id, recorded_at)
select id, gen_random_uuid(), id, month, 1, case when month = '2026-01-01' then id end, now()
from tenant, unnest(array['2026-01-01', '2026-02-01']::date[]) month;
set session_replication_role = origin;
"""


@pytest.fixture
def url(cluster: Cluster) -> Generator[str]:
    """A database that nothing was migrated in."""
    with apart(cluster, "template1") as address:
        yield address


async def migrate_to_before(url: str) -> None:
    config = database._tortoise(url, role=None, size=1)  # pyright: ignore[reportPrivateUsage]
    try:
        await migrate(config=config, target=BEFORE)
    finally:
        await Tortoise.close_connections()


async def test_what_was_told_before_knows_who_told_it(url: str) -> None:
    await migrate_to_before(url)
    connection = await asyncpg.connect(url)
    await connection.execute(FILL)

    await database.migrate(url)

    rows = await connection.fetch(
        "select period::text, source, quality, revision, value::int from current_actual order by tenant_id, period"
    )
    of_one = [("2026-01-01", "PARTNER", "OK", 1, 1), ("2026-02-01", "HAND", "OK", 1, 1)]
    assert [tuple(row) for row in rows] == of_one * 2
    assert await connection.fetchval("select array_agg(distinct (lag_days, version)::text) from measure") == ["(15,1)"]
    await connection.close()
