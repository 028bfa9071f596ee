"""What operators see: one structured line and a few numbers per request, nothing about persons."""

import itertools
import logging
import re
import sys
import time
from collections.abc import MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import BinaryIO
from uuid import uuid4

import orjson
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.guard.operations import Prepared
from domain.kernel import causes, clock

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
RECORD_KEY = "catchball.record"
_PROCESS = uuid4().hex[:16]
_numbers = itertools.count(1)
_request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
LATENCY_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0)


class Metrics:
    """The numbers of one process, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "catchball_requests_total",
            "HTTP requests by status and trusted operation.",
            ["status", "operation"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "catchball_request_seconds",
            "Time to answer an HTTP request.",
            buckets=LATENCY_SECONDS,
            registry=self.registry,
        )
        self.planned = self._counter("planned", "Queries answered by one compiled statement.")
        self.fallbacks = Counter(
            "catchball_fallbacks_total",
            "Queries that no plan answers, by the first field that no view declares and by trusted operation.",
            ["field", "operation"],
            registry=self.registry,
        )
        plans = Counter(
            "catchball_plans_total",
            "Plans asked for, by whether they were kept from before or compiled.",
            ["outcome"],
            registry=self.registry,
        )
        self._plans_kept, self._plans_compiled = plans.labels("kept"), plans.labels("compiled")
        self.compiling = self._counter("compiling_seconds", "Time that plans took to compile.")
        self.throttled = self._counter("throttled", "Requests refused by the rate limit.")
        self.unmetered = self._counter("unmetered", "Requests admitted without asking Redis.")
        self.slow_clients = self._counter("slow_clients", "Live streams closed as too slow.")

        self.sockets = Gauge("catchball_sockets", "Live sockets that are open now.", registry=self.registry)
        self._kinds: dict[tuple[int, str], Counter] = {}

    def _counter(self, name: str, meaning: str) -> Counter:
        return Counter(f"catchball_{name}_total", meaning, registry=self.registry)

    def count(self, status: int, operation: str, seconds: float) -> None:
        """One request that was answered."""
        kind = self._kinds.get((status, operation))
        if kind is None:
            kind = self._kinds[status, operation] = self.requests.labels(str(status), operation)
        kind.inc()
        self.seconds.observe(seconds)

    def count_fallback(self, prepared: Prepared, field_name: str) -> None:
        """One query that was run field by field, because of this field of the schema, as `Type.field`, or `@defer`."""
        self.fallbacks.labels(field_name, trusted_name(prepared)).inc()
        log = structlog.get_logger("catchball")
        log.info("fallback", field=field_name, operation=trusted_name(prepared), document=prepared.document_hash)

    def count_plan(self, seconds: float | None) -> None:
        """One plan that was asked for: compiled in this time, or kept from before."""
        if seconds is None:
            self._plans_kept.inc()
            return
        self._plans_compiled.inc()
        self.compiling.inc(seconds)

    def render(self) -> bytes:
        """The text that Prometheus reads."""
        return generate_latest(self.registry)


def new_request_id() -> str:
    """An id that no other request of any process has."""
    return f"{_PROCESS}{next(_numbers):016x}"


@dataclass(slots=True)
class Record:
    """What becomes known of a request on its way, for its line in the log."""

    request_id: str = field(default_factory=new_request_id)
    operation: str = ""
    trusted_operation: str = ""
    refused_as: str = ""
    status: int = 0

    def name_operation(self, prepared: Prepared) -> None:
        """Names the operation; only trusted names are few enough to count by."""
        self.operation = _name(prepared)
        self.trusted_operation = trusted_name(prepared)


def trusted_name(prepared: Prepared) -> str:
    """The name of a trusted operation; empty for every other one, of which there is no end."""
    return "" if prepared.trusted_id is None else _name(prepared)


def _name(prepared: Prepared) -> str:
    return prepared.operation_name or prepared.document_hash[:12]


def record_of(scope: Scope) -> Record:
    """The record of a request, a new one when nothing observes it."""
    record = scope.get(RECORD_KEY)
    if not isinstance(record, Record):
        record = scope[RECORD_KEY] = Record()
    return record


def configure_logging(*, stream: BinaryIO | None = None, level: int = logging.INFO) -> None:
    """Makes every log line of this process one JSON object, on standard error by default."""
    structlog.configure(
        cache_logger_on_first_use=True,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        processors=[
            _name_request,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(serializer=orjson.dumps),
        ],
        logger_factory=structlog.BytesLoggerFactory(stream or sys.stderr.buffer),
    )


def report_fault(fault: BaseException) -> str:
    """Logs what nobody expected, without the values of rows, and returns the id that the client is told."""
    error_id = uuid4().hex
    log = structlog.get_logger("catchball")
    log.error("fault", error_id=error_id, kind=type(fault).__name__, cause=causes.cause(fault), at=causes.where(fault))
    return error_id


def _name_request(_: object, __: str, line: MutableMapping[str, object]) -> MutableMapping[str, object]:
    request_id = _request_id.get()
    if request_id is not None:
        line["request_id"] = request_id
    return line


class Observed:
    """ASGI middleware: gives each request its id, logs it once and counts it."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        # The one line that every request writes goes past structlog's processors, which cost ten times as much.
        self._write = structlog.get_config()["logger_factory"]().msg

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        record = scope[RECORD_KEY] = Record(request_id=choose_request_id(scope))
        _request_id.set(record.request_id)
        started = time.perf_counter()

        async def observe(message: Message) -> None:
            if message["type"] == "http.response.start":
                record.status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", record.request_id.encode("ascii")),
                ]
            await send(message)

        try:
            await self._app(scope, receive, observe)
        finally:
            self._finish(scope, record, time.perf_counter() - started)

    def _finish(self, scope: Scope, record: Record, seconds: float) -> None:
        self._metrics.count(record.status, record.trusted_operation, seconds)
        line = {
            "event": "request",
            "level": "info",
            "timestamp": clock.now(),
            "request_id": record.request_id,
            "method": scope["method"],
            "path": scope["path"],
            "status": record.status,
            "milliseconds": round(seconds * 1000, 2),
            "operation": record.operation,
            "refused_as": record.refused_as,
        }
        self._write(orjson.dumps(line, option=orjson.OPT_UTC_Z))


def choose_request_id(scope: Scope) -> str:
    """The id that the client sent when it is a proper one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            return given if REQUEST_ID.fullmatch(given) else new_request_id()
    return new_request_id()
