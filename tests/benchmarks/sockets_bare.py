"""A bare hub over plain WebSockets: what live updates are measured against.

The least that can tell many sockets of one Redis message: a uvloop server, the sans-I/O protocol of the library that
the product stands on, and one text for everybody. No GraphQL, no sign-in, no limits, no back pressure, no pings.
With `CATCHBALL_FRAME=once` even the frame is encoded once: the ceiling.
Run as a process by `python -m tests.benchmarks.sockets_bare`; REDIS_URL and CATCHBALL_PORT say where. It hears of the
Redis channel `bare:` and its port.
"""

import asyncio
import os
from typing import cast

import uvloop
from redis.asyncio import Redis
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from api import hints

TEXT = b'{"id":"hints","type":"next","payload":{"data":{"hints":{"topic":"objective"}}}}'
BACKLOG = 2048


class Socket(asyncio.Protocol):
    """One socket: it is opened, and then only told."""

    def __init__(self, told: "set[Socket]") -> None:
        self._told = told
        self._protocol = ServerProtocol()
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Request):
                self._open(event)
        self._write()

    def _open(self, request: Request) -> None:
        if request.path == "/readyz":
            self._protocol.send_response(self._protocol.reject(200, "ready"))
            return
        self._protocol.send_response(self._protocol.accept(request))
        self._told.add(self)

    def tell(self) -> None:
        """The text in a frame that the protocol makes for this socket."""
        self._protocol.send_text(TEXT)
        self._write()

    def write(self, frame: bytes) -> None:
        """A frame that was made before."""
        assert self._transport is not None, "only open sockets are told"
        self._transport.write(frame)

    def _write(self) -> None:
        assert self._transport is not None, "data came from it"
        self._transport.write(b"".join(self._protocol.data_to_send()))

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol gives it
        self._told.discard(self)


async def serve(redis_url: str, port: int, *, is_frame_made_once: bool) -> None:
    """Tells every socket of every message, until the process is ended."""
    told: set[Socket] = set()
    frame = Frame(Opcode.TEXT, TEXT).serialize(mask=False)
    redis: Redis = Redis.from_url(redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    await asyncio.get_running_loop().create_server(lambda: Socket(told), "127.0.0.1", port, backlog=BACKLOG)
    async for _ in hints.messages(redis, f"bare:{port}"):
        for socket in told:
            if is_frame_made_once:
                socket.write(frame)
            else:
                socket.tell()


def main() -> None:
    is_frame_made_once = os.environ.get("CATCHBALL_FRAME") == "once"
    uvloop.run(serve(os.environ["REDIS_URL"], int(os.environ["CATCHBALL_PORT"]), is_frame_made_once=is_frame_made_once))


if __name__ == "__main__":
    main()
