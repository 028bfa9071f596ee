"""The one connection to PostgreSQL: a pool whose connections know their tenant, for records and for plain SQL."""

from collections.abc import AsyncGenerator, Coroutine, Generator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, cast
from uuid import UUID

import asyncpg
from tortoise import Tortoise
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.connection import get_connection
from tortoise.migrations.api.migrate import migrate as migrate_by_tortoise

from domain.kernel import addresses
from domain.kernel.pool import Pool as PlainPool
from domain.kernel.sessions import APP, GATE, NOBODY, Session

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = asyncpg.Connection[asyncpg.Record]

MODELS = [
    "domain.kernel.model",
    "domain.people.model",
    "domain.inbox.model",
    "domain.objectives.model",
    "domain.objectives.targets.model",
    "domain.feedback.model",
    "domain.scorecards.model",
    "domain.scorecards.cards.model",
    "domain.progress.model",
    "domain.strategy.model",
    "domain.modes.model",
    "domain.plans.model",
    "domain.transmission.recall.model",
    "domain.transmission.interlocks.model",
]
STATEMENT_BYTES_MAX = 500_000
STATEMENT_SECONDS_MAX = 60
"""What work in the background may take, as an import; who answers requests asks for less."""
CONNECT_SECONDS_MAX = 10
MIGRATION_LOCK = 4_021_971
"""The advisory lock that keeps two processes from migrating at once."""

_tenant: ContextVar[UUID | None] = ContextVar("tenant", default=None)
_gate: "list[Pool]" = []
_plain: list[PlainPool] = []
_writing: list[PlainPool] = []
WRITING_MAX = 16
"""Connections that mostly wait for the disk: those who commit together share one flush of the log."""


async def _serve_tenant(connection: object) -> None:
    await cast("Session", getattr(connection, "_con", connection)).serve(_tenant.get() or NOBODY)


def _tortoise(url: str, *, role: str | None, size: int, statement_seconds: int = 0) -> dict[str, object]:
    credentials = addresses.credentials(url, role=role, statement_seconds=statement_seconds) | {
        "minsize": 1,
        "maxsize": size,
        "setup": _serve_tenant,
        "timeout": CONNECT_SECONDS_MAX,
        "command_timeout": STATEMENT_SECONDS_MAX,
    }
    return {
        "connections": {"default": {"engine": "tortoise.backends.asyncpg", "credentials": credentials}},
        "apps": {
            "domain": {
                "models": MODELS,
                "migrations": "domain.migrations",
                "default_connection": "default",
            }
        },
        "use_tz": True,
        "timezone": "UTC",
    }


async def connect(url: str, *, size: int = 4, statement_seconds: int = STATEMENT_SECONDS_MAX) -> None:
    """Open the pools: `size` connections under row-level security for records, as many for SQL, two for the gate.

    Those that write by single statements are opened when they are needed.

    PostgreSQL itself ends what runs longer than `statement_seconds`, even when nobody waits for it any more.
    """
    config = _tortoise(url, role=APP, size=size, statement_seconds=statement_seconds)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    async with _client().acquire_connection() as connection:
        await connection.execute("select 1")
    _plain.append(plain_pool(url, size=size, statement_seconds=statement_seconds))
    _writing.append(plain_pool(url, size=WRITING_MAX, statement_seconds=statement_seconds))
    await _examine(_plain[-1])
    _gate.append(
        await asyncpg.create_pool(
            **addresses.credentials(url, role=GATE, statement_seconds=statement_seconds),
            min_size=1,
            max_size=2,
            timeout=CONNECT_SECONDS_MAX,
            command_timeout=STATEMENT_SECONDS_MAX,
        )
    )


def plain_pool(url: str, *, size: int, statement_seconds: int, connect_seconds: int = CONNECT_SECONDS_MAX) -> PlainPool:
    """Connections under row-level security for plain statements, each opened when it is needed."""

    async def opened() -> "Connection":
        return await asyncpg.connect(
            **addresses.credentials(url, role=APP, statement_seconds=statement_seconds),
            timeout=connect_seconds,
            command_timeout=STATEMENT_SECONDS_MAX,
            # A compiled read may be long, and is planned anew whenever it is forgotten.
            max_cacheable_statement_size=STATEMENT_BYTES_MAX,
            max_cached_statement_lifetime=0,
        )

    return PlainPool(opened, size=size)


async def _examine(plain: PlainPool) -> None:
    found = await plain.acquire()
    try:
        await cast("Session", found).examine()
    finally:
        plain.release(found)


async def close() -> None:
    """Close the pools."""
    for pools in (_plain, _writing):
        while pools:
            await pools.pop().close()
    while _gate:
        await _gate.pop().close()
    await Tortoise.close_connections()


async def migrate(url: str) -> None:
    """Bring the database to the newest step; processes that start together wait for each other."""
    holder = cast("Connection", await asyncpg.connect(**addresses.credentials(url, role=None)))
    try:
        await holder.execute("select pg_advisory_lock($1)", MIGRATION_LOCK)
        await migrate_by_tortoise(config=_tortoise(url, role=None, size=1))
    finally:
        await Tortoise.close_connections()
        await holder.close()


@contextmanager
def tenant(tenant_id: UUID | None) -> Generator[None]:
    """Everything asked of the pool inside belongs to this tenant."""
    token = _tenant.set(tenant_id)
    try:
        yield
    finally:
        _tenant.reset(token)


class _Client(Protocol):
    _pool: "Pool | None"

    def acquire_connection(self) -> "AbstractAsyncContextManager[Connection]":
        """The transaction's connection, or one of the pool."""
        ...


def _client() -> _Client:
    return cast("_Client", get_connection("default"))


def pool() -> "Pool":
    """The pool under row-level security, for statements that are read as rows or bytes."""
    found = _client()._pool  # pyright: ignore[reportPrivateUsage] # noqa: SLF001 - Tortoise offers no other way
    if found is None:
        raise RuntimeError("the database is not connected")
    return found


def gate() -> "Pool":
    """The pool that finds the tenant of a login and claims queue rows of all tenants."""
    return _gate[-1]


def connection() -> "AbstractAsyncContextManager[Connection]":
    """A connection of the running tenant: the transaction's own inside `begin`, else one for plain SQL."""
    return _lent(_plain[-1])


@asynccontextmanager
async def writing() -> "AsyncGenerator[Connection]":
    """The same for statements that commit by themselves, unless they are part of a transaction.

    Behind a pooler they are one: after an error inside nothing more can be asked.
    """
    async with _lent(_writing[-1]) as found, cast("Session", found).bound():
        yield found


@asynccontextmanager
async def _lent(pool: PlainPool) -> "AsyncGenerator[Connection]":
    client = _client()
    if isinstance(client, TransactionWrapper):
        # Tortoise's lock is for single statements: held here, the next one of a record would wait for ever.
        yield client._connection  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        return
    found = await pool.acquire()
    try:
        await _serve_tenant(found)
        yield found
    finally:
        pool.release(found)


def fetch_value(tenant_id: UUID, sql: str, values: Sequence[object]) -> Coroutine[None, None, object]:
    """The one value that a statement of a tenant yields, outside of any transaction."""
    return value_from(_plain[-1], tenant_id, sql, values)


async def value_from(plain: PlainPool, tenant_id: UUID, sql: str, values: Sequence[object]) -> object:
    """The same by a connection of this pool."""
    found = await plain.acquire()
    try:
        return await cast("Session", found).value_of(tenant_id, sql, values)
    finally:
        plain.release(found)
