"""A changed intent reaches the inbox of every owner below once, and saying it back takes it from there."""

import asyncio

import pytest

from domain.kernel import clock, database, relay
from domain.kernel.work import begin
from domain.objectives import service_teach_backs
from domain.strategy.terms import IntentDraft
from notifications import announcements
from tests.domain.objectives import cascade_of_intent
from tests.domain.objectives.cascade_of_intent import LINE, Cascade
from tests.domain.objectives.company import Company
from tests.domain.strategy.maps import AGAIN, INTENT

CHANGED, SAID, RETURNED = "INTENT_CHANGED", "INTENT_SAID_BACK", "SAY_BACK_RETURNED"


@pytest.fixture
async def cascade(company: Company) -> Cascade:
    """What was said so far, everybody has heard."""
    found = await cascade_of_intent.plant(company)
    await company.organisation.rows("delete from journal_unread")
    return found


async def hear() -> None:
    while await relay.show_due({announcements.READER: announcements.hear}):
        pass


async def inbox(cascade: Cascade, name: str) -> list[tuple[str, str]]:
    rows = await cascade.company.organisation.rows(
        "select kind, state from inbox_item where person_id = $1 order by created_at, id", cascade.company[name]
    )
    return [(row["kind"], row["state"]) for row in rows]


async def test_each_owner_is_asked_once_about_what_stands_nearest(cascade: Cascade) -> None:
    nearest = cascade.objectives["Dina"]
    await cascade.promise("Dina", parent="Dina")
    await cascade.strategy.intend("C1", AGAIN)
    await hear()

    assert {name: await inbox(cascade, name) for name in LINE} == {
        name: [] if name == "Ada" else [(CHANGED, "OPEN")] for name in LINE
    }, "Ada changed it herself"
    assert (
        await cascade.company.organisation.value(
            "select subject_id from inbox_item where person_id = $1", cascade.company["Dina"]
        )
        == nearest
    )


async def test_an_intent_that_changes_again_leaves_one_open_item(cascade: Cascade) -> None:
    await cascade.strategy.intend("C1", AGAIN)
    await hear()
    await cascade.strategy.intend("C1", INTENT)
    await hear()

    assert await inbox(cascade, "Dina") == [(CHANGED, "WITHDRAWN"), (CHANGED, "OPEN")]


async def test_of_a_version_that_is_old_when_it_is_heard_nobody_hears(cascade: Cascade) -> None:
    await cascade.strategy.intend("C1", AGAIN)
    await cascade.strategy.intend("C1", INTENT)
    await hear()

    assert await inbox(cascade, "Dina") == [(CHANGED, "OPEN")]


async def test_saying_it_back_asks_the_line_and_settles_what_asked(cascade: Cascade) -> None:
    await cascade.strategy.intend("C1", AGAIN)
    await hear()
    said = await cascade.say("Dina")
    await hear()
    asked = await inbox(cascade, "Chen")
    await service_teach_backs.confirm(cascade.company.actor("Chen"), said, key="yes")
    await hear()

    assert asked == [(CHANGED, "OPEN"), (SAID, "OPEN")]
    assert await inbox(cascade, "Chen") == [(CHANGED, "OPEN"), (SAID, "DONE")]
    assert await inbox(cascade, "Dina") == [(CHANGED, "DONE")]


async def test_who_is_to_say_it_again_hears_it_until_they_do(cascade: Cascade) -> None:
    said = await cascade.say("Dina")
    await hear()
    await service_teach_backs.give_back(cascade.company.actor("Chen"), said, reason="And guests?", key="no")
    await hear()
    asked = await inbox(cascade, "Dina")
    await cascade.say("Dina", "Guests first.")
    await hear()

    assert asked == [(RETURNED, "OPEN")]
    assert await inbox(cascade, "Dina") == [(RETURNED, "DONE")]
    assert await inbox(cascade, "Chen") == [(SAID, "DONE"), (SAID, "OPEN")]


async def test_who_said_it_again_before_the_return_is_heard_is_not_asked(cascade: Cascade) -> None:
    said = await cascade.say("Dina")
    await service_teach_backs.give_back(cascade.company.actor("Chen"), said, reason="And guests?", key="no")
    await cascade.say("Dina", "Guests first.")
    await hear()

    assert await inbox(cascade, "Dina") == []
    assert await inbox(cascade, "Chen") == [(SAID, "OPEN")]


async def test_an_entry_that_is_heard_twice_changes_nothing(cascade: Cascade) -> None:
    await cascade.strategy.intend("C1", AGAIN)
    await hear()
    async with begin(cascade.company.organisation.operator) as work:
        await relay.catch_up(work.connection, announcements.hear, since=clock.now())

    assert await inbox(cascade, "Dina") == [(CHANGED, "OPEN")]


async def test_as_many_statements_for_many_owners_as_for_few(cascade: Cascade) -> None:
    few = await _statements(cascade, AGAIN)
    for number in range(25):
        name = f"Pilot {number}"
        await cascade.company.organisation.hire(name, unit="SIDE", manager="Dina")
        await cascade.promise(name, parent="Dina")
    many = await _statements(cascade, INTENT)

    assert few == many > 0
    open_items = await cascade.company.organisation.value("select count(*) from inbox_item where state = 'OPEN'")
    assert open_items == 29


async def _statements(cascade: Cascade, intent: IntentDraft) -> int:
    await cascade.strategy.intend("C1", intent)
    seen: list[object] = []
    async with database.pool().acquire() as lent:
        connection = getattr(lent, "_con", lent)
    connection.add_query_logger(seen.append)
    await hear()
    await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
    connection.remove_query_logger(seen.append)
    return len(seen)
