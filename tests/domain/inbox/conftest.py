"""A database of its own: the worker of the running product would take the deliveries."""

from collections.abc import AsyncGenerator, Generator

import pytest

from tests.conftest import Cluster
from tests.domain.apart import apart, connected


@pytest.fixture(scope="package")
def url_apart(cluster: Cluster, template: str) -> Generator[str]:
    with apart(cluster, template) as url:
        yield url


@pytest.fixture(scope="module")
async def database(url_apart: str) -> AsyncGenerator[str]:
    async with connected(url_apart) as url:
        yield url
