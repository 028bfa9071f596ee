"""The office asks everybody of a unit once a quarter; nobody else does."""

from datetime import date, timedelta

import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.transmission.recall import rules, service
from domain.transmission.recall.errors import NobodyToAsk, NoPriorities
from domain.transmission.recall.terms import RecallAbout
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company
from tests.domain.strategy import maps
from tests.domain.transmission.recall.asking import EVERYBODY, Asked, ask, of_group

TABLES = ("recall_round", "recall_priority", "recall_question", "journal")


async def counts(company: Company) -> list[int]:
    return [await company.organisation.count(table) for table in TABLES]


async def asked_names(asked: Asked) -> set[str]:
    rows = await asked.company.organisation.rows("select person_id, unit_id from recall_question")
    persons = {row["person_id"] for row in rows}
    return {name for name, person_id in asked.company.organisation.persons.items() if person_id in persons}


@pytest.fixture
async def company(database: str) -> Company:
    company = await companies.lay()
    await maps.published(company.organisation)
    return company


async def test_everybody_is_asked_for_the_weightiest_by_title(asked: Asked) -> None:
    rows = await asked.company.organisation.rows(
        """select p.position, p.rank, o.code from recall_priority p
           join strategic_objective o on o.id = p.strategic_objective_id order by p.position"""
    )

    assert [tuple(row) for row in rows] == [(1, 2, "C1"), (2, 1, "F1"), (3, 4, "L1"), (4, 3, "P1")]
    assert await asked_names(asked) == set(EVERYBODY)
    [fact] = await asked.company.organisation.rows("select payload, hearers from journal where kind = 'RecallAsked'")
    assert (fact["payload"].count('"asked": 10'), fact["hearers"]) == (1, [])


async def test_a_round_may_ask_for_themes(company: Company) -> None:
    await ask(company, of_group(company, about=RecallAbout.THEMES, k=1))

    rows = await company.organisation.rows("select title, title_zh, rank from recall_priority order by position")
    assert [tuple(row) for row in rows] == [("Bold", None, 3), ("Lean", None, 2), ("Reliable", "可靠", 1)]


async def test_who_was_asked_this_quarter_is_left_out(company: Company) -> None:
    await ask(company, of_group(company, unit_id=company.organisation.units["OPS"]))

    await ask(company)

    rows = await company.organisation.rows("select asked from recall_round order by opens_at, id")
    assert [row["asked"] for row in rows] == [3, 7]
    with pytest.raises(NobodyToAsk):
        await ask(company, of_group(company, unit_id=company.organisation.units["SIDE"]))
    with pytest.raises(InvalidInput) as refused:
        await ask(company)
    assert refused.value.field == "unit"


async def test_the_next_quarter_asks_again(asked: Asked) -> None:
    clock.advance(timedelta(days=21))
    again = await ask(asked.company)

    rows = await asked.company.organisation.rows("select quarter, asked from recall_round order by opens_at")
    assert [tuple(row) for row in rows] == [(date(2026, 4, 1), 10), (date(2026, 7, 1), 10)]
    assert again != asked.round_id


async def test_a_unit_without_a_strategy_is_asked_for_the_nearest_above(company: Company) -> None:
    await maps.published(company.organisation, unit="AIR")

    round_id = await ask(company, of_group(company, unit_id=company.organisation.units["CREW"]))

    unit_id = await company.organisation.value(
        "select s.unit_id from recall_round r join strategy s on s.id = r.strategy_id where r.id = $1", round_id
    )
    assert unit_id == company.organisation.units["AIR"]


async def test_a_strategy_must_have_what_is_asked_for(company: Company) -> None:
    before = await counts(company)

    for k in (5, 4):
        new = of_group(company, about=RecallAbout.THEMES, k=k)
        with pytest.raises(NoPriorities, match="has 3 such"):
            await ask(company, new)

    assert await counts(company) == before


async def test_nothing_is_asked_without_a_published_strategy(database: str) -> None:
    company = await companies.lay()
    await maps.written(company.organisation)

    with pytest.raises(NoPriorities):
        await ask(company)


@pytest.mark.parametrize("name", ["Ada", "Bo", "Dina", "Hugo", "Aron", "Partner"])
async def test_only_the_strategy_office_asks(company: Company, name: str) -> None:
    before = await counts(company)

    with pytest.raises(NotPermitted):
        await ask(company, by=name)

    assert await counts(company) == before


async def test_what_is_elsewhere_cannot_be_asked(company: Company) -> None:
    other = await companies.lay()

    with pytest.raises(NotFound, match="unit"):
        await ask(company, of_group(company, unit_id=other.organisation.units["GROUP"]))
    with pytest.raises(NotFound, match="cycle"):
        await ask(company, of_group(company, cycle_id=other.cycle_id))


async def test_a_closed_cycle_is_not_asked_about(company: Company) -> None:
    await company.close()

    with pytest.raises(InvalidInput) as refused:
        await ask(company)

    assert refused.value.field == "cycle"


@pytest.mark.parametrize(
    ("values", "field"), [({"k": 0}, "k"), ({"k": 6}, "k"), ({"days": 0}, "days"), ({"days": 32}, "days")]
)
async def test_a_round_is_short_and_asks_for_few(company: Company, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await ask(company, of_group(company, **values))

    assert refused.value.field == field


async def test_a_repeat_with_the_key_asks_nobody_twice(company: Company) -> None:
    office, new = company.actor("Sofia"), of_group(company)

    first = await service.ask(office, new, key="once")
    before = await counts(company)

    assert await service.ask(office, new, key="once") == first
    assert await counts(company) == before


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 4, 1), date(2026, 4, 1)),
        (date(2026, 12, 31), date(2026, 10, 1)),
    ],
)
def test_a_quarter_begins_every_third_month(day: date, first: date) -> None:
    assert rules.quarter_of(day) == first
