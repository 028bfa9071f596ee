"""A lease holds; what ends its worker is parked after eight tries; the gate sees the columns of queues alone."""

from collections.abc import Generator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from domain.kernel import claims, clock, relay
from domain.kernel import database as kernel_database
from tests.domain.kernel.kettles import LISTENERS, kettle
from tests.domain.organisations import Organisation

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
LATER = timedelta(hours=2)
CLAIMED = {"tenant_id", "id", "run_at", "attempts", "lease", "locked_until", "parked_at", "last_error"}
SETTLED = CLAIMED - {"tenant_id", "id"}


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


async def waiting(organisation: Organisation) -> list[tuple[object, ...]]:
    """Attempts, lease or not, when parked, and why, of what the reader "routing" has not heard."""
    rows = await organisation.rows(
        """select attempts, lease is not null, locked_until is not null, parked_at, last_error from journal_unread
           where reader = 'routing'"""
    )
    return [tuple(row) for row in rows]


async def vanish(times: int) -> list[list[int]]:
    """Workers that take everything and are never heard of again; the attempts that they were told."""
    told: list[list[int]] = []
    for _ in range(times):
        told.append([claim.attempts for claim in await claims.claim(relay.QUEUE, limit=10)])
        clock.advance(LATER)
    return told


async def test_what_ends_its_worker_eight_times_is_parked_and_not_claimed_again(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)

    told = await vanish(8)
    held = await waiting(quiet)
    late = await vanish(2)

    assert told == [[attempt] * len(LISTENERS) for attempt in range(1, 9)]
    assert [row[:3] for row in held] == [(8, True, True)]
    assert late == [[], []]
    parked_at = NOON + 8 * LATER
    assert await waiting(quiet) == [(8, False, False, parked_at, "Its worker vanished at the last attempt.")]


async def test_what_a_person_puts_back_is_tried_once_more(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    await vanish(9)
    await quiet.rows("update journal_unread set parked_at = null")

    again = await claims.claim(relay.QUEUE, limit=10)
    for claim in again:
        await claims.give_back(relay.QUEUE, claim, error="still broken")

    assert [claim.attempts for claim in again] == [9] * len(LISTENERS)
    assert await waiting(quiet) == [(9, False, False, clock.now(), "still broken")]


async def test_a_lease_hides_a_claim_until_it_ends(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)

    [first, _] = await claims.claim(relay.QUEUE, limit=10, lease_seconds=30)
    clock.advance(timedelta(seconds=30))
    during = await claims.claim(relay.QUEUE, limit=10)
    clock.advance(timedelta(microseconds=1))
    [second, _] = await claims.claim(relay.QUEUE, limit=10)

    assert during == []
    assert (first.attempts, second.attempts) == (1, 2)
    assert first.key == second.key
    assert first.lease != second.lease


async def test_a_renewed_lease_holds_on(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    held = await claims.claim(relay.QUEUE, limit=10, lease_seconds=30)

    clock.advance(timedelta(seconds=20))
    await claims.renew(relay.QUEUE, held, lease_seconds=30)
    clock.advance(timedelta(seconds=20))

    assert await claims.claim(relay.QUEUE, limit=10) == []


async def test_only_what_is_still_held_is_renewed(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    await kettle(quiet).boil(None)
    held = await claims.claim(relay.QUEUE, limit=10, lease_seconds=30)

    clock.advance(timedelta(seconds=20))
    await claims.renew(relay.QUEUE, held[1:], lease_seconds=30)
    clock.advance(timedelta(seconds=20))

    assert [claim.key for claim in await claims.claim(relay.QUEUE, limit=10)] == [held[0].key]


async def columns(table: str, deed: str) -> set[str]:
    """Of which columns of a table the gate may do this."""
    rows = await kernel_database.gate().fetch(
        """select attname::text from pg_attribute where attrelid = $1::text::regclass and attnum > 0
           and not attisdropped and has_column_privilege(attrelid, attnum, $2)""",
        table,
        deed,
    )
    return {row["attname"] for row in rows}


async def test_the_gate_sees_of_a_queue_what_claims_need_and_changes_no_key(quiet: Organisation) -> None:
    assert await columns("journal_unread", "select") == CLAIMED | {"reader"}
    assert await columns("journal_unread", "update") == SETTLED
    assert await columns("delivery", "select") == CLAIMED | {"state"}
    assert await columns("delivery", "update") == SETTLED


@pytest.mark.parametrize("secret", ["person_id", "collapse_key", "device_id", "inbox_item_id", "*"])
async def test_the_gate_cannot_read_whom_a_delivery_concerns(quiet: Organisation, secret: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await kernel_database.gate().fetch(f"select {secret} from delivery")
