"""Recall to be read: a round that is over, one that runs with questions in every state, and one of another group."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from domain.inbox import service as inbox
from domain.inbox.terms import InboxKind, Notice
from domain.kernel import clock, database
from domain.kernel.ids import public
from domain.transmission.recall.terms import RecallAbout
from tests.domain.transmission.recall.asking import Asked, ask, of_group

if TYPE_CHECKING:
    from tests.api.reading.world import World

FEBRUARY = datetime(2026, 2, 10, 4, tzinfo=UTC)
WORDS = ['准时 ✈️ "quoted" \\ back\u2028line', "two"]


async def furnish(world: "World") -> None:
    """The clock stands; the strategies are published."""
    company = world.company
    with clock.frozen(FEBRUARY):
        over = Asked(company, await ask(company, of_group(company, about=RecallAbout.THEMES, k=2)))
        await over.say("Dina", WORDS)
    runs = Asked(company, await ask(company, of_group(company, unit_id=company.organisation.units["AIR"], k=1)))
    await runs.say("Dina", WORDS)
    await runs.say("Bo", [WORDS[1]])
    await runs.mark("Bo", ["F1"])
    await _announce(world, runs)
    for name in ("Bo", "Chen", "Dina"):
        world.ids[f"recall question of {name}"] = public("rcq", await runs.question(name))
    for code in ("F1", "C1"):
        world.ids[f"recall priority {code}"] = public("rcp", await runs.priority(code))
    for prefix, table in (("rcr", "recall_round"), ("rcm", "recall_mark")):
        rows = await company.organisation.rows(f"select id from {table} order by id")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}
    assert world.rival is not None
    elsewhere = Asked(world.rival, await ask(world.rival))
    world.ids["elsewhere recall round"] = public("rcr", elsewhere.round_id)
    world.ids["elsewhere recall question"] = public("rcq", await elsewhere.question("Dina"))


async def _announce(world: "World", runs: Asked) -> None:
    tenant_id = world.company.tenant_id
    with database.tenant(tenant_id):
        for name in ("Dina", "Chen"):
            question_id: UUID = await runs.question(name)
            notice = Notice(
                person_id=world.company[name],
                kind=InboxKind.RECALL_ASKED,
                subject_type="recall_question",
                subject_id=question_id,
                dedupe_key=f"recall {name}",
                actor_id=world.company["Sofia"],
            )
            await inbox.announce(tenant_id, notice)
