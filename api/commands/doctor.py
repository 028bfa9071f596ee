"""`catchball doctor`: says in sentences what is wrong and what to do; the exit code is 1 if anything is."""

import argparse
import asyncio
import shutil
import stat
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import asyncpg
from redis import asyncio as redis
from redis.exceptions import RedisError

from api.commands import place
from api.settings import Settings
from domain import migrations
from domain.kernel import addresses, clock, months

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

OLDEST_POSTGRES = 15
SKEW_SECONDS_MAX = 2.0
FREE_BYTES_MIN = 1_000_000_000
REPLAY_SECONDS_MAX = 3
QUEUES = {"journal_unread": "journal entries", "delivery": "deliveries"}
APPLIED = "SELECT name FROM tortoise_migrations WHERE app = 'domain'"


@dataclass(frozen=True)
class Finding:
    is_well: bool
    sentence: str


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    del options
    findings = asyncio.run(examine(place.current()))
    for finding in findings:
        print("  ✓ " if finding.is_well else "  ✗ ", finding.sentence, sep="")
    return 0 if all(finding.is_well for finding in findings) else 1


async def examine(settings: Settings) -> list[Finding]:
    return [
        *await examine_database(settings.database_url),
        *await examine_replica(settings),
        await examine_redis(settings.redis_url),
        examine_disk(settings.home),
        *examine_keys(settings.key_folder),
    ]


async def examine_database(url: str) -> list[Finding]:
    try:
        async with connected(url) as connection:
            findings = [examine_version(connection), await examine_clock(connection)]
            missing = await missing_steps(connection)
            if missing:
                steps = ", ".join(missing)
                return [*findings, Finding(False, f"The database lacks {steps}: run `catchball migrate`.")]
            findings += [Finding(True, "The database is at the newest step."), await examine_months(connection)]
        return [*findings, *await examine_queues(url)]
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        return [Finding(False, f"The database does not answer ({error}): look at DATABASE_URL and its server.")]


def examine_version(connection: Connection) -> Finding:
    major = connection.get_server_version().major
    if major < OLDEST_POSTGRES:
        return Finding(False, f"PostgreSQL {major} is too old: Catchball needs 15 or newer.")
    return Finding(True, f"PostgreSQL {major} answers.")


async def examine_clock(connection: Connection) -> Finding:
    there = await connection.fetchval("SELECT clock_timestamp()")
    skew = abs((clock.now() - there).total_seconds())
    if skew > SKEW_SECONDS_MAX:
        return Finding(False, f"This clock and the database's differ by {skew:.1f} s: let both keep time by NTP.")
    return Finding(True, "This clock and the database's agree.")


async def missing_steps(connection: Connection) -> list[str]:
    """The migrations of this version that the database has not had, in their order."""
    has_any = await connection.fetchval("SELECT to_regclass('tortoise_migrations') IS NOT NULL")
    applied = {row["name"] for row in await connection.fetch(APPLIED)} if has_any else set[str]()
    return [step for step in known_steps() if step not in applied]


def known_steps() -> list[str]:
    return sorted(path.stem for path in Path(migrations.__path__[0]).glob("m[0-9]*.py"))


async def examine_months(connection: Connection) -> Finding:
    lacking = ", ".join(row["name"] for row in await connection.fetch(months.LACKING))
    if lacking:
        sentence = f"The coming month has no partition of {lacking}: is `catchball worker` running? Its log says why."
        return Finding(False, sentence)
    return Finding(True, "The coming month has its partitions.")


async def examine_queues(url: str) -> list[Finding]:
    """As the role that claims them: it sees the queues of every tenant and nothing else."""
    async with connected(url, role="catchball_gate") as connection:
        return [await examine_queue(connection, table) for table in QUEUES]


async def examine_queue(connection: Connection, table: str) -> Finding:
    parked = await connection.fetch(
        f"SELECT id, last_error FROM {table} WHERE parked_at IS NOT NULL ORDER BY parked_at DESC LIMIT 100"
    )
    if not parked:
        return Finding(True, f"No {QUEUES[table]} are parked.")
    count = f"{len(parked)}" if len(parked) < 100 else "100 or more"
    last = parked[0]
    return Finding(
        False,
        f"{count} {QUEUES[table]} are parked, the latest ({last['id']}) because: {last['last_error']}. "
        f"Mend the cause, then set parked_at to null in {table}.",
    )


async def examine_replica(settings: Settings) -> list[Finding]:
    """Nothing where there is none."""
    if not settings.replica_url:
        return []
    try:
        async with connected(settings.database_url) as connection:
            written = await connection.fetchval("SELECT pg_current_wal_lsn()::text")
        async with connected(settings.replica_url) as connection:
            return [await examine_replay(connection, written, patience_seconds=settings.replica_lag_seconds)]
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        return [Finding(False, f"The replica does not answer ({error}): clients read from the primary meanwhile.")]


async def examine_replay(connection: Connection, written: str, *, patience_seconds: int) -> Finding:
    if not await connection.fetchval("SELECT pg_is_in_recovery()"):
        return Finding(False, "REPLICA_URL names a server that follows no other: make it a standby, or take it away.")
    behind = "SELECT greatest($1::text::pg_lsn - pg_last_wal_replay_lsn(), 0)::bigint"
    for _ in range(min(patience_seconds, REPLAY_SECONDS_MAX) * 10):
        if not await connection.fetchval(behind, written):
            return Finding(True, "The replica has what was committed.")
        await asyncio.sleep(0.1)
    missing = await connection.fetchval(behind, written)
    return Finding(
        False,
        f"The replica lacks {missing / 1e6:.1f} MB: look whether it still follows; clients read from the primary.",
    )


async def examine_redis(url: str) -> Finding:
    client = redis.from_url(url, socket_connect_timeout=5)  # pyright: ignore[reportUnknownMemberType] - its options are untyped
    try:
        await client.execute_command("PING")  # pyright: ignore[reportUnknownMemberType] - its answer is untyped
    except (OSError, RedisError) as error:
        return Finding(False, f"Redis does not answer ({error}): look at REDIS_URL and its server.")
    finally:
        await client.aclose()
    return Finding(True, "Redis answers.")


def examine_disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free
    said = f"{free / 1e9:.1f} GB are free where {home} lies"
    if free < FREE_BYTES_MIN:
        return Finding(False, f"Only {said}: make room, or PostgreSQL will stop taking changes.")
    return Finding(True, f"{said}.")


def examine_keys(folder: Path) -> Iterator[Finding]:
    files = [path for path in folder.glob("*") if path.is_file()] if folder.exists() else []
    if not files:
        yield Finding(False, f"{folder} holds no keys: start `catchball web` once, it makes them.")
        return
    for path in files:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            yield Finding(False, f"Others can read the key {path}: run `chmod 600 {path}`.")
            return
    yield Finding(True, f"The keys in {folder} are for this user alone.")


@asynccontextmanager
async def connected(url: str, *, role: str = "none") -> AsyncGenerator[Connection]:
    """In one transaction, as a pooler may stand before the server."""
    connection = await asyncpg.connect(addresses.without_mode(url), timeout=10)
    try:
        async with connection.transaction():
            await connection.execute(f"set local role {role}")
            yield connection
    finally:
        await connection.close()
