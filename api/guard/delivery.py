"""Answers in parts, as JSON: the first, and what was deferred.

In the form of proposal 1110 to the GraphQL specification, as clients know it by `incrementalSpec=v0.2`:
`pending` announces what will come, `incremental` brings data to its place, `completed` says that a fragment is there or
why it will not come, and `hasNext` whether more follows.
"""

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import orjson
from graphql import (
    ExperimentalIncrementalExecutionResults,
    GraphQLError,
    IncrementalDeferResult,
    InitialIncrementalExecutionResult,
    SubsequentIncrementalExecutionResult,
)
from graphql.execution import CompletedResult, PendingResult

from api.guard import answers
from api.guard.refusal import ERRORS_MAX, ErrorEntry, Refusal
from api.observing import report_fault

Following: TypeAlias = SubsequentIncrementalExecutionResult
Step: TypeAlias = Callable[[], Awaitable[Following]]
Run: TypeAlias = Callable[[Step], Awaitable[Following]]
"""Runs one step of an operation; raises Refusal for one that may not go on."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part as JSON."""

    body: bytes
    is_last: bool


@dataclass(slots=True)
class _Open:
    """What was announced and has not come yet, and how many bytes were sent."""

    ids: dict[str, None] = field(default_factory=dict[str, None])
    sent_bytes: int = 0

    def note(self, pending: Iterable[PendingResult], completed: Iterable[CompletedResult]) -> None:
        self.ids |= dict.fromkeys(one.id for one in pending)
        for one in completed:
            self.ids.pop(one.id, None)


async def parts(results: ExperimentalIncrementalExecutionResults, first: Part, *, run: Run) -> AsyncGenerator[Part]:
    """Every part, with `first` as it is; what does not come in the end is completed with the reason."""
    following, opened = results.subsequent_results, _Open(sent_bytes=len(first.body))
    opened.note(results.initial_result.pending, ())
    async with contextlib.aclosing(following):
        yield first
        try:
            while True:
                result = await run(lambda: anext(following))
                part = Part(encode_following(result), is_last=not result.has_next)
                opened.sent_bytes += len(part.body)
                answers.require_size(opened.sent_bytes)
                opened.note(result.pending or (), result.completed or ())
                yield part
                if part.is_last:
                    return
        except Refusal as refusal:
            reason = refusal.errors
        except Exception as fault:  # noqa: BLE001 - the edge of a stream: reported once, masked
            reason = [answers.masked(report_fault(fault))]
        yield abandoned(opened.ids, reason)


def abandoned(ids: Iterable[str], errors: Sequence[ErrorEntry]) -> Part:
    """The last part, when what is still open will not come."""
    completed = [{"id": one, "errors": list(errors)} for one in ids]
    return Part(orjson.dumps({"completed": completed, "hasNext": False}), is_last=True)


def encode_first(result: InitialIncrementalExecutionResult, extensions: Mapping[str, object]) -> Part:
    """The part that is not deferred."""
    answer = _with_errors({}, result.errors) | {
        "data": result.data,
        "pending": [one.formatted for one in result.pending],
        "hasNext": result.has_next,
    }
    if extensions:
        answer["extensions"] = dict(extensions)
    return Part(orjson.dumps(answer, option=answers.JSON_OPTIONS), is_last=not result.has_next)


def encode_following(result: Following) -> bytes:
    """What came since, of any number of fragments."""
    answer: dict[str, object] = {}
    if result.pending:
        answer["pending"] = [one.formatted for one in result.pending]
    if result.incremental:
        answer["incremental"] = [
            _deferred(one) for one in result.incremental if isinstance(one, IncrementalDeferResult)
        ]
    if result.completed:
        answer["completed"] = [_with_errors({"id": one.id}, one.errors) for one in result.completed]
    return orjson.dumps(answer | {"hasNext": result.has_next}, option=answers.JSON_OPTIONS)


def _deferred(result: IncrementalDeferResult) -> dict[str, object]:
    found: dict[str, object] = {"id": result.id, "data": result.data}
    if result.sub_path:
        found["subPath"] = result.sub_path
    return _with_errors(found, result.errors)


def _with_errors(answer: dict[str, object], errors: Sequence[GraphQLError] | None) -> dict[str, object]:
    if errors:
        answer["errors"] = [answers.present(error, report_fault) for error in errors[:ERRORS_MAX]]
    return answer
