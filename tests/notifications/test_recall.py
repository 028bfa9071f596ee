"""Who is asked what the strategy wants finds one item, until they answered; when the round is over nobody is asked."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest_asyncio

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.transmission.recall import asking
from tests.domain.transmission.recall.asking import EVERYBODY, Asked
from tests.notifications import ground as grounds
from tests.notifications.ground import show_journal


@pytest_asyncio.fixture
async def asked(ground: grounds.Ground) -> AsyncGenerator[Asked]:
    with clock.frozen(NOON):
        yield await asking.lay()


async def inbox(asked: Asked) -> dict[str, list[str]]:
    """The states of items about recall, by the names of whose they are."""
    rows = await asked.company.organisation.rows(
        """select p.name, i.state from inbox_item i join person p on p.tenant_id = i.tenant_id and p.id = i.person_id
           where i.kind = 'RECALL_ASKED' and i.subject_type = 'recall_question' order by i.id"""
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["name"], []).append(row["state"])
    return found


async def test_everybody_who_is_asked_finds_it_once_and_is_done_when_they_answered(asked: Asked) -> None:
    await asked.answer("Emil", "F1")
    await show_journal()
    assert await inbox(asked) == {name: ["OPEN"] for name in EVERYBODY if name != "Emil"}

    await asked.say("Dina", ["One"])
    await asked.say("Oskar", [])
    await show_journal()
    assert [(await inbox(asked))[name] for name in ("Dina", "Oskar")] == [["OPEN"], ["DONE"]]

    await asked.mark("Dina", ["C1"])
    await show_journal()
    assert (await inbox(asked))["Dina"] == ["DONE"]


async def test_of_a_round_that_is_over_nobody_hears(asked: Asked) -> None:
    clock.advance(timedelta(days=14))

    await show_journal()

    assert await inbox(asked) == {}
