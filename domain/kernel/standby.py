"""The standby: a copy of the database that is a little late, for reads that may be as late.

Positions are those of the log that a standby replays, in bytes: what was committed at a position is there when the
standby has replayed it. A position counts before the snapshot of a later statement, never within the same one.
"""

from collections.abc import Coroutine, Sequence
from uuid import UUID

import asyncpg

from domain.kernel import database
from domain.kernel.pool import Pool
from domain.kernel.sessions import NOBODY

CONNECT_SECONDS_MAX = 2
SIZE = 4
GONE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    # What the log does to rows that are being read comes first.
    asyncpg.SerializationError,
    # A migration may not have arrived.
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedColumnError,
    asyncpg.UndefinedFunctionError,
)
"""What says nothing about the statement: the primary may answer it."""

_copies: list[Pool] = []
_REPLAYED = "select (pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint where pg_is_in_recovery()"
# Where a commit does not wait for the disk, its position is not yet counted as written.
_WRITTEN = """select (case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn()
              else pg_current_wal_lsn() end - '0/0'::pg_lsn)::bigint"""


class NoStandby(OSError):
    """A server that replays nothing: it was made the primary, or always was one."""


def connect(url: str, *, statement_seconds: int) -> None:
    """Name the standby; connections are opened when they are needed."""
    pool = database.plain_pool(url, size=SIZE, statement_seconds=statement_seconds, connect_seconds=CONNECT_SECONDS_MAX)
    _copies.append(pool)


async def close() -> None:
    """Close its connections."""
    while _copies:
        await _copies.pop().close()


def fetch_value(tenant_id: UUID, sql: str, values: Sequence[object]) -> Coroutine[None, None, object]:
    """The one value that a statement of a tenant yields there."""
    return database.value_from(_copies[-1], tenant_id, sql, values)


async def replayed() -> int:
    """How far it is; one of GONE."""
    found = await fetch_value(NOBODY, _REPLAYED, ())
    if not isinstance(found, int):
        raise NoStandby
    return found


async def written() -> int:
    """How far the primary is: behind everything that was committed before."""
    found = await database.fetch_value(NOBODY, _WRITTEN, ())
    assert isinstance(found, int), "a select without tables has one row"
    return found
