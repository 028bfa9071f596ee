"""A push service on a free port of this machine, as strict as the real ones.

    with push_service.running() as service:
        subscription = service.subscribe()        # what a browser's pushManager would give
        service.answer(503, retry_after="7", times=1)
        ...                                       # the code under test posts to subscription.endpoint
        [push] = service.wait_for(1)              # decrypted, its identity verified

It runs in a thread of its own, so that plain, asynchronous and browser tests use it alike.
"""

import asyncio
import json
import socket
import threading
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from secrets import token_bytes, token_urlsafe
from typing import cast

import http_ece  # type: ignore[import-untyped]  # the reference codec has no types
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric import ec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.kernel import clock
from notifications.channels.webpush import vapid
from notifications.channels.webpush.encryption import Receiver, encoded_point

BODY_BYTES_MAX = 4096
TTL_SECONDS_MAX = 2_592_000
TOPIC_LENGTH_MAX = 32
URGENCIES = {"very-low", "low", "normal", "high"}


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser's subscription, and the private key that the browser would keep."""

    id: str
    endpoint: str
    private: ec.EllipticCurvePrivateKey
    auth_secret: bytes
    application_key: str | None

    @property
    def receiver(self) -> Receiver:
        """The public half, as the sender needs it."""
        return Receiver(encoded_point(self.private.public_key()), self.auth_secret)

    @property
    def keys(self) -> dict[str, str]:
        """The public half in base64url: `p256dh` and `auth`, as a browser writes them."""
        return {
            "p256dh": vapid.base64url(self.receiver.public_key),
            "auth": vapid.base64url(self.auth_secret),
        }

    def as_json(self) -> dict[str, object]:
        """What `PushSubscription.toJSON()` gives in a browser."""
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": self.keys}


@dataclass(frozen=True, slots=True)
class ReceivedPush:
    """A push that was taken over: what its headers asked for, and its text."""

    subscription_id: str
    text: bytes
    body_bytes: int
    ttl_seconds: int
    urgency: str
    topic: str | None
    claims: Mapping[str, object]

    @property
    def message(self) -> dict[str, object]:
        """The text, read as JSON."""
        return cast("dict[str, object]", json.loads(self.text))

    @property
    def notification(self) -> dict[str, object]:
        """The declarative notification inside the text."""
        return cast("dict[str, object]", self.message["notification"])


@dataclass(slots=True)
class _Instruction:
    status: int
    headers: dict[str, str]
    times: int | None


@dataclass(slots=True)
class PushService:
    """The service as a test sees it; every method may be called from any thread."""

    origin: str
    received: list[ReceivedPush] = field(default_factory=list[ReceivedPush])
    statuses: list[int] = field(default_factory=list[int])
    """Every answer given, in order, refusals included."""
    _subscriptions: dict[str, Subscription] = field(default_factory=dict[str, Subscription])
    _gone: set[str] = field(default_factory=set[str])
    _instructions: dict[str | None, _Instruction] = field(default_factory=dict[str | None, _Instruction])
    _requests: int = 0
    _flowing: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def subscribe(self, *, application_key: str | None = None) -> Subscription:
        """A new subscription; with an application key (base64url) only its holder may push."""
        name = token_urlsafe(16)
        subscription = Subscription(
            id=name,
            endpoint=f"{self.origin}/push/{name}",
            private=ec.generate_private_key(ec.SECP256R1()),
            auth_secret=token_bytes(16),
            application_key=application_key,
        )
        self._subscriptions[name] = subscription
        return subscription

    def unsubscribe(self, subscription: Subscription) -> None:
        """From now on pushes to it are answered by 410."""
        self._gone.add(subscription.id)

    def answer(
        self,
        status: int,
        *,
        retry_after: str | None = None,
        times: int | None = None,
        subscription: Subscription | None = None,
    ) -> None:
        """Answer the next `times` pushes (or all) by this, of one subscription or of all."""
        headers = {} if retry_after is None else {"retry-after": retry_after}
        scope = subscription.id if subscription else None
        with self._changed:
            self._instructions[scope] = _Instruction(status, headers, times)

    def forget(self) -> None:
        """Forget what came and what was told: answer 201 to what is well made."""
        with self._changed:
            self.received.clear()
            self.statuses.clear()
            self._instructions.clear()
            self._requests = 0

    def wait_for(self, count: int, *, within_seconds: float = 5.0) -> list[ReceivedPush]:
        """The pushes received, as soon as there are `count`; fails when the time is over."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.received) >= count, within_seconds)
            assert arrived, f"{len(self.received)} of {count} pushes came in {within_seconds} s"
            return list(self.received)

    def wait_for_answers(self, count: int, *, within_seconds: float = 5.0) -> list[int]:
        """The statuses answered, as soon as there are `count`, refusals included."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.statuses) >= count, within_seconds)
            assert arrived, f"{len(self.statuses)} of {count} answers in {within_seconds} s"
            return list(self.statuses)

    def wait_for_requests(self, count: int, *, within_seconds: float = 5.0) -> None:
        """Return as soon as that many pushes were posted, answered or not."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: self._requests >= count, within_seconds)
            assert arrived, f"{self._requests} of {count} requests in {within_seconds} s"

    @contextmanager
    def held(self) -> Generator[None]:
        """Within the block pushes are taken in, but answered only after it."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(self._flowing.clear)
        try:
            yield
        finally:
            self._loop.call_soon_threadsafe(self._flowing.set)

    @asynccontextmanager
    async def open(self, _: Starlette) -> AsyncGenerator[None]:
        """The life of the service, in the thread of its server."""
        self._loop = asyncio.get_running_loop()
        self._flowing.set()
        yield

    async def take(self, request: Request) -> Response:
        """The endpoint that senders post to (RFC 8030, section 5)."""
        body = await request.body()
        with self._changed:
            self._requests += 1
            self._changed.notify_all()
        await self._flowing.wait()
        with self._changed:
            status, headers = self._decide(request, body)
            self.statuses.append(status)
            self._changed.notify_all()
        return Response(status_code=status, headers=headers)

    def _decide(self, request: Request, body: bytes) -> tuple[int, dict[str, str]]:
        name = cast("str", request.path_params["name"])
        subscription = self._subscriptions.get(name)
        if subscription is None:
            return 404, {}
        if instruction := self._instruction(name):
            return instruction.status, instruction.headers
        if name in self._gone:
            return 410, {}
        status = _refusal(request.headers, body) or self._accept(subscription, request, body)
        return status, {"location": f"{self.origin}/message/{token_urlsafe(8)}"}

    def _instruction(self, name: str) -> _Instruction | None:
        for scope in (name, None):
            instruction = self._instructions.get(scope)
            if instruction is None or instruction.times == 0:
                continue
            if instruction.times is not None:
                instruction.times -= 1
            return instruction
        return None

    def _accept(self, subscription: Subscription, request: Request, body: bytes) -> int:
        claims = _claims(request.headers["authorization"], subscription, self.origin)
        if claims is None:
            return 403
        push = ReceivedPush(
            subscription_id=subscription.id,
            text=http_ece.decrypt(  # type: ignore[no-untyped-call]  # see the import
                body,
                private_key=subscription.private,
                auth_secret=subscription.auth_secret,
                version="aes128gcm",
            ),
            body_bytes=len(body),
            ttl_seconds=int(request.headers["ttl"]),
            urgency=request.headers.get("urgency", "normal"),
            topic=request.headers.get("topic"),
            claims=claims,
        )
        self.received.append(push)
        return 201


@contextmanager
def running() -> Generator[PushService]:
    """Serve on a free port of the loopback interface until the end of the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    service = PushService(f"http://127.0.0.1:{listening.getsockname()[1]}")
    routes = [Route("/push/{name}", service.take, methods=["POST"])]
    application = Starlette(routes=routes, lifespan=service.open)
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        _wait_until_started(server)
        yield service
    finally:
        server.should_exit = True
        thread.join(5)
        listening.close()


def _wait_until_started(server: uvicorn.Server) -> None:
    deadline = time.monotonic() + 5
    while not server.started:
        assert time.monotonic() < deadline, "the push service did not start in 5 s"
        time.sleep(0.005)


def _refusal(headers: Mapping[str, str], body: bytes) -> int:
    """The status that a badly made push earns, or 0."""
    ttl = headers.get("ttl", "")
    topic = headers.get("topic", "")
    if not ttl.isdigit() or int(ttl) > TTL_SECONDS_MAX:
        return 400
    if headers.get("content-encoding") != "aes128gcm":
        return 400
    if headers.get("urgency", "normal") not in URGENCIES:
        return 400
    if len(topic) > TOPIC_LENGTH_MAX or not all(c.isalnum() or c in "-_" for c in topic):
        return 400
    if not headers.get("authorization", "").startswith("vapid t="):
        return 401
    return 413 if len(body) > BODY_BYTES_MAX else 0


def _claims(authorization: str, subscription: Subscription, origin: str) -> Mapping[str, object] | None:
    """The claims of a valid identity that may push to this subscription (RFC 8292)."""
    parts = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
    if subscription.application_key not in (None, parts["k"]):
        return None
    try:
        point = vapid.from_base64url(parts["k"])
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        claims = cast(
            "dict[str, object]",
            jwt.decode(parts["t"], key, algorithms=["ES256"], audience=origin, options={"verify_exp": False}),
        )
    except (jwt.InvalidTokenError, ValueError):
        return None
    expires_in = cast("int", claims["exp"]) - clock.now().timestamp()
    contact = str(claims.get("sub", ""))
    return claims if 0 < expires_in <= 86_400 and contact.startswith(("mailto:", "https:")) else None
