"""Mutations of one field past the executor: a row of a view that the resolver answers with is passed on as bytes.

Anything else that comes of it, an error too, is completed by the executor, which finds it in place of the resolver's
work: nothing is done twice.
"""

from dataclasses import dataclass
from inspect import isawaitable
from typing import cast

from graphql import (
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLFieldResolver,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
)
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path

from api.guard.callers import Context
from api.guard.execution import build, execute
from api.guard.operations import Execute, Prepared
from api.reading.resolving import Found


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a mutation: the root of the execution that completes its answer."""

    value: object = None
    error: Exception | None = None

    def recall(self) -> object:
        """The value, or the error once more."""
        if self.error is not None:
            raise self.error
        return self.value


@dataclass(frozen=True, slots=True)
class Recalling:
    """The resolver of a mutation, which does nothing when it is done already."""

    resolve: GraphQLFieldResolver

    def __call__(self, source: object, info: GraphQLResolveInfo[Context], **arguments: object) -> object:
        """What the resolver answers, or what it answered before."""
        return source.recall() if isinstance(source, Done) else self.resolve(source, info, **arguments)


def acting(schema: GraphQLSchema) -> Execute:
    """Runs mutations of an opened document."""
    mutation = cast("GraphQLObjectType", schema.mutation_type)
    for field in mutation.fields.values():
        if not isinstance(field.resolve, Recalling):
            field.resolve = Recalling(cast("GraphQLFieldResolver", field.resolve))

    async def run(prepared: Prepared, context: Context) -> bytes | ExecutionResult:
        node = only_field(prepared)
        done = await done_by(schema, prepared, context, node) if node else None
        if node and done and isinstance(done.value, Found):
            return b'{"data":{"' + response_key(node).encode() + b'":' + done.value.written + b"}}"
        return await execute(schema, prepared, context, root=done)

    return run


def only_field(prepared: Prepared) -> FieldNode | None:
    """The one field that is selected, if it stands there as it is."""
    selections = prepared.operation.selection_set.selections
    node = selections[0]
    if len(selections) > 1 or not isinstance(node, FieldNode) or node.directives or node.name.value == "__typename":
        return None
    return node


def response_key(node: FieldNode) -> str:
    """Under which name a field is answered."""
    return node.alias.value if node.alias else node.name.value


async def done_by(schema: GraphQLSchema, prepared: Prepared, context: Context, node: FieldNode) -> Done | None:
    """What the resolver of the field did; None when variables or arguments do not fit, and nothing was begun."""
    executor = build(schema, prepared, context)
    if isinstance(executor, list):
        return None
    parent = cast("GraphQLObjectType", schema.mutation_type)
    field = parent.fields[node.name.value]
    path = Path(None, response_key(node), parent.name)
    info = executor.build_resolve_info(field, [node], parent, path)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - typed in part
    try:
        arguments = get_argument_values(field, node, executor.variable_values, hide_suggestions=True)
    except GraphQLError:
        return None
    resolve = cast("GraphQLFieldResolver", field.resolve)
    try:
        value = resolve(None, info, **arguments)
        return Done(await value if isawaitable(value) else value)
    except Exception as error:  # noqa: BLE001 - the executor tells of it, as if it had met it itself
        return Done(error=error)
