"""The guard put together: one call gives the composition root every part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graphql import ASTValidationRule, GraphQLSchema, specified_rules
from starlette.types import ASGIApp, Receive, Scope, Send

from api.guard.answers import Profile
from api.guard.bucket import Meter
from api.guard.callers import Identify
from api.guard.cost import ListSizes
from api.guard.documents import Documents
from api.guard.gate import Gate
from api.guard.http import EXECUTION_SECONDS_MAX, GraphQLOverHTTP
from api.guard.limits import Limits
from api.guard.live import GraphQLOverWebSocket, LiveLimits
from api.guard.operations import Deliver, Execute, Subscribe
from api.guard.streams import Streams
from api.guard.trusted import TrustedDocuments
from api.observing import Metrics


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What an installation may choose; every default is what production should have.

    `allowed_origins` are browser origins besides our own; `rules` are added to those of the
    specification. `list_sizes` are the limits of lists that take no size, for their price.
    """

    allowed_origins: frozenset[str] = frozenset()
    limits: Limits = field(default_factory=Limits)
    live: LiveLimits = field(default_factory=LiveLimits)
    profile: Profile = Profile.AUDIT
    rules: Sequence[type[ASTValidationRule]] = ()
    list_sizes: ListSizes = field(default_factory=dict[tuple[str, str], int])
    execution_seconds_max: float = EXECUTION_SECONDS_MAX


def open_gate(schema: GraphQLSchema, manifest: Mapping[str, str], *, meter: Meter, options: Options) -> Gate:
    """Opens every trusted document; `gate.trusted.opened()` are those to compile plans for."""
    rules = [*specified_rules, *options.rules]
    documents = Documents(schema, limits=options.limits, rules=rules, list_sizes=options.list_sizes)
    return Gate(documents, TrustedDocuments(documents, manifest), meter)


def endpoint(
    gate: Gate,
    *,
    identify: Identify,
    execute: Execute,
    subscribe: Subscribe,
    metrics: Metrics,
    options: Options,
    streams: Streams | None = None,
    deliver: Deliver | None = None,
) -> ASGIApp:
    """What answers at the address of the API, requests and sockets.

    `execute` is asked for queries and mutations, `subscribe` for subscriptions; both get an
    operation that passed the gate and the request's context, see `api.guard.operations`.
    `deliver` is asked instead of `execute` for queries with `@defer`, if the client takes parts;
    without it everybody is answered at once.
    `streams` counts what is open, and ends what belongs to a session that was signed out.
    """
    streams = streams or Streams()
    http = GraphQLOverHTTP(
        gate=gate,
        identify=identify,
        execute=execute,
        subscribe=subscribe,
        metrics=metrics,
        deliver=deliver,
        streams=streams,
        allowed_origins=options.allowed_origins,
        profile=options.profile,
        execution_seconds_max=options.execution_seconds_max,
    )
    live = GraphQLOverWebSocket(
        gate=gate,
        identify=identify,
        subscribe=subscribe,
        metrics=metrics,
        streams=streams,
        allowed_origins=options.allowed_origins,
        limits=options.live,
    )

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await (live if scope["type"] == "websocket" else http)(scope, receive, send)

    return answer
