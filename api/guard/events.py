"""The answers of a stream as encoded JSON, whichever transport carries them."""

import contextlib
from collections.abc import AsyncGenerator, Callable
from typing import TypeVar

from graphql import ExecutionResult

from api.guard import answers
from api.guard.callers import Context
from api.guard.feeds import Feed, Lagging, waited_for
from api.guard.operations import Opened, Prepared, Subscribe
from api.guard.refusal import Refusal, entry
from api.observing import report_fault

Answer = TypeVar("Answer")
TOO_SLOW = "Too slow: reconnect, then catch up by changes(since)."
"""What a client is told that does not read what it asked for; a close reason has room for 123 bytes."""


async def open_events(prepared: Prepared, context: Context, *, subscribe: Subscribe) -> AsyncGenerator[bytes]:
    """One JSON answer per event; a refused subscription is a stream of one."""
    try:
        opened = await subscribe(prepared, context)
    except Exception as fault:  # noqa: BLE001 - the edge of a stream: reported once, masked
        yield failed(fault)
        return
    # Closing the stream here ends its source at once, not when memory is next swept.
    async with contextlib.aclosing(encoded(opened)) as events:
        async for event in events:
            yield event


async def encoded(opened: Opened) -> AsyncGenerator[bytes]:
    """The JSON of each answer of a stream; a fault is the last one."""
    try:
        async with contextlib.aclosing(one_by_one(opened)) as events:
            async for event in events:
                yield encode(event)
    except Exception as fault:  # noqa: BLE001 - the edge of a stream: reported once, masked
        yield failed(fault)


def one_by_one(opened: Opened) -> AsyncGenerator[bytes | ExecutionResult]:
    """The answers for one who takes them when there is time; raises Lagging when a feed got too far ahead."""
    if isinstance(opened, ExecutionResult):
        return once(opened)
    return answered(opened) if isinstance(opened, Feed) else opened


async def answered(feed: Feed) -> AsyncGenerator[bytes | ExecutionResult]:
    """The answers of a feed, which wait for the one who takes them; raises Lagging."""
    async with contextlib.aclosing(waited_for(feed.source)) as events:
        async for event in events:
            yield event.answer(feed.shape).body


def failed(fault: Exception) -> bytes:
    """What a stream ends with that could not go on."""
    match fault:
        case Refusal():
            return answers.encode_refusal(fault.errors, {})
        case Lagging():
            return answers.encode_refusal([entry("TOO_SLOW", TOO_SLOW)], {})
        case _:
            return answers.encode_refusal([answers.masked(report_fault(fault))], {})


def encode(event: bytes | ExecutionResult) -> bytes:
    """The JSON of one answer; raises Refusal for one that is too large."""
    body = event if isinstance(event, bytes) else answers.encode_result(event, report_fault, {})
    return answers.of_size(body)


def encode_event(answer: Callable[[], ExecutionResult]) -> bytes:
    """The JSON of an event for everybody who hears of it: a fault is told to them, and ends nothing."""
    try:
        return encode(answer())
    except Exception as fault:  # noqa: BLE001 - the edge of an event: reported once, masked
        return failed(fault)


async def once(answer: Answer) -> AsyncGenerator[Answer]:
    """A stream of one answer that is there already."""
    yield answer
