"""Open requests follow the reporting line on its dates, once, and whoever is no longer asked loses sight."""

import asyncio
from datetime import date, timedelta

import pytest

from domain.kernel import clock, database
from domain.kernel.errors import DomainError, NotFound, NotPermitted
from domain.kernel.relay import Entry
from domain.kernel.work import Work, begin
from domain.objectives import service_approvals, service_routing
from domain.people import service_leaving, service_lines
from domain.people.service_moves import Move, move_person
from tests.domain.objectives.company import Company, today

TOMORROW = timedelta(days=1)


async def give_to(company: Company, manager: str, *, on: date) -> None:
    """Dina answers to somebody else from this date."""
    move = Move(person_id=company["Dina"], on=on, manager_id=company[manager])
    await move_person(company.organisation.operator, move)


async def reroutes(company: Company) -> list[tuple[object, object]]:
    """From whom to whom, as the journal tells."""
    rows = await company.organisation.rows(
        """select payload ->> 'former_approver_id' former, payload ->> 'approver_id' now, subject_id, hearers
           from journal where kind = 'ApprovalRerouted' order by id"""
    )
    names = {str(person_id): name for name, person_id in company.organisation.persons.items()}
    return [(names[row["former"]], names[row["now"]]) for row in rows]


async def may_approve(company: Company, objective_id: object, name: str) -> bool:
    try:
        await company.approve(objective_id, by=name)  # type: ignore[arg-type]
    except NotFound:
        return False
    return True


async def test_a_move_of_today_brings_the_request_to_the_new_manager(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today())

    moved = await service_routing.reroute(company.tenant_id)
    again = await service_routing.reroute(company.tenant_id)

    assert (moved, again) == (1, 0)
    assert await company.approver(objective_id) == company["Bo"]
    assert await reroutes(company) == [("Chen", "Bo")]
    assert not await may_approve(company, objective_id, "Chen")
    assert not await may_approve(company, objective_id, "Delia")
    assert await may_approve(company, objective_id, "Bo")


async def test_a_move_of_the_future_waits_for_its_day_in_the_zone_of_the_tenant(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Oskar", on=today() + TOMORROW)

    early = await service_routing.reroute(company.tenant_id)
    clock.advance(timedelta(hours=11, minutes=59))
    still_early = await service_routing.reroute(company.tenant_id)
    clock.advance(timedelta(minutes=1))
    due = await service_routing.reroute(company.tenant_id)

    assert (early, still_early, due) == (0, 0, 1)
    assert await company.approver(objective_id) == company["Oskar"]
    assert await reroutes(company) == [("Chen", "Oskar")]


async def test_a_move_that_is_told_late_still_moves_the_request(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today() - timedelta(days=20))

    moved = await service_routing.reroute(company.tenant_id)

    assert moved == 1
    assert await company.approver(objective_id) == company["Bo"]


async def test_a_move_there_and_back_on_one_day_leaves_it_where_it_was(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today())
    await give_to(company, "Chen", on=today())

    assert await service_routing.reroute(company.tenant_id) == 0
    assert await company.approver(objective_id) == company["Chen"]
    assert await reroutes(company) == []


async def test_a_decided_request_stays_with_who_decided_it(company: Company) -> None:
    objective_id = await company.promised()
    await give_to(company, "Bo", on=today())

    assert await service_routing.reroute(company.tenant_id) == 0
    assert await company.approver(objective_id) == company["Chen"]


async def test_a_request_outlives_the_manager_who_left(company: Company) -> None:
    objective_id = await company.submitted()
    await service_leaving.leave(company.organisation.operator, company["Chen"], last_day=today() - TOMORROW)

    assert await service_routing.reroute(company.tenant_id) == 1
    assert await company.approver(objective_id) == company["Bo"]


async def test_a_request_of_who_has_no_manager_stays_until_there_is_one(company: Company) -> None:
    objective_id = await company.submitted()
    operator = company.organisation.operator
    await service_lines.end_line(operator, company["Dina"], manager_id=company["Chen"], on=today())
    moved = [await service_routing.reroute(company.tenant_id)]
    asked = [await company.approver(objective_id)]

    await give_to(company, "Oskar", on=today())
    moved.append(await service_routing.reroute(company.tenant_id))
    asked.append(await company.approver(objective_id))

    assert moved == [0, 1]
    assert asked == [company["Chen"], company["Oskar"]]


async def test_who_was_asked_may_still_decide_for_who_has_no_manager(company: Company) -> None:
    objective_id = await company.submitted()
    operator = company.organisation.operator
    await service_lines.end_line(operator, company["Dina"], manager_id=company["Chen"], on=today())
    await service_routing.reroute(company.tenant_id)

    assert await may_approve(company, objective_id, "Chen")
    assert await company.state(objective_id) == "ACTIVE"


async def hear_the_journal(company: Company) -> None:
    """Show everything that happened to the reader, as the relay does."""
    for row in await company.organisation.rows("select * from journal order by id"):
        found = {name: row[name] for name in ("tenant_id", "id", "at", "kind", "subject_type", "subject_id")}
        entry = Entry(**found, actor_person_id=row["actor_person_id"], hearers=tuple(row["hearers"]), payload={})
        await service_routing.hear(entry)


async def test_a_changed_line_is_heard_from_the_journal(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today())

    await hear_the_journal(company)
    await hear_the_journal(company)

    assert await company.approver(objective_id) == company["Bo"]
    assert await reroutes(company) == [("Chen", "Bo")]


async def test_a_manager_who_left_is_heard_of_from_the_journal(company: Company) -> None:
    objective_id = await company.submitted()
    await service_leaving.leave(company.organisation.operator, company["Chen"], last_day=today() - TOMORROW)

    await hear_the_journal(company)

    assert await company.approver(objective_id) == company["Bo"]


async def test_hearing_of_a_changed_line_needs_no_connection_beside_its_transaction(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today())
    gate = database.gate()

    async with gate.acquire(), gate.acquire(), asyncio.timeout(5):
        await hear_the_journal(company)

    assert await company.approver(objective_id) == company["Bo"]


async def test_all_tenants_are_looked_after(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Bo", on=today())

    assert await service_routing.reroute_everywhere() >= 1
    assert await company.approver(objective_id) == company["Bo"]


async def test_a_request_in_a_batch_of_others_moves_with_its_own_line(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_routing, "BATCH", 2)
    requests = [await company.submitted() for _ in range(5)]
    theirs = await company.draft(owner="Emil")
    await company.submit(theirs, owner="Emil")
    await give_to(company, "Bo", on=today())

    assert await service_routing.reroute(company.tenant_id) == 5
    assert {await company.approver(one) for one in requests} == {company["Bo"]}
    assert await company.approver(theirs) == company["Chen"]


async def test_a_decision_that_meets_a_re_routing_is_judged_by_who_is_asked_then(company: Company) -> None:
    objective_id, is_held = await company.submitted(), asyncio.Event()

    async def decide() -> None:
        await is_held.wait()
        await company.approve(objective_id, by="Chen")

    deciding = asyncio.create_task(decide())
    async with begin(company.organisation.operator) as work:
        await work.connection.execute("update approval set approver_id = $1", company["Bo"])
        is_held.set()
        await _somebody_waits(work)

    with pytest.raises(NotPermitted):
        await deciding
    assert await company.state(objective_id) == "SUBMITTED"


async def _somebody_waits(work: Work) -> None:
    """Until another transaction waits for what this one holds."""
    mine = "select count(*) from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))"
    async with asyncio.timeout(10):
        while not await work.connection.fetchval(mine):
            continue


async def test_whoever_lost_the_request_cannot_decide_it_with_an_old_screen(company: Company) -> None:
    objective_id = await company.submitted()
    await give_to(company, "Oskar", on=today())
    await service_routing.reroute(company.tenant_id)
    before = await company.everything()

    for name in ("Chen", "Delia"):
        with pytest.raises(DomainError) as refused:
            await service_approvals.approve(company.actor(name), objective_id, version=2, key=f"tap {name}")
        assert refused.value.code == "not_found"

    assert await company.everything() == before
