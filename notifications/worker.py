"""Keeps delivering: takes what is due, carries it at once, holds its leases, and ends in order."""

import asyncio
from collections.abc import Mapping

import structlog

from domain.kernel import causes, claims
from domain.kernel.claims import Claim
from notifications import deliveries
from notifications.bell import Bell
from notifications.courier import Courier
from notifications.deliveries import Due

AT_ONCE_MAX = 100
POLL_SECONDS = 1.0
RENEWAL_SECONDS = 10.0
DRAIN_SECONDS = 25.0

log = structlog.get_logger(__name__)


async def run_deliveries(
    courier: Courier, *, bell: Bell, stopping: asyncio.Event, at_once_max: int = AT_ONCE_MAX
) -> None:
    """Deliver until `stopping` is set, then let what is under way come to its end.

    A lost bell costs at most a second, a lost worker at most the time of a lease.
    """
    carried: dict[asyncio.Task[None], Claim] = {}
    renewing = asyncio.create_task(_renew(carried))
    try:
        while not stopping.is_set():
            taken = await _take(at_once_max - len(carried))
            for due in taken:
                task = asyncio.create_task(carry(courier, due))
                carried[task] = due.claim
                task.add_done_callback(carried.pop)
            if len(carried) >= at_once_max:
                await asyncio.wait(carried, return_when=asyncio.FIRST_COMPLETED)
            elif not taken:
                await _rest(bell, stopping)
    finally:
        await _drain(carried)
        renewing.cancel()


async def deliver_due(courier: Courier, *, limit: int = AT_ONCE_MAX) -> int:
    """Deliver what is due now, once; the number of deliveries that were taken."""
    taken = await deliveries.take(limit=limit)
    await asyncio.gather(*(courier.deliver(due) for due in taken))
    return len(taken)


async def carry(courier: Courier, due: Due) -> None:
    """Deliver, and survive what goes wrong."""
    try:
        await courier.deliver(due)
    except Exception as error:  # noqa: BLE001 - one delivery stops no other
        await _give_back(due.claim, error)


async def _give_back(claim: Claim, error: Exception) -> None:
    try:
        await deliveries.fail(claim, error)
    except Exception as second:  # noqa: BLE001 - its lease runs out, and it is tried again
        _warn("delivery_not_given_back", second)


async def _take(limit: int) -> list[Due]:
    if limit <= 0:
        return []
    try:
        return await deliveries.take(limit=limit)
    except Exception as error:  # noqa: BLE001 - a database that is away comes back
        _warn("deliveries_not_taken", error)
        return []


async def _drain(carried: Mapping[asyncio.Task[None], Claim]) -> None:
    """Let running deliveries end; what does not is left to its lease."""
    if carried:
        _, late = await asyncio.wait(carried, timeout=DRAIN_SECONDS)
        for task in late:
            task.cancel()


async def _renew(carried: Mapping[asyncio.Task[None], Claim]) -> None:
    while True:
        await asyncio.sleep(RENEWAL_SECONDS)
        try:
            await claims.renew(deliveries.QUEUE, list(carried.values()))
        except Exception as error:  # noqa: BLE001 - the next renewal may succeed in time
            _warn("leases_not_renewed", error)


async def _rest(bell: Bell, stopping: asyncio.Event) -> None:
    """Wait for the bell or for the end, at most a second."""
    waiting = [asyncio.create_task(bell.wait()), asyncio.create_task(stopping.wait())]
    await asyncio.wait(waiting, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


def _warn(what: str, error: Exception) -> None:
    log.error(what, error=causes.cause(error), where=causes.where(error))
