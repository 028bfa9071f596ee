"""`catchball web`: one process that answers GraphQL and serves the app."""

import argparse
import socket

import uvicorn

from api import app
from api.app import PushKey
from api.commands import place
from api.guard.http_protocol import HttpProtocol
from api.guard.socket_protocol import SocketProtocol
from api.settings import Settings
from notifications.channels.webpush import keys

STOP_SECONDS = 10
WAITING_MAX = 2048
FRAME_BYTES_MAX = 100_000


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", type=int, metavar="FD", help="an open socket to listen on")


def run(options: argparse.Namespace) -> int:
    settings = place.current()
    server = uvicorn.Server(configuration(settings))
    given = None if options.socket is None else [socket.socket(fileno=options.socket)]
    server.run(sockets=given)
    return 0 if server.started else 1


def push_key(settings: Settings) -> PushKey:
    """The key with which browsers subscribe; made at the first start."""
    current = keys.keyring(settings.key_folder, settings.push_keys).current
    return PushKey(id=current.id, public=current.public_text)


def configuration(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app.create_app(settings, push_key(settings)),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=FRAME_BYTES_MAX,
        ws_per_message_deflate=False,  # halves the memory of a socket
        backlog=WAITING_MAX,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
