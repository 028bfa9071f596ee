"""Who watches an assumption hears when it leaves its range: once, and only while that is so."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.plans.ground import Ground, lay
from tests.notifications import ground as grounds
from tests.notifications.ground import show_journal

BROKEN_OPEN, BROKEN_WITHDRAWN = ("ASSUMPTION_BROKEN", "OPEN"), ("ASSUMPTION_BROKEN", "WITHDRAWN")


@pytest_asyncio.fixture
async def planning(ground: grounds.Ground) -> AsyncGenerator[Ground]:
    """Another tenant, where Bo watches the price of fuel."""
    with clock.frozen(NOON):
        yield await lay()


async def inbox(ground: Ground, name: str = "Bo") -> list[tuple[str, str]]:
    rows = await ground.company.organisation.rows(
        "select kind, state from inbox_item where person_id = $1 and subject_type = 'assumption' order by id",
        ground.company[name],
    )
    return [(row["kind"], row["state"]) for row in rows]


async def test_the_owner_hears_of_it_once_and_nobody_else(planning: Ground) -> None:
    assumption_id = await planning.assume()
    await planning.read(assumption_id, 900, days_ago=1, by="Sofia")
    await show_journal()
    await planning.read(assumption_id, 950, by="Sofia")

    await show_journal()

    assert await inbox(planning) == [BROKEN_OPEN]
    assert await inbox(planning, "Sofia") == []


async def test_who_told_it_is_not_told(planning: Ground) -> None:
    await planning.read(await planning.assume(), 900, by="Bo")

    await show_journal()

    assert await inbox(planning) == []


async def test_what_holds_again_needs_nobody(planning: Ground) -> None:
    assumption_id = await planning.assume()
    await planning.read(assumption_id, 900, days_ago=2, by="Sofia")
    await show_journal()
    await planning.read(assumption_id, 700, days_ago=1, by="Sofia")
    await show_journal()

    assert await inbox(planning) == [BROKEN_WITHDRAWN]


async def test_what_holds_again_before_it_is_heard_is_not_told(planning: Ground) -> None:
    assumption_id = await planning.assume()
    await planning.read(assumption_id, 900, days_ago=1, by="Sofia")
    await planning.read(assumption_id, 700, by="Sofia")

    await show_journal()

    assert await inbox(planning) == []
