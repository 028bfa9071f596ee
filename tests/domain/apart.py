"""A database for one folder of tests, which no worker process of another test looks into."""

import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager

from domain.kernel import database
from tests.conftest import Cluster, clone, complete, execute


@contextmanager
def apart(cluster: Cluster, template: str) -> Generator[str]:
    """The address of a new database; it is dropped at the end."""
    name = f"apart_{os.urandom(6).hex()}"
    yield complete(clone(cluster, template, name))
    complete(execute(cluster, f'DROP DATABASE "{name}" WITH (FORCE)'))


@asynccontextmanager
async def connected(url: str) -> AsyncGenerator[str]:
    """The pools are open inside."""
    await database.connect(url)
    yield url
    await database.close()
