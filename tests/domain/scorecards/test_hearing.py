"""A correction of a closed month asks who can decide on it, and who proposed it hears how it ended."""

from uuid import UUID

import pytest

from domain.kernel import relay
from domain.objectives import service_cycles
from domain.scorecards import service_adjustments
from notifications import announcements
from tests.domain.scorecards.ground import Ground
from tests.domain.scorecards.test_adjustments import adjust, ground, noon, person

__all__ = ["ground", "noon"]


async def inbox(ground: Ground) -> set[tuple[str, str, str]]:
    """Who has which kind of item in which state, after everything was heard."""
    while await relay.show_due({announcements.READER: announcements.hear}):
        pass
    rows = await ground.organisation.rows(
        """select p.name, i.kind, i.state from inbox_item i
           join person p on p.tenant_id = i.tenant_id and p.id = i.person_id where i.subject_type = 'adjustment'"""
    )
    return {(row["name"], row["kind"], row["state"]) for row in rows}


async def proposed(ground: Ground) -> UUID:
    await service_cycles.close_cycle(ground.office, ground.cycle_id)
    return await adjust(ground, "80", actor=person(ground, "Chen"))


@pytest.mark.parametrize("is_approved", [True, False])
async def test_the_owner_of_the_measure_is_asked_and_the_proposer_told(ground: Ground, is_approved: bool) -> None:  # noqa: FBT001 - a parameter of the test
    adjustment = await proposed(ground)
    asked = await inbox(ground)
    ada = person(ground, "Ada")
    if is_approved:
        await service_adjustments.approve(ada, adjustment, key="yes")
    else:
        await service_adjustments.decline(ada, adjustment, key="no", answer="It was right.")

    assert asked == {("Ada", "ADJUSTMENT_PROPOSED", "OPEN")}
    assert await inbox(ground) == {("Ada", "ADJUSTMENT_PROPOSED", "DONE"), ("Chen", "ADJUSTMENT_DECIDED", "OPEN")}


async def test_what_is_withdrawn_needs_nobody(ground: Ground) -> None:
    adjustment = await proposed(ground)
    await inbox(ground)

    await service_adjustments.withdraw(person(ground, "Chen"), adjustment, key="back")

    assert await inbox(ground) == {("Ada", "ADJUSTMENT_PROPOSED", "WITHDRAWN")}


async def test_a_correction_of_an_open_month_asks_nobody(ground: Ground) -> None:
    await adjust(ground, "80")

    assert await inbox(ground) == set()
