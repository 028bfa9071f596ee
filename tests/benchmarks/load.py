"""A load generator: a process of its own that keeps a number of connections busy and times every answer.

`python -m tests.benchmarks.load` reads an order as JSON from standard input and prints what it saw as JSON.
"""

import asyncio
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from typing import cast

import uvloop

SECONDS_MAX = 60.0
PATIENCE_SECONDS = 120.0
CLIENTS_MAX = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What to send where: whole HTTP requests, sent in turn by `clients` connections for so many seconds."""

    port: int
    requests: Sequence[str]
    clients: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Answers with status 200 within the time, all others, and the times of the former in milliseconds."""

    answered: int
    failed: int
    seconds: float
    p50: float
    p95: float
    p99: float
    bytes_mean: float

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds


class Client(asyncio.Protocol):
    """One kept connection: the next request goes out when the answer to the last one is whole."""

    def __init__(self, requests: Sequence[bytes], first: int, until: float) -> None:
        self.turn = cycle(islice(cycle(requests), first, first + len(requests)))
        self.until = until
        self.times: list[float] = []
        self.failed = 0
        self.received = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.WriteTransport | None = None
        self._buffer = b""
        self._wanted = 0
        self._sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.WriteTransport", transport)
        self._send()

    def _send(self) -> None:
        assert self.transport is not None
        self._buffer, self._wanted = b"", 0
        self._sent_at = time.perf_counter()
        if self._sent_at >= self.until:
            self.transport.close()
            return
        self.transport.write(next(self.turn))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._wanted:
            self._wanted = whole_length(self._buffer)
        if self._wanted and len(self._buffer) >= self._wanted:
            self._note()
            self._send()

    def _note(self) -> None:
        if self._buffer.startswith(b"HTTP/1.1 200"):
            self.times.append(time.perf_counter() - self._sent_at)
            self.received += self._wanted
        else:
            self.failed += 1

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol gives it
        if not self.done.done():
            self.done.set_result(None)


def whole_length(begun: bytes) -> int:
    """The length of the whole answer, 0 while its head is not here yet."""
    end = begun.find(b"\r\n\r\n")
    if end < 0:
        return 0
    at = begun.lower().find(b"content-length:", 0, end)
    assert at >= 0, "answers tell their length"
    return end + 4 + int(begun[at + 15 : begun.find(b"\r\n", at)])


async def run(order: Order) -> Seen:
    """Sends until the time is over; answers under way then are waited for and counted."""
    assert order.clients <= CLIENTS_MAX
    assert order.seconds <= SECONDS_MAX
    loop = asyncio.get_running_loop()
    requests = [request.encode() for request in order.requests]
    begun = time.perf_counter()
    share = max(1, len(requests) // order.clients)
    clients = [Client(requests, number * share, begun + order.seconds) for number in range(order.clients)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", order.port)
    async with asyncio.timeout(order.seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(client.done for client in clients))
    return summary(clients, time.perf_counter() - begun)


def summary(clients: Sequence[Client], seconds: float) -> Seen:
    times = sorted(spent * 1000 for client in clients for spent in client.times)
    return Seen(
        answered=len(times),
        failed=sum(client.failed for client in clients),
        seconds=seconds,
        p50=part(times, 0.50),
        p95=part(times, 0.95),
        p99=part(times, 0.99),
        bytes_mean=sum(client.received for client in clients) / max(1, len(times)),
    )


def part(times: Sequence[float], share: float) -> float:
    """The time within which this share of the answers came."""
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0.0


def main() -> None:
    order = Order(**json.load(sys.stdin))
    json.dump(asdict(uvloop.run(run(order))), sys.stdout)


if __name__ == "__main__":
    main()
