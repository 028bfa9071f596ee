"""What every test may rely on: a real PostgreSQL 18 and a real Redis, started once per run."""

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import AsyncGenerator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar, cast

import asyncpg
import hypothesis
import pytest
from xdist.workermanage import WorkerController  # pyright: ignore[reportMissingTypeStubs]

from api.embedded import hold
from api.embedded.postgres import Postgres
from api.embedded.redis import Redis
from api.settings import Settings
from api.settings import read as read_settings

pytest_plugins = ["tests.running"]

# How long a computer takes is no matter of truth.
hypothesis.settings.register_profile("catchball", deadline=None)
hypothesis.settings.load_profile("catchball")

Answer = TypeVar("Answer")
TEMPLATE = "catchball_template"
TEMPLATE_LOCK = 715_001
# Nothing of a test run has to survive a power cut.
HASTY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "300",
    "autovacuum": "off",
}


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """`dsn` opens the maintenance database as the login that may create databases."""

    dsn: str
    redis_url: str

    def url(self, name: str) -> str:
        return self.dsn.replace("/postgres?", f"/{name}?")


class Engines:
    """Started at most once, by the process that sees the whole run."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="catchball-test-"))
        hold.prepare(self.home)
        self.postgres = Postgres(home=self.home, options=HASTY)
        self.redis = Redis(home=self.home)

    def start(self) -> Cluster:
        self.postgres.start()
        self.redis.start()
        return Cluster(dsn=self.postgres.url("postgres"), redis_url=self.redis.url())

    def stop(self) -> None:
        self.redis.stop()
        self.postgres.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class SharedEngines:
    """Under xdist the controller starts the engines and tells every worker where they are."""

    def __init__(self) -> None:
        self.engines: Engines | None = None
        self.cluster = ""

    @pytest.hookimpl
    def pytest_configure_node(self, node: WorkerController) -> None:
        if self.engines is None:
            self.engines = Engines()
            self.cluster = json.dumps(asdict(self.engines.start()))
        cast("dict[str, str]", vars(node)["workerinput"])["cluster"] = self.cluster

    @pytest.hookimpl
    def pytest_unconfigure(self) -> None:
        if self.engines is not None:
            self.engines.stop()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and config.getoption("dist") != "no":
        config.pluginmanager.register(SharedEngines())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first; a browser comes last, for its loop stays open on the thread."""
    items.sort(key=turn)


def turn(item: pytest.Item) -> int:
    if "playwright" in getattr(item, "fixturenames", ()):
        return 2
    return 0 if "tests/house/test_style.py" in item.nodeid else 1


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Iterator[Cluster]:
    """The engines of this run; PostgreSQL without fsync, Redis with 64 databases."""
    shared = getattr(request.config, "workerinput", None)
    if shared is not None:
        yield Cluster(**json.loads(shared["cluster"]))
        return
    engines = Engines()
    try:
        yield engines.start()
    finally:
        engines.stop()


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """The name of a migrated database that has no connections, so that it can be cloned."""
    complete(ensure_template(cluster))
    return TEMPLATE


@pytest.fixture(scope="session")
def database_url(cluster: Cluster, template: str, worker_id: str) -> str:
    """A migrated, empty database of this worker alone, shared by all its tests."""
    return complete(clone(cluster, template, f"test_{worker_id}"))


@pytest.fixture
def fresh_database_url(cluster: Cluster, template: str, worker_id: str) -> Iterator[str]:
    """A migrated, empty database of this one test."""
    name = f"fresh_{worker_id}_{os.urandom(6).hex()}"
    yield complete(clone(cluster, template, name))
    complete(execute(cluster, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture(scope="session")
def redis_url(cluster: Cluster, worker_id: str) -> str:
    """A database of the Redis of this worker alone."""
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    return cluster.redis_url.replace("?db=0", f"?db={number}")


@pytest.fixture(scope="session")
def settings(database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As the web process would read them, with a home of its own."""
    return read_settings(
        {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "CATCHBALL_HOME": str(tmp_path_factory.mktemp("home")),
        }
    )


async def ensure_template(cluster: Cluster) -> None:
    """The first worker that asks migrates; the others wait on the lock and find it done."""
    from domain.kernel import database  # noqa: PLC0415 - a test of pure rules loads no database

    async with connected(cluster) as connection:
        await connection.execute("SELECT pg_advisory_lock($1)", TEMPLATE_LOCK)
        known = "SELECT 1 FROM pg_database WHERE datname = $1"
        if await connection.fetchval(known, TEMPLATE):
            return
        await connection.execute("DROP DATABASE IF EXISTS draft")
        await connection.execute("CREATE DATABASE draft")
        await database.migrate(cluster.url("draft"))
        await connection.execute(f"ALTER DATABASE draft RENAME TO {TEMPLATE}")


async def clone(cluster: Cluster, template: str, name: str) -> str:
    await execute(cluster, f'CREATE DATABASE "{name}" TEMPLATE {template} STRATEGY FILE_COPY')
    return cluster.url(name)


async def execute(cluster: Cluster, statement: str) -> None:
    async with connected(cluster) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def connected(cluster: Cluster) -> AsyncGenerator[asyncpg.Connection]:
    connection = await asyncpg.connect(cluster.dsn)
    try:
        yield connection
    finally:
        await connection.close()


def complete(work: Coroutine[None, None, Answer]) -> Answer:
    """Runs it on a thread of its own, because a browser's loop may be running on this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
