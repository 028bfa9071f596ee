"""Every entry is shown to every reader at least once, each in its own transaction, and a bad one stops nobody."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from domain.kernel import claims, clock, database, relay
from domain.kernel.model import Tenant
from domain.kernel.relay import Entry, Reader
from tests.domain.kernel.kettles import LISTENERS, boiled, kettle
from tests.domain.organisations import Organisation

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
LATER = timedelta(hours=2)
"""Longer than any pause and any lease."""


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


async def ignore(entry: Entry) -> None:
    """A reader that has nothing to do."""


def readers(**named: Reader) -> dict[str, Reader]:
    """All readers; those not named ignore everything."""
    return {name: named.get(name, ignore) for name in LISTENERS}


@dataclass(slots=True)
class Listener:
    """Writes down what it hears, in the transaction in which it hears it, and may fail."""

    heard: list[int] = field(default_factory=list[int])
    fails_for: set[int] = field(default_factory=set[int])

    async def __call__(self, entry: Entry) -> None:
        self.heard.append(entry.id)
        async with database.connection() as connection:
            await connection.execute(
                """insert into receipt (tenant_id, actor_id, key, intent_hash, answer, at)
                   values ($1, $2, 'heard', '', '1', $3)
                   on conflict (tenant_id, actor_id, key) do update set answer = to_jsonb(receipt.answer::int + 1)""",
                entry.tenant_id,
                entry.subject_id,
                clock.now(),
            )
        if entry.id in self.fails_for:
            raise RuntimeError("the reader broke")


async def effects(organisation: Organisation) -> list[int]:
    """How often each kettle was heard of by a transaction that was committed."""
    rows = await organisation.rows("select answer::int as times from receipt where key = 'heard'")
    return [row["times"] for row in rows]


async def left(organisation: Organisation) -> list[tuple[str, int, bool, str | None]]:
    """Reader, attempts, parked or not, and last error of what is still unread."""
    rows = await organisation.rows(
        "select reader, attempts, parked_at is not null parked, last_error from journal_unread order by reader, id"
    )
    return [(row["reader"], row["attempts"], row["parked"], row["last_error"]) for row in rows]


async def entry_ids(organisation: Organisation) -> list[int]:
    return [
        row["id"] for row in await organisation.rows("select id from journal where kind = 'KettleBoiled' order by id")
    ]


async def test_a_reader_sees_the_whole_entry_and_the_queue_forgets_it(quiet: Organisation) -> None:
    await kettle(quiet).boil(None, cups=3)
    seen: list[Entry] = []

    async def read(entry: Entry) -> None:
        seen.append(entry)

    shown = await relay.show_due(readers(routing=read))

    [kettle_id] = await boiled(quiet)
    [entry] = seen
    assert (entry.kind, entry.subject_type, entry.subject_id, entry.at) == ("KettleBoiled", "kettle", kettle_id, NOON)
    assert (entry.tenant_id, entry.actor_person_id, entry.hearers) == (quiet.tenant_id, quiet["Ada"], (quiet["Ada"],))
    assert entry.payload == {"cups": 3}
    assert shown == [entry] * len(LISTENERS)
    assert await left(quiet) == []
    assert await relay.show_due(readers()) == []


async def test_entries_are_shown_oldest_first(quiet: Organisation) -> None:
    for _ in range(5):
        await kettle(quiet).boil(None)
    listener = Listener()

    await relay.show_due(readers(announcements=listener))

    assert listener.heard == await entry_ids(quiet)


async def test_what_a_failing_reader_did_is_undone_and_the_others_go_on(quiet: Organisation) -> None:
    for _ in range(3):
        await kettle(quiet).boil(None)
    first, second, third = await entry_ids(quiet)
    listener = Listener(fails_for={second})

    shown = await relay.show_due(readers(announcements=listener))

    assert listener.heard == [first, second, third]
    assert len(shown) == 3 * len(LISTENERS) - 1
    assert await effects(quiet) == [1, 1]
    assert await left(quiet) == [("announcements", 1, False, "RuntimeError: the reader broke")]


async def test_a_failed_entry_waits_for_its_pause(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    [entry_id] = await entry_ids(quiet)
    listener = Listener(fails_for={entry_id})
    await relay.show_due(readers(announcements=listener))

    clock.advance(timedelta(seconds=1.5))
    early = await relay.show_due(readers(announcements=listener))
    clock.advance(timedelta(seconds=1))
    listener.fails_for.clear()
    late = await relay.show_due(readers(announcements=listener))

    assert early == []
    assert [entry.id for entry in late] == [entry_id]
    assert listener.heard == [entry_id, entry_id]
    assert await effects(quiet) == [1]
    assert await left(quiet) == []


async def test_a_poisoned_entry_is_parked_after_eight_tries_and_stops_nobody(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    [poisoned] = await entry_ids(quiet)
    listener = Listener(fails_for={poisoned})

    for _ in range(12):
        await kettle(quiet).boil(None)
        await relay.show_due(readers(announcements=listener))
        clock.advance(LATER)

    assert Counter(listener.heard)[poisoned] == 8
    assert sorted(set(listener.heard)) == await entry_ids(quiet)
    assert await effects(quiet) == [1] * 12
    assert await left(quiet) == [("announcements", 8, True, "RuntimeError: the reader broke")]


async def test_two_relays_at_once_show_each_entry_once(quiet: Organisation) -> None:
    for _ in range(20):
        await kettle(quiet).boil(None)
    listener = Listener()
    shown = await asyncio.gather(*(relay.show_due(readers(announcements=listener), limit=7) for _ in range(6)))

    again = [await relay.show_due(readers(announcements=listener)) for _ in range(2)]

    assert sum(len(one) for one in (*shown, *again)) == 20 * len(LISTENERS)
    assert sorted(listener.heard) == await entry_ids(quiet)
    assert await effects(quiet) == [1] * 20


async def test_who_lost_the_lease_settles_nothing_and_undoes_what_it_did(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    [entry_id] = await entry_ids(quiet)
    slow, quick, lease_is_over = Listener(), list[int](), asyncio.Event()

    async def hear(entry: Entry) -> None:
        quick.append(entry.id)

    async def another_process() -> None:
        await lease_is_over.wait()
        await relay.show_due(readers(announcements=hear))

    other = asyncio.create_task(another_process())

    async def overtaken(entry: Entry) -> None:
        await slow(entry)
        clock.advance(LATER)
        lease_is_over.set()
        await other

    shown = await relay.show_due(readers(announcements=overtaken))

    assert (slow.heard, quick) == ([entry_id], [entry_id])
    assert shown == []
    assert await effects(quiet) == []
    assert await left(quiet) == []


async def test_what_waits_for_an_unknown_reader_is_left_to_a_process_that_knows_it(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    listener, later = Listener(), Listener()

    for _ in range(9):
        await relay.show_due({"announcements": listener})
        clock.advance(LATER)
    waiting = await left(quiet)
    await relay.show_due(readers(routing=later))

    assert listener.heard == later.heard == await entry_ids(quiet)
    assert waiting == [("routing", 0, False, None)]
    assert await left(quiet) == []


async def test_rows_of_an_unknown_reader_take_no_place_in_a_batch(quiet: Organisation) -> None:
    for _ in range(3):
        await kettle(quiet).boil(None)
    listener = Listener()

    await relay.show_due({"routing": listener}, limit=3)

    assert listener.heard == await entry_ids(quiet)


async def test_what_ends_the_process_does_not_keep_the_entries_around_it_from_being_shown(quiet: Organisation) -> None:
    for _ in range(5):
        await kettle(quiet).boil(None)
    first, second, third, fourth, fifth = await entry_ids(quiet)
    heard: list[int] = []

    async def die(entry: Entry) -> None:
        if entry.id == third:
            raise SystemExit
        heard.append(entry.id)

    for _ in range(10):
        with contextlib.suppress(SystemExit):
            await relay.show_due({"announcements": die})
        clock.advance(LATER)

    assert heard == [first, second, fifth, fourth]
    unread = await quiet.rows("select id, attempts, parked_at from journal_unread where reader = 'announcements'")
    assert [tuple(row) for row in unread] == [(third, 8, NOON + 8 * LATER)]


async def test_the_values_of_a_row_are_neither_stored_nor_logged(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)

    async def trip(entry: Entry) -> None:
        """Through a record: Tortoise wraps what PostgreSQL says of the row."""
        await Tenant.create(id=entry.tenant_id, slug="Secret", name="Secret", zone="UTC", created_at=clock.now())

    async def stumble(entry: Entry) -> None:
        async with database.connection() as connection:
            await connection.execute(
                "insert into receipt (tenant_id, actor_id, key, intent_hash, at) values ($1, $1, 'Secret', null, $2)",
                entry.tenant_id,
                clock.now(),
            )

    with structlog.testing.capture_logs() as logs:
        await relay.show_due({"announcements": trip, "routing": stumble})

    broken = 'null value in column "intent_hash" of relation "receipt" violates not-null constraint'
    assert [error for _, _, _, error in await left(quiet)] == [
        'IntegrityError 23505: duplicate key value violates unique constraint "tenant_pkey"',
        f"NotNullViolationError 23502: {broken}",
    ]
    assert "stumble" in str(logs)
    assert "Failing row" not in str(logs)
    assert "DETAIL" not in str(logs)
    assert str(quiet.tenant_id) not in str(logs)


async def test_who_lost_the_lease_gives_nothing_back(quiet: Organisation) -> None:
    await kettle(quiet).boil(None)
    [first, _] = await claims.claim(relay.QUEUE, limit=10)
    clock.advance(LATER)
    await claims.claim(relay.QUEUE, limit=10)

    await claims.give_back(relay.QUEUE, first, error="too late")

    assert [(attempts, error) for _, attempts, _, error in await left(quiet)] == [(2, None), (2, None)]
    assert await claims.claim(relay.QUEUE, limit=10) == []


async def test_a_claim_takes_no_more_than_its_limit_and_the_oldest(quiet: Organisation) -> None:
    for _ in range(4):
        await kettle(quiet).boil(None)
        clock.advance(timedelta(seconds=1))
    first, second, *_ = await entry_ids(quiet)

    taken = await claims.claim(relay.QUEUE, limit=2 * len(LISTENERS))

    assert sorted({claim.key[0] for claim in taken}) == [first, second]  # type: ignore[type-var]
