"""Ends sessions whose time is over, so that a phone in a drawer is rung no more."""

from uuid import UUID

from domain.inbox import service as inbox
from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.people import service_sessions

BATCH = 100


async def end_expired_sessions() -> int:
    """End what has expired in all tenants; how many sessions. No access token of them is alive any more."""
    tenants = await database.gate().fetch("select id, zone from tenant")
    return sum([await _end_expired(Actor(row["id"], row["zone"])) for row in tenants])


async def _end_expired(nobody: Actor) -> int:
    ended = 0
    while True:
        batch = await _end_batch(nobody)
        ended += len(batch)
        if len(batch) < BATCH:
            return ended


async def _end_batch(nobody: Actor) -> list[UUID]:
    async with begin(nobody) as work:
        batch = await service_sessions.end_expired(work, limit=BATCH)
        for session_id in batch:
            await inbox.forget_session(work, session_id)
    return batch
