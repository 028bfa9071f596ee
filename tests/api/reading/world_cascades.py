"""Targets thrown down to be read: accepted, countered and thrown further, prepared, and served in other ways."""

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.ids import new_id, public
from domain.objectives.cascading import service_aligning, service_answering
from domain.objectives.cascading.service_aligning import Proposal
from domain.objectives.cascading.terms import AlignmentMethod
from domain.objectives.terms import Audience
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.cascading.throws import accept, receivers, slices, throw
from tests.domain.objectives.company import goal

if TYPE_CHECKING:
    from tests.api.reading.world import World

METHODS = AlignmentMethod
HUGE = Decimal("999999999999999999.99999999999999999999")


async def furnish(world: "World") -> None:
    """What Bo throws to Chen and Dina, what Chen throws on, and what else serves; the clock stands."""
    company = world.company
    top, flights = await throws.promised(company, "Bo", title="Fly more", audience=Audience.GROUP, weight=3)
    _, letters = await throws.promised(company, "Bo", title="Fewer letters", weight=1)
    await throw(company, letters, receivers(company, Chen=100), by="Bo", publish=False)
    await throw(company, flights, receivers(company, Chen=50, Dina=30), by="Bo", reserve=20)
    thrown = await slices(company, flights)
    middle, of_chen = await accept(company, thrown["Chen"], by="Chen")
    await company.organisation.rows("update objective set weight = 5, audience = 'UNIT' where id = $1", middle)
    await throws.approve(company, middle, owner="Chen")
    await service_answering.counter(
        company.actor("Dina"),
        thrown["Dina"],
        HUGE,
        version=1,
        key="counter",
        reason="天气 — and two aircraft.",
        resources="一架飞机",
    )
    await throw(company, of_chen, receivers(company, Dina=40), reserve=5, waiver="Five may stay.")
    lowest, _ = await accept(company, (await slices(company, of_chen))["Dina"], by="Dina")
    world.objectives |= {"top": top, "middle": middle, "lowest": lowest}
    await _serve(world)
    await _name_ids(world)


async def _serve(world: "World") -> None:
    """Counted by half, shown only, asked upwards, and declined."""
    company, found = world.company, world.objectives
    both = await company.promised(goal(weight=1, title="Serves two", parent_id=found["ACTIVE"]))
    found["both"] = both
    bo = company.actor("Bo")
    agreed = await _propose(
        world, "Dina", Proposal(child_id=both, parent_id=found["top"], method=METHODS.WEIGHTED, weight=50)
    )
    await service_answering.accept(bo, agreed, version=1, key="agreed")
    await _propose(world, "Dina", Proposal(child_id=both, parent_id=found["odd"], method=METHODS.QUALITATIVE))
    await _propose(
        world, "Dina", Proposal(child_id=found["big"], parent_id=found["top"], method=METHODS.SHARED, reason="准")
    )
    declined = await _propose(
        world, "Dina", Proposal(child_id=found["odd"], parent_id=found["top"], method=METHODS.SHARED)
    )
    await service_answering.decline(bo, declined, version=1, key="declined", reason="Not this one.")


async def _propose(world: "World", name: str, proposal: Proposal) -> UUID:
    return await service_aligning.propose(world.company.actor(name), proposal, key=str(new_id()))


async def _name_ids(world: "World") -> None:
    rows = await world.company.organisation.rows("select id, state from alignment order by proposed_at, id")
    for at, row in enumerate(rows):
        world.ids[f"alignment {at} {row['state']}"] = public("aln", row["id"])
    key_results = await world.company.organisation.rows("select key_result_id as id from target_split order by id")
    for at, row in enumerate(key_results):
        world.ids[f"key_result split {at}"] = public("kr", row["id"])
