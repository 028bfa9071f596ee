"""A few connections for plain statements; one that comes free goes to whoever has waited longest."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
    Waiter: TypeAlias = "asyncio.Future[Connection | None]"


class Pool:
    """At most `size` connections, opened when first needed and opened again when they broke.

    asyncpg's own pool lets a newcomer take what was freed for another, who then waits anew behind everybody,
    and starts a task for every release.
    """

    def __init__(self, open_connection: "Callable[[], Awaitable[Connection]]", *, size: int) -> None:
        self._open = open_connection
        self._idle: list[Connection | None] = [None] * size
        self._waiting: deque[Waiter] = deque()
        self._is_closed = False

    async def acquire(self) -> "Connection":
        """A connection to be given to `release` afterwards."""
        found = self._idle.pop() if self._idle else await self._wait()
        if found is not None and not found.is_closed():
            return found
        try:
            return await self._open()
        except BaseException:
            self._hand_on(None)
            raise

    def release(self, connection: "Connection") -> None:
        """Hands the connection on. One that was left inside a transaction is not used again."""
        if not connection.is_closed() and (self._is_closed or connection.is_in_transaction()):
            connection.terminate()
        self._hand_on(connection)

    async def close(self) -> None:
        """Ends what is idle now, and the others when they are released."""
        self._is_closed = True
        idle = [connection for connection in self._idle if connection is not None]
        self._idle = [None] * len(self._idle)
        for connection in idle:
            await connection.close()

    async def _wait(self) -> "Connection | None":
        waiter: Waiter = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self._hand_on(waiter.result())
            raise

    def _hand_on(self, connection: "Connection | None") -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        self._idle.append(connection)
