"""Promises between units to be read: in every state, within a unit and across, with words of all kinds."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, Notice
from domain.kernel import database
from domain.kernel.ids import public
from domain.transmission.interlocks.terms import InterlockStatus
from tests.domain.transmission.interlocks.promising import TERMS, Ground

if TYPE_CHECKING:
    from tests.api.reading.world import World

ODD = replace(
    TERMS,
    output='准时 ✈️ "quoted" \\ back\u2028line',
    output_zh=None,
    criteria_zh="每个航班都有机组。",
    due_on=date(2026, 12, 31),
    weight=1000,
)


async def furnish(world: "World") -> None:
    """The clock stands, so that orders have ties."""
    ground = Ground(world.company)
    for status in InterlockStatus:
        world.ids[f"interlock {status}"] = public("ilk", await ground.reach(status))
    within = await ground.propose(by="Ada", provider="Hugo", receiver="Emil", terms=ODD)
    serving = await ground.propose(
        by="Dina", provider="Chen", receiver="Dina", terms=ODD, objective_id=world.objectives["ACTIVE"]
    )
    world.ids["interlock within"] = public("ilk", within)
    world.ids["interlock serving"] = public("ilk", serving)
    await _announce(world, serving)
    assert world.rival is not None
    world.ids["elsewhere interlock"] = public("ilk", await Ground(world.rival).reach("DELIVERED"))


async def _announce(world: "World", interlock_id: UUID) -> None:
    notice = Notice(
        person_id=world.company["Chen"],
        kind=InboxKind.INTERLOCK_PROPOSED,
        subject_type="interlock",
        subject_id=interlock_id,
        dedupe_key="interlock",
        actor_id=world.company["Dina"],
    )
    with database.tenant(world.company.tenant_id):
        await inbox.announce(world.company.tenant_id, notice)
