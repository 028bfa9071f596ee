"""For all tests of the domain: the connected database, and small groups made through the services."""

from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest_asyncio

from domain.kernel import database as kernel_database
from tests.domain.organisations import Organisation, found, furnish


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def database(database_url: str) -> AsyncGenerator[str]:
    """The pools are open; a module closes them again, because a worker may run tests of another database next."""
    await kernel_database.connect(database_url)
    yield database_url
    await kernel_database.close()


@pytest_asyncio.fixture(loop_scope="session")
async def organisation(database: str) -> Organisation:
    """Ada ← Bo ← Chen ← Dina and Emil, one unit per level, all since START."""
    return await furnish(await found())


@pytest_asyncio.fixture(loop_scope="session")
async def bare_organisation(database: str) -> Organisation:
    """A tenant with one position and nothing else."""
    return await found()


@pytest_asyncio.fixture(loop_scope="session")
async def found_organisation(database: str) -> Callable[[], Awaitable[Organisation]]:
    """Makes further tenants like `organisation`."""

    async def make() -> Organisation:
        return await furnish(await found())

    return make
