"""How many operations of one caller run at once, so that nobody takes every connection to the database."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

RUNNING_MAX = 3
"""One less than the connections of a process."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Those who wait hold the semaphore of their caller; it goes with the last of them."""

    running_max: int = RUNNING_MAX
    _of_callers: "WeakValueDictionary[str, asyncio.Semaphore]" = field(
        default_factory=WeakValueDictionary["str", "asyncio.Semaphore"]
    )

    @asynccontextmanager
    async def taken(self, client_key: str) -> AsyncGenerator[None]:
        """One of the caller's turns; who has no key, as before sign-in, never waits."""
        if not client_key:
            yield
            return
        semaphore = self._of_callers.setdefault(client_key, asyncio.Semaphore(self.running_max))
        async with semaphore:
            yield
