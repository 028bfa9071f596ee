"""A season is opened once, by the strategy office, and holds no day of another one."""

from datetime import date, timedelta

import asyncpg
import pytest

from domain.kernel.errors import InvalidInput, NotPermitted
from domain.progress import service
from domain.progress.terms import NewSeason
from tests.domain.progress.ground import FIRST, LAST, Ground, open_season

DAY = timedelta(days=1)


def season(first: date, last: date) -> NewSeason:
    return NewSeason(name="Another", name_zh="另一季", starts_on=first, ends_on=last)


@pytest.mark.parametrize(
    ("first", "last"),
    [(FIRST, LAST), (LAST, LAST + DAY), (FIRST - DAY, FIRST), (FIRST + DAY, LAST - DAY), (FIRST - DAY, LAST + DAY)],
)
async def test_two_seasons_never_hold_the_same_day(ground: Ground, first: date, last: date) -> None:
    entries = await ground.organisation.count("journal")

    with pytest.raises(InvalidInput) as refused:
        await open_season(ground.organisation, season(first, last))

    assert refused.value.field == "startsOn"
    assert await ground.organisation.count("season") == 1
    assert await ground.organisation.count("journal") == entries


async def test_the_database_itself_refuses_a_second_season_on_a_day(ground: Ground) -> None:
    with pytest.raises(asyncpg.ExclusionViolationError):
        await ground.organisation.rows(
            "insert into season values (current_tenant(), gen_random_uuid(), 'S', null, $1, $1)", LAST
        )


async def test_seasons_may_follow_each_other_day_by_day(ground: Ground) -> None:
    season_id = await open_season(ground.organisation, season(LAST + DAY, LAST + DAY))

    assert await ground.organisation.facts("SeasonOpened") == [
        ("SeasonOpened", ground.season_id),
        ("SeasonOpened", season_id),
    ]


async def test_only_the_strategy_office_opens_a_season(ground: Ground) -> None:
    with pytest.raises(NotPermitted):
        await service.open_season(ground.actor(0), season(LAST + DAY, LAST + DAY))

    assert await ground.organisation.count("season") == 1
