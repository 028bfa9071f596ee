"""Streams over server-sent events, in the mode of one connection per operation.

Each answer is an event `next`, the end an event `complete`; lines end in LF and a comment is
sent every 25 seconds so that nothing on the way closes a quiet connection.
"""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from domain.kernel import clock

HEARTBEAT = b":\n\n"
HEARTBEAT_SECONDS = 25.0
COMPLETE = b"event: complete\ndata:\n\n"


class EventStream(StreamingResponse):
    """Sends each payload as it comes, until the end, the expiry of the credentials (Unix seconds), or `end`.

    `held` is closed when the stream is over, even if it was never begun.
    """

    def __init__(
        self,
        payloads: AsyncGenerator[bytes],
        *,
        expires_at: float | None,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._frames = frame(payloads, self._ended, expires_at=expires_at, heartbeat_seconds=heartbeat_seconds)
        self.held = contextlib.ExitStack()
        super().__init__(
            self._frames,
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.held:
            # What is left to the garbage collector is closed at some time, or never.
            async with contextlib.aclosing(self._frames):
                await super().__call__(scope, receive, send)

    def end(self) -> None:
        """Completes the stream now."""
        if not self._ended.done():
            self._ended.set_result(None)


async def frame(
    payloads: AsyncGenerator[bytes],
    ended: asyncio.Future[None],
    *,
    expires_at: float | None,
    heartbeat_seconds: float,
) -> AsyncGenerator[bytes]:
    """The bytes of the stream; JSON holds no line end, so that one `data` line is enough."""
    following: asyncio.Task[bytes | None] | None = None
    try:
        yield HEARTBEAT
        while not ended.done() and not has_expired(expires_at):
            following = following or asyncio.create_task(take(payloads))
            wait = heartbeat_seconds
            if expires_at is not None:
                wait = min(wait, max(expires_at - clock.now().timestamp(), 0.0))
            await asyncio.wait([following, ended], timeout=wait, return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                payload = following.result()
                if payload is None:
                    break
                following = None
                yield b"event: next\ndata: " + payload + b"\n\n"
            elif not ended.done():
                yield HEARTBEAT
        yield COMPLETE
    finally:
        await close(payloads, following)


async def take(payloads: AsyncGenerator[bytes]) -> bytes | None:
    """The next payload, None at the end."""
    return await anext(payloads, None)


def has_expired(expires_at: float | None) -> bool:
    """Whether the credentials have ended, in Unix seconds."""
    return expires_at is not None and clock.now().timestamp() >= expires_at


async def close(payloads: AsyncGenerator[bytes], following: asyncio.Task[bytes | None] | None) -> None:
    """Ends the source of the payloads, whatever it is doing."""
    if following is not None and not following.done():
        following.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await following
    await payloads.aclose()
