"""From the journal to the phone: one ring per device, checked at the last moment, settled once."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.inbox import service as inbox
from domain.inbox.model import InboxItem
from domain.inbox.terms import InboxKind
from domain.kernel import clock, database
from domain.people.model import Person
from notifications import worker
from notifications.courier import Courier
from tests.notifications.conftest import RING, Office
from tests.notifications.ground import NAMES, REASON, show_journal
from tests.notifications.rows import TITLE

pytestmark = pytest.mark.usefixtures("stopped_clock")

SENT = ("SENT", None)


async def test_a_submission_rings_the_approvers_phone(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()

    await worker.deliver_due(courier)

    [push] = office.service.received
    assert push.subscription_id == office.managers_phone.id
    assert push.urgency == "high"
    assert push.ttl_seconds == 7 * 86_400
    assert push.notification == {
        "title": "A goal waits for you",
        "body": "Approve it now, or look closer first.",
        "navigate": f"https://catchball.example/approvals/apv_{ground.approval_id}",
        "lang": "en",
        "dir": "auto",
        "tag": f"APPROVAL_REQUESTED:obj_{ground.objective_id}",
        "actions": [
            {"action": "APPROVE", "title": "Approve"},
            {"action": "DECLINE", "title": "Not yet…"},
        ],
        "data": {
            "kind": "APPROVAL_REQUESTED",
            "subject": f"obj_{ground.objective_id}",
            "version": 2,
            "item": f"inb_{await item_id(office)}",
        },
    }
    assert await ground.ends() == [SENT]


async def test_the_answer_rings_the_owners_phone_in_her_language(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await ground.approved()
    await show_journal()

    await worker.deliver_due(courier)

    [push] = office.service.received
    assert push.subscription_id == office.owners_phone.id
    assert push.notification["title"] == "您的目标已获批准"
    assert push.notification["lang"] == "zh-CN"


async def test_every_device_of_a_person_rings_once(office: Office, courier: Courier) -> None:
    ground = office.ground
    tablet = office.service.subscribe()
    await ground.ring_by(ground.manager_id, tablet, key_id=RING.current.id)
    await ground.submitted()
    await show_journal()

    taken = [await worker.deliver_due(courier) for _ in range(3)]

    assert taken == [2, 0, 0]
    rung = sorted(push.subscription_id for push in office.service.received)
    assert rung == sorted((office.managers_phone.id, tablet.id))
    assert await ground.ends() == [SENT, SENT]


async def test_a_service_in_trouble_is_asked_again_when_it_said(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.answer(503, retry_after="7", times=1)
    await ground.submitted()
    await show_journal()

    await worker.deliver_due(courier)

    [waiting] = await ground.deliveries()
    assert (waiting.state, waiting.attempts, waiting.last_error) == ("QUEUED", 1, "status_503")
    assert timedelta(seconds=7) <= waiting.run_at - clock.now() <= timedelta(seconds=9.8)
    clock.advance(timedelta(seconds=6.9))
    assert await worker.deliver_due(courier) == 0
    clock.advance(timedelta(seconds=3))
    assert await worker.deliver_due(courier) == 1
    assert await ground.ends() == [SENT]
    assert office.service.statuses == [503, 201]


async def test_a_delivery_gives_up_after_eight_tries(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.answer(500)
    await ground.submitted()
    await show_journal()

    for _ in range(9):
        await worker.deliver_due(courier)
        clock.advance(timedelta(hours=2))

    assert office.service.statuses == [500] * 8
    assert await ground.ends() == [("FAILED", "status_500")]


async def test_a_subscription_that_is_gone_kills_its_device_and_all_that_waits_for_it(
    office: Office, courier: Courier
) -> None:
    ground = office.ground
    office.service.unsubscribe(office.managers_phone)
    await ground.submitted()
    await show_journal()
    for former, to in ((ground.manager_id, ground.stand_in_id), (ground.stand_in_id, ground.manager_id)):
        await ground.rerouted(former=former, to=to)
        await show_journal()

    await worker.deliver_due(courier, limit=1)

    assert await ground.ends() == [("SUPPRESSED", "item_withdrawn"), ("QUEUED", None)]
    await worker.deliver_due(courier, limit=1)
    assert (await ground.ends())[1] == ("DEAD_DEVICE", "status_410")
    device_id = (await ground.deliveries())[0].device_id
    device = await ground.device(device_id)
    assert (device.dead_at, device.dead_reason) == (clock.now(), "status_410")
    assert office.service.statuses == [410]


async def test_other_deliveries_to_a_dead_device_end_with_it(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.unsubscribe(office.owners_phone)
    await ground.approved()
    await ground.declined()
    await show_journal()

    await worker.deliver_due(courier, limit=1)

    assert await ground.ends() == [("DEAD_DEVICE", "status_410")] * 2
    assert await worker.deliver_due(courier) == 0
    assert office.service.statuses == [410]


async def test_a_refusal_of_our_key_parks_the_delivery_and_spares_the_device(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.answer(403)
    await ground.submitted()
    await show_journal()

    await worker.deliver_due(courier)
    clock.advance(timedelta(hours=1))
    await worker.deliver_due(courier)

    [parked] = await ground.deliveries()
    assert (parked.state, parked.last_error, parked.lease) == ("QUEUED", "status_403", None)
    assert parked.parked_at == clock.now() - timedelta(hours=1)
    assert (await ground.device(parked.device_id)).dead_at is None
    assert office.service.statuses == [403]


async def test_a_push_that_is_too_long_for_a_service_is_sent_short(office: Office, courier: Courier) -> None:
    office.service.answer(413, times=1)
    await office.ground.submitted()
    await show_journal()

    await worker.deliver_due(courier)

    [push] = office.service.received
    assert sorted(push.notification) == ["navigate", "tag", "title"]
    assert await office.ground.ends() == [SENT]


async def test_a_service_that_takes_nothing_ends_the_delivery(office: Office, courier: Courier) -> None:
    office.service.answer(413)
    await office.ground.submitted()
    await show_journal()

    await worker.deliver_due(courier)

    assert office.service.statuses == [413, 413]
    assert await office.ground.ends() == [("FAILED", "too_long")]


@pytest.mark.parametrize(
    ("happens", "reason"),
    [("approved", "item_done"), ("withdrawn", "item_withdrawn")],
)
async def test_what_was_settled_meanwhile_does_not_ring(
    office: Office, courier: Courier, happens: str, reason: str
) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await getattr(ground, happens)()
    await show_journal()

    await worker.deliver_due(courier)

    rung = [push.subscription_id for push in office.service.received]
    assert office.managers_phone.id not in rung
    assert (await ground.ends())[0] == ("SUPPRESSED", reason)


async def test_what_was_read_in_the_app_does_not_ring(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await inbox.mark_read(ground.actor(ground.manager_id), [await item_id(office)], key="read")

    await worker.deliver_due(courier)

    assert office.service.statuses == []
    assert await ground.ends() == [("SUPPRESSED", "item_read")]


async def test_what_is_out_of_date_does_not_ring(office: Office, courier: Courier) -> None:
    await office.ground.submitted()
    await show_journal()
    clock.advance(timedelta(days=7))

    await worker.deliver_due(courier)

    assert office.service.statuses == []
    assert await office.ground.ends() == [("EXPIRED", "expired")]


async def test_a_phone_that_signed_out_does_not_ring(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await inbox.forget_device(ground.actor(ground.manager_id), office.managers_phone.endpoint)

    await worker.deliver_due(courier)

    assert office.service.statuses == []
    [(state, _)] = await ground.ends()
    assert state == "SUPPRESSED"


async def test_a_phone_that_changed_hands_does_not_ring_for_its_former_owner(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await ground.ring_by(ground.stand_in_id, office.managers_phone, key_id=RING.current.id)

    await worker.deliver_due(courier)

    assert office.service.statuses == []
    assert await ground.ends() == [("SUPPRESSED", "device_changed_hands")]


async def test_no_push_says_a_title_a_name_or_a_comment(office: Office, courier: Courier) -> None:
    ground = office.ground
    for happens in (ground.submitted, ground.asked_back, ground.declined, ground.approved):
        await happens()
        await show_journal()
        await worker.deliver_due(courier)
    await ground.told_of_everything_else()
    await worker.deliver_due(courier)

    bodies = [push.text.decode() for push in office.service.received]
    with database.tenant(ground.tenant_id):
        kinds = {item.kind for item in await InboxItem.all()}
        people = {person.name for person in await Person.all()}
    assert kinds == set(InboxKind)
    assert len(bodies) == len(InboxKind)
    assert people == set(NAMES.values())
    assert not [word for word in (TITLE, REASON, *NAMES.values()) if word in "".join(bodies)]
    assert {push.body_bytes for push in office.service.received} == {1126}


async def item_id(office: Office) -> UUID:
    with database.tenant(office.ground.tenant_id):
        return (await InboxItem.get(person_id=office.ground.manager_id)).id
