"""A fact reaches the inboxes of those whom it concerns: once, and only while it is true."""

from datetime import timedelta

from domain.kernel import clock, database
from domain.kernel.relay import Entry
from domain.objectives.model import Approval
from notifications import announcements
from tests.notifications.conftest import Office
from tests.notifications.ground import Ground, show_journal

ASKED_OPEN = ("APPROVAL_REQUESTED", "OPEN")
ASKED_DONE = ("APPROVAL_REQUESTED", "DONE")
ASKED_WITHDRAWN = ("APPROVAL_REQUESTED", "WITHDRAWN")


async def test_a_submission_asks_the_approver_and_nobody_else(ground: Ground) -> None:
    await ground.submitted()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_OPEN]
    assert await ground.inbox_of(ground.owner_id) == []
    assert await ground.inbox_of(ground.stand_in_id) == []


async def test_an_approval_closes_the_request_and_tells_the_owner(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.approved()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_DONE]
    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_APPROVED", "OPEN")]


async def test_a_refusal_closes_the_request_and_tells_the_owner(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.declined()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_DONE]
    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_DECLINED", "OPEN")]


async def test_a_question_closes_the_request_and_is_closed_by_the_next_one(
    ground: Ground,
) -> None:
    await ground.submitted()
    await ground.asked_back()
    await show_journal()
    assert await ground.inbox_of(ground.owner_id) == [("INFORMATION_REQUESTED", "OPEN")]

    await ground.submitted_again()
    await show_journal()

    assert await ground.inbox_of(ground.owner_id) == [("INFORMATION_REQUESTED", "DONE")]


async def test_a_withdrawal_withdraws_the_request(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.withdrawn()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_WITHDRAWN]
    assert await ground.inbox_of(ground.owner_id) == []


async def test_a_rerouted_request_leaves_one_inbox_and_enters_the_other(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.rerouted(former=ground.manager_id, to=ground.stand_in_id)

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_WITHDRAWN]
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_OPEN]


async def test_a_request_that_comes_back_is_announced_again(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.rerouted(former=ground.manager_id, to=ground.stand_in_id)
    await show_journal()
    await ground.rerouted(former=ground.stand_in_id, to=ground.manager_id)

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_WITHDRAWN, ASKED_OPEN]
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_WITHDRAWN]


async def test_a_stand_in_is_asked_during_the_delegation_only(ground: Ground) -> None:
    today = clock.today("Asia/Singapore")
    tomorrow = today + timedelta(days=1)
    await ground.delegate(ground.manager_id, to=ground.stand_in_id, begins=today, ends=tomorrow)
    await ground.delegate(ground.manager_id, to=ground.owner_id, begins=today, ends=tomorrow)
    await ground.submitted()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_OPEN]
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_OPEN]
    assert await ground.inbox_of(ground.owner_id) == []


async def test_a_delegation_that_is_over_asks_nobody(ground: Ground) -> None:
    today = clock.today("Asia/Singapore")
    await ground.delegate(ground.manager_id, to=ground.stand_in_id, begins=today - timedelta(days=2), ends=today)
    await ground.submitted()

    await show_journal()

    assert await ground.inbox_of(ground.stand_in_id) == []


async def test_an_event_that_was_written_twice_is_announced_once(office: Office) -> None:
    ground = office.ground
    await ground.submitted()
    await ground.submitted()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == [ASKED_OPEN]
    assert len(await ground.deliveries()) == 1


async def test_an_entry_that_is_shown_twice_changes_nothing(office: Office) -> None:
    ground = office.ground
    entry = entry_of(ground, "ObjectiveSubmitted")

    with database.tenant(ground.tenant_id):
        await announcements.hear(entry)
        await announcements.hear(entry)

    assert await ground.inbox_of(ground.manager_id) == [ASKED_OPEN]
    assert len(await ground.deliveries()) == 1


async def test_a_submission_that_is_heard_after_the_decision_asks_nobody(ground: Ground) -> None:
    await ground.approved()
    await show_journal()
    await ground.submitted()

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == []
    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_APPROVED", "OPEN")]


async def test_a_decision_that_is_heard_late_does_not_close_the_next_request(
    ground: Ground,
) -> None:
    await ground.submitted()
    await show_journal()
    late = entry_of(ground, "InformationRequested", approval_id="019a0000-0000-7000-8000-000000000000")

    with database.tenant(ground.tenant_id):
        await announcements.hear(late)

    assert await ground.inbox_of(ground.manager_id) == [ASKED_OPEN]
    assert await ground.inbox_of(ground.owner_id) == []


async def test_facts_that_concern_nobody_are_passed_by(office: Office) -> None:
    with database.tenant(office.ground.tenant_id):
        await announcements.hear(entry_of(office.ground, "ObjectiveDrafted"))

    assert await office.ground.deliveries() == []


async def test_nobody_is_told_what_they_did_themselves(ground: Ground) -> None:
    with database.tenant(ground.tenant_id):
        await Approval.filter(id=ground.approval_id).update(approver_id=ground.stand_in_id)
    await ground.rerouted(former=ground.manager_id, to=ground.manager_id)

    await show_journal()

    assert await ground.inbox_of(ground.manager_id) == []


def entry_of(ground: Ground, kind: str, *, approval_id: str | None = None) -> Entry:
    return Entry(
        tenant_id=ground.tenant_id,
        id=1,
        at=clock.now(),
        kind=kind,
        subject_type="objective",
        subject_id=ground.objective_id,
        actor_person_id=None,
        hearers=(),
        payload={
            "owner_id": str(ground.owner_id),
            "approval_id": approval_id or str(ground.approval_id),
            "approver_id": str(ground.manager_id),
        },
    )
