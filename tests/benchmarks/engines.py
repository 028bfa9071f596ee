"""The servers of a benchmark: PostgreSQL as in production, Redis, and processes that listen on the loopback address."""

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

import asyncpg

from api.embedded import hold
from api.embedded.child import Child
from api.embedded.postgres import Postgres
from api.embedded.redis import Redis
from domain.kernel.database import migrate
from tests.benchmarks import group

ROOT = Path(__file__).parents[2]
DATABASE = "group"
PATIENCE_SECONDS = 60.0
RELOAD_SECONDS = 0.5
OPTIONS = {
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "random_page_cost": "1.1",
    "logging_collector": "off",
}
Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Engines:
    """What runs, and where the processes of the benchmark keep their files."""

    home: Path
    postgres: Postgres
    redis: Redis
    database_url: str
    redis_url: str

    @contextmanager
    def logging_statements(self) -> Generator[None]:
        """PostgreSQL writes every statement to its log inside."""
        self._set("alter system set log_statement = 'all'")
        try:
            yield
        finally:
            self._set("alter system reset log_statement")

    def _set(self, statement: str) -> None:
        asyncio.run(self._execute(statement, "select pg_reload_conf()"))
        time.sleep(RELOAD_SECONDS)

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.postgres.url("postgres"))
        for statement in statements:
            await connection.execute(statement)
        await connection.close()

    async def version(self) -> str:
        """Of PostgreSQL."""
        connection = await asyncpg.connect(self.postgres.url("postgres"))
        found = await connection.fetchval("show server_version")
        await connection.close()
        return str(found)


@contextmanager
def running(home: Path | None, say: Say) -> Generator[Engines]:
    """PostgreSQL and Redis in a home; without one, in a folder that is removed afterwards."""
    place = home or Path(tempfile.mkdtemp(prefix="catchball-bench-"))
    hold.prepare(place)
    postgres, redis = Postgres(home=place, options=OPTIONS), Redis(home=place)
    try:
        postgres.start()
        redis.start()
        say(f"PostgreSQL and Redis run in {place}")
        yield Engines(
            home=place,
            postgres=postgres,
            redis=redis,
            database_url=postgres.url(DATABASE),
            redis_url=redis.url(),
        )
    finally:
        redis.stop()
        postgres.stop()
        if home is None:
            shutil.rmtree(place, ignore_errors=True)


async def provide_group(engines: Engines, say: Say) -> None:
    """The generated group, made unless a kept home has it already; a half-made one is made anew."""
    connection = await asyncpg.connect(engines.postgres.url("postgres"))
    try:
        if await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE):
            say("The group was made before")
            await migrate(engines.postgres.url(DATABASE))
            return
        draft = f"{DATABASE}_draft"
        await connection.execute(f'drop database if exists "{draft}"')
        await connection.execute(f'create database "{draft}"')
        begun = time.monotonic()
        await group.load(engines.postgres.url(draft), say)
        await connection.execute(f'alter database "{draft}" rename to "{DATABASE}"')
        say(f"The group was made in {time.monotonic() - begun:.0f} s")
    finally:
        await connection.close()


def environment(engines: Engines, port: int) -> dict[str, str]:
    """What a process of the product is told."""
    return dict(os.environ) | {
        "DATABASE_URL": engines.database_url,
        "REDIS_URL": engines.redis_url,
        "CATCHBALL_HOME": str(engines.home),
        "CATCHBALL_PORT": str(port),
        "CATCHBALL_URL": f"http://localhost:{port}",
        "CATCHBALL_PRODUCTION": "on",
    }


@contextmanager
def server(name: str, words: Sequence[str], environment: Mapping[str, str], *, ready: str) -> Generator[Child]:
    """A Python process that ends with the block; entered when `ready` answers."""
    log = Path(environment["CATCHBALL_HOME"]) / "logs" / f"{name}.log"
    child = Child(
        name=name,
        command=[sys.executable, "-m", *words],
        log=log,
        last_signal=signal.SIGTERM,
        environment=dict(environment) | {"PYTHONPATH": str(ROOT)},
    )
    child.start()
    try:
        wait_until_ready(child, ready)
        yield child
    finally:
        child.stop(signal.SIGTERM, patience_seconds=10)


def wait_until_ready(child: Child, address: str) -> None:
    """Raises EngineError when the process ends, AssertionError when it does not answer in a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        child.require_alive()
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.05)
    raise AssertionError(f"{child.name} does not answer: see {child.log}")


def free_port() -> int:
    """A port of the loopback address that nobody holds now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
