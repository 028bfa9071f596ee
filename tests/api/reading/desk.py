"""Asks the same question by the planner and by the executor, and counts the statements."""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import cast

import asyncpg
import graphql
import orjson
from graphql import DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode

from api import schema
from api.guard.callers import Context
from api.guard.execution import executor
from api.guard.operations import Prepared
from api.reading import catalogue, resolving
from api.reading.execution import Reader
from api.reading.planning import Planner
from domain.kernel import database
from domain.kernel.actor import Actor
from tests.api.reading.world import World

Json = dict[str, object]
SECRET = b"of this test"
UNASKED = ("set_config('app.tenant_id'", "set_config('jit'", "current_setting('jit')", "typeinfo_tree")


@dataclass(slots=True)
class Desk:
    """A schema over a world; documents are kept as the guard keeps them."""

    schema: GraphQLSchema
    reader: Reader
    world: World
    documents: dict[str, DocumentNode] = field(default_factory=dict[str, DocumentNode])

    def prepare(self, text: str, variables: Mapping[str, object] | None = None) -> Prepared:
        """The only operation of a valid document."""
        if text not in self.documents:
            document = graphql.parse(text)
            assert graphql.validate(self.schema, document) == []
            self.documents[text] = document
        document = self.documents[text]
        operation = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        return Prepared(
            document_hash=hashlib.sha256(text.encode()).hexdigest(),
            document=document,
            operation=operation,
            operation_name=None,
            variables=variables or {},
            cost=1,
            trusted_id=None,
        )

    async def plan(self, name: str, text: str, **variables: object) -> bytes:
        """The whole answer by one plan, to a person of the world."""
        answer = await self.reader.answer(self.prepare(text, variables), self.world.actor(name))
        assert answer is not None, "not planned"
        return answer

    async def ask(self, name: str, text: str, **variables: object) -> Json:
        """The data of the planned answer."""
        return cast("Json", orjson.loads(await self.plan(name, text, **variables))["data"])

    async def execute(self, name: str, text: str, **variables: object) -> ExecutionResult:
        """The answer field by field, as the guard runs what is not planned."""
        run = executor(self.schema)
        found = run(self.prepare(text, variables), context(self.world.actor(name)))
        result = await found if isawaitable(found) else found
        assert isinstance(result, ExecutionResult)
        return result

    async def respond(self, name: str, text: str, **variables: object) -> tuple[object, list[object]]:
        """Data and errors of what is not planned: message, code and path of each."""
        assert await self.reader.answer(self.prepare(text, variables), self.world.actor(name)) is None
        result = await self.execute(name, text, **variables)
        errors = result.errors or []
        return result.data, [(one.message, (one.extensions or {}).get("code"), one.path) for one in errors]

    async def refusal(self, name: str, text: str, **variables: object) -> tuple[str, object]:
        """Message and code of the one error with which both ways refuse."""
        assert await self.reader.answer(self.prepare(text, variables), self.world.actor(name)) is None
        errors = (await self.execute(name, text, **variables)).errors or []
        [(message, code)] = {(one.message, (one.extensions or {}).get("code")) for one in errors}
        return message, code


def place(world: World) -> Desk:
    """A desk in front of this world, with a planner of its own."""
    core = schema.core()
    planner = Planner(core, catalogue.gather(), SECRET, {"push_key": "key"})
    resolving.attach(core, planner)
    return Desk(core, Reader(core, planner), world)


def context(actor: Actor) -> Context:
    """A request of this actor."""
    return Context(
        actor=actor,
        client_name=None,
        client_version=None,
        language="en",
        request_id="r",
        address="test",
        deadline=float("inf"),
        cookies={},
    )


@asynccontextmanager
async def statements() -> AsyncGenerator[list[str]]:
    """What is asked of PostgreSQL inside, but for the setting of the tenant and what asyncpg asks of new types."""
    seen: list[str] = []

    def note(query: object) -> None:
        text = str(getattr(query, "query", query))
        if not any(unasked in text for unasked in UNASKED):
            seen.append(text)

    held: list[asyncpg.Connection] = []
    async with _all_connections(held):
        pass
    for connection in held:
        connection.add_query_logger(note)
    yield seen
    await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
    for connection in held:
        connection.remove_query_logger(note)


@asynccontextmanager
async def _all_connections(held: list[asyncpg.Connection], number: int = 4) -> AsyncGenerator[None]:
    if number == 0:
        yield
        return
    async with database.connection() as connection:
        held.append(getattr(connection, "_con", connection))
        async with _all_connections(held, number - 1):
            yield
