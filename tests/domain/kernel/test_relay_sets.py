"""Readers that take many entries at once take all of a tenant's in one transaction, and a bad one parks alone."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Generator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from domain.kernel import claims, clock, database, relay_sets
from domain.kernel.claims import Claim
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from tests.domain.kernel.kettles import boiled, kettle
from tests.domain.organisations import Organisation

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
LATER = timedelta(hours=2)
"""Longer than any pause and any lease."""
READER = "announcements"


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@dataclass(slots=True)
class Listener:
    """Writes down which sets it hears, in the transaction in which it hears them, and may fail."""

    sets: list[list[int]] = field(default_factory=list[list[int]])
    fails_for: set[int] = field(default_factory=set[int])

    async def __call__(self, entries: Sequence[Entry]) -> None:
        ids = [entry.id for entry in entries]
        self.sets.append(ids)
        async with database.connection() as connection:
            await connection.executemany(
                """insert into receipt (tenant_id, actor_id, key, intent_hash, answer, at)
                   values ($1, $2, 'heard', '', '1', $3)
                   on conflict (tenant_id, actor_id, key) do update set answer = to_jsonb(receipt.answer::int + 1)""",
                [(entry.tenant_id, entry.subject_id, clock.now()) for entry in entries],
            )
        if self.fails_for & set(ids):
            raise RuntimeError("the reader broke")


async def boil(organisation: Organisation, times: int) -> list[int]:
    """The ids of so many new entries."""
    known = await entry_ids(organisation)
    for _ in range(times):
        await kettle(organisation).boil(None)
    return [one for one in await entry_ids(organisation) if one not in known]


async def entry_ids(organisation: Organisation) -> list[int]:
    rows = await organisation.rows("select id from journal where kind = 'KettleBoiled' order by id")
    return [row["id"] for row in rows]


async def effects(organisation: Organisation) -> list[int]:
    """How often each kettle was heard of by a transaction that was committed."""
    rows = await organisation.rows("select answer::int as times from receipt where key = 'heard'")
    return [row["times"] for row in rows]


async def left(organisation: Organisation) -> list[tuple[object, ...]]:
    """Entry, attempts, parked or not, and last error of what the reader has not heard."""
    rows = await organisation.rows(
        """select id, attempts, parked_at is not null parked, last_error from journal_unread
           where reader = $1 order by id""",
        READER,
    )
    return [tuple(row) for row in rows]


async def test_all_that_is_due_is_heard_at_once_and_settled(quiet: Organisation) -> None:
    made = await boil(quiet, 5)
    listener = Listener()

    shown = await relay_sets.show_due({READER: listener})

    assert listener.sets == [made]
    assert [entry.id for entry in shown] == made
    assert [entry.subject_id for entry in shown] == await boiled(quiet)
    assert {(entry.tenant_id, entry.kind, entry.hearers) for entry in shown} == {
        (quiet.tenant_id, "KettleBoiled", (quiet["Ada"],))
    }
    assert await effects(quiet) == [1] * 5
    assert await left(quiet) == []
    assert await relay_sets.show_due({READER: listener}) == []


async def test_each_tenant_has_a_transaction_of_its_own(
    quiet: Organisation, found_organisation: Callable[[], Awaitable[Organisation]]
) -> None:
    other = await found_organisation()
    mine, theirs = await boil(quiet, 3), await boil(other, 2)
    listener = Listener(fails_for={mine[1]})

    shown = await relay_sets.show_due({READER: listener})

    assert sorted(listener.sets) == sorted([mine, theirs])
    assert [entry.id for entry in shown] == theirs
    assert (await effects(quiet), await effects(other)) == ([], [1, 1])
    assert await left(other) == []


async def test_a_set_is_no_larger_than_its_limit(quiet: Organisation) -> None:
    made = await boil(quiet, 5)
    listener = Listener()

    shown = [await relay_sets.show_due({READER: listener}, limit=2) for _ in range(4)]

    assert [len(entries) for entries in shown] == [2, 2, 1, 0]
    assert listener.sets == [made[:2], made[2:4], made[4:]]


async def test_what_a_set_that_fails_did_is_undone_and_it_comes_again_at_once(quiet: Organisation) -> None:
    made = await boil(quiet, 3)
    listener = Listener(fails_for={made[1]})

    shown = await relay_sets.show_due({READER: listener})

    assert shown == []
    assert await effects(quiet) == []
    assert await left(quiet) == [(one, 1, False, "RuntimeError: the reader broke") for one in made]
    listener.fails_for.clear()
    assert len(await relay_sets.show_due({READER: listener})) == 3
    assert await effects(quiet) == [1] * 3


async def test_a_poisoned_entry_parks_alone_and_stops_nobody(quiet: Organisation) -> None:
    made = await boil(quiet, 70)
    listener = Listener(fails_for={made[40]})

    for _ in range(9):
        await relay_sets.show_due({READER: listener})
        clock.advance(LATER)

    tried = [len(one) for one in listener.sets if made[40] in one]
    assert tried == [70, 30, 1, 1, 1, 1, 1, 1]
    assert await left(quiet) == [(made[40], 8, True, "RuntimeError: the reader broke")]
    assert await effects(quiet) == [1] * 69


async def test_what_ends_the_process_parks_alone(quiet: Organisation) -> None:
    made = await boil(quiet, 5)
    heard: list[int] = []

    async def die(entries: Sequence[Entry]) -> None:
        ids = [entry.id for entry in entries]
        if made[2] in ids:
            raise SystemExit
        heard.extend(ids)

    for _ in range(10):
        with contextlib.suppress(SystemExit):
            await relay_sets.show_due({READER: die})
        clock.advance(LATER)

    assert heard == [made[0], made[1], made[4], made[3]]
    assert [row[:3] for row in await left(quiet)] == [(made[2], 8, True)]


async def test_who_lost_the_lease_of_one_settles_none_and_undoes_what_it_did(quiet: Organisation) -> None:
    made = await boil(quiet, 3)
    slow, quick = Listener(), list[int]()

    async def hear(entries: Sequence[Entry]) -> None:
        quick.extend(entry.id for entry in entries)

    lease_is_over = asyncio.Event()

    async def another_process() -> None:
        await lease_is_over.wait()
        await relay_sets.show_due({READER: hear}, limit=1)

    other = asyncio.create_task(another_process())

    async def overtaken(entries: Sequence[Entry]) -> None:
        await slow(entries)
        clock.advance(LATER)
        lease_is_over.set()
        await other

    shown = await relay_sets.show_due({READER: overtaken})

    assert (shown, slow.sets, quick) == ([], [made], made[:1])
    assert await effects(quiet) == []
    assert [row[0] for row in await left(quiet)] == made[1:]


async def test_two_relays_at_once_show_each_entry_once(quiet: Organisation) -> None:
    made = await boil(quiet, 20)
    listener = Listener()

    await asyncio.gather(*(relay_sets.show_due({READER: listener}, limit=6) for _ in range(6)))
    await relay_sets.show_due({READER: listener})

    assert sorted(one for some in listener.sets for one in some) == made
    assert await effects(quiet) == [1] * 20


def taken(attempts: int, number: int) -> Claim:
    return Claim(tenant_id=TENANT, key=(number, READER), lease=LEASE, attempts=attempts)


TENANT, LEASE = new_id(), new_id()


def test_what_was_never_tried_comes_first_and_together() -> None:
    again, fresh = [taken(3, number) for number in range(2)], [taken(1, number) for number in range(2, 1002)]
    second = [taken(2, number) for number in range(2000, 2040)]

    found = list(relay_sets.portions([*again, *second, *fresh]))

    assert found == [fresh, second[:9:-1], second[9::-1], again[:1], again[1:]]


def test_no_attempt_is_left_out_before_an_entry_stands_alone() -> None:
    assert max(relay_sets.PORTIONS) + 1 < claims.ATTEMPTS_MAX
