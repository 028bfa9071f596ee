"""The web application: GraphQL behind its guard, identity, health, the developers' page and the phone app."""

import asyncio
import gc
import hashlib
import math
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graphql import ExecutionResult, GraphQLSchema, OperationType
from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from starlette.types import ASGIApp

from api import health, schema
from api.graphiql import page as graphiql
from api.guard.assembly import Options, endpoint, open_gate
from api.guard.bucket import Bucket
from api.guard.callers import Context
from api.guard.compress import Compressed
from api.guard.credit import Credit
from api.guard.execution import executor, subscriber
from api.guard.front import Front
from api.guard.gate import Gate
from api.guard.http import EXECUTION_SECONDS_MAX
from api.guard.operations import Execute, Prepared
from api.guard.protection import Protected
from api.guard.streams import Streams
from api.guard.trusted import read_manifest
from api.hints import Hub, Rope
from api.identity import authority, oauth
from api.identity.authority import Authority
from api.identity.identifying import Identify
from api.inbox.mutations import PUSH_KEY_ID
from api.live import HUB
from api.observing import Metrics, Observed, configure_logging, report_fault
from api.reading import catalogue, resolving
from api.reading.acting import acting
from api.reading.execution import Reader
from api.reading.planning import Planner
from api.replica import Counts, Replica
from api.settings import Settings
from api.static import StaticApp
from domain.kernel import database, standby
from domain.kernel.actor import Actor
from domain.kernel.views import Computed, Many

PATH = "/graphql"
MOBILE = Path(__file__).parents[1] / "mobile"


@dataclass(frozen=True, slots=True)
class PushKey:
    """The key with which browsers subscribe to pushes: its id and its public half, base64url."""

    id: str
    public: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What one process is made of."""

    settings: Settings
    redis: Redis
    metrics: Metrics
    authority: Authority
    hub: Hub
    rope: Rope
    reader: Reader
    replica: Replica | None
    gate: Gate


def create_app(settings: Settings, push_key: PushKey) -> ASGIApp:
    """Everything that one web process serves."""
    configure_logging()
    options = Options(allowed_origins=frozenset(settings.allowed_origins), list_sizes=list_sizes())
    parts = _assemble(settings, push_key, options)
    streams = Streams()
    parts.authority.denied.listeners.append(streams.end)
    graphql = endpoint(
        parts.gate,
        identify=Identify(parts.authority),
        execute=_routed(parts),
        subscribe=subscriber(parts.reader.schema),
        deliver=parts.reader.deliver,
        metrics=parts.metrics,
        options=options,
        streams=streams,
    )
    served: list[BaseRoute] = [*oauth.routes(parts.authority), *_health(parts)]
    if settings.graphiql:
        served += graphiql.routes()
    served.append(Mount("/", StaticApp(MOBILE / "dist")))
    app = Front({PATH: graphql}, others=Starlette(routes=served, lifespan=lambda _: _lifespan(parts)))
    is_https = settings.public_url.startswith("https://")
    return Observed(Compressed(Protected(app, is_served_by_https=is_https)), metrics=parts.metrics)


def list_sizes() -> Mapping[tuple[str, str], int]:
    """The limits of the short lists of all views, by type and field."""
    found: dict[tuple[str, str], int] = {}
    for view in catalogue.gather().views.values():
        for name, declared in view.fields.items():
            if isinstance(declared, Many):
                found[view.name, name] = declared.limit
            elif isinstance(declared, Computed):
                found |= declared.list_sizes
    return found


def _assemble(settings: Settings, push_key: PushKey, options: Options) -> _Parts:
    metrics = Metrics()
    redis: Redis = Redis.from_url(settings.redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    meter = Credit(Bucket(redis, count_failure=metrics.unmetered.inc))
    core = schema.core()
    here = authority.start(settings, redis, meter=meter, count_failure=metrics.unmetered.inc)
    hub = Hub(redis)
    core.extensions |= {HUB: hub, PUSH_KEY_ID: push_key.id}
    return _Parts(
        settings=settings,
        redis=redis,
        metrics=metrics,
        authority=here,
        hub=hub,
        rope=Rope(redis),
        reader=_reader(core, here, push_key, metrics),
        replica=_replica(settings, redis, metrics) if settings.replica_url else None,
        gate=open_gate(core, read_manifest(MOBILE / "trusted.json"), meter=meter, options=options),
    )


def _reader(core: GraphQLSchema, here: Authority, push_key: PushKey, metrics: Metrics) -> Reader:
    secret = hashlib.sha256(b"cursor" + here.keyring.refresh_secret).digest()
    planner = Planner(core, catalogue.gather(), secret, {"push_key": push_key.public}, metrics.count_plan)
    resolving.attach(core, planner)
    return Reader(core, planner, metrics.count_fallback)


def _replica(settings: Settings, redis: Redis, metrics: Metrics) -> Replica:
    return Replica(redis, Counts(metrics.registry), lag_seconds_max=settings.replica_lag_seconds)


def _routed(parts: _Parts) -> Execute:
    """Queries of clients may be answered by the replica, if there is one."""
    primary = _execute(parts)
    if parts.replica is None:
        return primary
    reader = replace(parts.reader, fetch=parts.replica.fetch)
    return parts.replica.routed(primary, _execute(replace(parts, reader=reader)))


def _execute(parts: _Parts) -> Execute:
    """The planner first; what it leaves is run field by field. A change rings the worker."""
    run, act = executor(parts.reader.schema), acting(parts.reader.schema)

    async def execute(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        if prepared.operation.operation is OperationType.MUTATION:
            result = await act(prepared, context)
            parts.rope.pull()
            return result
        if isinstance(context.actor, Actor):
            answer = await parts.reader.answer(prepared, context.actor)
            if answer is not None:
                parts.metrics.planned.inc()
                return answer
        return await run(prepared, context)

    return execute


def _health(parts: _Parts) -> list[BaseRoute]:
    async def ask_database() -> None:
        await database.pool().fetchval("select 1")

    async def ask_redis() -> None:
        await parts.redis.execute_command("PING")  # pyright: ignore[reportUnknownMemberType] - untyped answer

    return health.routes(probes={"database": ask_database, "redis": ask_redis}, metrics=parts.metrics)


@asynccontextmanager
async def _lifespan(parts: _Parts) -> AsyncGenerator[None]:
    await database.connect(parts.settings.database_url, statement_seconds=math.ceil(EXECUTION_SECONDS_MAX))
    watches = (parts.authority.denied.watch, parts.hub.watch, parts.rope.watch)
    watching = [asyncio.create_task(watch()) for watch in watches]
    if parts.replica is not None:
        standby.connect(parts.settings.replica_url, statement_seconds=math.ceil(EXECUTION_SECONDS_MAX))
        watching.append(asyncio.create_task(parts.replica.watch()))
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        await stop(watching)
        parts.authority.close()
        async with AsyncExitStack() as closing:
            closing.push_async_callback(database.close)
            closing.push_async_callback(standby.close)
            closing.push_async_callback(parts.redis.aclose)


async def stop(watching: list[asyncio.Task[None]]) -> None:
    """Ends what runs beside the requests; what ended by a fault before is told of at last."""
    for task in watching:
        task.cancel()
    for outcome in await asyncio.gather(*watching, return_exceptions=True):
        if isinstance(outcome, Exception):
            report_fault(outcome)
