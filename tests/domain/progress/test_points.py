"""What is earned moves standings and counts along, once, set by set, whoever adds at the same time."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from random import Random

from domain.progress import service
from tests.domain.objectives.test_round_trips import asked
from tests.domain.progress import ground as grounds
from tests.domain.progress.ground import FIRST, LAST, NOON, Ground

ADDERS = 6


async def test_points_add_up_and_counts_follow(ground: Ground) -> None:
    await ground.add(ground.earning(0, 10), ground.earning(1, 95), ground.earning(0, 5, day=1), ground.earning(2, 250))
    await ground.add(ground.earning(1, 10, day=1))

    assert await ground.standings() == [(0, 15, True), (1, 105, True), (2, 250, True)]
    assert await ground.counts() == [(1, 15, 1), (1, 105, 1), (1, 250, 1), (100, 0, 1), (100, 100, 1), (100, 200, 1)]


async def test_what_was_earned_before_earns_nothing_again(ground: Ground) -> None:
    earned = ground.earning(0, 10)
    await ground.add(earned)
    before = await ground.everything()

    await ground.add(earned, replace(earned, points=7, earned_at=NOON + timedelta(days=3)))

    assert await ground.everything() == before
    assert await ground.organisation.count("point_entry") == 1


async def test_the_first_of_one_day_counts_even_if_both_come_together(ground: Ground) -> None:
    await ground.add(ground.earning(0, 20, second=2), ground.earning(0, 10, second=1))

    assert await ground.standings() == [(0, 10, True)]


async def test_days_of_no_season_earn_nothing(ground: Ground) -> None:
    earned = ground.earning(0, 10)
    outside = [replace(earned, earned_on=on) for on in (FIRST - timedelta(days=1), LAST + timedelta(days=1))]

    await ground.add(*outside)

    assert await ground.everything() == [[], []]
    assert await ground.organisation.count("point_entry") == 0


async def test_nothing_earned_is_nothing_written(ground: Ground) -> None:
    await ground.add()

    assert await ground.everything() == [[], []]


async def test_points_were_reached_when_the_last_of_them_was_earned_in_whichever_order_they_come(
    ground: Ground,
) -> None:
    await ground.add(ground.earning(0, 10, day=2))
    await ground.add(ground.earning(0, 10, day=1))

    assert await ground.organisation.value("select reached_at from standing") == NOON + timedelta(days=2)


async def test_a_thousand_earnings_take_as_many_statements_as_one(database: str) -> None:
    ground = await grounds.lay(people=1000)
    await ground.give(1)
    earnings = [ground.earning(number, 1 + number % 7, day=1) for number in range(1000)]

    async with asked() as seen:
        await ground.add(*earnings[:1])
        once = list(seen)
        seen.clear()
        await ground.add(*earnings[1:])

    assert seen == once
    assert seen.count("with") == 1
    assert await ground.rebuild() == 0


async def test_who_adds_at_the_same_time_loses_nothing_and_waits_in_no_circle(ground: Ground) -> None:
    chance = Random(5)
    days = range(40)
    earnings = [ground.earning(number, 10, day=day) for number in range(8) for day in days]
    piles = [chance.sample(earnings, k=len(earnings)) for _ in range(ADDERS)]

    async def add_all(pile: list[service.Earning]) -> None:
        for at in range(0, len(pile), 16):
            await ground.add(*pile[at : at + 16])

    await asyncio.gather(*(add_all(pile) for pile in piles))

    assert await ground.standings() == [(number, 400, True) for number in range(8)]
    assert await ground.counts() == [(1, 400, 8), (100, 400, 8)]
    assert await ground.rebuild() == 0
