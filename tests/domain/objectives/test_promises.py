"""From a submission to a decision: to whom it goes, what it binds to, and what remains of it."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from domain.kernel import clock
from domain.kernel.errors import InvalidInput, KeyReused, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.objectives import service, service_approvals
from domain.objectives.errors import NoApprover, ObjectiveNotSubmitted, SetOver100, WeightsNot100
from domain.objectives.terms import KeyResultKind
from domain.people.service_moves import Move, move_person
from domain.people.service_roles import NewDelegation, delegate_approvals
from tests.domain.objectives.company import FEWER, KEY_RESULT, Company, goal, today
from tests.domain.objectives.stages import ask, decline, withdraw


async def approvals(company: Company) -> list[tuple[object, ...]]:
    """State, version, approver and decider of all requests, the oldest first."""
    rows = await company.organisation.rows(
        "select state, version, approver_id, decided_by_id from approval order by requested_at, id"
    )
    return [tuple(row) for row in rows]


async def changes(company: Company) -> list[tuple[str, object, object]]:
    """Field, before and after, as the newest request shows them."""
    rows = await company.organisation.rows(
        """select c ->> 'field' field, c ->> 'before' before, c ->> 'after' after
           from (select * from approval order by requested_at desc, id desc limit 1) a,
                jsonb_array_elements(changes) with ordinality x (c, at) order by at"""
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


async def test_a_submission_asks_the_line_manager_about_one_version(company: Company) -> None:
    objective_id = await company.draft()
    await company.submit(objective_id, note="Please")

    [row] = await company.organisation.rows(
        """select o.state, o.version, o.submitted_at, a.state as answer, a.version as asked, a.note,
                  a.approver_id, a.requested_by_id, a.version_hash = o.version_hash as same,
                  v.version_hash = o.version_hash as kept
           from objective o join approval a on a.objective_id = o.id
                join objective_version v on v.objective_id = o.id"""
    )
    assert tuple(row) == (
        "SUBMITTED", 2, clock.now(), "OPEN", 2, "Please", company["Chen"], company["Dina"], True, True,
    )  # fmt: skip
    assert await company.organisation.facts("ObjectiveSubmitted") == [("ObjectiveSubmitted", objective_id)]
    assert len(await changes(company)) == 2 + 2 * 6 + 1


async def test_an_approval_makes_the_promise_and_sets_it_to_its_start(company: Company) -> None:
    band = replace(
        KEY_RESULT, kind=KeyResultKind.RANGE, start=None, target=None, low=Decimal(1), high=Decimal(2), weight=40
    )
    objective_id = await company.submitted(goal(key_results=(KEY_RESULT, band)))

    await company.approve(objective_id)

    assert (await company.state(objective_id), await company.version(objective_id)) == ("ACTIVE", 3)
    rows = await company.organisation.rows("select current, progress from key_result order by position")
    assert [tuple(row) for row in rows] == [(Decimal(70), Decimal(0)), (None, None)]
    [row] = await company.organisation.rows("select progress, approved_at from objective")
    assert tuple(row) == (Decimal(0), clock.now())
    assert await approvals(company) == [("APPROVED", 2, company["Chen"], company["Chen"])]


async def test_a_decline_deletes_nothing_and_the_next_request_shows_only_what_changed(company: Company) -> None:
    objective_id = await company.submitted()
    await decline(company, company.actor("Chen"), objective_id)
    first, second = await company.key_results(objective_id)
    harder = goal(key_results=(replace(KEY_RESULT, id=first, target=Decimal(85)), replace(FEWER, id=second)))

    await service.edit(company.actor("Dina"), objective_id, harder, version=3, key="edit")
    await company.submit(objective_id)

    assert await company.key_results(objective_id) == [first, second]
    assert await changes(company) == [("keyResult.target", "80", "85")]
    assert await approvals(company) == [
        ("DECLINED", 2, company["Chen"], company["Chen"]),
        ("OPEN", 5, company["Chen"], None),
    ]


async def test_what_was_withdrawn_was_never_decided_so_everything_stays_new(company: Company) -> None:
    objective_id = await company.submitted()
    await withdraw(company, company.actor("Dina"), objective_id)

    await company.submit(objective_id)

    assert len(await changes(company)) == 2 + 2 * 6 + 1
    assert [row[0] for row in await approvals(company)] == ["WITHDRAWN", "OPEN"]


async def test_a_withdrawn_objective_does_not_look_submitted(company: Company) -> None:
    objective_id = await company.submitted()

    await withdraw(company, company.actor("Dina"), objective_id)

    assert await company.organisation.value("select submitted_at from objective") is None
    assert await company.organisation.facts("ObjectiveWithdrawn") == [("ObjectiveWithdrawn", objective_id)]


async def test_a_declined_objective_goes_to_whoever_is_the_manager_then(company: Company) -> None:
    objective_id = await company.submitted()
    await decline(company, company.actor("Chen"), objective_id)
    await move_person(
        company.organisation.operator, Move(person_id=company["Dina"], on=today(), manager_id=company["Bo"])
    )

    await company.submit(objective_id)

    assert await company.approver(objective_id) == company["Bo"]
    with pytest.raises(NotFound):
        await company.approve(objective_id, by="Chen")
    await company.approve(objective_id, by="Bo")
    assert await company.state(objective_id) == "ACTIVE"


async def test_a_question_is_answered_by_the_next_submission(company: Company) -> None:
    objective_id = await company.submitted()
    await ask(company, company.actor("Chen"), objective_id)

    await company.submit(objective_id, note="Because")

    assert [row[0] for row in await approvals(company)] == ["INFORMATION_REQUESTED", "OPEN"]
    assert await changes(company) == []


@pytest.mark.parametrize("on", [date(2026, 6, 1), date(2026, 6, 30)])
async def test_who_stands_in_decides_on_the_first_and_on_the_last_day(company: Company, on: date) -> None:
    objective_id = await company.submitted()
    clock.advance(timedelta(days=(on - today()).days))

    await company.approve(objective_id, by="Delia")

    assert await approvals(company) == [("APPROVED", 2, company["Chen"], company["Delia"])]


@pytest.mark.parametrize("on", [date(2026, 5, 31), date(2026, 7, 1)])
async def test_who_stands_in_sees_nothing_before_and_after(company: Company, on: date) -> None:
    objective_id = await company.submitted()
    clock.advance(timedelta(days=(on - today()).days))

    with pytest.raises(NotFound):
        await company.approve(objective_id, by="Delia")

    assert await approvals(company) == [("OPEN", 2, company["Chen"], None)]


async def test_nobody_approves_an_own_objective_not_even_by_delegation(company: Company) -> None:
    to_owner = NewDelegation(to_id=company["Dina"], starts_on=today(), ends_on=today())
    await delegate_approvals(company.actor("Chen"), to_owner)
    objective_id = await company.submitted()

    with pytest.raises(NotPermitted):
        await company.approve(objective_id, by="Dina")

    assert await company.state(objective_id) == "SUBMITTED"


async def test_the_top_of_the_group_has_nobody_to_ask(company: Company) -> None:
    objective_id = await company.draft(owner="Ada")
    before = await company.everything()

    with pytest.raises(NoApprover):
        await company.submit(objective_id, owner="Ada")

    assert await company.everything() == before


async def test_incomplete_work_is_refused_and_stays_a_draft(company: Company) -> None:
    half = await company.draft(goal(key_results=(KEY_RESULT,)))
    none = await company.draft(goal(key_results=()))
    before = await company.everything()

    with pytest.raises(WeightsNot100):
        await company.submit(half)
    with pytest.raises(InvalidInput):
        await company.submit(none)

    assert await company.everything() == before


async def test_a_set_weighs_at_most_100_also_when_two_are_submitted_at_once(company: Company) -> None:
    two = [await company.draft(goal(title=title, weight=60)) for title in ("One", "Two")]

    answers = await asyncio.gather(*(company.submit(one) for one in two), return_exceptions=True)

    assert sorted(type(one).__name__ for one in answers) == ["NoneType", "SetOver100"]
    assert sorted([await company.state(one) for one in two]) == ["DRAFT", "SUBMITTED"]


async def test_a_declined_objective_makes_room_for_another(company: Company) -> None:
    declined = await company.submitted(goal(weight=80))
    other = await company.draft(goal(weight=30))
    with pytest.raises(SetOver100):
        await company.submit(other)

    await decline(company, company.actor("Chen"), declined)
    await company.submit(other)

    assert await company.state(other) == "SUBMITTED"


async def test_of_eight_decisions_at_once_one_counts(company: Company) -> None:
    objective_id = await company.submitted()
    chen, delia = company.actor("Chen"), company.actor("Delia")

    answers = await asyncio.gather(
        *(
            service_approvals.approve(actor, objective_id, version=2, key=str(new_id()))
            for actor in (chen, delia, chen, delia)
        ),
        *(
            service_approvals.decline(actor, objective_id, version=2, key=str(new_id()), reason="No")
            for actor in (chen, delia, chen, delia)
        ),
        return_exceptions=True,
    )

    assert sorted(type(one).__name__ for one in answers) == [*["StaleVersion"] * 7, "UUID"]
    decisions = await company.organisation.facts("ObjectiveApproved", "ObjectiveDeclined")
    assert [subject for _, subject in decisions] == [objective_id]
    assert len(await approvals(company)) == 1


async def test_a_decision_on_an_older_version_is_stale(company: Company) -> None:
    objective_id = await company.submitted()
    await withdraw(company, company.actor("Dina"), objective_id)
    await company.submit(objective_id)
    before = await company.everything()

    with pytest.raises(StaleVersion) as refused:
        await service_approvals.approve(company.actor("Chen"), objective_id, version=2, key="late")

    assert refused.value.current == objective_id
    assert await company.everything() == before


async def test_a_repeated_decision_is_answered_as_the_first_time(company: Company) -> None:
    objective_id, chen = await company.submitted(), company.actor("Chen")

    answers = [await service_approvals.approve(chen, objective_id, version=2, key="tap") for _ in range(3)]
    with pytest.raises(KeyReused):
        await service_approvals.decline(chen, objective_id, version=2, key="tap", reason="No")
    with pytest.raises(ObjectiveNotSubmitted):
        await service_approvals.approve(chen, objective_id, version=3, key="another tap")

    assert answers == [objective_id] * 3
    assert len(await company.organisation.facts("ObjectiveApproved")) == 1


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\x00"])
async def test_a_reason_is_given_in_words(company: Company, reason: str) -> None:
    objective_id = await company.submitted()
    before = await company.everything()

    with pytest.raises(InvalidInput) as refused:
        await service_approvals.decline(company.actor("Chen"), objective_id, version=2, key="k", reason=reason)

    assert refused.value.field == "reason"
    assert await company.everything() == before


async def test_the_end_of_a_cycle_takes_open_requests_back_and_judges_promises(company: Company) -> None:
    kept = {name: await company.promised(goal(title=name, weight=10)) for name in ("missed", "achieved", "unknown")}
    open_one = await company.submitted(goal(weight=10))
    await company.organisation.rows("update objective set progress = 100 where id = $1", kept["achieved"])
    await company.organisation.rows("update objective set progress = null where id = $1", kept["unknown"])

    await company.close()
    await company.close()

    states = {name: await company.state(one) for name, one in (kept | {"open": open_one}).items()}
    assert states == {"missed": "MISSED", "achieved": "ACHIEVED", "unknown": "MISSED", "open": "ARCHIVED"}
    assert (
        await company.organisation.value("select state from approval where objective_id = $1", open_one) == "WITHDRAWN"
    )
    assert await company.organisation.facts("CycleClosed", "ObjectiveWithdrawn") == [
        ("CycleClosed", company.cycle_id),
        ("ObjectiveWithdrawn", open_one),
    ]
