"""Runs plans: a whole query as bytes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graphql import (
    ExecutionResult,
    ExperimentalIncrementalExecutionResults,
    FragmentDefinitionNode,
    GraphQLSchema,
)
from graphql.execution.values import VariableValues, get_variable_values

from api.guard import deferring
from api.guard.callers import Context
from api.guard.execution import deliverer
from api.guard.operations import Prepared
from api.reading.compiling import NotPlanned
from api.reading.computing import NotComputed, filled
from api.reading.plan import Plan
from api.reading.planning import Planner
from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput

CountFallback = Callable[[Prepared, str], None]
Fetch = Callable[[Actor, str, Sequence[object]], Awaitable[object]]
"""The one value that a statement of an actor's tenant yields."""


def from_primary(actor: Actor, sql: str, values: Sequence[object]) -> Awaitable[object]:
    """Where everything is read that need not be read elsewhere."""
    return database.fetch_value(actor.tenant_id, sql, values)


@dataclass(frozen=True, slots=True)
class Reader:
    """Answers queries by plans; what it cannot plan it leaves to the executor."""

    schema: GraphQLSchema
    planner: Planner
    count_fallback: CountFallback = lambda _, __: None
    """Told of each query that no plan answers, and of what is at fault: a field as `Type.field`, or `@defer`."""
    fetch: Fetch = from_primary

    async def answer(self, prepared: Prepared, actor: Actor) -> bytes | None:
        """The complete JSON of the answer, or None if this operation is not all views."""
        coerced = get_variable_values(
            self.schema, prepared.operation.variable_definitions or (), dict(prepared.variables)
        )
        if not isinstance(coerced, VariableValues):
            return None
        fragments = _fragments(prepared)
        variables = coerced.coerced
        key = (prepared.document_hash, prepared.operation_name)
        try:
            plan = self.planner.whole(key, prepared.operation, fragments, variables, actor)
            if plan is None:
                return None
            data = await self.fetch(actor, plan.sql, plan.values(actor, variables))
            return b'{"data":' + filled(_whole(data), plan.fills) + b"}"
        except (NotPlanned, NotComputed) as reason:
            self.count_fallback(prepared, str(reason))
            return None
        except InvalidInput:
            return None

    async def deliver(
        self, prepared: Prepared, context: Context
    ) -> ExecutionResult | ExperimentalIncrementalExecutionResults:
        """The answer to a query with `@defer`, in parts: each root field is one statement, a deferred one later."""
        self.count_fallback(prepared, f"@{deferring.NAME}")
        return await deliverer(self.schema)(prepared, context)


def _fragments(prepared: Prepared) -> Mapping[str, FragmentDefinitionNode]:
    return {node.name.value: node for node in prepared.document.definitions if isinstance(node, FragmentDefinitionNode)}


async def run(plan: Plan, actor: Actor, variables: Mapping[str, object]) -> bytes:
    """The bytes of one field's answer, by one statement under the actor's tenant and in the open transaction."""
    values = plan.values(actor, variables)
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return _whole(await connection.fetchval(plan.sql, *values))


def _whole(found: object) -> bytes:
    """The answer; there is none when the connection served another tenant than the plan was asked for."""
    if found is None:
        raise RuntimeError("the connection serves another tenant")
    return cast("bytes", found)
