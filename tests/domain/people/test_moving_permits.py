"""Persons are moved by administrators, and by HR partners within their units; for others nothing changes."""

from datetime import UTC, date, datetime

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.errors import NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.people import service_moves, service_roles
from domain.people.service_moves import Move
from domain.people.service_roles import Grant
from tests.domain.organisations import START, Organisation

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)


async def partner_of(organisation: Organisation, unit: str) -> None:
    grant = Grant(person_id=organisation["Emil"], role=Role.HR_PARTNER, unit_id=organisation.units[unit], on=START)
    await service_roles.grant_role(organisation.operator, grant)


async def test_an_hr_partner_moves_persons_within_the_unit_and_below(organisation: Organisation) -> None:
    await partner_of(organisation, "OPS")

    with clock.frozen(NOW):
        await service_moves.move_person(
            organisation.actor("Emil", Role.HR_PARTNER),
            Move(person_id=organisation["Dina"], on=TODAY, unit_id=organisation.units["OPS"]),
        )

    assert await organisation.facts("PersonMoved") == [("PersonMoved", organisation["Dina"])]


@pytest.mark.parametrize(
    ("person", "unit"), [("Bo", "AIR"), ("Dina", "AIR")], ids=["of another unit", "into another unit"]
)
async def test_an_hr_partner_moves_nobody(organisation: Organisation, person: str, unit: str) -> None:
    await partner_of(organisation, "OPS")

    with clock.frozen(NOW), pytest.raises(NotPermitted, match="Only an administrator or the unit's HR partner"):
        await service_moves.move_person(
            organisation.actor("Emil", Role.HR_PARTNER),
            Move(person_id=organisation[person], on=TODAY, unit_id=organisation.units[unit], share=50),
        )

    assert await organisation.facts("PersonMoved", "ReportingLineChanged") == []


@pytest.mark.parametrize("roles", [(), (Role.MANAGER,), (Role.HR_PARTNER,), (Role.STRATEGY_OFFICE,)])
async def test_the_word_of_a_role_without_a_grant_moves_nobody(
    organisation: Organisation, roles: tuple[Role, ...]
) -> None:
    with clock.frozen(NOW), pytest.raises(NotPermitted):
        await service_moves.move_person(
            organisation.actor("Chen", *roles),
            Move(person_id=organisation["Dina"], on=TODAY, manager_id=organisation["Bo"]),
        )


async def test_a_stranger_is_not_found(organisation: Organisation) -> None:
    with clock.frozen(NOW), pytest.raises(NotFound):
        await service_moves.move_person(organisation.operator, Move(person_id=new_id(), on=TODAY, share=50))
