"""The one connection to PostgreSQL: a pool whose connections know their tenant, for records and for plain SQL."""

from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import asyncpg
from tortoise import Tortoise
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.connection import get_connection
from tortoise.migrations.api.migrate import migrate as migrate_by_tortoise

from domain.kernel.pool import Pool as PlainPool

if TYPE_CHECKING:
    Pool = asyncpg.Pool[asyncpg.Record]
    Connection = asyncpg.Connection[asyncpg.Record]

MODELS = [
    "domain.kernel.model",
    "domain.people.model",
    "domain.inbox.model",
    "domain.objectives.model",
    "domain.scorecards.model",
    "domain.progress.model",
]
STATEMENT_BYTES_MAX = 500_000
STATEMENT_SECONDS_MAX = 60
"""What work in the background may take, as an import; who answers requests asks for less."""
CONNECT_SECONDS_MAX = 10
MIGRATION_LOCK = 4_021_971
"""The advisory lock that keeps two processes from migrating at once."""

_tenant: ContextVar[UUID | None] = ContextVar("tenant", default=None)
_NOBODY = UUID(int=0)
"""No tenant has this id."""
_gate: "list[Pool]" = []
_plain: list[PlainPool] = []
_writing: list[PlainPool] = []
WRITING_MAX = 16
"""Connections that mostly wait for the disk: those who commit together share one flush of the log."""


class _OwnConnection(asyncpg.Connection):  # type: ignore[type-arg]
    """A connection that is not reset between uses: nothing but the tenant is ever set on it."""

    __slots__ = ("_serves",)
    _serves: UUID | None

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._serves = None

    def get_reset_query(self) -> str:
        return ""

    async def serve(self, tenant_id: UUID) -> None:
        """From now on row-level security shows the rows of this tenant."""
        if self._serves != tenant_id:
            # A statement that is cut off may have been done or not: until it is known, nobody is served.
            self._serves = None
            await self.execute("select set_config('app.tenant_id', $1, false)", str(tenant_id))
            self._serves = tenant_id


async def _serve_tenant(connection: object) -> None:
    await cast("_OwnConnection", getattr(connection, "_con", connection)).serve(_tenant.get() or _NOBODY)


def _credentials(url: str, *, role: str | None, statement_seconds: int = 0) -> dict[str, object]:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    # Planning a compiled read takes ten times as long as reading; starting parallel workers for it takes longer still.
    kept = {"jit": "off", "plan_cache_mode": "force_generic_plan", "max_parallel_workers_per_gather": "0"}
    settings = {"timezone": "UTC", "application_name": "catchball", **kept}
    if statement_seconds:
        settings |= {"statement_timeout": f"{statement_seconds}s"}
    if role:
        settings |= {"role": role}
    return {
        "host": query.get("host") or parts.hostname or "localhost",
        "port": parts.port or int(query.get("port", "5432")),
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/"),
        "server_settings": settings,
    }


def _tortoise(url: str, *, role: str | None, size: int, statement_seconds: int = 0) -> dict[str, object]:
    credentials = _credentials(url, role=role, statement_seconds=statement_seconds) | {
        "connection_class": _OwnConnection,
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
    config = _tortoise(url, role="catchball_app", size=size, statement_seconds=statement_seconds)
    await Tortoise.init(config=config, _enable_global_fallback=True)
    async with _client().acquire_connection() as connection:
        await connection.execute("select 1")
    _plain.append(PlainPool(lambda: _opened(url, statement_seconds), size=size))
    _writing.append(PlainPool(lambda: _opened(url, statement_seconds), size=WRITING_MAX))
    credentials = _credentials(url, role="catchball_gate", statement_seconds=statement_seconds)
    _gate.append(
        await asyncpg.create_pool(
            **credentials,  # type: ignore[arg-type]
            min_size=1,
            max_size=2,
            timeout=CONNECT_SECONDS_MAX,
            command_timeout=STATEMENT_SECONDS_MAX,
        )
    )


async def _opened(url: str, statement_seconds: int) -> "Connection":
    return await asyncpg.connect(
        **_credentials(url, role="catchball_app", statement_seconds=statement_seconds),  # type: ignore[arg-type]
        connection_class=_OwnConnection,
        timeout=CONNECT_SECONDS_MAX,
        command_timeout=STATEMENT_SECONDS_MAX,
        # A compiled read may be long, and is planned anew whenever it is forgotten.
        max_cacheable_statement_size=STATEMENT_BYTES_MAX,
        max_cached_statement_lifetime=0,
    )


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
    plain = cast("dict[str, str]", _credentials(url, role=None))
    holder = cast("Connection", await asyncpg.connect(**plain))  # type: ignore[arg-type]
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


def writing() -> "AbstractAsyncContextManager[Connection]":
    """The same for statements that commit by themselves, unless they are part of a transaction."""
    return _lent(_writing[-1])


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


async def fetch_value(tenant_id: UUID, sql: str, values: Sequence[object]) -> object:
    """The one value that a statement of a tenant yields, outside of any transaction."""
    plain = _plain[-1]
    found = await plain.acquire()
    try:
        await cast("_OwnConnection", found).serve(tenant_id)
        return await found.fetchval(sql, *values)
    finally:
        plain.release(found)
