"""What other slices tell earns as it happened there: a promise that was accepted, an answer of recall."""

from collections.abc import Generator
from datetime import date

import pytest

from domain.kernel import clock, relay
from domain.kernel import database as kernel_database
from domain.progress import awarding, service_awards
from domain.progress.terms import NewSeason
from tests.domain.objectives.company import NOON, Company
from tests.domain.progress.ground import open_season
from tests.domain.transmission.interlocks import promising
from tests.domain.transmission.recall import asking

YEAR = NewSeason(name="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


async def earned(company: Company) -> list[tuple[object, ...]]:
    """Who earned what for what, after everything was heard."""
    organisation = company.organisation
    await open_season(organisation, YEAR)
    rows = await organisation.rows(f"{relay.ENTRIES} where kind = any($1::text[]) order by id", sorted(awarding.EVENTS))
    with kernel_database.tenant(company.tenant_id):
        await service_awards.hear([relay.entry_of(row) for row in rows])
    names = {row_id: name for name, row_id in organisation.persons.items()}
    found = await organisation.rows("select person_id, reason, points, other_id from point_entry order by source")
    return [(names[row["person_id"]], row["reason"], row["points"], names.get(row["other_id"])) for row in found]


async def test_who_promised_earns_when_the_other_one_accepts(database: str) -> None:
    ground = await promising.lay()
    await ground.reach("ACCEPTED")

    assert await earned(ground.company) == [("Dina", "PROMISE_KEPT", 30, "Oskar")]


@pytest.mark.parametrize("status", ["PROPOSED", "CONFIRMED", "DELIVERED", "REJECTED", "DECLINED", "WITHDRAWN"])
async def test_a_promise_that_nobody_accepted_earns_nothing(database: str, status: str) -> None:
    ground = await promising.lay()
    await ground.reach(status)

    assert await earned(ground.company) == []


async def test_two_promises_to_the_same_person_in_a_week_earn_less_each(database: str) -> None:
    ground = await promising.lay()
    for _ in range(3):
        await ground.reach("ACCEPTED")

    assert [row[2] for row in await earned(ground.company)] == [30, 15, 7]


async def test_who_answers_what_the_strategy_wants_earns_whatever_they_remember(database: str) -> None:
    asked = await asking.lay()
    await asked.answer("Dina", "F1")
    await asked.answer("Bo")

    assert await earned(asked.company) == [
        ("Dina", "STRATEGY_RECALLED", 15, None),
        ("Bo", "STRATEGY_RECALLED", 15, None),
    ]
