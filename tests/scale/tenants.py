"""Many tenants by one server connection: each sees its own rows, whatever becomes of the others' requests."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable

import asyncpg

from domain.kernel import database
from domain.people.model import Person
from tests.domain.organisations import Organisation, found, furnish

TENANTS = 6
ROUNDS = 60
Ask = Callable[[Organisation], Awaitable[None]]


async def meet(url: str) -> str:
    """How many requests of what kind met no stranger; AssertionError at the first who does."""
    await database.connect(url, statement_seconds=1)
    try:
        tenants = [await furnish(await found()) for _ in range(TENANTS)]
        for number, one in enumerate(tenants):
            for extra in range(number):
                await one.position(f"EXTRA{extra}")
        done: Counter[str] = Counter()
        await asyncio.gather(*(visit(one, number, done) for number, one in enumerate(tenants)))
        kinds = ", ".join(f"{number} {kind}" for kind, number in sorted(done.items()))
        return f"no stranger in {sum(done.values())} requests: {kinds}"
    finally:
        await database.close()


async def visit(one: Organisation, number: int, done: "Counter[str]") -> None:
    chance = random.Random(number)
    kinds: tuple[Ask, ...] = (value, rows, rows, records, change, broken, left, slow)
    weights = (6, 6, 6, 6, 6, 6, 6, 1)
    for _ in range(ROUNDS):
        [ask] = chance.choices(kinds, weights)
        await ask(one)
        done[ask.__name__] += 1


async def value(one: Organisation) -> None:
    counted = await database.fetch_value(one.tenant_id, "select count(distinct tenant_id) from position", ())
    seen = await database.fetch_value(one.tenant_id, "select min(tenant_id::text)::uuid from position", ())
    assert (counted, seen) == (1, one.tenant_id)


async def rows(one: Organisation) -> None:
    await strangers_in(one, "select tenant_id from position union all select tenant_id from person")


async def strangers_in(one: Organisation, sql: str) -> None:
    with database.tenant(one.tenant_id):
        async with database.connection() as connection:
            found_rows = await connection.fetch(sql)
    assert {row["tenant_id"] for row in found_rows} == {one.tenant_id}


async def records(one: Organisation) -> None:
    with database.tenant(one.tenant_id):
        persons = await Person.all()
    assert {person.tenant_id for person in persons} == {one.tenant_id}
    assert len(persons) == 5


async def change(one: Organisation) -> None:
    """Two statements of one transaction, the second of which would see what another tenant began."""
    with database.tenant(one.tenant_id):
        async with database.writing() as connection:
            changed = await connection.execute("update person set name = name where tenant_id = current_tenant()")
            assert changed == "UPDATE 5"
            assert await connection.fetchval("select current_tenant()") == one.tenant_id


async def broken(one: Organisation) -> None:
    try:
        await database.fetch_value(one.tenant_id, "select 1 / (select count(*) - 5 from person)::int", ())
    except asyncpg.DivisionByZeroError:
        return
    raise AssertionError("five people less five are none")


async def left(one: Organisation) -> None:
    """A request whose client goes away at some moment."""
    asked = asyncio.create_task(rows(one))
    for _ in range(random.randrange(40)):
        await asyncio.sleep(0)
    asked.cancel()
    [outcome] = await asyncio.gather(asked, return_exceptions=True)
    assert not isinstance(outcome, AssertionError)


async def slow(one: Organisation) -> None:
    try:
        await database.fetch_value(one.tenant_id, "select pg_sleep(3) from person limit 1", ())
    except asyncpg.QueryCanceledError:
        return
    raise AssertionError("nothing may take longer than a second")
