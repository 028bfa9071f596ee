"""What many hear of: answered once, sent without a task, and never held up by who does not read."""

import asyncio
import gc
import json
import socket as plain_socket
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from types import AsyncGeneratorType, CoroutineType
from typing import cast

import httpx
import pytest
from redis.asyncio import Redis
from starlette.websockets import WebSocket
from websockets.asyncio.client import ClientConnection
from websockets.frames import Close

from api.guard.callers import Context
from api.guard.documents import Documents
from api.guard.events import TOO_SLOW, open_events
from api.guard.execution import subscriber
from api.guard.feeds import WAITING_MAX, Answer, Event, Feed, Shape
from api.guard.live import Connection, Listener, LiveLimits
from api.guard.operations import Prepared
from api.guard.outlet import Outlet
from api.guard.refusal import Refusal
from api.guard.socket_protocol import SocketProtocol
from api.guard.streams import Held, Streams
from api.observing import Metrics, Record
from tests.api.guard.conftest import RunNode
from tests.api.guard.news import Newsroom, Piece, newspaper, schema_of
from tests.api.guard.test_streams import ending, socket_of
from tests.benchmarks.sockets_clients import TEXT, masked

PLAIN = "subscription { news { topic } }"
COPIED = "subscription Mine($n: Int!) { mine: news { what: topic(copies: $n) } }"
CONTEXT = Context(
    actor="Ann",
    client_name=None,
    client_version=None,
    language="en",
    request_id="1",
    address="",
    deadline=0.0,
    cookies={},
)
PATIENCE_SECONDS = 10.0
ROUNDS_MAX = 2000


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.005)


def subscribe_message(key: str, query: str, **variables: object) -> str:
    return json.dumps({"id": key, "type": "subscribe", "payload": {"query": query, "variables": variables}})


@asynccontextmanager
async def listener(address: str, newsroom: Newsroom, *, key: str = "1") -> AsyncGenerator[ClientConnection]:
    """A socket that hears the newsroom."""
    before = len(newsroom.listeners)
    async with socket_of(address, "phone") as socket:
        assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        await socket.send(subscribe_message(key, PLAIN))
        await until(lambda: len(newsroom.listeners) > before)
        yield socket


async def test_one_encoding_serves_all_who_asked_for_the_same(redis: Redis) -> None:
    newsroom, piece = Newsroom(), Piece("goal")
    async with newspaper(newsroom, redis) as address, AsyncExitStack() as held:
        sockets = [await held.enter_async_context(listener(address, newsroom)) for _ in range(20)]
        for key, n in (("two", 2), ("one", 1), ("two again", 2)):
            await sockets[0].send(subscribe_message(key, COPIED, n=n))
        await until(lambda: len(newsroom.listeners) == 23)

        newsroom.tell(piece)
        heard = [await socket.recv() for socket in sockets]
        besides = [json.loads(await sockets[0].recv())["payload"]["data"]["mine"]["what"] for _ in range(3)]

    assert set(heard) == {'{"id":"1","type":"next","payload":{"data":{"news":{"topic":"goal"}}}}'}
    assert besides == ["goalgoal", "goal", "goalgoal"]
    assert piece.read_times == 3


@pytest.mark.parametrize(
    ("text", "variables", "answer"),
    [
        (PLAIN, {}, b'{"data":{"news":{"topic":"goal"}}}'),
        (COPIED, {"n": 2}, b'{"data":{"mine":{"what":"goalgoal"}}}'),
        ("subscription { ...F } fragment F on Subscription { news { a: topic b: topic } }", {},
         b'{"data":{"news":{"a":"goal","b":"goal"}}}'),
        ("subscription($no: Boolean!) { news { __typename topic @include(if: $no) } }", {"no": False},
         b'{"data":{"news":{"__typename":"News"}}}'),
    ],
)  # fmt: skip
async def test_every_document_joins_the_feed(text: str, variables: Mapping[str, object], answer: bytes) -> None:
    newsroom = Newsroom()
    schema = schema_of(newsroom)
    document = Documents(schema).open(text)
    prepared = document.prepare(document.choose(None), variables, cost_max=1000)

    opened = await subscriber(schema)(prepared, CONTEXT)

    assert isinstance(opened, Feed)
    assert Event(Piece("goal")).answer(opened.shape) == Answer(answer)


async def test_equal_requests_share_a_shape_for_as_long_as_somebody_listens() -> None:
    schema = schema_of(Newsroom())
    subscribe, document = subscriber(schema), Documents(schema).open(COPIED)

    async def shape(**variables: object) -> Shape:
        prepared: Prepared = document.prepare(document.choose(None), variables, cost_max=1000)
        opened = await subscribe(prepared, CONTEXT)
        assert isinstance(opened, Feed)
        return opened.shape

    kept = await shape(n=2)

    assert await shape(n=2) is kept
    assert await shape(n=1) is not kept


async def test_the_client_of_graphql_ws_hears_a_feed(run_node: RunNode, redis: Redis) -> None:
    newsroom = Newsroom()

    async def tell() -> None:
        while True:
            newsroom.tell(Piece("goal"))
            await asyncio.sleep(0.005)

    async with newspaper(newsroom, redis) as address:
        telling = asyncio.create_task(tell())
        found = await run_node("feeds.mjs", address.replace("http", "ws") + "/graphql")
        await until(lambda: not newsroom.listeners)
        telling.cancel()

    assert found == {
        "one": {"data": {"news": {"topic": "goal"}}},
        "other": {"data": {"mine": {"what": "goalgoal", "__typename": "News"}}},
        "again": {"data": {"mine": {"what": "goal", "__typename": "News"}}},
        "coerced": "BAD_USER_INPUT",
    }


async def test_a_fault_is_told_to_all_and_ends_nothing(redis: Redis) -> None:
    newsroom = Newsroom()
    async with newspaper(newsroom, redis) as address, listener(address, newsroom) as socket:
        newsroom.tell(Piece("x" * 2_000_001))
        newsroom.tell(Piece("goal"))
        first, second = [json.loads(await socket.recv()) for _ in range(2)]

    assert first["payload"]["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert second["payload"] == {"data": {"news": {"topic": "goal"}}}


async def test_complete_sign_out_and_the_end_of_a_socket_end_the_listening(redis: Redis) -> None:
    newsroom, streams = Newsroom(), Streams()
    async with newspaper(newsroom, redis, streams=streams) as address:
        async with listener(address, newsroom) as socket:
            await socket.send(json.dumps({"id": "1", "type": "complete"}))
            await until(lambda: not newsroom.listeners)
        async with listener(address, newsroom) as socket:
            streams.end("phone of Cy")
            assert await ending(socket) == Close(4403, "Signed out")
            assert newsroom.listeners == []
        async with listener(address, newsroom) as socket:
            socket.transport.abort()
            await until(lambda: not newsroom.listeners)


async def flood(newsroom: Newsroom) -> None:
    """Tells so much that who does not read is dropped."""
    for _ in range(ROUNDS_MAX):
        if not newsroom.listeners:
            return
        newsroom.tell(Piece("x" * 60_000))
        await asyncio.sleep(0)
    raise AssertionError("nobody was dropped")


async def test_who_does_not_read_is_dropped_and_told_to_catch_up(redis: Redis) -> None:
    newsroom, metrics = Newsroom(), Metrics()
    limits = LiveLimits(waiting=3, send_seconds=PATIENCE_SECONDS)
    async with AsyncExitStack() as held:
        address = await held.enter_async_context(newspaper(newsroom, redis, metrics=metrics, limits=limits))
        socket = await held.enter_async_context(listener(address, newsroom))
        socket.transport.pause_reading()
        await flood(newsroom)
        socket.transport.resume_reading()
        ended = await ending(socket)

    assert ended == Close(4408, TOO_SLOW)
    assert b"catchball_slow_clients_total 1.0" in metrics.render()


async def test_who_never_reads_gives_the_place_back(redis: Redis) -> None:
    newsroom, streams = Newsroom(), Streams(at_once=1)
    limits = LiveLimits(waiting=3, send_seconds=0.05)
    async with AsyncExitStack() as held:
        address = await held.enter_async_context(newspaper(newsroom, redis, streams=streams, limits=limits))
        deaf = await held.enter_async_context(listener(address, newsroom))
        deaf.transport.pause_reading()
        await flood(newsroom)
        await until(lambda: is_free(streams))
        other = await held.enter_async_context(socket_of(address, "phone"))
        answer = json.loads(await other.recv())
        deaf.transport.abort()

    assert answer == {"type": "connection_ack"}


def is_free(streams: Streams) -> bool:
    """Whether another stream may be opened."""
    with suppress(Refusal), streams.opened():
        return True
    return False


async def test_a_stream_of_events_hears_a_feed_and_ends_when_it_lags(redis: Redis) -> None:
    newsroom = Newsroom()
    headers = {"accept": "text/event-stream", "authorization": "Bearer phone"}
    async with AsyncExitStack() as held:
        address = await held.enter_async_context(newspaper(newsroom, redis))
        client = await held.enter_async_context(httpx.AsyncClient(base_url=address, headers=headers))
        response = await held.enter_async_context(client.stream("POST", "/graphql", json={"query": PLAIN}))
        await until(lambda: len(newsroom.listeners) == 1)
        newsroom.tell(Piece("goal"))
        lines = response.aiter_lines()
        while (line := await anext(lines)) != 'data: {"data":{"news":{"topic":"goal"}}}':
            assert not line.startswith("data:")
        for _ in range(WAITING_MAX + 2):
            newsroom.tell(Piece("more"))
        rest = [line async for line in lines if line.startswith("data: ")]

    assert json.loads(rest[-1].removeprefix("data: ")) == {
        "errors": [{"message": TOO_SLOW, "extensions": {"code": "TOO_SLOW"}}]
    }
    assert newsroom.listeners == []


HANDSHAKE = (
    "GET /graphql HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
INIT = json.dumps({"type": "connection_init", "payload": {"authorization": "Bearer phone"}})


async def open_quietly(address: str, newsroom: Newsroom) -> plain_socket.socket:
    """A listening socket without any object of a client library in this process."""
    loop, before = asyncio.get_running_loop(), len(newsroom.listeners)
    socket = plain_socket.socket()
    socket.setblocking(False)
    await loop.sock_connect(socket, ("127.0.0.1", int(address.rsplit(":", 1)[1])))
    for said in (HANDSHAKE.encode(), masked(TEXT, INIT.encode())):
        await loop.sock_sendall(socket, said)
        await asyncio.wait_for(loop.sock_recv(socket, 4096), PATIENCE_SECONDS)
    await loop.sock_sendall(socket, masked(TEXT, subscribe_message("1", PLAIN).encode()))
    await until(lambda: len(newsroom.listeners) > before)
    return socket


def living() -> Counter[type]:
    """How many objects of each type there are that the collector follows."""
    gc.collect()
    return Counter(map(type, cast("list[object]", gc.get_objects())))


EACH = {
    asyncio.Task: 1,
    CoroutineType: 6,
    AsyncGeneratorType: 0,
    SocketProtocol: 1,
    Connection: 1,
    Outlet: 1,
    Listener: 1,
    Feed: 1,
    Held: 1,
    Shape: 0,
    Context: 0,
    Prepared: 0,
    Record: 0,
    WebSocket: 0,
}


async def test_a_quiet_socket_is_one_task_and_a_handful_of_objects(redis: Redis) -> None:
    newsroom, many = Newsroom(), 50
    async with newspaper(newsroom, redis) as address:
        sockets = [await open_quietly(address, newsroom)]
        before = living()
        sockets += [await open_quietly(address, newsroom) for _ in range(many)]
        grown = living() - before
        kept = [list(one.request.headers) for one in gc.get_objects() if isinstance(one, SocketProtocol)]
        for socket in sockets:
            socket.close()
        await until(lambda: not newsroom.listeners)

    assert {kind: grown[kind] / many for kind in EACH} == EACH
    assert kept == [[]] * (many + 1)


async def test_what_a_subscription_cannot_be_opened_for_is_told_and_masked() -> None:
    schema = schema_of(Newsroom())
    document = Documents(schema).open(PLAIN)
    prepared = document.prepare(document.choose(None), {}, cost_max=1000)

    async def fail(prepared: Prepared, context: Context) -> Feed:
        raise RuntimeError("secret")

    told = [json.loads(one) async for one in open_events(prepared, CONTEXT, subscribe=fail)]

    assert [one["errors"][0]["extensions"]["code"] for one in told] == ["INTERNAL_SERVER_ERROR"]
    assert "secret" not in json.dumps(told)
