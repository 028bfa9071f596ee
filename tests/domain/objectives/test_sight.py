"""For how long those see an objective who were asked about it and have no other part in it."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock, database, views
from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id
from domain.objectives import service_approvals, service_check_ins
from domain.objectives.terms import ObjectiveState
from domain.objectives.views import CHECK_IN, OBJECTIVE
from domain.people.service_moves import Move, move_person
from tests.domain.objectives.company import Company, today

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


async def sees(company: Company, name: str, row_id: UUID, view: views.View = OBJECTIVE) -> bool:
    actor = company.actor(name)
    sql, values = views.visible_row(view, row_id, actor)
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval(sql, *values) is not None


async def check_in(company: Company, objective_id: UUID) -> UUID:
    first, _ = await company.key_results(objective_id)
    return await service_check_ins.check_in(company.actor("Dina"), first, Decimal(75), key=str(new_id()))


@pytest.mark.parametrize("decider", ["Chen", "Delia"])
async def test_who_stands_in_sees_what_was_decided_for_a_day(company: Company, decider: str) -> None:
    objective_id = await company.submitted()
    clock.advance(3 * DAY)
    seen = [await sees(company, "Delia", objective_id)]
    await company.approve(objective_id, by=decider)

    for wait in (DAY - INSTANT, INSTANT):
        clock.advance(wait)
        seen.append(await sees(company, "Delia", objective_id))

    assert seen == [True, True, False]
    assert await sees(company, "Chen", objective_id)


async def test_who_stands_in_sees_nothing_of_what_was_decided_before(company: Company) -> None:
    theirs = await company.draft(owner="Emil")
    await company.submit(theirs, owner="Emil")
    await company.approve(theirs)
    waiting = await company.submitted()
    clock.advance(2 * DAY)

    assert [await sees(company, "Delia", one) for one in (theirs, waiting)] == [False, True]


async def test_a_former_manager_loses_sight_of_what_they_approved(company: Company) -> None:
    objective_id = await company.promised()
    await move_person(
        company.organisation.operator,
        Move(person_id=company["Dina"], on=today(), manager_id=company["Oskar"]),
    )
    seen = [await sees(company, "Chen", objective_id)]
    clock.advance(DAY)
    told = await check_in(company, objective_id)

    seen.append(await sees(company, "Chen", objective_id))

    assert seen == [True, False]
    assert not await sees(company, "Chen", told, CHECK_IN)
    assert await sees(company, "Oskar", told, CHECK_IN)


async def test_who_comes_too_late_hears_that_it_was_decided_and_after_a_day_nothing(company: Company) -> None:
    objective_id = await company.submitted()
    await company.approve(objective_id)
    delia = company.actor("Delia")
    codes: list[str] = []

    for version, wait in ((2, timedelta(0)), (3, timedelta(0)), (3, DAY)):
        clock.advance(wait)
        with pytest.raises(DomainError) as refused:
            await service_approvals.approve(delia, objective_id, version=version, key=str(new_id()))
        codes.append(refused.value.code)

    assert codes == ["stale_version", "objective_not_submitted", "not_found"]


async def test_the_manager_hears_that_it_was_decided_whenever_they_come(company: Company) -> None:
    objective_id = await company.submitted()
    await company.approve(objective_id, by="Delia")
    clock.advance(10 * DAY)

    with pytest.raises(DomainError) as refused:
        await company.approve(objective_id)

    assert refused.value.code == "objective_not_submitted"


@pytest.mark.parametrize("state", ObjectiveState)
async def test_an_owner_sees_an_own_check_in_whatever_became_of_the_objective(
    company: Company, state: ObjectiveState
) -> None:
    objective_id = await company.promised()
    made = await check_in(company, objective_id)

    await company.organisation.rows("update objective set state = $1 where id = $2", state, objective_id)

    assert await sees(company, "Dina", made, CHECK_IN)
