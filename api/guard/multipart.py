"""Answers in parts over HTTP, as multipart/mixed: each part is a JSON object, complete with the line that ends it."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.guard.delivery import Part
from api.guard.negotiation import MediaType

CONTENT_TYPE = f'{MediaType.PARTS}; boundary="-"; incrementalSpec=v0.2'
"""JSON holds no line end, so that no boundary is found in it."""
OPENING = b"\r\n---\r\n"
HEAD = b"Content-Type: application/json; charset=utf-8\r\n\r\n"
CLOSING = b"\r\n-----\r\n"


class PartsResponse(StreamingResponse):
    """Sends each part as it comes, until a time of the loop's clock: who reads more slowly than that is left."""

    def __init__(self, parts: AsyncGenerator[Part], *, headers: dict[str, str], until: float) -> None:
        self._frames = frame(parts)
        self._until = until
        super().__init__(self._frames, headers={**headers, "Content-Type": CONTENT_TYPE, "X-Accel-Buffering": "no"})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # What is left to the garbage collector is closed at some time, or never.
        async with contextlib.aclosing(self._frames):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(self._until):
                    await super().__call__(scope, receive, send)


async def frame(parts: AsyncGenerator[Part]) -> AsyncGenerator[bytes]:
    """The bytes of the body; a part goes out with the boundary behind it, by which its reader knows its end."""
    async with contextlib.aclosing(parts):
        opening = OPENING
        async for part in parts:
            yield opening + HEAD + part.body + (CLOSING if part.is_last else OPENING)
            opening = b""
