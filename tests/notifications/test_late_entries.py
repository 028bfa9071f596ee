"""Entries that are heard late, early or at once leave the inboxes as they would be in order."""

import asyncio

from domain.kernel import relay
from domain.kernel.relay import Entry
from domain.kernel.work import begin
from notifications import announcements, worker
from notifications.courier import Courier
from tests.notifications.conftest import Office
from tests.notifications.ground import Ground, show_journal

ASKED_OPEN = ("APPROVAL_REQUESTED", "OPEN")
ASKED_DONE = ("APPROVAL_REQUESTED", "DONE")
ASKED_WITHDRAWN = ("APPROVAL_REQUESTED", "WITHDRAWN")


async def test_a_rerouting_that_is_heard_late_takes_nothing_from_the_approver_of_today(office: Office) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await ground.rerouted(former=ground.manager_id, to=ground.owner_id)
    await ground.rerouted(former=ground.owner_id, to=ground.stand_in_id)
    first, last = await written(ground)

    await hear(ground, last)
    await hear(ground, first)

    assert await ground.inbox_of(ground.manager_id) == [ASKED_WITHDRAWN]
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_OPEN]


async def test_a_rerouting_that_is_heard_early_is_heard_once(ground: Ground) -> None:
    await ground.submitted()
    await ground.rerouted(former=ground.manager_id, to=ground.stand_in_id)
    submitted, rerouted = await written(ground)

    for entry in (rerouted, submitted, rerouted):
        await hear(ground, entry)

    assert await ground.inbox_of(ground.manager_id) == []
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_OPEN]


async def test_two_workers_that_hear_of_one_request_at_once_ask_once(ground: Ground) -> None:
    await ground.submitted()
    await ground.rerouted(former=ground.owner_id, to=ground.stand_in_id)
    await ground.rerouted(former=ground.owner_id, to=ground.stand_in_id)
    entries = await written(ground)

    await asyncio.gather(*(hear(ground, entry) for entry in entries))

    assert len(entries) == 3
    assert await ground.inbox_of(ground.stand_in_id) == [ASKED_OPEN]


async def test_a_submission_that_is_heard_late_leaves_its_refusal_open(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await ground.declined()
    submitted, declined = await written(ground)

    await hear(ground, declined)
    await hear(ground, submitted)
    await worker.deliver_due(courier)

    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_DECLINED", "OPEN")]
    assert await ground.inbox_of(ground.manager_id) == []
    assert await ground.ends() == [("SENT", None)]


async def test_answers_to_an_earlier_request_are_heard_late_without_effect(ground: Ground) -> None:
    await ground.submitted()
    await ground.declined()
    newer = await ground.submitted_again()
    await newer.declined()
    first, first_answer, second, second_answer = await written(ground)

    for entry in (second_answer, second, first_answer, first):
        await hear(ground, entry)

    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_DECLINED", "OPEN")]
    assert await ground.inbox_of(ground.manager_id) == []


async def test_a_new_request_closes_the_refusal_of_the_last_one(ground: Ground) -> None:
    await ground.submitted()
    await show_journal()
    await ground.declined()
    await show_journal()
    await ground.submitted_again()

    await show_journal()

    assert await ground.inbox_of(ground.owner_id) == [("OBJECTIVE_DECLINED", "DONE")]
    assert await ground.inbox_of(ground.manager_id) == [ASKED_DONE, ASKED_OPEN]


async def written(ground: Ground) -> list[Entry]:
    """What the journal has of the goal that was not shown, in the order of writing."""
    entries: list[Entry] = []

    async def collect(entry: Entry) -> None:
        if entry.subject_type == "objective":
            entries.append(entry)

    await relay.show_due({announcements.READER: collect})
    return entries


async def hear(ground: Ground, entry: Entry) -> None:
    async with begin(ground.actor(ground.owner_id)):
        await announcements.hear(entry)
