"""uvicorn's HTTP protocol, which sends the head of an answer together with its body: one packet, one system call.

uvicorn writes them one after the other, so that a client is woken for a head to which the body comes a moment later.
"""

import asyncio
from typing import cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol


class HttpProtocol(HttpToolsProtocol):
    """What `catchball web` serves HTTP with."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.transport = cast("asyncio.Transport", Together(transport, self.loop))

    def handle_websocket_upgrade(self) -> None:
        """A socket has nothing to wait for."""
        self.transport = cast("Together", self.transport).plain
        super().handle_websocket_upgrade()


class Together:
    """A transport that holds the first piece of a turn of the loop until the second comes or the turn ends."""

    __slots__ = ("_held", "_loop", "plain")

    def __init__(self, plain: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self.plain = plain
        self._loop = loop
        self._held: bytes | None = None

    def write(self, data: bytes) -> None:
        if self._held is None:
            self._held = data
            self._loop.call_soon(self._let_go)
        else:
            held, self._held = self._held, None
            self.plain.writelines((held, data))

    def close(self) -> None:
        self._let_go()
        self.plain.close()

    def is_closing(self) -> bool:
        return self.plain.is_closing()

    def _let_go(self) -> None:
        if self._held is not None:
            held, self._held = self._held, None
            self.plain.write(held)
