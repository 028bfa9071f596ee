"""How PostgreSQL answers a question: compiled, sent and planned as the product does it, then explained."""

import json
import re
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from graphql import FragmentDefinitionNode, GraphQLSchema
from graphql.execution.values import VariableValues, get_variable_values

from api import schema
from api.guard.documents import Documents, hash_text
from api.reading.catalogue import Catalogue, gather
from api.reading.plan import Plan
from api.reading.planning import Planner
from domain.kernel import clock, database
from tests.plans import questions
from tests.plans.questions import Question

if TYPE_CHECKING:
    from domain.kernel.database import Connection

Node = Mapping[str, object]
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
"""A day in the generated group's last cycle."""
LARGE_ROWS = 1_000
_END_CURSOR = re.compile(rb'"endCursor":"([^"]+)"')
_LARGE = """
select relname::text from pg_class
where relkind in ('r', 'p') and relnamespace in ('public'::regnamespace, 'months'::regnamespace) and reltuples >= $1
"""


@dataclass(frozen=True, slots=True)
class Explained:
    """What PostgreSQL says of one execution."""

    name: str
    who: str
    root: Node
    text: str

    @property
    def blocks(self) -> int:
        """Shared blocks that the statement looked into, wherever they were."""
        return cast("int", self.root["Shared Hit Blocks"]) + cast("int", self.root["Shared Read Blocks"])

    def nodes(self) -> Iterator[Node]:
        """Every step of the plan, whether it was executed or not."""
        return _steps(self.root)


@dataclass(slots=True)
class Desk:
    """Compiles questions as the web process does."""

    catalogue: Catalogue = field(default_factory=gather)
    schema: GraphQLSchema = field(default_factory=schema.core)
    secret: bytes = b"of this test"
    _planner: Planner = field(init=False)
    _documents: Documents = field(init=False)

    def __post_init__(self) -> None:
        self._planner = Planner(self.schema, self.catalogue, self.secret, {"push_key": "key"})
        self._documents = Documents(self.schema)

    def compile(self, question: Question, variables: Mapping[str, object]) -> tuple[Plan, Sequence[object]]:
        """The statement and its parameters."""
        document = self._documents.check(question.text, hash_text(question.text))
        operation = document.choose(None).node
        fragments = {
            one.name.value: one for one in document.node.definitions if isinstance(one, FragmentDefinitionNode)
        }
        coerced = get_variable_values(self.schema, operation.variable_definitions or (), dict(variables))
        assert isinstance(coerced, VariableValues), coerced
        plan = self._planner.whole(question.text, operation, fragments, coerced.coerced, question.actor)
        assert plan is not None, f"{question.name} is not planned"
        return plan, plan.values(question.actor, coerced.coerced)


async def answers(url: str, desk: Desk, asked: Iterable[Question]) -> list[bytes]:
    """What this desk answers from this database, question by question."""
    await database.connect(url)
    try:
        with clock.frozen(NOW):
            return [await answer(desk, one) for one in asked]
    finally:
        await database.close()


async def answer(desk: Desk, question: Question) -> bytes:
    plan, values = desk.compile(question, question.variables)
    return cast("bytes", await database.fetch_value(question.actor.tenant_id, plan.sql, values))


async def explain_everything(url: str) -> list[Explained]:
    """All questions on the group in this database."""
    desk = Desk()
    await database.connect(url)
    try:
        with clock.frozen(NOW):
            return [found for question in questions.everything() async for found in explain(desk, question)]
    finally:
        await database.close()


async def explain(desk: Desk, question: Question) -> AsyncGenerator[Explained]:
    """The question, and its next page if there is one."""
    plan, values = desk.compile(question, question.variables)
    async with _serving(question) as connection:
        answer, explained = await _execute(connection, plan, values)
    yield Explained(question.name, question.who, *explained)
    cursor = _END_CURSOR.search(answer)
    if question.has_pages and cursor:
        plan, values = desk.compile(question, {**question.variables, "after": cursor[1].decode()})
        async with _serving(question) as connection:
            _, explained = await _execute(connection, plan, values)
        yield Explained(f"{question.name}, next page", question.who, *explained)


@asynccontextmanager
async def _serving(question: Question) -> "AsyncGenerator[Connection]":
    with database.tenant(question.actor.tenant_id):
        async with database.connection() as connection:
            yield connection


async def _execute(connection: "Connection", plan: Plan, values: Sequence[object]) -> tuple[bytes, tuple[Node, str]]:
    """The answer, and how it was found the second time."""
    statement = await connection.prepare(plan.sql)
    answer = cast("bytes", await statement.fetchval(*values))
    # Only a prepared statement that is executed by name gets the generic plan with which the product works.
    literals = ", ".join(map(literal, values))
    executed = f'execute "{statement.get_name()}"' + (f"({literals})" if values else "")
    options = "analyze, buffers, costs off, timing off, summary off, format json"
    text = str(await connection.fetchval(f"explain ({options}) {executed}"))
    return answer, (json.loads(text)[0]["Plan"], text)


def literal(value: object) -> str:
    """The value in SQL."""
    if value is None or isinstance(value, bool | int):
        return "null" if value is None else str(value)
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'"
    if isinstance(value, list):
        return "array[" + ", ".join(map(literal, cast("list[object]", value))) + "]::text[]"
    assert isinstance(value, str | UUID | date), value
    return "'" + str(value).replace("'", "''") + "'"


async def large_tables(url: str) -> set[str]:
    """The tables that have many rows, whatever they are called."""
    await database.connect(url)
    try:
        async with database.connection() as connection:
            return {row[0] for row in await connection.fetch(_LARGE, LARGE_ROWS)}
    finally:
        await database.close()


def _steps(node: Node) -> Iterator[Node]:
    yield node
    for below in cast("Sequence[Node]", node.get("Plans", ())):
        yield from _steps(below)
