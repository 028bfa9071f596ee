"""The organisation as a whole: who stands above whom, who approves, and what the journal heard."""

from domain.kernel import database
from domain.people import service
from tests.domain.organisations import START, Organisation


async def test_the_closure_of_units_holds_every_ancestor_with_its_distance(organisation: Organisation) -> None:
    rows = await organisation.rows(
        """select a.code above, d.code below, c.depth from unit_closure c
           join unit a on a.id = c.ancestor_id join unit d on d.id = c.descendant_id order by 2, 3"""
    )

    assert [tuple(row) for row in rows] == [
        ("AIR", "AIR", 0),
        ("GROUP", "AIR", 1),
        ("CREW", "CREW", 0),
        ("OPS", "CREW", 1),
        ("AIR", "CREW", 2),
        ("GROUP", "CREW", 3),
        ("GROUP", "GROUP", 0),
        ("OPS", "OPS", 0),
        ("AIR", "OPS", 1),
        ("GROUP", "OPS", 2),
    ]


async def test_the_line_manager_approves_and_nobody_approves_for_the_head(organisation: Organisation) -> None:
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            dinas = await service.approver_for(connection, organisation["Dina"], START)
            adas = await service.approver_for(connection, organisation["Ada"], START)

    assert dinas == organisation["Chen"]
    assert adas is None
