"""GraphQL over HTTP: the edition of September 2026, and the audit suite where the two differ."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TypeVar

from graphql import ExecutionResult
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from api.guard import answers, delivery, origins
from api.guard.answers import Profile
from api.guard.bucket import Charge
from api.guard.callers import Caller, Context, Identify, Unauthenticated
from api.guard.delivery import Part
from api.guard.events import once, open_events
from api.guard.gate import Gate, describe_cost, is_query, is_subscription
from api.guard.headers import describe_request, etag_matches, read_cookies, read_headers, weak_etag
from api.guard.multipart import PartsResponse
from api.guard.negotiation import Accepted, MediaType, negotiate
from api.guard.operations import Deliver, Execute, Prepared, Subscribe
from api.guard.parameters import (
    Parameters,
    decode_body,
    decode_query_string,
    read_body,
    require_json,
)
from api.guard.refusal import Refusal, entry, undecodable
from api.guard.sse import EventStream
from api.guard.streams import Streams
from api.guard.turns import Turns
from api.observing import Metrics, Record, record_of, report_fault

PREFLIGHT_HEADERS = (
    "x-client-name",
    "authorization",
    "apollo-require-preflight",
    "graphql-require-preflight",
)
VARY = "Accept, Accept-Encoding, Accept-Language, Authorization, Origin"
EXECUTION_SECONDS_MAX = 15.0
SENDING_SECONDS_MAX = 15.0
"""How much longer an answer in parts may take that its client reads slowly."""
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Arrival:
    """One HTTP request as far as it is known before its body is read."""

    method: str
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    address: str
    record: Record


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request whose operation may run, and on whose account."""

    arrival: Arrival
    accepted: Accepted
    caller: Caller
    context: Context
    prepared: Prepared
    charge: Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLOverHTTP:
    """The ASGI endpoint of /graphql for GET, POST and OPTIONS.

    `allowed_origins` are browser origins besides our own, as `https://app.example.com`.
    """

    gate: Gate
    identify: Identify
    execute: Execute
    subscribe: Subscribe
    deliver: Deliver | None = None
    metrics: Metrics = field(default_factory=Metrics)
    streams: Streams = field(default_factory=Streams)
    turns: Turns = field(default_factory=Turns)
    allowed_origins: frozenset[str] = frozenset()
    profile: Profile = Profile.AUDIT
    execution_seconds_max: float = EXECUTION_SECONDS_MAX

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = read_headers(scope)
        client = scope.get("client")
        arrival = Arrival(
            scope["method"], headers, read_cookies(headers), client[0] if client else "", record_of(scope)
        )
        try:
            response = await self._respond(arrival, scope, receive)
        except ClientDisconnect:
            return
        origins.allow(response, headers.get("origin"), self.allowed_origins)
        await response(scope, receive, send)

    async def _respond(self, arrival: Arrival, scope: Scope, receive: Receive) -> Response:
        if arrival.method == "OPTIONS":
            return origins.answer_preflight(arrival.headers, self.allowed_origins)
        accepted: Accepted | None = None
        try:
            accepted = negotiate(arrival.headers.get("accept"))
            parameters = await self._read(arrival, scope, receive)
            admitted = await self._admit(arrival, accepted, parameters)
            return await self._answer(admitted)
        except Refusal as refusal:
            return self._refuse(refusal, accepted, arrival)
        except ClientDisconnect:
            raise
        except Exception as fault:  # noqa: BLE001 - the edge of the process: reported once, masked
            error = answers.masked(report_fault(fault))
            return self._refuse(Refusal([error], status=500), accepted, arrival)

    async def _read(self, arrival: Arrival, scope: Scope, receive: Receive) -> Parameters:
        headers = arrival.headers
        if arrival.method == "POST":
            require_json(headers.get("content-type"), headers.get("content-encoding"))
            return decode_body(await read_body(receive))
        if arrival.method != "GET":
            raise undecodable(405, "METHOD_NOT_ALLOWED", "Use GET or POST.", Allow="GET, POST, OPTIONS")
        if not any(name in headers for name in PREFLIGHT_HEADERS):
            raise undecodable(400, "PREFLIGHT_REQUIRED", f"A GET needs one of: {', '.join(PREFLIGHT_HEADERS)}.")
        return decode_query_string(scope["query_string"])

    async def _admit(self, arrival: Arrival, accepted: Accepted, parameters: Parameters) -> Admitted:
        caller = await self._identify(arrival)
        prepared = self.gate.prepare(parameters, caller)
        arrival.record.name_operation(prepared)
        require_transport(arrival.method, accepted, prepared)
        context = describe_request(
            arrival.headers,
            caller=caller,
            cookies=arrival.cookies,
            address=arrival.address,
            request_id=arrival.record.request_id,
            deadline=asyncio.get_running_loop().time() + self.execution_seconds_max,
        )
        charge = await self.gate.admit(prepared, caller, address=arrival.address)
        return Admitted(arrival, accepted, caller, context, prepared, charge)

    async def _identify(self, arrival: Arrival) -> Caller:
        try:
            return await self.identify(arrival.headers, arrival.cookies)
        except Unauthenticated as refused:
            raise Refusal(
                [entry("UNAUTHENTICATED", str(refused) or "Sign in again.")],
                status=401,
                headers={"WWW-Authenticate": 'Bearer error="invalid_token"'},
            ) from None

    async def _answer(self, admitted: Admitted) -> Response:
        if is_subscription(admitted.prepared):
            events = open_events(admitted.prepared, admitted.context, subscribe=self.subscribe)
            return self._stream(admitted, events)
        if self.deliver and admitted.prepared.deferring and admitted.accepted.takes_parts:
            return await self._deliver(admitted, self.deliver)
        result = await self._run(admitted, lambda: self.execute(admitted.prepared, admitted.context))
        return await self._answer_at_once(admitted, result)

    async def _answer_at_once(self, admitted: Admitted, result: bytes | ExecutionResult) -> Response:
        extensions = await self._settle(admitted, result)
        if isinstance(result, bytes):
            body = answers.with_extensions(result, extensions)
        else:
            body = answers.encode_result(result, report_fault, extensions)
        body = answers.of_size(body)
        response = self._present(admitted, result, body)
        for cookie in admitted.context.outgoing.set_cookies:
            response.headers.append("set-cookie", cookie)
        return response

    async def _deliver(self, admitted: Admitted, deliver: Deliver) -> Response:
        results = await self._run(admitted, lambda: deliver(admitted.prepared, admitted.context))
        if isinstance(results, ExecutionResult):
            return await self._answer_at_once(admitted, results)
        initial = results.initial_result
        extensions = await self._settle(admitted, ExecutionResult(initial.data, initial.errors))
        first = delivery.encode_first(initial, extensions)
        answers.of_size(first.body)
        return self._in_parts(admitted, delivery.parts(results, first, run=lambda step: self._run(admitted, step)))

    def _in_parts(self, admitted: Admitted, parts: AsyncGenerator[Part]) -> Response:
        until = admitted.context.deadline + SENDING_SECONDS_MAX
        return PartsResponse(parts, headers={"Vary": VARY, "Cache-Control": "no-store"}, until=until)

    async def _run(self, admitted: Admitted, step: Callable[[], Awaitable[Result]]) -> Result:
        """Runs a step of the operation in a turn of the caller's; raises Refusal when it does not end in time."""
        context, client_key = admitted.context, admitted.caller.client_key
        limit = asyncio.timeout_at(context.deadline)
        try:
            async with limit:
                await self.turns.take(client_key)
                try:
                    return await step()
                finally:
                    self.turns.give_back(client_key)
        except TimeoutError:
            if not limit.expired():
                raise
            raise too_slow() from None

    def _stream(self, admitted: Admitted, payloads: AsyncGenerator[bytes]) -> EventStream:
        response = EventStream(payloads, expires_at=admitted.caller.expires_at)
        with ExitStack() as held:
            held.enter_context(self.streams.opened())
            held.enter_context(self.streams.held(admitted.caller, address=admitted.arrival.address, end=response.end))
            response.held = held.pop_all()
        return response

    def _present(self, admitted: Admitted, result: bytes | ExecutionResult, body: bytes) -> Response:
        media_type = admitted.accepted.single
        if media_type is None and admitted.accepted.takes_stream:
            return self._stream(admitted, once(body))
        if media_type is None:
            return self._in_parts(admitted, once(Part(body, is_last=True)))
        status = 200 if isinstance(result, bytes) else answers.result_status(result, media_type, self.profile)
        headers = {"Vary": VARY, "Cache-Control": "no-store"}
        is_clean = isinstance(result, bytes) or not result.errors
        if admitted.arrival.method == "GET" and is_clean:
            etag = weak_etag(body)
            headers |= {"Cache-Control": "private, max-age=0, must-revalidate", "ETag": etag}
            if etag_matches(admitted.arrival.headers.get("if-none-match"), etag):
                body, status = b"", 304
        return answers.json_response(body, status, media_type, headers)

    async def _settle(self, admitted: Admitted, result: bytes | ExecutionResult) -> dict[str, object]:
        prepared, caller = admitted.prepared, admitted.caller
        actual = admitted.context.outgoing.actual_cost
        if not isinstance(result, bytes) and answers.is_request_error(result):
            actual = 1
        cost = prepared.cost if actual is None else min(actual, prepared.cost)
        if cost < prepared.cost:
            address = admitted.arrival.address
            await self.gate.settle(prepared, caller, address=address, actual_cost=cost)
        if not caller.wants_cost and "x-catchball-cost" not in admitted.arrival.headers:
            return {}
        return {"cost": describe_cost(prepared, caller, admitted.charge, actual_cost=cost)}

    def _refuse(self, refusal: Refusal, accepted: Accepted | None, arrival: Arrival) -> Response:
        arrival.record.refused_as = refusal.code
        if refusal.code == "THROTTLED":
            self.metrics.throttled.inc()
        media_type = accepted.single if accepted and refusal.is_decoded else None
        status = answers.refusal_status(refusal, media_type, self.profile)
        headers = {"Vary": VARY, "Cache-Control": "no-store"} | refusal.headers
        body = answers.encode_refusal(refusal.errors, {})
        return answers.json_response(body, status, media_type or MediaType.JSON, headers)


def require_transport(method: str, accepted: Accepted, prepared: Prepared) -> None:
    """Refuses a change by GET or as a stream of events, and a subscription that the client could not hear."""
    if method == "GET" and not is_query(prepared):
        raise Refusal(
            [entry("METHOD_NOT_ALLOWED", "Only queries may be sent by GET: use POST.")],
            status=405,
            headers={"Allow": "POST"},
        )
    if accepted.single is None and not is_query(prepared) and not is_subscription(prepared):
        message = "Mutations are not sent as events: accept application/graphql-response+json."
        raise Refusal([entry("NOT_ACCEPTABLE", message)], status=406)
    if is_subscription(prepared) and not accepted.takes_stream:
        message = "Subscribe by graphql-transport-ws, or accept text/event-stream."
        raise Refusal([entry("SUBSCRIPTION_NEEDS_STREAM", message)], status=400)


def too_slow() -> Refusal:
    """Refuses an operation that did not end in time; it was cancelled."""
    message = "The operation took too long and was stopped."
    return Refusal([entry("DEADLINE_EXCEEDED", message)], status=503, headers={"Retry-After": "5"})
