"""Execution field by field on graphql-core, for what no compiled plan answers."""

from collections.abc import AsyncGenerator
from inspect import isawaitable
from typing import cast

import graphql
from graphql import ExecutionResult, GraphQLSchema

from api.guard.callers import Context
from api.guard.operations import Execute, Prepared, Subscribe


def executor(schema: GraphQLSchema) -> Execute:
    """Runs queries and mutations of an opened document; never parses or validates again."""

    async def execute(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        result = graphql.execute(  # pyright: ignore[reportUnknownMemberType] - options that we leave out
            schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.variables),
            operation_name=prepared.operation_name,
            max_coercion_errors=5,
            hide_suggestions=True,
        )
        return await result if isawaitable(result) else result

    return execute


def subscriber(schema: GraphQLSchema) -> Subscribe:
    """Opens subscriptions of an opened document."""

    async def subscribe(
        prepared: Prepared, context: Context
    ) -> AsyncGenerator[bytes | ExecutionResult] | ExecutionResult:
        opened = graphql.subscribe(  # pyright: ignore[reportUnknownMemberType] - options that we leave out
            schema,
            prepared.document,
            context_value=context,
            variable_values=dict(prepared.variables),
            operation_name=prepared.operation_name,
            max_coercion_errors=5,
            hide_suggestions=True,
        )
        stream = await opened if isawaitable(opened) else opened
        return cast("AsyncGenerator[bytes | ExecutionResult] | ExecutionResult", stream)

    return subscribe
