"""The first check-in of a day earns, whoever hears of it and however often."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import asyncpg
import pytest

from domain.kernel import clock, relay
from domain.kernel import database as kernel_database
from domain.kernel.ids import new_id
from domain.kernel.relay import Entry
from domain.objectives import service_check_ins
from domain.progress import service_awards, service_rebuilding, service_standing
from domain.progress.terms import NewSeason
from domain.scorecards import service as scorecards
from domain.scorecards.terms import Figure, NewMeasure
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import KEY_RESULT, Company, goal
from tests.domain.progress.ground import SPRING, open_season

BEFORE_MIDNIGHT = datetime(2026, 6, 10, 15, 59, tzinfo=UTC)
"""By a minute, in the zone of the company."""


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(BEFORE_MIDNIGHT):
        yield


@pytest.fixture
async def company(database: str) -> Company:
    company = await companies.lay()
    await open_season(company.organisation, SPRING)
    return company


async def check_in(company: Company, value: int = 71, *, owner: str = "Dina") -> None:
    objective_id = await company.organisation.value("select id from objective limit 1")
    first, *_ = await company.key_results(objective_id)  # type: ignore[arg-type]
    await service_check_ins.check_in(company.actor(owner), first, Decimal(value), key=str(new_id()))


async def heard(company: Company) -> list[Entry]:
    """All that was told of check-ins."""
    rows = await company.organisation.rows(f"{relay.ENTRIES} where kind = 'CheckedIn' order by id")
    return [relay.entry_of(row) for row in rows]


async def hear(company: Company) -> None:
    with kernel_database.tenant(company.tenant_id):
        await service_awards.hear(await heard(company))


async def earned(company: Company) -> list[tuple[object, ...]]:
    rows = await company.organisation.rows(
        "select earned_on, reason, points, earned_at from point_entry where points > 0 order by 1"
    )
    return [tuple(row) for row in rows]


async def test_the_first_check_in_of_each_day_earns_and_the_others_do_not(company: Company) -> None:
    await company.promised()
    await check_in(company)
    await check_in(company, 72)
    clock.advance(timedelta(minutes=1))
    await check_in(company, 73)

    await hear(company)

    assert await earned(company) == [
        (date(2026, 6, 10), "CHECKED_IN", 10, BEFORE_MIDNIGHT),
        (date(2026, 6, 11), "CHECKED_IN", 10, BEFORE_MIDNIGHT + timedelta(minutes=1)),
    ]
    assert await company.organisation.value("select points from standing") == 20


async def test_what_is_heard_twice_earns_once(company: Company) -> None:
    await company.promised()
    await check_in(company)
    await hear(company)
    before = await earned(company)

    await hear(company)

    assert await earned(company) == before
    assert await company.organisation.value("select points from standing") == 10


async def test_figures_that_an_office_records_earn_nothing(company: Company) -> None:
    office, unit_id = company.actor("Sofia"), company.organisation.units["AIR"]
    measure = NewMeasure(code="ON", name="On time", unit_of_measure="%", unit_id=unit_id)
    await scorecards.define_measure(office, measure)
    tied = replace(KEY_RESULT, measure_id=measure.id, weight=100)
    await company.promised(goal(key_results=(tied,)))
    figure = Figure(measure="ON", period=date(2026, 5, 1), value=Decimal(75), unit_of_measure="%")
    await scorecards.record_actuals(office, [figure], key="may")

    await hear(company)

    assert len(await heard(company)) == 1
    assert await earned(company) == []


async def test_between_seasons_nothing_is_earned(company: Company) -> None:
    await company.promised()
    with clock.frozen(datetime(2026, 7, 1, 4, tzinfo=UTC)):
        await check_in(company)

    await hear(company)
    after = NewSeason(name="Later", starts_on=date(2026, 7, 2), ends_on=date(2026, 7, 3))
    await open_season(company.organisation, after)
    await hear(company)

    assert await earned(company) == []


async def test_the_journal_heard_again_makes_the_same_points_anew(company: Company, database: str) -> None:
    await company.promised()
    await check_in(company)
    await check_in(company, 72)
    clock.advance(timedelta(minutes=1))
    await check_in(company, 73)
    await hear(company)
    before = await everything(company)
    far = await service_standing.progress(company.actor("Dina"))

    heard = await service_rebuilding.hear_again(company.organisation.operator)
    unchanged = await everything(company)
    await forget(company, database)
    await service_rebuilding.hear_again(company.organisation.operator)

    assert (heard, len(before[0])) == (3, 3)
    assert unchanged == before
    assert await everything(company) == before
    assert await service_standing.progress(company.actor("Dina")) == far
    assert (far.badges[0].earned_on, far.streak.weeks) == (date(2026, 6, 10), 1)


async def everything(company: Company) -> list[list[tuple[object, ...]]]:
    """All that follows from facts, without the ids of entries."""
    asked = (
        "select * from point_entry order by source, reason",
        "select * from standing order by person_id",
        "select holder_id, currency, kind, balance from ledger_account order by 1, 2",
        "select currency, from_id, to_id, amount, reason, key, at from ledger_entry order by key",
    )
    return [[tuple(row) for row in await company.organisation.rows(sql)] for sql in asked]


async def forget(company: Company, url: str) -> None:
    """As the owner of the database: everything that was earned is lost."""
    tables = ("standing", "standing_count", "point_entry", "ledger_entry", "ledger_account")
    connection = await asyncpg.connect(url)
    try:
        for table in tables:
            await connection.execute(f"delete from {table} where tenant_id = $1", company.tenant_id)
    finally:
        await connection.close()


async def test_a_check_in_is_unread_for_progress(company: Company) -> None:
    await company.promised()
    await check_in(company)

    [entry] = await heard(company)

    rows = await company.organisation.rows("select reader from journal_unread where id = $1", entry.id)
    assert "progress" in {row["reader"] for row in rows}
