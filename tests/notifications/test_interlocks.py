"""Whoever has to act on a promise between units is asked, nobody else any more, and both hear how it moved on."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from domain.kernel import clock
from domain.transmission.interlocks.terms import InterlockSide
from tests.domain.objectives.company import NOON
from tests.domain.transmission.interlocks import promising
from tests.domain.transmission.interlocks.promising import Ground
from tests.notifications import ground as grounds
from tests.notifications.ground import show_journal


@pytest_asyncio.fixture
async def promised(ground: grounds.Ground) -> AsyncGenerator[Ground]:
    with clock.frozen(NOON):
        yield await promising.lay()


async def waiting(ground: Ground) -> set[tuple[str, str]]:
    """Who has which open item."""
    await show_journal()
    rows = await ground.company.organisation.rows(
        """select p.name, i.kind from inbox_item i join person p on p.tenant_id = i.tenant_id and p.id = i.person_id
           where i.subject_type = 'interlock' and i.state = 'OPEN' order by i.id"""
    )
    return {(row["name"], row["kind"].removeprefix("INTERLOCK_")) for row in rows}


async def test_each_step_asks_whoever_is_next(promised: Ground) -> None:
    found = await promised.propose()
    assert await waiting(promised) == {("Dina", "PROPOSED")}

    await promised.do("confirm", found, "Dina")
    assert await waiting(promised) == {("Oskar", "MOVED")}
    await promised.do("deliver", found, "Dina")
    assert await waiting(promised) == {("Oskar", "MOVED"), ("Oskar", "DELIVERED")}
    await promised.do("reject", found, "Oskar")
    assert await waiting(promised) == {("Oskar", "MOVED"), ("Dina", "REJECTED")}
    await promised.do("deliver", found, "Dina")
    assert await waiting(promised) == {("Oskar", "MOVED"), ("Oskar", "DELIVERED")}
    await promised.do("accept", found, "Oskar")
    assert await waiting(promised) == {("Oskar", "MOVED"), ("Dina", "MOVED")}


async def test_of_two_who_are_asked_the_other_one_stays_asked_and_is_not_rung_again(promised: Ground) -> None:
    found = await promised.propose(by="Chen")
    assert await waiting(promised) == {("Dina", "PROPOSED"), ("Oskar", "PROPOSED")}

    await promised.do("confirm", found, "Oskar")

    assert await waiting(promised) == {("Dina", "PROPOSED")}
    assert await promised.company.organisation.count("inbox_item") == 2


async def test_who_hands_over_is_asked_no_more(promised: Ground) -> None:
    found = await promised.propose()
    await waiting(promised)

    await promised.hand_over(found, InterlockSide.PROVIDER, "Emil", by="Chen")

    assert await waiting(promised) == {("Emil", "PROPOSED")}


async def test_who_proposed_for_others_hears_a_no(promised: Ground) -> None:
    found = await promised.propose(by="Chen")
    await waiting(promised)

    await promised.do("decline", found, "Dina")

    assert await waiting(promised) == {("Oskar", "MOVED"), ("Chen", "MOVED")}


async def test_what_moved_on_before_it_was_heard_asks_nobody_for_it(promised: Ground) -> None:
    found = await promised.reach("DELIVERED")

    assert await waiting(promised) == {("Oskar", "DELIVERED")}
    await promised.do("accept", found, "Oskar")
    assert await waiting(promised) == {("Dina", "MOVED")}
