"""A company, once for each file, and one of its own for tests that change it."""

from collections.abc import AsyncGenerator, Generator

import pytest

from domain.kernel import clock
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON, Company


@pytest.fixture(scope="package")
def url_apart(cluster: Cluster, template: str) -> Generator[str]:
    with apart(cluster, template) as url:
        yield url


@pytest.fixture(scope="module")
async def database(url_apart: str) -> AsyncGenerator[str]:
    async with connected(url_apart) as url:
        yield url


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    """The clock stands still in every test with a company."""
    with clock.frozen(NOON):
        yield


@pytest.fixture(scope="module")
async def shared(database: str) -> AsyncGenerator[Company]:
    """For tests that only read, or undo what they do."""
    with clock.frozen(NOON):
        yield await companies.lay()


@pytest.fixture
async def company(database: str) -> Company:
    """For one test alone."""
    return await companies.lay()
