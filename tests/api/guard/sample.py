"""A small schema with every kind of field that the guard treats differently, and its callers."""

import asyncio
import time
from collections.abc import AsyncGenerator, Mapping
from typing import Annotated

import strawberry
from graphql import GraphQLSchema
from strawberry.types import Info

from api.guard.callers import Budget, Caller, Context, Unauthenticated
from api.guard.deferring import DIRECTIVE
from api.guard.documents import hash_text
from domain.kernel.errors import NotFound

ENDED: list[str] = []


@strawberry.type
class Item:
    id: strawberry.ID
    name: str

    @strawberry.field
    def inner(self, first: int = 20) -> "ItemPage":
        return page(first)

    @strawberry.field
    def echo(self, text: str) -> str:
        return text

    @strawberry.field
    def self_again(self) -> "Item":
        return self


@strawberry.type
class ItemPage:
    nodes: list[Item]
    total: int


@strawberry.type
class Person:
    name: str


def page(first: int) -> ItemPage:
    return ItemPage(nodes=[Item(id=strawberry.ID(str(n)), name=f"item {n}") for n in range(first)], total=first)


Found = Annotated[Item | Person, strawberry.union("Found")]


@strawberry.type
class Query:
    @strawberry.field
    def hello(self, name: str = "world") -> str:
        return f"hello {name}"

    @strawberry.field
    def nothing(self) -> str | None:
        return None

    @strawberry.field
    def item(self) -> Item:
        return Item(id=strawberry.ID("1"), name="one")

    @strawberry.field
    def items(self, first: int = 20) -> ItemPage:
        return page(first)

    @strawberry.field
    def found(self) -> list[Found]:
        return [Item(id=strawberry.ID("1"), name="one"), Person(name="Ann")]

    @strawberry.field
    def broken(self) -> str | None:
        raise RuntimeError("secret: the password of the database")

    @strawberry.field
    def broken_hard(self) -> str:
        raise RuntimeError("secret: the password of the database")

    @strawberry.field
    def missing(self) -> str | None:
        raise NotFound("The objective")

    @strawberry.field
    async def slow(self, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "done"

    @strawberry.field
    async def endless(self) -> str:
        try:
            await asyncio.Event().wait()
        finally:
            ENDED.append("endless")
        return "never"

    @strawberry.field
    def language(self, info: Info[Context, None]) -> str:
        return info.context.language

    @strawberry.field
    def client(self, info: Info[Context, None]) -> str:
        return f"{info.context.client_name} {info.context.client_version}"


@strawberry.type
class Mutation:
    @strawberry.mutation
    def touch(self, info: Info[Context, None]) -> str:
        info.context.outgoing.set_cookies.append("refresh=abc; HttpOnly; SameSite=Strict; Path=/graphql")
        return "touched"

    @strawberry.mutation
    def remember(self) -> Item:
        return Item(id=strawberry.ID("1"), name="one")


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def count(self, to: int) -> AsyncGenerator[int, None]:
        try:
            for number in range(to):
                yield number
                await asyncio.sleep(0)
        finally:
            ENDED.append("count")

    @strawberry.subscription
    async def forever(self) -> AsyncGenerator[int, None]:
        try:
            yield 0
            await asyncio.Event().wait()
        finally:
            ENDED.append("forever")

    @strawberry.subscription
    async def flood(self, size: int) -> AsyncGenerator[str, None]:
        try:
            while True:
                yield "x" * size
        finally:
            ENDED.append("flood")

    @strawberry.subscription
    async def breaks(self) -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("secret: the password of the database")


def sample_schema() -> GraphQLSchema:
    schema = strawberry.Schema(query=Query, mutation=Mutation, subscription=Subscription)
    core = schema._schema  # pyright: ignore[reportPrivateUsage] - there is no public way
    core.directives += (DIRECTIVE,)
    return core


RICH = Budget(1_000_000, 100_000)
CALLERS = {
    "app": Caller(actor="Ann", client_key="app", budget=RICH),
    "phone": Caller(actor="Cy", client_key="cy", subject="phone of Cy", may_send_free_documents=True, budget=RICH),
    "partner": Caller(actor="robot", client_key="partner", may_send_free_documents=True, wants_cost=True, budget=RICH),
    "poor": Caller(client_key="poor", may_send_free_documents=True, budget=Budget(10, 1)),
    "developer": Caller(client_key="developer", may_send_free_documents=True, may_introspect=True, budget=RICH),
}


async def identify(headers: Mapping[str, str], cookies: Mapping[str, str]) -> Caller:
    """Callers by the word in their bearer token; nobody without one."""
    authorization = headers.get("authorization")
    if authorization is None:
        return Caller(client_key="anonymous", budget=RICH)
    if authorization == "Bearer short":
        return Caller(actor="Bea", may_send_free_documents=True, budget=RICH, expires_at=time.time() + 0.3)
    caller = CALLERS.get(authorization.removeprefix("Bearer "))
    if caller is None:
        raise Unauthenticated("This token is not valid.")
    return caller


def trusted(text: str) -> tuple[str, str]:
    return f"sha256:{hash_text(text)}", text


HELLO_ID, HELLO = trusted("query Hello($name: String) { hello(name: $name) }")
TOUCH_ID, TOUCH = trusted("mutation Touch { touch }")
COUNT_ID, COUNT = trusted("subscription Count($to: Int!) { count(to: $to) }")
LATE_ID, LATE = trusted("query Late { hello ... @defer { nothing } }")
OUTDATED_ID, OUTDATED = trusted("query Outdated { removed }")
MANIFEST = {HELLO_ID: HELLO, TOUCH_ID: TOUCH, COUNT_ID: COUNT, LATE_ID: LATE, OUTDATED_ID: OUTDATED}
