"""Whoever leaves the rankings is in none and in no count, at once; points are earned all the same."""

import asyncio

import pytest

from domain.kernel.actor import Actor
from domain.kernel.errors import KeyReused, NotPermitted
from domain.kernel.work import begin
from domain.progress import service_rankings
from domain.progress.terms import NewSeason
from tests.domain.progress.ground import LAST, NOON, Ground, open_season


async def test_who_leaves_is_in_no_ranking_and_no_count(ground: Ground) -> None:
    await ground.give(10, 10, 250)

    await ground.leave(1)

    assert await ground.standings() == [(0, 10, True), (1, 10, False), (2, 250, True)]
    assert await ground.counts() == [(1, 10, 1), (1, 250, 1), (100, 0, 1), (100, 200, 1)]
    assert await ground.rebuild() == 0


async def test_who_left_earns_on_unseen_and_comes_back_with_all_of_it(ground: Ground) -> None:
    await ground.give(10, 10)
    await ground.leave(1)
    await ground.add(ground.earning(1, 90, day=1))
    hidden = await ground.counts()

    await ground.join(1)

    assert hidden == [(1, 10, 1), (100, 0, 1)]
    assert await ground.counts() == [(1, 10, 1), (1, 100, 1), (100, 0, 1), (100, 100, 1)]
    assert await ground.rebuild() == 0


async def test_who_left_before_the_first_point_is_never_shown(ground: Ground) -> None:
    await ground.leave(0)

    await ground.give(10, 10)

    assert await ground.standings() == [(0, 10, False), (1, 10, True)]
    assert await ground.counts() == [(1, 10, 1), (100, 0, 1)]


async def test_leaving_holds_for_every_season(ground: Ground) -> None:
    after = NewSeason(name="Next", starts_on=LAST.replace(month=7, day=1), ends_on=LAST.replace(month=8, day=1))
    await open_season(ground.organisation, after)
    await ground.add(ground.earning(0, 10), ground.earning(0, 10, day=100))

    await ground.leave(0)

    assert await ground.standings() == [(0, 10, False), (0, 10, False)]
    assert await ground.counts() == []


async def test_leaving_twice_and_joining_twice_change_nothing_more(ground: Ground) -> None:
    await ground.give(10)
    await ground.leave(0)
    await ground.leave(0)
    left = await ground.everything()

    await ground.join(0)
    await ground.join(0)

    facts = await ground.organisation.facts("RankingsLeft", "RankingsJoined")
    assert facts == [("RankingsLeft", ground.people[0]), ("RankingsJoined", ground.people[0])]
    assert left[1] == []
    assert await ground.counts() == [(1, 10, 1), (100, 0, 1)]


async def test_a_repeat_with_the_same_key_is_answered_and_does_nothing(ground: Ground) -> None:
    await ground.give(10)
    me = ground.actor(0)

    first = await service_rankings.leave_rankings(me, key="k")
    await service_rankings.join_rankings(me, key="j")
    again = await service_rankings.leave_rankings(me, key="k")

    assert first == again == ground.people[0]
    assert await ground.standings() == [(0, 10, True)]
    with pytest.raises(KeyReused):
        await service_rankings.join_rankings(me, key="k")


async def test_a_program_is_in_no_ranking_to_leave(ground: Ground) -> None:
    program = Actor(tenant_id=ground.organisation.tenant_id, zone="UTC", client_id=ground.people[0])

    for use_case in (service_rankings.leave_rankings, service_rankings.join_rankings):
        with pytest.raises(NotPermitted):
            await use_case(program)

    assert await ground.organisation.count("ranking_absence") == 0


async def test_it_is_known_since_when_somebody_takes_no_part(ground: Ground) -> None:
    await ground.leave(3)

    rows = await ground.organisation.rows("select person_id, left_at from ranking_absence")
    assert [tuple(row) for row in rows] == [(ground.people[3], NOON)]


async def test_who_leaves_while_the_first_points_are_added_is_not_shown_with_them(ground: Ground) -> None:
    has_left = asyncio.Event()

    async def earn() -> None:
        await has_left.wait()
        await ground.give(10)

    earning = asyncio.create_task(earn())
    async with begin(ground.operator):
        await ground.leave(0)
        has_left.set()
        done, _ = await asyncio.wait({earning}, timeout=0.5)
    await earning

    assert done == set()
    assert await ground.standings() == [(0, 10, False)]
    assert await ground.counts() == []


async def test_whoever_comes_and_goes_while_points_are_added_is_counted_right(ground: Ground) -> None:
    async def earn() -> None:
        for day in range(30):
            await ground.add(*(ground.earning(number, 10, day=day) for number in range(4)))

    async def waver(number: int) -> None:
        for _ in range(10):
            await ground.leave(number)
            await ground.join(number)
        await ground.leave(number)

    await asyncio.gather(earn(), *(waver(number) for number in (0, 1, 4)))

    assert await ground.standings() == [(0, 300, False), (1, 300, False), (2, 300, True), (3, 300, True)]
    assert await ground.counts() == [(1, 300, 2), (100, 300, 2)]
    assert await ground.rebuild() == 0
