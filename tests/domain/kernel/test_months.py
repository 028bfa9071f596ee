"""What only grows lies in partitions by time, and the mover makes those to come before anybody needs them."""

import asyncio
import re
from collections.abc import AsyncGenerator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import asyncpg
import pytest

from domain.kernel import changes, clock, months, relay
from domain.kernel import database as kernel_database
from domain.kernel.changes import Token
from domain.kernel.ids import new_id
from tests.domain.apart import connected
from tests.domain.kernel.kettles import kettle
from tests.domain.organisations import Organisation, found, furnish

if TYPE_CHECKING:
    from domain.kernel.database import Connection

NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 - which partitions the template has depends on the day it was made
PATIENCE_SECONDS = 30.0
SPRING = [f"journal_{NEXT_YEAR}_{month:02}" for month in (2, 3, 4)]
STRUCTURE = """
select p.relname::text as parent, c.relname::text as child, c.relrowsecurity and c.relforcerowsecurity as is_fenced,
       (select count(*) from pg_policy where polrelid = c.oid and polname = 'tenant') as policies,
       has_any_column_privilege('catchball_app', c.oid, 'select, insert, update')
         or has_table_privilege('catchball_app', c.oid, 'delete')
         or has_any_column_privilege('catchball_gate', c.oid, 'select, insert, update') as is_open,
       (select count(*) from pg_index i where i.indrelid = c.oid and i.indisvalid)
         - (select count(*) from pg_index where indrelid = p.oid) as indexes_more,
       array(select pg_get_constraintdef(oid) from pg_constraint where conrelid = p.oid and contype <> 'n'
             except select pg_get_constraintdef(oid) from pg_constraint where conrelid = c.oid) as constraints_missing
from pg_inherits join pg_class p on p.oid = inhparent and p.relkind = 'p' join pg_class c on c.oid = inhrelid
order by p.relname, c.relname
"""


@pytest.fixture
async def database(fresh_database_url: str) -> AsyncGenerator[str]:
    """For one test alone, because what a mover made stays."""
    async with connected(fresh_database_url) as url:
        yield url


@pytest.fixture
async def owner(database: str) -> "AsyncGenerator[Connection]":
    """Who migrated, and sees everything."""
    connection = await asyncpg.connect(database)
    yield connection
    await connection.close()


@pytest.fixture
async def company(database: str) -> Organisation:
    return await furnish(await found())


async def until_spring(owner: "Connection") -> None:
    """As if the mover had been there up to the end of January."""
    while await owner.fetchval("select ends_on from months.kept where name = 'journal'") < date(NEXT_YEAR, 2, 1):
        day = await owner.fetchval("select ends_on from months.kept where name = 'journal'")
        assert await months.provide(day - timedelta(days=32))


async def where(owner: "Connection", table: str = "journal") -> dict[str, int]:
    """How many rows each partition has; empty ones are left out."""
    rows = await owner.fetch(
        f"select relname::text, count(*) from {table} t join pg_class on oid = t.tableoid group by 1"
    )
    return {row["relname"]: row["count"] for row in rows}


async def write(owner: "Connection", company: Organisation, at: str) -> int:
    """An entry of another time, unread, for a hearer."""
    return await owner.fetchval(
        """with written as (
             insert into journal (tenant_id, id, at, kind, subject_type, subject_id, payload)
             select $1, first_entry_id($2::text::timestamptz) + nextval('months.entry_number'), now(), 'KettleBoiled',
                    'kettle', gen_random_uuid(), '{}'
             returning tenant_id, id, xid
           ), heard as (
             insert into journal_hearer (tenant_id, person_id, xid, id) select tenant_id, $3, xid, id from written
           )
           insert into journal_unread (tenant_id, id, reader, run_at)
           select tenant_id, id, 'announcements', now() from written returning id""",
        company.tenant_id,
        at,
        company["Ada"],
    )


@pytest.mark.parametrize("year", [1999, 2019, 2031, 2099])
async def test_an_entry_lies_in_the_month_of_its_writing_whatever_the_clock_says(
    owner: "Connection", company: Organisation, year: int
) -> None:
    before = await where(owner)
    with clock.frozen(datetime(year, 2, 28, tzinfo=UTC)):
        await kettle(company).boil(None)

    now = await owner.fetchval("select to_char(now() at time zone 'UTC', '_YYYY_MM')")
    assert before == {f"journal{now}": before[f"journal{now}"]}
    assert await where(owner) == {f"journal{now}": before[f"journal{now}"] + 1}
    assert await company.value("select at from journal where kind = 'KettleBoiled'") == datetime(
        year, 2, 28, tzinfo=UTC
    )


async def test_an_entry_of_each_month_lies_in_its_partition(owner: "Connection", company: Organisation) -> None:
    await until_spring(owner)
    await owner.execute("truncate journal_unread; truncate journal_hearer; truncate journal")
    await months.provide(date(NEXT_YEAR, 3, 15))

    for at in ("2021-05-05Z", "02-01Z", "02-28 23:59:59.999Z", "03-01Z", "04-30 23:59Z", "12-24Z"):
        await write(owner, company, at if at.startswith("2021") else f"{NEXT_YEAR}-{at}")

    february, march, april = SPRING
    assert await where(owner) == {"journal_before": 1, february: 2, march: 1, april: 1, "journal_rest": 1}


async def test_ids_of_entries_ascend_and_hold_the_time(owner: "Connection") -> None:
    rows = await owner.fetch("select new_entry_id() as id, clock_timestamp() as at from generate_series(1, 5000)")

    ids = [row["id"] for row in rows]
    assert ids == sorted(set(ids))
    assert {
        await owner.fetchval("select first_entry_id($1) > $2", rows[0]["at"] + timedelta(milliseconds=1), ids[0])
    } == {True}
    assert await owner.fetchval("select first_entry_id($1) <= $2", rows[0]["at"] - timedelta(milliseconds=1), ids[0])
    assert ids[-1] < 2**63


async def test_a_millisecond_has_room_for_four_million_entries(owner: "Connection") -> None:
    first, last = await owner.fetchrow(
        """select first_entry_id('2024-01-01 00:00:01Z'), max_value from pg_sequences
           where schemaname = 'months' and sequencename = 'entry_number'"""
    ) or (0, 0)

    assert (first, last) == (1000 << 22, (1 << 22) - 1)


async def test_ids_of_entries_differ_although_their_numbers_begin_again(owner: "Connection") -> None:
    await owner.execute("select setval('months.entry_number', 4194000)")

    assert await owner.fetchval("select count(distinct new_entry_id()) from generate_series(1, 1000)") == 1000
    assert await owner.fetchval("select last_value from months.entry_number") < 1000


async def test_the_least_id_of_a_row_is_that_of_its_millisecond(owner: "Connection") -> None:
    begun = datetime.now(UTC)
    made = new_id()

    low = await owner.fetchval("select first_row_id($1)", begun - timedelta(milliseconds=1))
    high = await owner.fetchval("select first_row_id($1)", begun + timedelta(seconds=5))

    assert low < made < high


async def test_the_mover_makes_what_is_missing_and_twice_is_harmless(owner: "Connection") -> None:
    await until_spring(owner)

    made = [await months.provide(date(NEXT_YEAR, 2, 1)) for _ in range(2)]

    assert made == [SPRING, []]


async def test_a_mover_that_was_away_for_long_makes_two_years_a_call(owner: "Connection") -> None:
    await until_spring(owner)

    made = [len(await months.provide(date(NEXT_YEAR + 2, 12, 1))) for _ in range(3)]

    assert made == [months.MADE_MAX, 13, 0]


async def test_two_movers_at_once_make_each_partition_once(owner: "Connection") -> None:
    await until_spring(owner)

    one, other = await asyncio.gather(*(months.provide(date(NEXT_YEAR, 2, 1)) for _ in range(2)))
    late = await months.provide(date(NEXT_YEAR, 2, 1))

    assert sorted([*one, *other, *late]) == SPRING


async def test_the_mover_moves_what_waited_in_the_rest(owner: "Connection", company: Organisation) -> None:
    await until_spring(owner)
    written = [await write(owner, company, f"{NEXT_YEAR}-0{month}-15Z") for month in (2, 2, 3, 9)]
    content = "select jsonb_agg(to_jsonb(j) order by id) from journal j"
    before = await owner.fetchval(content)

    await months.provide(date(NEXT_YEAR, 2, 1))

    february, march, _ = SPRING
    lying = await where(owner)
    assert (lying[february], lying[march], lying["journal_rest"]) == (2, 1, 1)
    assert await owner.fetchval(content) == before
    assert await company.value("select count(*) from journal where id = any($1)", written) == 4


async def test_every_partition_is_fenced_indexed_and_bound_as_its_table_is(owner: "Connection") -> None:
    await owner.execute("update months.kept set divided_from = 0; analyze")
    await months.provide(date(NEXT_YEAR, 2, 1))

    rows = await owner.fetch(STRUCTURE)

    assert {row["child"] for row in rows} >= {*SPRING, "journal_before", "check_in_before", "check_in_rest"}
    assert [tuple(row) for row in rows if tuple(row)[2:] != (True, 1, False, 0, [])] == []


async def test_the_application_may_not_enter_partitions_by_their_names(company: Organisation) -> None:
    for role in (kernel_database.pool(), kernel_database.gate()):
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="schema months"):
            await role.fetch("select * from months.journal_before")


async def test_tenants_are_apart_in_partitions_although_somebody_opened_them(
    owner: "Connection", company: Organisation
) -> None:
    other = await furnish(await found())
    now = await owner.fetchval("select 'months.journal' || to_char(now() at time zone 'UTC', '_YYYY_MM')")
    await owner.execute(
        "grant usage on schema months to catchball_app; grant select on all tables in schema months to catchball_app"
    )

    assert await owner.fetchval(f"select count(distinct tenant_id) from {now}") == 2
    for one in (company, other):
        assert {row[0] for row in await one.rows(f"select tenant_id from {now}")} == {one.tenant_id}


async def test_only_the_gate_may_call_the_mover(company: Organisation) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await company.value("select provide_month()")


async def test_an_entry_is_looked_up_in_one_partition(owner: "Connection", company: Organisation) -> None:
    entry = await company.value("select id from journal limit 1")
    with kernel_database.tenant(company.tenant_id):
        async with kernel_database.connection() as connection:
            statement = await connection.prepare("select kind from journal where tenant_id = $1 and id = $2")
            executed = f"execute \"{statement.get_name()}\"('{company.tenant_id}', {entry})"
            plan = str(await connection.fetchval(f"explain (costs off, format json) {executed}"))

    lies_in = "select relname::text from journal j join pg_class on oid = j.tableoid where id = $1"
    others = "select count(*) - 1 from pg_inherits where inhparent = 'journal'::regclass"
    assert re.findall(r'"Relation Name": "(\w+)"', plan) == [await owner.fetchval(lies_in, entry)]
    assert re.findall(r'"Index Cond": "(.+)"', plan) == ["((tenant_id = $1) AND (id = $2))"]
    assert re.findall(r'"Subplans Removed": (\d+)', plan) == [str(await owner.fetchval(others))]


async def test_who_finds_the_rest_in_use_gives_up_and_comes_again(owner: "Connection", database: str) -> None:
    await until_spring(owner)
    reading = await asyncpg.connect(database)
    transaction = reading.transaction()
    await transaction.start()
    await reading.execute("lock table months.journal_rest in access share mode")

    with pytest.raises(asyncpg.LockNotAvailableError):
        await months.provide(date(NEXT_YEAR, 2, 1))
    await transaction.rollback()
    await reading.close()

    assert await months.provide(date(NEXT_YEAR, 2, 1)) == SPRING


async def test_readers_hear_what_was_written_on_both_sides_of_a_border(
    owner: "Connection", company: Organisation
) -> None:
    await until_spring(owner)
    await months.provide(date(NEXT_YEAR, 2, 1))
    await owner.execute("truncate journal_unread")
    written = [await write(owner, company, f"{NEXT_YEAR}-{at}Z") for at in ("02-28 23:59:59.999", "03-01 00:00")]
    heard: list[int] = []

    async def hear(entry: relay.Entry) -> None:
        heard.append(entry.id)

    await relay.show_due({"announcements": hear})

    assert heard == written
    assert await owner.fetchval("select count(*) from journal_unread") == 0


async def boil_at_the_border(owner: "Connection", company: Organisation, *, number: int) -> list[UUID]:
    """Kettles of many writers, while the month ends: some in the rest, then some in a partition that was not there."""
    boiling: list[UUID] = []

    async def boil() -> None:
        boiling.append(UUID(await kettle(company).boil(None)))

    for month in ("01-31 23:59:59.999", "02-01 00:00:00.000"):
        first = f"first_entry_id('{NEXT_YEAR}-{month}Z') + nextval('months.entry_number')"
        await owner.execute(f"alter table journal alter id set default {first}")
        await asyncio.gather(*(boil() for _ in range(number)), months.provide(date(NEXT_YEAR, 1, 1)))
    return boiling


async def test_the_change_feed_loses_nothing_across_a_border(owner: "Connection", company: Organisation) -> None:
    await until_spring(owner)
    token = Token(0, 0)
    heard: list[UUID] = []

    boiling = asyncio.create_task(boil_at_the_border(owner, company, number=40))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not boiling.done() or len(heard) < 80:
            feed = await changes.since(company.actor("Ada"), token, limit=7)
            token = changes.parse(feed.token.text())
            heard += [one.subject_id for one in feed.changes if one.kind == "KettleBoiled"]
            await asyncio.sleep(0)

    assert sorted(heard) == sorted(await boiling)
    lying = await where(owner)
    assert (lying[f"journal_{NEXT_YEAR}_01"], lying[SPRING[0]]) == (40, 40)


async def follow(company: Organisation, wanted: int) -> set[UUID]:
    """Reads from the beginning until so many kettles were heard of: transactions of other tests hold the feed back."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            feed = await changes.since(company.actor("Ada"), Token(0, 0), limit=100)
            kettles = {one.subject_id for one in feed.changes if one.kind == "KettleBoiled"}
            if len(kettles) >= wanted:
                return kettles
            await asyncio.sleep(0)


async def test_a_partition_that_is_over_can_be_taken_off(owner: "Connection", company: Organisation) -> None:
    await until_spring(owner)
    await months.provide(date(NEXT_YEAR, 2, 1))
    old, new = [await write(owner, company, f"{NEXT_YEAR}-0{month}-10Z") for month in (2, 3)]
    assert len(await follow(company, 2)) == 2
    await owner.execute("truncate journal_unread")

    await owner.execute(f"set lock_timeout = '1s'; alter table journal detach partition months.{SPRING[0]}")

    left = await company.rows("select id, subject_id from journal where id in ($1, $2)", old, new)
    assert [row["id"] for row in left] == [new]
    assert await follow(company, 1) == {row["subject_id"] for row in left}
    assert await owner.fetchval(f"select id from months.{SPRING[0]}") == old
