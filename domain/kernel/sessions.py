"""Connections that tell row-level security whose rows are asked for: one's own, or one shared through a pooler.

Behind a pooler in transaction mode a server is lent for one transaction. So nothing is ever set for longer: each
transaction begins by naming the role, the settings and the tenant, and a statement outside of one gets its own. What
was cut off, timed out or broke leaves nothing behind for whoever is lent the server next.

To set the tenant within the statement would save two round trips, but such a statement is planned before it runs: for
no tenant at all, of which PostgreSQL believes that it has no rows.
"""

import itertools
import os
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any, Protocol
from uuid import UUID

import asyncpg

from domain.kernel.settings import SettingsError

APP, GATE = "catchball_app", "catchball_gate"
"""The roles: one serves requests under row-level security, one finds the tenant of a login and claims queue rows."""
NOBODY = UUID(int=0)
"""No tenant has this id."""
SETTINGS: Mapping[str, str] = {
    "timezone": "UTC",
    # Planning a compiled read takes ten times as long as reading; starting parallel workers for it takes longer still.
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "max_parallel_workers_per_gather": "0",
}
UNDO_SECONDS_MAX = 5
_PROCESS = os.urandom(6).hex()
_numbers = itertools.count(1)
_UNBOUND = nullcontext()
_EXAMINE = "select pg_backend_pid() as server, exists(select from pg_prepared_statements where name = $1) as is_named"


class Session(Protocol):
    """What the pools need of either kind."""

    async def examine(self) -> None:
        """SettingsError if what stands between this process and the server would mix up tenants."""
        ...

    async def serve(self, tenant_id: UUID) -> None:
        """From now on row-level security shows the rows of this tenant."""
        ...

    async def value_of(self, tenant_id: UUID, sql: str, values: Sequence[object]) -> object:
        """The one value that a statement of a tenant yields, outside of any transaction."""
        ...

    def bound(self) -> AbstractAsyncContextManager[None]:
        """All statements inside are for who is served."""
        ...


class Own(asyncpg.Connection):  # type: ignore[type-arg]
    """A connection that is not reset between uses: nothing but the tenant is ever set on it."""

    __slots__ = ("_serves",)
    _serves: UUID | None

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._serves = None

    def get_reset_query(self) -> str:
        return ""

    async def examine(self) -> None:
        if await self.fetchval("select current_setting('app.tenant_id', true)") is None:
            raise SettingsError(
                "Settings do not reach PostgreSQL: if a pooler stands there, add pool_mode=transaction to the address."
            )

    async def serve(self, tenant_id: UUID) -> None:
        if self._serves != tenant_id:
            # A statement that is cut off may have been done or not: until it is known, nobody is served.
            self._serves = None
            await self.execute("select set_config('app.tenant_id', $1, false)", str(tenant_id))
            self._serves = tenant_id

    async def value_of(self, tenant_id: UUID, sql: str, values: Sequence[object]) -> object:
        if self._serves != tenant_id:
            await self.serve(tenant_id)
        return await self.fetchval(sql, *values)

    def bound(self) -> AbstractAsyncContextManager[None]:
        return _UNBOUND


class Shared(asyncpg.Connection):  # type: ignore[type-arg]
    """A connection through a pooler in transaction mode, of a kind that `shared` makes."""

    __slots__ = ("_serves",)
    opening = ""
    """What each transaction begins with, for a tenant."""
    _serves: UUID

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._serves = NOBODY

    def get_reset_query(self) -> str:
        return ""

    def _get_unique_id(self, prefix: str) -> str:
        # A pooler that passes names on must find no statement of another process under ours, but none.
        return f"catchball_{_PROCESS}_{prefix}_{next(_numbers):x}"

    async def examine(self) -> None:
        async with self.bound():
            statement = await self.prepare(_EXAMINE)
            found = await statement.fetchrow(statement.get_name())
        assert found is not None, "a select without tables has one row"
        # What keeps statements gives them names of its own, so that the next server can be taught them.
        if found["is_named"] and found["server"] != self.get_server_pid():
            raise SettingsError(
                "The pooler keeps no prepared statements: "
                "take PgBouncer from 1.21 on, with max_prepared_statements = 1000."
            )

    async def serve(self, tenant_id: UUID) -> None:
        if self.is_in_transaction():
            self.terminate()
            raise RuntimeError("a transaction of somebody else was left open")
        self._serves = tenant_id

    async def value_of(self, tenant_id: UUID, sql: str, values: Sequence[object]) -> object:
        await self.serve(tenant_id)
        return await self.fetchval(sql, *values)

    def bound(self) -> AbstractAsyncContextManager[None]:
        return _UNBOUND if self.is_in_transaction() else self._transaction()

    @asynccontextmanager
    async def _transaction(self) -> AsyncGenerator[None]:
        try:
            await super().execute(f"begin; {self.opening.format(self._serves)}")
            yield
            await super().execute("commit")
        except BaseException:
            await self._undo()
            raise

    async def _undo(self) -> None:
        """However the transaction ended, none is open afterwards."""
        if self.is_closed():
            return
        try:
            await super().execute("rollback", timeout=UNDO_SECONDS_MAX)
        except BaseException:
            self.terminate()
            raise

    async def _get_statement(self, *given: Any, **named: Any) -> Any:
        if not self.is_in_transaction():
            raise RuntimeError("a statement must name its tenant: begin a transaction")
        return await getattr(super(), "_get_statement")(*given, **named)  # noqa: B009 - a private name

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's
        if query.startswith("BEGIN") and not self.is_in_transaction():
            # What asyncpg's transactions begin with.
            return await super().execute(f"{query} {self.opening.format(self._serves)}", timeout=timeout)
        async with self.bound():
            return await super().execute(query, *args, timeout=timeout)

    async def executemany(self, *given: Any, **named: Any) -> None:
        async with self.bound():
            await super().executemany(*given, **named)

    async def fetch(self, *given: Any, **named: Any) -> Any:
        async with self.bound():
            return await super().fetch(*given, **named)

    async def fetchrow(self, *given: Any, **named: Any) -> Any:
        async with self.bound():
            return await super().fetchrow(*given, **named)

    async def fetchval(self, *given: Any, **named: Any) -> Any:
        async with self.bound():
            return await super().fetchval(*given, **named)


def shared(role: str, *, statement_seconds: int) -> type[Shared]:
    """The kind of connection that works as a role, whatever the pooler's own login is."""
    settings = {"role": role, **SETTINGS, "statement_timeout": f"{statement_seconds}s", "app.tenant_id": "{}"}
    text = "select " + ", ".join(f"set_config('{name}', '{value}', true)" for name, value in settings.items())

    class Kind(Shared):
        __slots__ = ()
        opening = text

    return Kind
