"""The servers of a large installation on one machine: a primary, a standby that follows it, PgBouncer, Redis."""

import asyncio
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from api.embedded import hold
from api.embedded import owner as owners
from api.embedded.child import tether_command
from api.embedded.failure import EngineError
from api.embedded.postgres import Postgres
from api.embedded.postgres import program as postgres_program
from api.embedded.redis import Redis
from domain.kernel import database
from tests.scale.bouncer import LOGIN, Bouncer

DATABASE = "catchball"
COPY_SECONDS_MAX = 120
OPTIONS: Mapping[str, str] = {"wal_level": "replica", "hot_standby": "on", "max_wal_senders": "4"}
CROWDED = "crowded"
"""The primary by one connection for everybody."""
COPY = "copy"


@dataclass(frozen=True, kw_only=True)
class Servers:
    """What runs; addresses are those that the product is given."""

    home: Path
    primary: Postgres
    standby: Postgres
    bouncer: Bouncer
    redis: Redis

    @property
    def direct_url(self) -> str:
        return as_login(self.primary.url(DATABASE))

    @property
    def standby_url(self) -> str:
        return as_login(self.standby.url(DATABASE))

    def ask(self, statement: str, server: Postgres | None = None) -> object:
        """One value, by the administrator."""

        async def asked() -> object:
            connection = await asyncpg.connect((server or self.primary).url(DATABASE))
            try:
                return await connection.fetchval(statement)
            finally:
                await connection.close()

        return asyncio.run(asked())


def as_login(url: str) -> str:
    """The same address for a login that may do no more than the product needs."""
    return url.replace("://catchball@", f"://{LOGIN}@")


@contextmanager
def running(home: Path) -> Generator[Servers]:
    """All of them, empty and migrated; they end with the block."""
    hold.prepare(home)
    with ExitStack() as ending:
        primary = Postgres(home=home, options=OPTIONS)
        ending.callback(primary.stop)
        primary.start()
        asyncio.run(provide(primary))
        standby = follow(primary, home / "standby")
        ending.callback(standby.stop)
        standby.start()
        redis = Redis(home=home)
        ending.callback(redis.stop)
        redis.start()
        bouncer = Bouncer(home=home, databases=lent(primary, standby))
        ending.callback(bouncer.stop)
        bouncer.start()
        yield Servers(home=home, primary=primary, standby=standby, bouncer=bouncer, redis=redis)


def lent(primary: Postgres, standby: Postgres) -> Mapping[str, str]:
    """The databases of PgBouncer."""
    login = f"dbname={DATABASE} user={LOGIN}"
    return {
        DATABASE: f"host={primary.sockets} {login}",
        CROWDED: f"host={primary.sockets} {login} pool_size=1",
        COPY: f"host={standby.sockets} {login}",
    }


async def provide(primary: Postgres) -> None:
    """A migrated database, and the login that web and worker come by."""
    connection = await asyncpg.connect(primary.url("postgres"))
    try:
        await connection.execute(f"create database {DATABASE}")
        await database.migrate(primary.url(DATABASE))
        await connection.execute(f"create role {LOGIN} login in role catchball_app, catchball_gate")
    finally:
        await connection.close()


def follow(primary: Postgres, home: Path) -> Postgres:
    """A copy that goes on following; not started yet."""
    standby = Postgres(home=home, options=OPTIONS)
    hold.prepare(home)
    owners.hand_over(standby.owner, standby.sockets)
    owners.hand_over(standby.owner, standby.files)
    command = [
        str(postgres_program("pg_basebackup")),
        "--write-recovery-conf",
        "--checkpoint=fast",
        "--wal-method=stream",
    ]
    whole = [*command, f"--pgdata={standby.files}", f"--dbname=host={primary.sockets} user=catchball"]
    made = subprocess.run(
        [*tether_command(signal.SIGKILL, standby.owner), *whole],
        capture_output=True,
        text=True,
        timeout=COPY_SECONDS_MAX,
        check=False,
    )
    if made.returncode:
        raise EngineError(f"The standby could not be made: {made.stderr.strip()}")
    return standby


@contextmanager
def folder() -> Generator[Path]:
    """A place that is removed afterwards."""
    made = Path(tempfile.mkdtemp(prefix="catchball-scale-"))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)
