"""Who leads a unit follows from the lines, and whoever leads one leads what is below it."""

from datetime import UTC, date, datetime

import pytest

from domain.kernel import clock, database
from domain.kernel.views import Slots
from domain.people import views_leading
from domain.people.service_moves import Move, move_person
from tests.domain.organisations import Organisation

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


async def led(organisation: Organisation, name: str) -> set[str]:
    """The codes of the units that a person leads today."""
    actor = organisation.actor(name)
    slots = Slots(views_leading.FACTS)
    sql = f"select unnest({slots['units_led']})"
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            found = await connection.fetch(sql, *slots.values_for(actor))
    codes = {row_id: code for code, row_id in organisation.units.items()}
    return {codes[row[0]] for row in found}


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("Ada", {"GROUP", "AIR", "OPS", "CREW"}),
        ("Bo", {"AIR", "OPS", "CREW"}),
        ("Chen", {"OPS", "CREW"}),
        ("Dina", set[str]()),
    ],
)
async def test_whoever_leads_a_unit_leads_what_is_below(organisation: Organisation, name: str, units: set[str]) -> None:
    with clock.frozen(NOW):
        assert await led(organisation, name) == units


async def test_who_answers_to_somebody_of_the_same_unit_does_not_lead_it(organisation: Organisation) -> None:
    await organisation.hire("Fay", unit="AIR", manager="Bo")
    await organisation.hire("Gil", unit="AIR", manager="Fay")

    with clock.frozen(NOW):
        assert await led(organisation, "Fay") == set()
        assert await led(organisation, "Bo") == {"AIR", "OPS", "CREW"}


async def test_who_moves_on_leads_the_old_unit_no_more(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        move = Move(
            person_id=organisation["Chen"],
            on=date(2026, 3, 2),
            unit_id=organisation.units["AIR"],
            manager_id=organisation["Bo"],
        )
        await move_person(organisation.operator, move)

        assert await led(organisation, "Chen") == set()
