"""Wakes the worker as soon as something is due, so that nobody waits for the next look."""

import asyncio
from typing import Protocol


class Bell(Protocol):
    """What the worker listens to; a ring that is lost costs a second, never a delivery."""

    async def wait(self) -> None:
        """Return at the next ring, or at once if it rang since the last time; may be cancelled."""
        ...


class LocalBell:
    """A bell inside one process; another may be rung across processes by whoever composes them."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake whoever waits, or the next one who would."""
        self._rung.set()

    async def wait(self) -> None:
        """Return at the next ring."""
        await self._rung.wait()
        self._rung.clear()
