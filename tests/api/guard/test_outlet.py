"""What one socket sends when the network takes it, and what when it does not."""

import asyncio

import pytest
from starlette.types import Message

from api.guard.outlet import Gone, Outlet

PATIENCE_SECONDS = 10.0


class Line:
    """The network's side: it takes messages while it is free, and breaks with `fault`."""

    def __init__(self) -> None:
        self.free = asyncio.Event()
        self.taken: list[str] = []
        self.fault: Exception | None = None
        self.dropped = 0

    async def send(self, message: Message) -> None:
        await self.free.wait()
        if self.fault is not None:
            raise self.fault
        self.taken.append(str(message.get("text", message.get("code"))))

    def drop(self) -> None:
        self.dropped += 1

    def outlet(self, *, send_seconds: float = PATIENCE_SECONDS) -> Outlet:
        return Outlet(self.send, send_seconds=send_seconds, waiting_max=2, drop=self.drop)


async def test_a_message_goes_out_at_once_and_without_a_task() -> None:
    line = Line()
    line.free.set()
    tasks = asyncio.all_tasks()

    line.outlet().tell("one")

    assert line.taken == ["one"]
    assert asyncio.all_tasks() == tasks


async def test_what_the_network_does_not_take_now_it_gets_later_once_and_in_order() -> None:
    line = Line()
    outlet = line.outlet()

    for text in ("one", "two"):
        outlet.tell(text)
    await asyncio.sleep(0)
    line.free.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(line.taken) < 2:  # noqa: ASYNC110 - the line has no event for it
            await asyncio.sleep(0)
    await asyncio.sleep(0)
    outlet.tell("three")

    assert line.taken == ["one", "two", "three"]
    assert line.dropped == 0


async def test_who_leaves_the_line_full_is_dropped() -> None:
    line = Line()
    outlet = line.outlet()

    for text in ("one", "two", "three"):
        outlet.tell(text)
    dropped = line.dropped
    outlet.shut()
    outlet.tell("four")
    line.free.set()
    await asyncio.sleep(0)

    assert dropped == line.dropped == 1
    assert line.taken == []


async def test_who_takes_nothing_for_too_long_is_dropped_and_not_told_why() -> None:
    line = Line()
    outlet = line.outlet(send_seconds=0.0)

    with pytest.raises(Gone):
        await outlet.put("one")

    assert line.dropped == 1
    assert await outlet.close(4408, "why") is False


@pytest.mark.parametrize("fault", [OSError("gone"), RuntimeError("after close")])
async def test_a_line_that_the_server_closed_takes_nothing_and_harms_nobody(fault: Exception) -> None:
    line = Line()
    line.free.set()
    line.fault = fault
    outlet = line.outlet()

    outlet.tell("one")
    with pytest.raises(Gone):
        await outlet.put("two")

    assert await outlet.close(1000, "") is True
    assert line.dropped == 0
