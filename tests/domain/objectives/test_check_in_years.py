"""Check-ins lie together until they are many; then the mover divides them by the year of their ids."""

from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import clock, months
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.objectives import service_check_ins
from tests.domain.apart import connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company

if TYPE_CHECKING:
    from domain.kernel.database import Connection

YEAR = datetime.now(UTC).year
OF_NO_TIME = UUID("d2719e54-4f0c-4a27-9d3f-5c8c2f8f6a11")


@pytest.fixture
async def database(fresh_database_url: str) -> AsyncGenerator[str]:
    """For one test alone, because what a mover made stays."""
    async with connected(fresh_database_url) as url:
        yield url


@pytest.fixture
async def owner(database: str) -> "AsyncGenerator[Connection]":
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


async def divide(owner: "Connection") -> list[str]:
    """As if there were ten million."""
    await owner.execute("analyze months.check_in_before; update months.kept set divided_from = 1")
    return await months.provide(date(YEAR, 11, 15))


async def where(owner: "Connection") -> dict[str, int]:
    rows = await owner.fetch("select relname, count(*) from check_in c join pg_class on oid = c.tableoid group by 1")
    return {row["relname"]: row["count"] for row in rows}


async def check_in(company: Company, key_result_id: UUID, check_in_id: UUID | None = None) -> UUID:
    return await service_check_ins.check_in(
        company.actor("Dina"), key_result_id, Decimal(75), key=str(new_id()), check_in_id=check_in_id
    )


async def of_year(owner: "Connection", year: int) -> UUID:
    return UUID(str(await owner.fetchval("select first_row_id($1)", datetime(year, 7, 1, tzinfo=UTC))))


async def test_few_check_ins_are_one_partition(owner: "Connection", company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    for given in (None, OF_NO_TIME, await of_year(owner, YEAR + 1)):
        await check_in(company, first, given)

    assert await months.provide(date(YEAR, 11, 15)) == []
    assert await where(owner) == {"check_in_before": 3}


async def test_many_are_divided_and_none_is_lost(owner: "Connection", company: Company) -> None:
    first, second = await company.key_results(await company.promised())
    given = [None, OF_NO_TIME, *[await of_year(owner, year) for year in (YEAR - 9, YEAR, YEAR + 1, YEAR + 2, 9999)]]
    made = [await check_in(company, first, one) for one in given]
    content = "select jsonb_agg(to_jsonb(c) order by id) from check_in c"
    before = await owner.fetchval(content)

    assert await divide(owner) == ["check_in_rest", f"check_in_{YEAR + 1}"]
    assert await divide(owner) == []

    assert await where(owner) == {"check_in_before": 3, f"check_in_{YEAR + 1}": 1, "check_in_rest": 3}
    assert await owner.fetchval(content) == before
    assert {row["id"] for row in await company.organisation.rows("select id from check_in")} == set(made)
    await check_in(company, second)
    assert await company.organisation.count("check_in") == 8


async def test_an_id_is_taken_once_in_all_partitions(owner: "Connection", company: Company) -> None:
    first, second = await company.key_results(await company.promised())
    given = [OF_NO_TIME, await of_year(owner, YEAR), await of_year(owner, YEAR + 1), await of_year(owner, YEAR + 2)]
    for one in given:
        await check_in(company, first, one)
    await divide(owner)

    for one in given:
        with pytest.raises(InvalidInput, match="taken"):
            await check_in(company, second, one)


async def test_a_partition_refuses_what_its_table_refused(owner: "Connection", company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    await check_in(company, first)
    await divide(owner)
    copy = """insert into check_in select tenant_id, $1, {} , key_result_id, source, author_id, client_id, value,
              confidence, note, recorded_at from check_in limit 1"""

    for year in (YEAR, YEAR + 1, YEAR + 2):
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await owner.execute(copy.format("gen_random_uuid()"), await of_year(owner, year))
        await owner.execute(copy.format("objective_id"), await of_year(owner, year))


@pytest.mark.parametrize("year", [2001, 2061])
async def test_a_stopped_clock_does_not_move_a_check_in(owner: "Connection", company: Company, year: int) -> None:
    first, second = await company.key_results(await company.promised())
    await check_in(company, first)
    await divide(owner)

    with clock.frozen(datetime(year, 2, 3, tzinfo=UTC)):
        made = await check_in(company, second)

    [row] = await company.organisation.rows("select recorded_at from check_in where id = $1", made)
    assert row["recorded_at"] == datetime(year, 2, 3, tzinfo=UTC)
    assert await where(owner) == {"check_in_before": 2}


async def test_an_installation_may_choose_months(owner: "Connection", company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    await check_in(company, first, await of_year(owner, YEAR + 1))
    await owner.execute("update months.kept set span = 'month' where name = 'check_in'")

    made = await divide(owner)

    assert made[0] == "check_in_rest"
    assert [one.removeprefix("check_in_") for one in made[1:]] == [f"{YEAR}_12", f"{YEAR + 1}_01"]
    assert await months.provide(date(YEAR + 1, 5, 1)) != []
    assert await where(owner) == {f"check_in_{YEAR + 1}_07": 1}


@pytest.fixture
async def company(database: str) -> Company:
    return await companies.lay()
