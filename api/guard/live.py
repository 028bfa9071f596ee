"""Subscriptions over WebSocket by the protocol graphql-transport-ws.

The access token comes as `authorization` in the payload of connection_init, because browsers
cannot set headers on a socket. Only subscriptions are served: everything else has a better place.
"""

import asyncio
import contextlib
import math
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

import orjson
from starlette.types import Receive, Scope, Send

from api.guard import answers, origins
from api.guard.callers import Caller, Identify, Unauthenticated
from api.guard.events import TOO_SLOW, encoded
from api.guard.feeds import WAITING_MAX, Event, Feed, next_message
from api.guard.gate import Gate, is_subscription
from api.guard.headers import describe_request, read_cookies, read_headers
from api.guard.operations import Opened, Subscribe
from api.guard.outlet import Gone, Outlet, closing
from api.guard.parameters import BODY_BYTES_MAX, check
from api.guard.refusal import Refusal, entry, malformed
from api.guard.streams import Held, Streams
from api.observing import Metrics, new_request_id, report_fault
from domain.kernel import clock

PROTOCOL = "graphql-transport-ws"
INIT_HEADERS = frozenset({"authorization", "accept-language", "x-client-name", "x-client-version"})
KEPT_HEADERS = ("accept-language", "x-client-name", "x-client-version")
HEADER_CHARACTERS_MAX = 200
OPERATION_ID_CHARACTERS_MAX = 128
TRY_AGAIN_LATER = 1013
NO_COOKIES: Mapping[str, str] = {}
"""Those of a browser say who it is, and nothing that an event needs; a socket does not keep them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLimits:
    """What one socket may hold; `send_seconds` is how long a client that does not read is kept.

    A stream is only asked for its next event when the last one was taken by the network. A feed waits for nobody:
    `waiting` is how many of its messages a socket may be behind.
    """

    subscriptions: int = 20
    init_seconds: float = 5.0
    send_seconds: float = 10.0
    waiting: int = WAITING_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLOverWebSocket:
    """The ASGI endpoint of /graphql for sockets."""

    gate: Gate
    identify: Identify
    subscribe: Subscribe
    metrics: Metrics
    streams: Streams = field(default_factory=Streams)
    allowed_origins: frozenset[str] = frozenset()
    limits: LiveLimits = field(default_factory=LiveLimits)

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        return Connection(self, scope, receive, send).serve()


class Closing(Exception):
    """The protocol demands that the socket is closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Running(Protocol):
    """A subscription that runs: a task that asks a stream, or who listens to a feed."""

    def cancel(self) -> object:
        """Ends it."""
        ...


class Listener:
    """Who hears a feed for one subscription. Thousands are alive at once, none of them with a task."""

    __slots__ = ("_feed", "_key", "_outlet")

    def __init__(self, outlet: Outlet, key: str, feed: Feed) -> None:
        self._outlet = outlet
        self._key = key
        self._feed = feed

    def __call__(self, event: Event) -> None:
        self._outlet.tell(event.answer(self._feed.shape).message(self._key))

    def cancel(self) -> None:
        """Hears no more; once is enough."""
        self._feed.source.leave(self)


class Connection:
    """One socket from its acceptance to its end. While it is quiet it keeps nothing but what stands here."""

    __slots__ = ("_caller", "_closer", "_endpoint", "_expiry", "_headers", "_held", "_outlet", "_reader", "_receive",
                 "_running", "_scope", "_send")  # fmt: skip

    def __init__(self, endpoint: GraphQLOverWebSocket, scope: Scope, receive: Receive, send: Send) -> None:
        limits = endpoint.limits
        self._endpoint = endpoint
        self._scope = scope
        self._receive = receive
        self._send = send
        self._outlet = Outlet(send, send_seconds=limits.send_seconds, waiting_max=limits.waiting, drop=self._drop)
        self._caller: Caller | None = None
        self._headers: Mapping[str, str] = {}
        self._held: Held | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._running: dict[str, Running] = {}
        self._closer: asyncio.Task[None] | None = None
        self._reader: asyncio.Task[object] | None = None

    async def serve(self) -> None:
        """Reads until one side closes, then ends every subscription."""
        if not await self._accept():
            return
        self._endpoint.metrics.sockets.inc()
        self._reader = asyncio.current_task()
        try:
            await self._await_init()
            while True:
                await self._take(self._read(await self._receive()))
        except Closing as demanded:
            self._close(demanded.code, demanded.reason)
        except Gone:
            pass
        except asyncio.CancelledError:
            if self._reader is not None:
                raise
        except Exception as fault:  # noqa: BLE001 - the edge of a socket: reported once
            report_fault(fault)
            self._close(4500, "Internal server error")
        finally:
            self._endpoint.metrics.sockets.dec()
            self._endpoint.streams.close_one()
            await self._end()

    async def _accept(self) -> bool:
        """Whether the socket is opened and has a place, which is taken then."""
        await self._receive()  # websocket.connect
        if not origins.may_open_socket(read_headers(self._scope), self._endpoint.allowed_origins):
            await self._send(closing(1000, ""))
            return False
        if PROTOCOL not in self._scope.get("subprotocols", ()):
            await self._send({"type": "websocket.accept"})
            await self._send(closing(4406, "Subprotocol not acceptable"))
            return False
        await self._send({"type": "websocket.accept", "subprotocol": PROTOCOL})
        try:
            self._endpoint.streams.open_one()
        except Refusal:
            await self._outlet.close(TRY_AGAIN_LATER, "Too many sockets")
            return False
        return True

    async def _end(self) -> None:
        self._outlet.shut()
        self._reader = None
        if self._expiry is not None:
            self._expiry.cancel()
        if self._held is not None:
            self._endpoint.streams.give_back(self._held)
        await end(self._end_subscriptions())
        if self._closer is not None:
            await self._closer

    def _end_subscriptions(self) -> list[asyncio.Task[None]]:
        """Ends them all; the tasks that must still come to their end."""
        running = list(self._running.values())
        self._running.clear()
        for one in running:
            one.cancel()
        return [one for one in running if isinstance(one, asyncio.Task)]

    def _close(self, code: int, reason: str) -> None:
        """Ends every subscription at once; the reader ends when the socket tells that it is closed."""
        if self._closer is None:
            self._outlet.shut()
            self._closer = asyncio.create_task(self._tell_and_leave(code, reason))

    async def _tell_and_leave(self, code: int, reason: str) -> None:
        ended = self._end_subscriptions()
        is_told = await self._outlet.close(code, reason)
        if not is_told and self._reader is not None:
            # Nothing will come from a client who does not read; the server cuts the line when the reader returns.
            reader, self._reader = self._reader, None
            reader.cancel()
            reader.uncancel()
        await end(ended)

    def _drop(self) -> None:
        """Closes a client who does not read what it asked for."""
        if self._closer is None:
            self._endpoint.metrics.slow_clients.inc()
            self._close(4408, TOO_SLOW)

    def _sign_out(self) -> None:
        self._close(4403, "Signed out")

    def _read(self, message: Mapping[str, object]) -> dict[str, object]:
        if message["type"] == "websocket.disconnect" or self._closer is not None:
            raise Gone
        text = message.get("text")
        if not isinstance(text, str) or len(text) > BODY_BYTES_MAX:
            raise Closing(4400, "Messages must be text of at most 100 kB")
        try:
            decoded: object = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise Closing(4400, "Messages must be JSON") from None
        if not isinstance(decoded, dict) or not isinstance(decoded.get("type"), str):  # pyright: ignore[reportUnknownMemberType] - JSON
            raise Closing(4400, "Messages must be objects with a type")
        return decoded  # pyright: ignore[reportUnknownVariableType] - JSON objects have string keys

    async def _await_init(self) -> None:
        try:
            async with asyncio.timeout(self._endpoint.limits.init_seconds):
                while self._caller is None:
                    await self._take(self._read(await self._receive()))
        except TimeoutError:
            raise Closing(4408, "Connection initialisation timeout") from None

    async def _take(self, message: dict[str, object]) -> None:
        match message["type"]:
            case "connection_init":
                await self._initialise(message)
            case "ping":
                await self._say({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                running = self._running.pop(operation_id(message), None)
                if running is not None:
                    running.cancel()
            case _:
                raise Closing(4400, "Unknown message type")

    async def _initialise(self, message: dict[str, object]) -> None:
        if self._caller is not None:
            raise Closing(4429, "Too many initialisation requests")
        headers = {**read_headers(self._scope), **init_headers(message.get("payload"))}
        try:
            caller = await self._endpoint.identify(headers, read_cookies(headers))
        except Unauthenticated:
            raise Closing(4403, "Forbidden") from None
        if caller.actor is None:
            raise Closing(4403, "Forbidden")
        self._hold(caller)
        self._headers = kept(*(headers.get(name, "")[:HEADER_CHARACTERS_MAX] for name in KEPT_HEADERS))
        self._scope["headers"] = []  # they were read for the last time
        if caller.expires_at is not None:
            left = max(caller.expires_at - clock.now().timestamp(), 0.0)
            loop = asyncio.get_running_loop()
            self._expiry = loop.call_later(left, self._close, 4403, "Token expired")
        self._caller = caller
        await self._say({"type": "connection_ack"})

    def _hold(self, caller: Caller) -> None:
        """Counts the socket as one of the caller's, to be closed when the caller is signed out."""
        streams = self._endpoint.streams
        held = streams.held(caller, address=self._address(), end=self._sign_out)
        try:
            streams.hold(held)
        except Refusal:
            raise Closing(TRY_AGAIN_LATER, "Too many sockets") from None
        self._held = held

    def _address(self) -> str:
        client = self._scope.get("client")
        return client[0] if client else ""

    async def _subscribe(self, message: dict[str, object]) -> None:
        key = operation_id(message)
        if self._caller is None:
            raise Closing(4401, "Unauthorized")
        if key in self._running:
            raise Closing(4409, f"Subscriber for {key} already exists")
        if len(self._running) >= self._endpoint.limits.subscriptions:
            refused = entry("TOO_MANY_SUBSCRIPTIONS", "This socket holds as many as it may.")
            await self._say({"id": key, "type": "error", "payload": [refused]})
            return
        running = self._run(key, message.get("payload"), self._caller)
        self._running[key] = asyncio.create_task(running)

    async def _run(self, key: str, payload: object, caller: Caller) -> None:
        """The whole life of a subscription that is a stream of its own; one to a feed lives on as a listener."""
        try:
            opened = await self._open(payload, caller)
            if isinstance(opened, Feed):
                self._running[key] = listener = Listener(self._outlet, key, opened)
                opened.source.join(listener)
                return
            async with contextlib.aclosing(encoded(opened)) as events:
                async for event in events:
                    await self._outlet.put(next_message(key, event))
            last: dict[str, object] = {"id": key, "type": "complete"}
        except Gone:
            return
        except Refusal as refusal:
            last = {"id": key, "type": "error", "payload": refusal.errors}
        except Exception as fault:  # noqa: BLE001 - the edge of a task: reported once, masked
            last = {"id": key, "type": "error", "payload": [answers.masked(report_fault(fault))]}
        self._running.pop(key, None)
        with contextlib.suppress(Gone):
            await self._say(last)

    async def _open(self, payload: object, caller: Caller) -> Opened:
        if not isinstance(payload, dict):
            raise malformed("The payload of subscribe must be a request.")
        endpoint = self._endpoint
        prepared = endpoint.gate.prepare(check(payload), caller)  # pyright: ignore[reportUnknownArgumentType] - JSON
        if not is_subscription(prepared):
            message = "Sockets serve subscriptions only: send queries and mutations by POST."
            raise Refusal([entry("SUBSCRIPTION_REQUIRED", message)], status=400)
        await endpoint.gate.admit(prepared, caller, address=self._address())
        context = describe_request(
            self._headers,
            caller=caller,
            cookies=NO_COOKIES,
            address=self._address(),
            request_id=new_request_id(),
            deadline=math.inf,
        )
        return await endpoint.subscribe(prepared, context)

    async def _say(self, message: Mapping[str, object]) -> None:
        await self._outlet.put(orjson.dumps(message).decode())


def init_headers(payload: object) -> dict[str, str]:
    """The headers that connection_init may carry, by lower-case name."""
    if payload is None:
        return {}
    if not isinstance(payload, dict):
        raise Closing(4400, "Invalid connection init payload")
    given: dict[object, object] = payload  # pyright: ignore[reportUnknownVariableType] - JSON
    return {
        name.lower(): value
        for name, value in given.items()
        if isinstance(name, str) and isinstance(value, str) and name.lower() in INIT_HEADERS
    }


@lru_cache(maxsize=256)
def kept(*values: str) -> Mapping[str, str]:
    """The headers that a socket keeps, by name; sockets that were opened with the same ones share them."""
    return {name: value for name, value in zip(KEPT_HEADERS, values, strict=True) if value}


def operation_id(message: Mapping[str, object]) -> str:
    """The id that the client gave its operation."""
    given = message.get("id")
    if not isinstance(given, str) or not 0 < len(given) <= OPERATION_ID_CHARACTERS_MAX:
        raise Closing(4400, "Messages of operations must have an id")
    return given


async def end(cancelled: list[asyncio.Task[None]]) -> None:
    """Waits until their streams are closed."""
    await asyncio.gather(*cancelled, return_exceptions=True)
