"""The guard on a real socket of the loopback interface, inside the test's own event loop."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from api.guard.http_protocol import HttpProtocol
from api.guard.socket_protocol import SocketProtocol


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncGenerator[str, None]:
    """The address, as http://127.0.0.1:port, of the app until the block ends."""
    # Without the protocol's number asyncio leaves Nagle's delay of 40 ms on every answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=100_000,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listener]))
    try:
        while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.005)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
