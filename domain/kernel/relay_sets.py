"""Shows journal entries to readers that take many at once: all of a tenant's in one transaction.

What fails is given back and comes again in smaller portions, at last alone, so that a poisoned entry parks alone.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from tortoise.transactions import in_transaction

from domain.kernel import causes, claims, database, relay
from domain.kernel.claims import Claim
from domain.kernel.relay import Entry

if TYPE_CHECKING:
    from domain.kernel.database import Connection

LIMIT = 1000
PORTIONS: Mapping[int, int] = {1: LIMIT, 2: 30}
"""How many entries are shown together, by the attempt; later each stands alone."""

SetReader = Callable[[Sequence[Entry]], Awaitable[None]]
"""Idempotent; runs inside a transaction of the tenant that the entries, oldest first, are of."""

log = structlog.get_logger(__name__)


async def show_due(readers: Mapping[str, SetReader], *, limit: int = LIMIT) -> list[Entry]:
    """Show what is due to these readers; the entries that were taken by them now."""
    claimed = await claims.claim(replace(relay.QUEUE, values=(tuple(readers),)), limit=limit)
    shown = [await _show(readers, portion) for portion in portions(claimed)]
    return [entry for entries in shown for entry in entries]


async def catch_up(connection: "Connection", reader: SetReader, *, since: datetime) -> None:
    """For a history that is written at once: show one reader the open transaction's tenant's entries since an instant.

    What is unread stays unread; `relay.catch_up` counts it as read.
    """
    rows = await connection.fetch(
        f"{relay.ENTRIES} where tenant_id = current_tenant() and at >= $1 order by at, id", since
    )
    for first in range(0, len(rows), LIMIT):
        await reader([relay.entry_of(row) for row in rows[first : first + LIMIT]])


def portions(claimed: Sequence[Claim]) -> Iterator[list[Claim]]:
    """What is shown together: of one tenant, for one reader, at one attempt.

    What was never tried comes first: what ends its process each time it is shown must not take that along.
    """
    alike: dict[tuple[int, UUID, str], list[Claim]] = {}
    for claim in claimed:
        alike.setdefault((claim.attempts, claim.tenant_id, str(claim.key[1])), []).append(claim)
    for (attempt, *_), some in sorted(alike.items()):
        size = PORTIONS.get(attempt, 1)
        # Backwards at every second attempt, for the same reason.
        in_turn = some if attempt % 2 else some[::-1]
        for first in range(0, len(in_turn), size):
            yield in_turn[first : first + size]


async def _show(readers: Mapping[str, SetReader], portion: Sequence[Claim]) -> list[Entry]:
    reader = str(portion[0].key[1])
    try:
        with database.tenant(portion[0].tenant_id):
            async with in_transaction():
                entries = await _read(portion)
                await readers[reader](entries)
                await _settle(portion)
                return entries
    except Exception as error:  # noqa: BLE001 - a reader's fault stops no other; it is retried in smaller portions
        why, entry = causes.cause(error), portion[0].key[0]
        log.warning(
            "reader_failed", reader=reader, entry=entry, entries=len(portion), error=why, where=causes.where(error)
        )
        # Among many the others are innocent: they need not wait.
        after = timedelta() if len(portion) > 1 else None
        await claims.give_back_all(relay.QUEUE, portion, error=why, after=after)
        return []


async def _read(portion: Sequence[Claim]) -> list[Entry]:
    async with database.connection() as connection:
        rows = await connection.fetch(
            f"{relay.ENTRIES} where tenant_id = $1 and id = any($2::bigint[]) order by id",
            portion[0].tenant_id,
            [claim.key[0] for claim in portion],
        )
    if len(rows) != len(portion):
        raise LookupError("the journal has lost an entry")
    return [relay.entry_of(row) for row in rows]


async def _settle(portion: Sequence[Claim]) -> None:
    """All or none: one claim takes all its rows under one lease."""
    first = portion[0]
    async with database.connection() as connection:
        done = await connection.execute(
            """delete from journal_unread
               where tenant_id = $1 and lease = $2 and reader = $3 and id = any($4::bigint[])""",
            first.tenant_id,
            first.lease,
            first.key[1],
            [claim.key[0] for claim in portion],
        )
    if done != f"DELETE {len(portion)}":
        raise LookupError("the lease of some of these entries was lost")
