"""A schema with one feed, and the guard before it on a socket: what many hear of is told by the test."""

from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import asynccontextmanager
from typing import cast

import strawberry
from graphql import GraphQLSchema
from redis.asyncio import Redis

from api.guard.assembly import Options, endpoint, open_gate
from api.guard.bucket import Bucket
from api.guard.execution import executor, subscriber
from api.guard.feeds import Event, Source, Take
from api.guard.live import LiveLimits
from api.guard.streams import Streams
from api.observing import Metrics
from tests.api.guard.sample import identify
from tests.api.guard.serving import served


class Piece:
    """A piece of news that counts how often it was read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.read_times = 0

    def read(self) -> str:
        """The text."""
        self.read_times += 1
        return self._text


@strawberry.type
class News:
    @strawberry.field
    def topic(self, copies: int = 1) -> str:
        return cast("Piece", self).read() * copies


class Newsroom(Source):
    """Who listens is told by `tell`."""

    def __init__(self) -> None:
        self.listeners: list[Take] = []

    def join(self, take: Take) -> None:
        self.listeners.append(take)

    def leave(self, take: Take) -> None:
        self.listeners.remove(take)

    def tell(self, piece: Piece) -> None:
        """Tells everybody who listens now."""
        event = Event(piece)
        for take in tuple(self.listeners):
            take(event)


@strawberry.type
class Query:
    hello: str = "world"


def schema_of(newsroom: Newsroom) -> GraphQLSchema:
    """A schema whose subscription is the newsroom."""

    @strawberry.type
    class Subscription:
        @strawberry.subscription
        def news(self) -> AsyncIterable[News]:
            return cast("AsyncIterable[News]", newsroom)

    schema = strawberry.Schema(query=Query, subscription=Subscription)
    return schema._schema  # pyright: ignore[reportPrivateUsage] - there is no public way


@asynccontextmanager
async def newspaper(
    newsroom: Newsroom,
    redis: Redis,
    *,
    metrics: Metrics | None = None,
    streams: Streams | None = None,
    limits: LiveLimits | None = None,
) -> AsyncGenerator[str]:
    """The address of the guard before the newsroom."""
    metrics, schema, options = metrics or Metrics(), schema_of(newsroom), Options(live=limits or LiveLimits())
    gate = open_gate(schema, {}, meter=Bucket(redis, count_failure=metrics.unmetered.inc), options=options)
    api = endpoint(
        gate,
        identify=identify,
        execute=executor(schema),
        subscribe=subscriber(schema),
        metrics=metrics,
        options=options,
        streams=streams or Streams(of_caller=1000),
    )
    async with served(api) as address:
        yield address
