"""Subscriptions over WebSocket by the protocol graphql-transport-ws.

The access token comes as `authorization` in the payload of connection_init, because browsers
cannot set headers on a socket. Only subscriptions are served: everything else has a better place.
"""

import asyncio
import contextlib
import math
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, field

import orjson
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.guard import answers, origins
from api.guard.callers import Caller, Identify, Unauthenticated
from api.guard.events import open_events
from api.guard.gate import Gate, is_subscription
from api.guard.headers import describe_request, read_cookies, read_headers
from api.guard.operations import Subscribe
from api.guard.parameters import BODY_BYTES_MAX, check
from api.guard.refusal import Refusal, entry, malformed
from api.guard.streams import Streams
from api.observing import Metrics, record_of, report_fault
from domain.kernel import clock

PROTOCOL = "graphql-transport-ws"
INIT_HEADERS = frozenset({"authorization", "accept-language", "x-client-name", "x-client-version"})
OPERATION_ID_CHARACTERS_MAX = 128
TRY_AGAIN_LATER = 1013


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveLimits:
    """What one socket may hold; `send_seconds` is how long a client that does not read is kept.

    A stream is only asked for its next event when the last one was taken by the network, so that
    nothing piles up here: who feeds the streams bounds what waits.
    """

    subscriptions: int = 20
    init_seconds: float = 5.0
    send_seconds: float = 10.0


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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        headers = read_headers(scope)
        if not origins.may_open_socket(headers, self.allowed_origins):
            await websocket.close()
            return
        if PROTOCOL not in scope.get("subprotocols", ()):
            await websocket.accept()
            await websocket.close(4406, "Subprotocol not acceptable")
            return
        await websocket.accept(PROTOCOL)
        try:
            with self.streams.opened(), self.metrics.sockets.track_inprogress():
                await Connection(self, websocket, headers).serve()
        except Refusal:
            await websocket.close(TRY_AGAIN_LATER, "Too many sockets")


class Closing(Exception):
    """The protocol demands that the socket is closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection:
    """One socket from its acceptance to its end."""

    def __init__(self, endpoint: GraphQLOverWebSocket, websocket: WebSocket, headers: Mapping[str, str]) -> None:
        self._endpoint = endpoint
        self._websocket = websocket
        self._headers = headers
        self._caller: Caller | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._closer: asyncio.Task[None] | None = None
        self._expiry: asyncio.TimerHandle | None = None
        self._held = contextlib.ExitStack()

    async def serve(self) -> None:
        """Reads until one side closes, then ends every subscription."""
        try:
            await self._await_init()
            while True:
                await self._take(await self._receive())
        except Closing as closing:
            self._close(closing.code, closing.reason)
        except WebSocketDisconnect:
            pass
        except Exception as fault:  # noqa: BLE001 - the edge of a socket: reported once
            report_fault(fault)
            self._close(4500, "Internal server error")
        finally:
            if self._expiry is not None:
                self._expiry.cancel()
            self._held.close()
            await end(list(self._running.values()))
            if self._closer is not None:
                await self._closer

    def _close(self, code: int, reason: str) -> None:
        """Ends every subscription at once; the reader ends when the socket tells that it is closed."""
        if self._closer is None:
            for task in self._running.values():
                task.cancel()
            self._closer = asyncio.create_task(self._send_close(code, reason))

    async def _send_close(self, code: int, reason: str) -> None:
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):
            await self._websocket.close(code, reason)

    async def _receive(self) -> dict[str, object]:
        message = await self._websocket.receive()
        if message["type"] == "websocket.disconnect" or self._closer is not None:
            raise WebSocketDisconnect(message.get("code", 1000))
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
                    await self._take(await self._receive())
        except TimeoutError:
            raise Closing(4408, "Connection initialisation timeout") from None

    async def _take(self, message: dict[str, object]) -> None:
        match message["type"]:
            case "connection_init":
                await self._initialise(message)
            case "ping":
                await self._send({"type": "pong"})
            case "pong":
                pass
            case "subscribe":
                await self._subscribe(message)
            case "complete":
                task = self._running.pop(operation_id(message), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Closing(4400, "Unknown message type")

    async def _initialise(self, message: dict[str, object]) -> None:
        if self._caller is not None:
            raise Closing(4429, "Too many initialisation requests")
        self._headers = {**self._headers, **init_headers(message.get("payload"))}
        try:
            caller = await self._endpoint.identify(self._headers, read_cookies(self._headers))
        except Unauthenticated:
            raise Closing(4403, "Forbidden") from None
        if caller.actor is None:
            raise Closing(4403, "Forbidden")
        self._hold(caller)
        if caller.expires_at is not None:
            left = max(caller.expires_at - clock.now().timestamp(), 0.0)
            loop = asyncio.get_running_loop()
            self._expiry = loop.call_later(left, self._close, 4403, "Token expired")
        self._caller = caller
        await self._send({"type": "connection_ack"})

    def _hold(self, caller: Caller) -> None:
        """Counts the socket as one of the caller's, to be closed when the caller is signed out."""
        streams = self._endpoint.streams
        try:
            self._held.enter_context(streams.held(caller, address=self._address(), end=self._sign_out))
        except Refusal:
            raise Closing(TRY_AGAIN_LATER, "Too many sockets") from None

    def _sign_out(self) -> None:
        self._close(4403, "Signed out")

    def _address(self) -> str:
        return self._websocket.client.host if self._websocket.client else ""

    async def _subscribe(self, message: dict[str, object]) -> None:
        key = operation_id(message)
        if self._caller is None:
            raise Closing(4401, "Unauthorized")
        if key in self._running:
            raise Closing(4409, f"Subscriber for {key} already exists")
        if len(self._running) >= self._endpoint.limits.subscriptions:
            refused = entry("TOO_MANY_SUBSCRIPTIONS", "This socket holds as many as it may.")
            await self._send({"id": key, "type": "error", "payload": [refused]})
            return
        running = self._run(key, message.get("payload"), self._caller)
        self._running[key] = asyncio.create_task(running)

    async def _run(self, key: str, payload: object, caller: Caller) -> None:
        """The whole life of one subscription; what it sends last ends it for the client too."""
        try:
            async with contextlib.aclosing(await self._open(payload, caller)) as events:
                async for event in events:
                    await self._put(next_message(key, event))
            last: dict[str, object] = {"id": key, "type": "complete"}
        except WebSocketDisconnect:
            return
        except Refusal as refusal:
            last = {"id": key, "type": "error", "payload": refusal.errors}
        except Exception as fault:  # noqa: BLE001 - the edge of a task: reported once, masked
            last = {"id": key, "type": "error", "payload": [answers.masked(report_fault(fault))]}
        self._running.pop(key, None)
        with contextlib.suppress(WebSocketDisconnect):
            await self._send(last)

    async def _open(self, payload: object, caller: Caller) -> AsyncGenerator[bytes]:
        if not isinstance(payload, dict):
            raise malformed("The payload of subscribe must be a request.")
        endpoint = self._endpoint
        prepared = endpoint.gate.prepare(check(payload), caller)  # pyright: ignore[reportUnknownArgumentType] - JSON
        if not is_subscription(prepared):
            message = "Sockets serve subscriptions only: send queries and mutations by POST."
            raise Refusal([entry("SUBSCRIPTION_REQUIRED", message)], status=400)
        address = self._address()
        context = describe_request(
            self._headers,
            caller=caller,
            cookies=read_cookies(self._headers),
            address=address,
            request_id=record_of(self._websocket.scope).request_id,
            deadline=math.inf,
        )
        await endpoint.gate.admit(prepared, caller, address=address)
        return open_events(prepared, context, subscribe=endpoint.subscribe)

    async def _send(self, message: Mapping[str, object]) -> None:
        await self._put(orjson.dumps(message).decode())

    async def _put(self, text: str) -> None:
        """Sends a message; waits while the network is slow, but closes a client that never reads."""
        try:
            async with asyncio.timeout(self._endpoint.limits.send_seconds):
                await self._websocket.send_text(text)
        except TimeoutError:
            self._endpoint.metrics.slow_clients.inc()
            self._close(4408, "Client is too slow")
            raise WebSocketDisconnect(4408) from None


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


def operation_id(message: Mapping[str, object]) -> str:
    """The id that the client gave its operation."""
    given = message.get("id")
    if not isinstance(given, str) or not 0 < len(given) <= OPERATION_ID_CHARACTERS_MAX:
        raise Closing(4400, "Messages of operations must have an id")
    return given


def next_message(key: str, payload: bytes) -> str:
    """The message that carries one answer, without decoding it."""
    return f'{{"id":{orjson.dumps(key).decode()},"type":"next","payload":{payload.decode()}}}'


async def end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancels what still runs and waits until its streams are closed."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
