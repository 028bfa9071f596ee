"""One world for all tests of reading, in a database of its own, behind the schema of the product."""

import asyncio
import gc
from collections.abc import AsyncGenerator, Generator
from datetime import timedelta

import pytest

from domain.kernel import clock, database
from tests.api.reading import desk as desks
from tests.api.reading import proof
from tests.api.reading import world as worlds
from tests.api.reading.desk import Desk
from tests.api.reading.proof import Proof
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives.company import NOON

LATER = NOON + timedelta(hours=1)


@pytest.fixture(scope="package")
def furnished(cluster: Cluster, template: str) -> Generator[tuple[str, World]]:
    """The address of a database that holds the world."""
    with apart(cluster, template) as url:
        yield url, asyncio.run(_furnish(url))


async def _furnish(url: str) -> World:
    with clock.frozen(NOON):
        async with connected(url):
            return await worlds.make()


@pytest.fixture(scope="module")
async def desk(furnished: tuple[str, World]) -> AsyncGenerator[Desk]:
    url, world = furnished
    async with connected(url):
        yield desks.place(world)


@pytest.fixture(scope="module")
async def agreement(furnished: tuple[str, World]) -> AsyncGenerator[Proof]:
    """A proof over the world by one connection, so that PostgreSQL plans each statement once."""
    url, world = furnished
    await database.connect(url, size=1)
    with clock.frozen(LATER):
        begun = await proof.begin(desks.place(world))
    # The garbage collector leaves alone what is there already, as in a web process.
    gc.freeze()
    yield begun
    gc.unfreeze()
    await database.close()


@pytest.fixture(autouse=True)
def later_that_day() -> Generator[None]:
    with clock.frozen(LATER):
        yield
