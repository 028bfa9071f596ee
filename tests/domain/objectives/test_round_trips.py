"""How often the use cases of every day ask PostgreSQL."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from decimal import Decimal
from typing import cast

import asyncpg
import pytest

from domain.kernel import database
from domain.kernel.errors import NotPermitted
from domain.kernel.ids import new_id
from domain.objectives import service_check_ins
from domain.scorecards import service_promises
from tests.domain.objectives.company import Company


@asynccontextmanager
async def asked() -> AsyncGenerator[list[str]]:
    """What is asked inside by connections that are used again one after the other."""
    seen: list[str] = []

    def note(query: object) -> None:
        text = str(getattr(query, "query", query))
        if "app.tenant_id" not in text:
            seen.append(text.split(maxsplit=1)[0].lower().rstrip(";"))

    connections: list[asyncpg.Connection] = []
    pools = cast(
        "list[AbstractAsyncContextManager[asyncpg.Connection]]",
        [database.writing(), database.pool().acquire(), database.connection()],
    )
    for pool in pools:
        async with pool as connection:
            connections.append(getattr(connection, "_con", connection))
    for connection in connections:
        connection.add_query_logger(note)
    yield seen
    await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
    for connection in connections:
        connection.remove_query_logger(note)


async def test_a_check_in_is_one_statement(company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    dina = company.actor("Dina")
    await service_check_ins.check_in(dina, first, Decimal(71), key="warm")

    async with asked() as seen:
        await service_check_ins.check_in(dina, first, Decimal(72), key="counted")

    assert seen == ["with"]


async def test_a_repeated_check_in_is_looked_up(company: Company) -> None:
    first, _ = await company.key_results(await company.promised())
    dina = company.actor("Dina")
    made = await service_check_ins.check_in(dina, first, Decimal(71), key="again")

    async with asked() as seen:
        assert await service_check_ins.check_in(dina, first, Decimal(71), key="again") == made

    assert seen == ["with", "select"]


async def test_who_may_see_but_not_check_in_is_told_so(company: Company) -> None:
    first, _ = await company.key_results(await company.promised())

    with pytest.raises(NotPermitted):
        await service_check_ins.check_in(company.actor("Chen"), first, Decimal(71), key=str(new_id()))


async def test_an_approval_asks_as_often_however_many_key_results_there_are(company: Company) -> None:
    objective_id = await company.submitted()
    await company.approve(await company.submitted())

    async with asked() as seen:
        await service_promises.approve(company.actor("Chen"), objective_id, version=2, key="counted")

    taken = ["begin", "insert", "select", "select", "select"]
    decided = ["select", "select", "update", "select", "update", "update"]
    assert seen == [*taken, *decided, "with", "commit"]
