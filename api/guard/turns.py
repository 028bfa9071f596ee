"""How many operations of one caller run at once, so that nobody takes every connection to the database."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

RUNNING_MAX = 3
"""One less than the connections of a process."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Turns of callers; whoever waited longest goes next. Callers without a key, as before sign-in, never wait."""

    running_max: int = RUNNING_MAX
    _running: dict[str, int] = field(default_factory=dict[str, int])
    _waiting: dict[str, deque[asyncio.Future[None]]] = field(default_factory=dict[str, "deque[asyncio.Future[None]]"])

    async def take(self, client_key: str) -> None:
        """One of the caller's turns, to be given back."""
        running = self._running.get(client_key, 0)
        if client_key and running >= self.running_max:
            await self._wait(client_key)
        else:
            self._running[client_key] = running + 1

    def give_back(self, client_key: str) -> None:
        """Ends a turn; it passes to whoever waits."""
        waiting = self._waiting.get(client_key)
        while waiting:
            waiter = waiting.popleft()
            if not waiting:
                del self._waiting[client_key]
            if not waiter.done():
                waiter.set_result(None)
                return
        left = self._running.pop(client_key) - 1
        if left:
            self._running[client_key] = left

    async def _wait(self, client_key: str) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client_key, deque()).append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled():
                self.give_back(client_key)
            raise
