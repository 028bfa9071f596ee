"""A database whose queues no other test fills, for what is claimed across tenants."""

from collections.abc import AsyncGenerator, Generator

import asyncpg
import pytest

from domain.kernel import relay
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.kernel.kettles import LISTENERS
from tests.domain.organisations import Organisation, found, furnish


@pytest.fixture(scope="package")
def url_apart(cluster: Cluster, template: str) -> Generator[str]:
    with apart(cluster, template) as url:
        yield url


@pytest.fixture(scope="module")
async def database(url_apart: str) -> AsyncGenerator[str]:
    async with connected(url_apart) as url:
        yield url


@pytest.fixture(autouse=True)
def of_kettles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two readers hear of kettles, as if they were listed with the kinds that they hear."""
    for reader in LISTENERS:
        monkeypatch.setitem(relay.READERS, reader, frozenset({"KettleBoiled"}))


@pytest.fixture
async def quiet(database: str) -> Organisation:
    """A company of which all readers have heard everything."""
    company = await furnish(await found())
    connection = await asyncpg.connect(database)
    await connection.execute("truncate journal_unread")
    await connection.close()
    return company
