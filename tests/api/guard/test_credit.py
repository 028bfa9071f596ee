"""Small spenders are not asked about; the limit is the same for everybody all the same."""

from dataclasses import dataclass

import pytest
from redis.asyncio import Redis

from api.guard.bucket import Bucket
from api.guard.callers import Budget
from api.guard.credit import Credit

BUDGET = Budget(points_max=1000, points_per_second=100, credit=100)


@dataclass
class Time:
    """Seconds as a process counts them."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
async def key(redis: Redis) -> str:
    await redis.delete("cost:{spender}")
    return "spender"


def open_credit(redis: Redis, time: Time) -> Credit:
    return Credit(Bucket(redis, count_failure=lambda: None), now=time)


async def told(redis: Redis) -> float | None:
    """What Redis knows that the caller has spent; None when it was never asked."""
    level = await redis.hget("cost:{spender}", "level")  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType] - untyped
    return None if level is None else float(level)


async def test_who_spends_slower_than_points_come_back_is_never_asked_about(redis: Redis, key: str) -> None:
    time = Time()
    credit = open_credit(redis, time)

    for _ in range(200):
        assert (await credit.charge(key, 40, BUDGET)).is_admitted
        time.now += 0.5

    assert await told(redis) is None


async def test_what_was_spent_on_credit_is_told_at_once_when_it_is_used_up(redis: Redis, key: str) -> None:
    credit = open_credit(redis, Time())

    left = [(await credit.charge(key, 40, BUDGET)).available for _ in range(2)]
    assert (left, await told(redis)) == ([960, 920], None)

    assert (await credit.charge(key, 40, BUDGET)).available == 880
    assert await told(redis) == 120


async def test_a_charge_above_the_credit_is_asked_for(redis: Redis, key: str) -> None:
    refused = await open_credit(redis, Time()).charge(key, 1001, BUDGET)

    assert not refused.is_admitted
    assert refused.retry_after_ms == 10


async def test_one_process_admits_no_more_than_the_budget(redis: Redis, key: str) -> None:
    credit = open_credit(redis, Time())
    slow = Budget(points_max=1000, points_per_second=1, credit=100)

    charges = [await credit.charge(key, 30, slow) for _ in range(50)]

    assert sum(charge.is_admitted for charge in charges) == 33


async def test_processes_together_admit_at_most_their_credit_too_much(redis: Redis, key: str) -> None:
    slow = Budget(points_max=1000, points_per_second=1, credit=100)
    processes = [open_credit(redis, Time()) for _ in range(3)]

    charges = [await process.charge(key, 30, slow) for _ in range(50) for process in processes]

    admitted = 30 * sum(charge.is_admitted for charge in charges)
    assert 1000 - 30 < admitted <= 1000 + 3 * 100


async def test_what_was_not_used_comes_back(redis: Redis, key: str) -> None:
    credit = open_credit(redis, Time())

    await credit.charge(key, 80, BUDGET)
    returned = await credit.charge(key, -50, BUDGET)
    assert (returned.available, await told(redis)) == (970, None)

    await credit.charge(key, 600, BUDGET)
    returned = await credit.charge(key, -600, BUDGET)
    assert 970 <= returned.available <= 980


async def test_a_budget_without_credit_is_asked_for_every_time(redis: Redis, key: str) -> None:
    credit = open_credit(redis, Time())

    await credit.charge(key, 1, Budget(points_max=1000, points_per_second=1))

    assert await told(redis) == 1
