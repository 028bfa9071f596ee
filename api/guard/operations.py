"""An operation that passed every check and may run."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from graphql import DocumentNode, ExecutionResult, ExperimentalIncrementalExecutionResults, OperationDefinitionNode

from api.guard.callers import Context
from api.guard.feeds import Feed


@dataclass(frozen=True, slots=True)
class Prepared:
    """One operation of a validated document with the variables as they were sent.

    `document_hash` is the SHA-256 of the text in hexadecimal, `cost` is in points. `document` and `operation` are
    without `@defer`; `deferring` is the document with it, when a part of the answer may come later.
    """

    document_hash: str
    document: DocumentNode
    operation: OperationDefinitionNode
    operation_name: str | None
    variables: Mapping[str, object]
    cost: int
    trusted_id: str | None
    deferring: DocumentNode | None = None


class Execute(Protocol):
    """Runs a query or mutation; bytes are the complete JSON of an answer without errors."""

    async def __call__(self, prepared: Prepared, context: Context) -> bytes | ExecutionResult: ...


class Deliver(Protocol):
    """Runs a query with its `@defer`: in parts, or at once if nothing is deferred after all."""

    async def __call__(
        self, prepared: Prepared, context: Context
    ) -> ExecutionResult | ExperimentalIncrementalExecutionResults: ...


Opened: TypeAlias = AsyncGenerator[bytes | ExecutionResult] | ExecutionResult | Feed
"""What a subscription begins as: a stream of its own, what is wrong with it, or a feed to join."""


class Subscribe(Protocol):
    """Opens the stream of a subscription; bytes are the complete JSON of one event's answer.

    The stream is closed as soon as the client leaves. A feed is joined instead, by as many as ask for it.
    """

    async def __call__(self, prepared: Prepared, context: Context) -> Opened: ...
