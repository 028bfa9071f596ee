"""Execution field by field on graphql-core, for what no compiled plan answers."""

from collections.abc import AsyncGenerator, Mapping
from inspect import isawaitable
from typing import cast
from weakref import WeakValueDictionary

import graphql
import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    Executor,
    ExperimentalIncrementalExecutionResults,
    GraphQLError,
    GraphQLSchema,
)
from graphql.execution.executor_throwing_on_incremental import ExecutorThrowingOnIncremental

from api.guard.callers import Context
from api.guard.events import encode_event
from api.guard.feeds import Feed, Shape, Source
from api.guard.operations import Deliver, Execute, Opened, Prepared, Subscribe


def executor(schema: GraphQLSchema) -> Execute:
    """Runs queries and mutations of an opened document; never parses or validates again."""

    async def run(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        return await execute(schema, prepared, context)

    return run


async def execute(
    schema: GraphQLSchema, prepared: Prepared, context: Context, *, root: object = None
) -> ExecutionResult:
    """The result of an operation whose root fields are those of `root`."""
    result = await begin(schema, prepared, context, document=prepared.document, root=root)
    assert isinstance(result, ExecutionResult), "a document without `@defer` has nothing that comes later"
    return result


def deliverer(schema: GraphQLSchema) -> Deliver:
    """Runs queries in parts: nothing that is deferred begins before the first part is there."""

    async def deliver(
        prepared: Prepared, context: Context
    ) -> ExecutionResult | ExperimentalIncrementalExecutionResults:
        return await begin(schema, prepared, context, document=prepared.deferring or prepared.document)

    return deliver


async def begin(
    schema: GraphQLSchema, prepared: Prepared, context: Context, *, document: DocumentNode, root: object = None
) -> ExecutionResult | ExperimentalIncrementalExecutionResults:
    """What a document comes to: at once, or the first part of it."""
    # graphql-core's plain `execute` refuses every document of a schema that knows `@defer`.
    result = graphql.experimental_execute_incrementally(  # pyright: ignore[reportUnknownMemberType] - options that we leave out
        schema,
        document,
        root_value=root,
        context_value=context,
        variable_values=dict(prepared.variables),
        operation_name=prepared.operation_name,
        max_coercion_errors=5,
        hide_suggestions=True,
    )
    return await result if isawaitable(result) else result


def subscriber(schema: GraphQLSchema) -> Subscribe:
    """Opens subscriptions of an opened document; those of a `Source` as a feed that equal requests share."""
    shapes = Shapes(schema)

    async def subscribe(prepared: Prepared, context: Context) -> Opened:
        built = build(schema, prepared, context)
        if isinstance(built, list):
            return ExecutionResult(None, errors=built)
        opened = graphql.create_source_event_stream(built)  # pyright: ignore[reportUnknownMemberType] - typed in part
        source = await opened if isawaitable(opened) else opened
        if isinstance(source, Source):
            return Feed(source, shapes.of(prepared))
        if isinstance(source, ExecutionResult):
            return source
        answered = graphql.map_source_to_response_event(built, source)  # pyright: ignore[reportUnknownMemberType] - typed in part
        return cast("AsyncGenerator[bytes | ExecutionResult]", answered)

    return subscribe


def build(schema: GraphQLSchema, prepared: Prepared, context: Context | None) -> list[GraphQLError] | Executor[None]:
    """What runs a subscription, or what is wrong with its variables."""
    made = ExecutorThrowingOnIncremental.build(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - typed in part
        schema,
        prepared.document,
        context_value=context,
        raw_variable_values=dict(prepared.variables),
        operation_name=prepared.operation_name,
        max_coercion_errors=5,
        hide_suggestions=True,
    )
    return cast("list[GraphQLError] | Executor[None]", made)


class Shapes:
    """The shapes in which feeds are asked for now, one for all requests with the same document and variables."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._known: WeakValueDictionary[tuple[str, str | None, bytes], Shape] = WeakValueDictionary()

    def of(self, prepared: Prepared) -> Shape:
        """The shape of an operation whose variables are known to fit."""
        key = (prepared.document_hash, prepared.operation_name, sorted_json(prepared.variables))
        shape = self._known.get(key)
        if shape is None:
            shape = self._known[key] = self._make(prepared)
        return shape

    def _make(self, prepared: Prepared) -> Shape:
        # Without a context: an answer that everybody gets must not depend on who asks.
        built = build(self._schema, prepared, None)
        assert isinstance(built, Executor), "the variables were coerced before"

        def answer(value: object) -> ExecutionResult:
            one = cast("Executor[None]", built.build_per_event_executor(value))  # pyright: ignore[reportUnknownMemberType] - typed in part
            result = graphql.execute_subscription_event(one)  # pyright: ignore[reportUnknownMemberType] - typed in part
            assert isinstance(result, ExecutionResult), "no field of a shared event waits for anything"
            return result

        return Shape(lambda value: encode_event(lambda: answer(value)))


def sorted_json(variables: Mapping[str, object]) -> bytes:
    """The same bytes for equal variables."""
    return orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
