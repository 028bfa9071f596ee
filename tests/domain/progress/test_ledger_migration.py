"""Who earned before there was a ledger has it in the ledger, and hears nothing again that was heard."""

import asyncpg

from domain.migrations.m0001_ground import SQL
from domain.progress import service_rebuilding
from tests.domain.objectives.company import Company
from tests.domain.progress.test_hearing import check_in, company, earned, everything, hear, noon

__all__ = ["company", "noon"]
BEGINS, ENDS = "-- What was earned before there was a ledger.", "-- Days on which all of a group work"


async def test_what_was_earned_before_is_booked_and_knows_its_fact(company: Company, database: str) -> None:
    await company.promised()
    await check_in(company)
    await hear(company)
    before = await everything(company)
    text = (SQL / "0020_ledger.sql").read_text(encoding="utf-8")
    backfill = text[text.index(BEGINS) : text.index(ENDS)]
    connection = await asyncpg.connect(database)
    mine = f"tenant_id = '{company.tenant_id}'"
    try:
        for table in ("ledger_entry", "ledger_account"):
            await connection.execute(f"delete from {table} where {mine}")
        await connection.execute(f"update point_entry set source = 0, object_id = null where {mine}")
        # Of this tenant alone: others have a ledger.
        alone = backfill.replace("\nfrom point_entry;", f"\nfrom point_entry where {mine};")
        alone = alone.replace("\nwhere j.tenant_id", f"\nwhere e.{mine} and j.tenant_id")
        assert alone.count(mine) == 2
        await connection.execute(alone)
    finally:
        await connection.close()

    assert await everything(company) == before
    await service_rebuilding.hear_again(company.organisation.operator)
    assert len(await earned(company)) == 1
