"""Many sockets of one server in a process of its own, told what to do by lines of JSON.

`python -m tests.benchmarks.sockets_clients` reads an order, then `open N` and `hint` from standard input, one a line,
and answers each with a line of JSON. It publishes the hint itself, so that one clock measures both ends.
"""

import asyncio
import base64
import json
import struct
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import uvloop
from redis.asyncio import Redis

from api import hints
from domain.kernel import clock
from domain.kernel.relay import Entry

SOCKETS_MAX = 19_000
OPENED_AT_ONCE = 100
SOCKETS_OF_ADDRESS = 5_000
"""Each address of this machine has ports for many more."""
PATIENCE_SECONDS = 60.0
TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
KEY = base64.b64encode(bytes(16)).decode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Whom to connect to, and what each socket says once it is open; `hearers` are the people behind the sockets.

    `channel` is where Redis carries the hints of a bare hub, empty for the product's own.
    """

    ports: Sequence[int]
    channel: str
    redis_url: str
    tenant: str
    hearers: Sequence[str]
    tokens: Sequence[str]
    document_id: str


class Crowd:
    """All sockets of the process, and when they heard of the hint that is under way."""

    def __init__(self) -> None:
        self.open = 0
        self.lost: list[str] = []
        self.heard: list[float] = []
        self.wanted = 0
        self.all_heard = asyncio.Event()

    def hear(self) -> None:
        self.heard.append(time.perf_counter())
        if len(self.heard) == self.wanted:
            self.all_heard.set()


class Socket(asyncio.Protocol):
    """One client of graphql-transport-ws, or of the bare hub when it has nothing to say."""

    def __init__(self, crowd: Crowd, said: Sequence[bytes]) -> None:
        self._crowd = crowd
        self._said = list(said)
        self._buffer = b""
        self._is_upgraded = False
        self._transport: asyncio.WriteTransport | None = None
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)
        self._transport.write(
            "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\nUser-Agent: Mozilla/5.0\r\n"
            "Sec-WebSocket-Protocol: graphql-transport-ws\r\nAccept-Language: en\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._is_upgraded:
            head, end, self._buffer = self._buffer.partition(b"\r\n\r\n")
            if not end:
                self._buffer = head
                return
            assert head.startswith(b"HTTP/1.1 101"), head[:200]
            self._is_upgraded = True
            self._say_next()
        while (taken := frame_of(self._buffer)) is not None:
            kind, payload, self._buffer = taken
            self._take(kind, payload)

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT and b'"next"' in payload:
            self._crowd.hear()
        elif kind == TEXT:
            self._say_next()
        elif kind == PING:
            self._write(masked(PONG, payload))
        else:
            self._crowd.lost.append(repr(payload[:60]))

    def _say_next(self) -> None:
        """The next thing to say; a socket that has said everything is open."""
        if self._said:
            self._write(self._said.pop(0))
        if not self._said and not self.ready.done():
            self._crowd.open += 1
            self.ready.set_result(None)

    def _write(self, frame: bytes) -> None:
        assert self._transport is not None, "data came from it"
        self._transport.write(frame)

    def connection_lost(self, exc: Exception | None) -> None:
        self._crowd.open -= 1
        if not self.ready.done():
            self.ready.set_exception(exc or ConnectionError("closed"))


def frame_of(buffer: bytes) -> tuple[int, bytes, bytes] | None:
    """The first whole frame as kind and payload, and what follows; None while it is not all here."""
    if len(buffer) < 2:
        return None
    length, start = buffer[1], 2
    if length == 126:
        length, start = (struct.unpack_from("!H", buffer, 2)[0], 4) if len(buffer) >= 4 else (0, len(buffer) + 1)
    if len(buffer) < start + length:
        return None
    return buffer[0], buffer[start : start + length], buffer[start + length :]


def masked(kind: int, payload: bytes) -> bytes:
    """A frame of a client; the mask of zeros leaves the payload as it is."""
    length = len(payload)
    size = bytes([kind, 0x80 | length]) if length < 126 else struct.pack("!BBH", kind, 0x80 | 126, length)
    return size + bytes(4) + payload


def spoken(order: Order, number: int) -> list[bytes]:
    """What one socket says after it was opened."""
    if not order.tokens:
        return []
    payload = {"authorization": f"Bearer {order.tokens[number]}"}
    subscribe = {"id": "hints", "type": "subscribe", "payload": {"documentId": order.document_id}}
    said = ({"type": "connection_init", "payload": payload}, subscribe)
    return [masked(TEXT, json.dumps(message).encode()) for message in said]


async def open_more(order: Order, crowd: Crowd, count: int) -> None:
    """Opens sockets until there are so many, each from the next port in turn."""
    assert count <= min(SOCKETS_MAX, len(order.hearers))
    for first in range(crowd.open, count, OPENED_AT_ONCE):
        numbers = range(first, min(first + OPENED_AT_ONCE, count))
        await asyncio.wait_for(asyncio.gather(*(open_one(order, crowd, number) for number in numbers)), 30)


async def open_one(order: Order, crowd: Crowd, number: int) -> None:
    _, socket = await asyncio.get_running_loop().create_connection(
        lambda: Socket(crowd, spoken(order, number)),
        "127.0.0.1",
        order.ports[number % len(order.ports)],
        local_addr=(f"127.0.0.{1 + number // SOCKETS_OF_ADDRESS}", 0),
    )
    await socket.ready


async def hint(order: Order, crowd: Crowd, redis: Redis) -> dict[str, float]:
    """Publishes one hint to everybody who has a socket; milliseconds until the middle one and the last one heard."""
    people = tuple(UUID(person) for person in order.hearers[: crowd.open])
    entry = Entry(
        tenant_id=UUID(order.tenant),
        id=1,
        at=clock.now(),
        kind="ObjectiveApproved",
        subject_type="objective",
        subject_id=people[0],
        actor_person_id=people[0],
        hearers=people,
        payload={},
    )
    crowd.heard.clear()
    crowd.all_heard.clear()
    crowd.wanted = len(people)
    begun = time.perf_counter()
    if order.channel:
        [(_, content)] = hints.messages_of([entry])
        await redis.publish(order.channel, content)  # pyright: ignore[reportUnknownMemberType] - redis-py leaves it open
    else:
        await hints.publish(redis, [entry])
    await asyncio.wait_for(crowd.all_heard.wait(), PATIENCE_SECONDS)
    assert len(crowd.heard) == len(people)
    assert not crowd.lost, crowd.lost[0]
    return {
        "median": (crowd.heard[len(crowd.heard) // 2] - begun) * 1000,
        "last": (crowd.heard[-1] - begun) * 1000,
    }


async def obey() -> None:
    """Does what the lines say until they end."""
    lines = asyncio.StreamReader(limit=2**26)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    order, crowd = Order(**json.loads(await lines.readline())), Crowd()
    redis: Redis = Redis.from_url(order.redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    while line := (await lines.readline()).split():
        if line[0] == b"open":
            await open_more(order, crowd, int(line[1]))
            answer: dict[str, float] = {"open": crowd.open}
        else:
            answer = await hint(order, crowd, redis)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    await redis.aclose()


if __name__ == "__main__":
    uvloop.run(obey())
