"""Awards are the same however facts are heard: at once, twice, late, after a crash, or again."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tortoise.transactions import in_transaction

from domain.kernel import database
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from domain.progress import awarding, service_awards
from domain.progress.service_awards import Known, Season
from tests.domain.objectives.test_round_trips import asked
from tests.domain.progress import ground as grounds
from tests.domain.progress.ground import FIRST, LAST, NOON, Ground

PEOPLE = 4
THINGS = [new_id() for _ in range(3)]


class CrashError(Exception):
    """The process ends before the commit."""


def told(ground: Ground, number: int, *, who: int, by: int, hours: int, kind: str = "SayBackAccepted") -> Entry:
    """An entry of the journal, `hours` after noon."""
    owner, actor = ground.people[who], ground.people[who if kind == "CheckedIn" else by]
    return Entry(
        tenant_id=ground.organisation.tenant_id,
        id=number,
        at=NOON + timedelta(hours=hours),
        kind=kind,
        subject_type="objective",
        subject_id=THINGS[number % len(THINGS)],
        actor_person_id=actor,
        hearers=(),
        payload={"owner_id": str(owner)},
    )


def many(ground: Ground, count: int, seed: int) -> list[Entry]:
    """Facts of some days, some of them beyond the limits."""
    random = Random(seed)
    return [
        told(
            ground,
            number,
            who=random.randrange(len(ground.people)),
            by=random.randrange(len(ground.people)),
            hours=random.randrange(-24 * 9, 24 * 9),
            kind=random.choice(["CheckedIn", "SayBackAccepted"]),
        )
        for number in range(1, count + 1)
    ]


async def hear(ground: Ground, entries: Sequence[Entry], *, crashes: bool = False) -> None:
    with database.tenant(ground.organisation.tenant_id):
        try:
            async with in_transaction():
                await service_awards.hear(entries)
                if crashes:
                    raise CrashError
        except CrashError:
            await service_awards.hear(entries)


async def earned(ground: Ground) -> list[tuple[object, ...]]:
    rows = await ground.organisation.rows(
        "select person_id, reason, source, points, earned_on from point_entry order by 3, 2, 1"
    )
    return [tuple(row) for row in rows]


def expected(ground: Ground, entries: Sequence[Entry]) -> list[tuple[object, ...]]:
    """What all these facts earn by the rules alone."""
    known = Known(zone="Asia/Shanghai", rules=[], seasons=[Season(ground.season_id, FIRST, LAST)], earned=[])
    added, changes = service_awards.plan(known, awarding.facts(entries))
    assert changes == []
    rows = [(one.person_id, one.reason, one.source, one.points, one.earned_on) for one in added]
    return sorted(rows, key=lambda row: (row[2], row[1], row[0]))


async def check(ground: Ground, entries: Sequence[Entry]) -> None:
    """Earnings are what the rules say, ledger and board are their sums, and nothing was made or lost."""
    assert await earned(ground) == expected(ground, entries)
    sums = "select person_id, sum(points) from point_entry group by 1 having sum(points) > 0 order by 1"
    held = "select holder_id, balance from ledger_account where kind = 'PERSON' and balance <> 0 order by 1"
    rows = await ground.organisation.rows(sums)
    assert await ground.organisation.rows(held) == rows
    assert await ground.organisation.rows("select person_id, points from standing order by 1") == rows
    assert await ground.organisation.value("select coalesce(sum(balance), 0)::int from ledger_account") == 0
    assert await ground.rebuild() == 0


batches = st.lists(st.lists(st.integers(0, 39), min_size=1, max_size=15), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(order=batches, seed=st.integers(0, 99))
async def test_whatever_the_order_in_which_facts_are_heard_they_earn_the_same(
    database: str, order: list[list[int]], seed: int
) -> None:
    ground = await grounds.lay(PEOPLE)
    entries = many(ground, 40, seed)

    for batch in order:
        await hear(ground, [entries[at] for at in batch])

    heard = {at for batch in order for at in batch}
    await check(ground, [entries[at] for at in sorted(heard)])


async def test_a_thousand_awards_at_once_with_repeats_and_crashes_happen_exactly_once(ground: Ground) -> None:
    entries = many(ground, 1000, seed=5)
    random = Random(6)
    portions = [entries[first : first + 40] for first in range(0, 1000, 40)]
    again = [random.sample(entries, 40) for _ in range(10)]
    crowd = asyncio.Semaphore(8)

    async def one(at: int, portion: list[Entry]) -> None:
        async with crowd:
            await hear(ground, portion, crashes=at % 3 == 0)

    await asyncio.gather(*(one(at, portion) for at, portion in enumerate([*portions, *again])))

    await check(ground, entries)


async def test_a_fact_that_is_heard_late_takes_back_what_a_later_one_earned(ground: Ground) -> None:
    first, second = (told(ground, number, who=0, by=1, hours=number, kind="CheckedIn") for number in (1, 2))
    await hear(ground, [second])

    await hear(ground, [first])

    amounts = await ground.organisation.rows(
        "select amount, reason, reverses_id is not null from ledger_entry order by reason, amount"
    )
    assert [tuple(row) for row in amounts] == [(10, "CHECKED_IN", False)] * 2 + [(10, "DECIDED_ANEW", True)]
    await check(ground, [first, second])


@pytest.mark.parametrize("count", [1, 200])
async def test_a_batch_needs_as_many_statements_as_a_single_fact(ground: Ground, count: int) -> None:
    entries = [told(ground, at, who=at % 8, by=(at + 1) % 8, hours=0) for at in range(1, count + 1)]

    async with asked() as statements:
        await hear(ground, entries)

    # To wait for others twice, to read the rules and what was earned before, and to write what is earned.
    assert [one for one in statements if one in ("select", "with")] == ["select"] * 4 + ["with"]


async def test_between_seasons_nothing_is_earned_and_nothing_is_booked(ground: Ground) -> None:
    later = replace(told(ground, 1, who=0, by=1, hours=0), at=NOON.replace(tzinfo=UTC) + timedelta(days=60))

    await hear(ground, [later])

    assert await earned(ground) == []
    assert await ground.organisation.count("ledger_entry") == 0
