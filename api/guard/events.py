"""The answers of a stream as encoded JSON, whichever transport carries them."""

import contextlib
from collections.abc import AsyncGenerator

from graphql import ExecutionResult

from api.guard import answers
from api.guard.callers import Context
from api.guard.operations import Prepared, Subscribe
from api.guard.refusal import Refusal
from api.observing import report_fault


async def open_events(prepared: Prepared, context: Context, *, subscribe: Subscribe) -> AsyncGenerator[bytes]:
    """One JSON answer per event; a refused subscription is a stream of one."""
    try:
        opened = await subscribe(prepared, context)
        if isinstance(opened, ExecutionResult):
            yield encode(opened)
            return
        # Closing the stream here ends its source at once, not when memory is next swept.
        async with contextlib.aclosing(opened):
            async for event in opened:
                yield encode(event)
    except Refusal as refusal:
        yield answers.encode_refusal(refusal.errors, {})
    except Exception as fault:  # noqa: BLE001 - the edge of a stream: reported once, masked
        yield answers.encode_refusal([answers.masked(report_fault(fault))], {})


def encode(event: bytes | ExecutionResult) -> bytes:
    """The JSON of one answer; raises Refusal for one that is too large."""
    body = event if isinstance(event, bytes) else answers.encode_result(event, report_fault, {})
    return answers.of_size(body)


async def once(answer: bytes) -> AsyncGenerator[bytes]:
    """A stream of one answer that is there already."""
    yield answer
