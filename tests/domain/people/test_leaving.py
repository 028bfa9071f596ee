"""Who leaves is replaced: reports get another manager, and roles and delegations end with the employment."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.kernel import clock, database
from domain.kernel.actor import Role
from domain.people import rules, service, service_leaving, service_roles
from domain.people.service_roles import Grant, NewDelegation
from tests.domain.organisations import START, Organisation

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
LAST_DAY = date(2026, 3, 31)
AFTER = LAST_DAY + timedelta(days=1)


async def managers(organisation: Organisation, on: date) -> dict[str, str]:
    rows = await organisation.rows(
        """select p.code person, m.code manager from reporting_line l join person p on p.id = l.person_id
           join person m on m.id = l.manager_id where l.kind = 'LINE' and l.valid_from <= $1 and $1 < l.valid_to
           order by 1""",
        on,
    )
    return {row["person"]: row["manager"] for row in rows}


async def test_reports_answer_to_the_managers_manager_from_the_day_after(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_leaving.leave(organisation.operator, organisation["Chen"], last_day=LAST_DAY)

    assert await managers(organisation, LAST_DAY) == {"Bo": "Ada", "Chen": "Bo", "Dina": "Chen", "Emil": "Chen"}
    assert await managers(organisation, AFTER) == {"Bo": "Ada", "Dina": "Bo", "Emil": "Bo"}
    facts = await organisation.facts("PersonLeft", "ReportingLineChanged")
    assert set(facts[:-1]) == {
        ("ReportingLineChanged", organisation["Chen"]),
        ("ReportingLineChanged", organisation["Dina"]),
        ("ReportingLineChanged", organisation["Emil"]),
    }
    assert facts[-1] == ("PersonLeft", organisation["Chen"])


async def test_a_successor_from_the_team_answers_to_the_managers_manager(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_leaving.leave(
            organisation.operator, organisation["Chen"], last_day=LAST_DAY, successor_id=organisation["Dina"]
        )

    assert await managers(organisation, AFTER) == {"Bo": "Ada", "Dina": "Bo", "Emil": "Dina"}


async def test_the_head_cannot_leave_without_a_successor(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        with pytest.raises(rules.StillNeeded, match="1 persons answer to this one after 2026-03-31"):
            await service_leaving.leave(organisation.operator, organisation["Ada"], last_day=LAST_DAY)
        assert await organisation.facts("PersonLeft") == []

        await service_leaving.leave(
            organisation.operator, organisation["Ada"], last_day=LAST_DAY, successor_id=organisation["Bo"]
        )

    assert await managers(organisation, AFTER) == {"Chen": "Bo", "Dina": "Chen", "Emil": "Chen"}


async def test_roles_and_delegations_end_with_the_employment(organisation: Organisation) -> None:
    chen = organisation["Chen"]
    await service_roles.grant_role(organisation.operator, Grant(person_id=chen, role=Role.STRATEGY_OFFICE, on=START))
    with clock.frozen(NOW):
        await service_roles.delegate_approvals(
            organisation.actor("Chen"),
            NewDelegation(to_id=organisation["Dina"], starts_on=date(2026, 3, 20), ends_on=date(2026, 4, 20)),
        )

        await service_leaving.leave(organisation.operator, chen, last_day=LAST_DAY)

    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            held = [await service.roles_of(connection, chen, on) for on in (LAST_DAY, AFTER)]
            delegates = [await service.delegates_of(connection, chen, on) for on in (LAST_DAY, AFTER)]
    assert held == [{Role.EMPLOYEE, Role.MANAGER, Role.STRATEGY_OFFICE}, frozenset()]
    assert delegates == [[organisation["Dina"]], []]


async def test_who_left_cannot_leave_again(organisation: Organisation) -> None:
    with clock.frozen(NOW):
        await service_leaving.leave(organisation.operator, organisation["Dina"], last_day=LAST_DAY)

        with pytest.raises(rules.NothingHolds, match="There is no employment on 2026-04-15"):
            await service_leaving.leave(organisation.operator, organisation["Dina"], last_day=date(2026, 4, 15))
