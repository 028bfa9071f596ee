"""One world for all tests of reading, in a database of its own, behind the schema of the product."""

import asyncio
from collections.abc import AsyncGenerator, Generator
from datetime import timedelta

import pytest

from api import schema
from api.reading import catalogue, resolving
from api.reading.execution import Reader
from api.reading.planning import Planner
from domain.kernel import clock
from tests.api.reading import world as worlds
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives.company import NOON

SECRET = b"of this test"


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
    core = schema.core()
    planner = Planner(core, catalogue.gather(), SECRET, {"push_key": "key"})
    resolving.attach(core, planner)
    async with connected(url):
        yield Desk(core, Reader(core, planner), world)


@pytest.fixture(autouse=True)
def later_that_day() -> Generator[None]:
    with clock.frozen(NOON + timedelta(hours=1)):
        yield
