"""What one socket sends: a stream waits until the network took its message, a feed waits for nobody.

A message of a feed goes out at once, without a task. Only while a client is slow do its messages wait, in a short line;
who leaves the line full, or takes nothing for `send_seconds`, is dropped.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import cast

from starlette.types import Message, Send


class Gone(Exception):
    """The other side has left."""


class Outlet:
    """`drop` is called for a client who is too slow, and must shut the outlet."""

    __slots__ = ("_catching_up", "_drop", "_send", "_send_seconds", "_waiting", "_waiting_max", "is_shut")

    def __init__(self, send: Send, *, send_seconds: float, waiting_max: int, drop: Callable[[], None]) -> None:
        self._send = send
        self._send_seconds = send_seconds
        self._waiting_max = waiting_max
        self._drop = drop
        self._waiting: deque[str] | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self.is_shut = False

    async def put(self, text: str) -> None:
        """Sends a message when the network takes it; raises Gone."""
        if self.is_shut:
            raise Gone
        try:
            async with asyncio.timeout(self._send_seconds):
                await self._send(said(text))
        except TimeoutError:
            self._drop()
            raise Gone from None
        except (OSError, RuntimeError):
            # The server has closed the socket by itself: RuntimeError from the moment a ping was not answered.
            raise Gone from None

    def tell(self, text: str) -> None:
        """Sends a message without waiting: what the network does not take now, it gets later, in order."""
        if self.is_shut:
            return
        if self._waiting is None:
            self._tell_now(text)
        elif len(self._waiting) < self._waiting_max:
            self._waiting.append(text)
        else:
            self._drop()

    def _tell_now(self, text: str) -> None:
        try:
            is_sent = ends_at_once(cast("Coroutine[object, None, None]", self._send(said(text))))
        except (OSError, RuntimeError):
            return
        if not is_sent:
            self._waiting = deque([text])
            self._catching_up = asyncio.create_task(self._catch_up(self._waiting))

    async def _catch_up(self, waiting: deque[str]) -> None:
        try:
            while waiting:
                await self.put(waiting[0])
                waiting.popleft()
        except Gone:
            return
        self._waiting = self._catching_up = None

    def shut(self) -> None:
        """Sends no more messages."""
        self.is_shut = True
        if self._catching_up is not None:
            self._catching_up.cancel()

    async def close(self, code: int, reason: str) -> bool:
        """Closes the socket; whether the client was told why, or had left."""
        try:
            async with asyncio.timeout(self._send_seconds):
                await self._send(closing(code, reason))
        except TimeoutError:
            return False
        except (OSError, RuntimeError):
            return True
        return True


def ends_at_once(step: Coroutine[object, None, None]) -> bool:
    """Runs a coroutine that need not wait; one that would is undone and has done nothing.

    So much is true of the server's `send`, which waits for the network before it writes, and never after.
    """
    try:
        step.send(None)
    except StopIteration:
        return True
    step.close()
    return False


def said(text: str) -> Message:
    """The server's words for a message."""
    return {"type": "websocket.send", "text": text}


def closing(code: int, reason: str) -> Message:
    """The server's words for the end of a socket."""
    return {"type": "websocket.close", "code": code, "reason": reason}
