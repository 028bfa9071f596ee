"""A worker may die at any moment: nothing is lost, nobody is told twice in the inbox."""

import asyncio
import dataclasses
from datetime import timedelta

import pytest

from domain.inbox import service as inbox
from domain.kernel import claims, clock
from notifications import deliveries, worker
from notifications.bell import LocalBell
from notifications.courier import Courier
from tests.notifications.conftest import RING, Office
from tests.notifications.ground import show_journal

pytestmark = pytest.mark.usefixtures("stopped_clock")

SENT = ("SENT", None)


async def test_a_worker_that_dies_before_it_sends_loses_nothing(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    [claimed] = await deliveries.take(limit=10)

    clock.advance(timedelta(seconds=30))
    assert await worker.deliver_due(courier) == 0
    clock.advance(timedelta(seconds=1))
    assert await worker.deliver_due(courier) == 1

    assert len(office.service.received) == 1
    assert await ground.ends() == [SENT]
    assert len(await ground.inbox_of(ground.manager_id)) == 1
    assert claimed.claim.attempts == 1


async def test_a_worker_that_dies_after_it_sent_rings_again_under_the_same_topic_and_tag(
    office: Office, courier: Courier
) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    [claimed] = await deliveries.take(limit=10)
    await courier.send(claimed)

    clock.advance(timedelta(seconds=31))
    await worker.deliver_due(courier)

    first, second = office.service.received
    assert first.topic == second.topic
    assert first.notification["tag"] == second.notification["tag"]
    assert await ground.ends() == [SENT]
    assert len(await ground.inbox_of(ground.manager_id)) == 1


async def test_a_worker_that_lost_its_lease_settles_nothing(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.unsubscribe(office.managers_phone)
    await ground.submitted()
    await show_journal()
    [late] = await deliveries.take(limit=10)
    clock.advance(timedelta(seconds=31))
    [current] = await deliveries.take(limit=10)

    await courier.deliver(late)
    await deliveries.postpone(late.claim, "late", timedelta(0))
    await deliveries.park(late.claim, "late")

    [row] = await ground.deliveries()
    assert (row.state, row.lease, row.parked_at) == ("QUEUED", current.claim.lease, None)
    assert (await ground.device(row.device_id)).dead_at is None


async def test_a_push_that_kills_its_worker_again_and_again_is_parked(office: Office, courier: Courier) -> None:
    await office.ground.submitted()
    await show_journal()
    for _ in range(8):
        assert len(await deliveries.take(limit=10)) == 1
        clock.advance(timedelta(seconds=31))

    assert await worker.deliver_due(courier) == 0

    [parked] = await office.ground.deliveries()
    assert office.service.statuses == []
    assert (parked.state, parked.attempts, parked.parked_at) == ("QUEUED", 8, clock.now())
    assert (parked.lease, parked.last_error) == (None, "Its worker vanished at the last attempt.")


async def test_what_is_put_back_after_its_last_attempt_is_sent(office: Office, courier: Courier) -> None:
    await office.ground.submitted()
    await show_journal()
    for _ in range(9):
        await deliveries.take(limit=10)
        clock.advance(timedelta(seconds=31))
    await office.ground.change("update delivery set parked_at = null")

    await worker.deliver_due(courier)

    assert await office.ground.ends() == [SENT]


async def test_what_stays_parked_ends_with_its_time(office: Office, courier: Courier) -> None:
    office.service.answer(403)
    await office.ground.submitted()
    await show_journal()
    await worker.deliver_due(courier)

    clock.advance(timedelta(days=7) - timedelta(microseconds=1))
    early = await deliveries.expire_parked()
    clock.advance(timedelta(microseconds=1))
    ended = [await deliveries.expire_parked() for _ in range(2)]

    [delivery] = await office.ground.deliveries()
    assert (early, ended) == (0, [1, 0])
    assert (delivery.state, delivery.reason, delivery.settled_at) == ("EXPIRED", "expired", clock.now())
    assert (delivery.parked_at, delivery.last_error) == (None, "status_403")


async def test_what_is_parked_ends_with_its_device(office: Office, courier: Courier) -> None:
    ground = office.ground
    office.service.answer(403)
    await ground.submitted()
    await show_journal()
    await worker.deliver_due(courier)

    await inbox.forget_device(ground.actor(ground.manager_id), office.managers_phone.endpoint)

    [delivery] = await ground.deliveries()
    assert (delivery.state, delivery.reason, delivery.parked_at) == ("SUPPRESSED", "signed out", None)


async def test_what_still_waits_is_not_ended_with_what_is_parked(office: Office) -> None:
    await office.ground.submitted()
    await show_journal()
    clock.advance(timedelta(days=8))

    assert await deliveries.expire_parked() == 0
    assert await office.ground.ends() == [("QUEUED", None)]


async def test_an_item_of_a_newer_version_does_not_stop_the_others(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await ground.change("update inbox_item set kind = 'INVITED'")
    await ground.declined()
    await show_journal()

    assert await worker.deliver_due(courier) == 1

    sent, returned = await ground.deliveries()
    assert sent.state == "SENT"
    assert (returned.state, returned.attempts, returned.lease) == ("QUEUED", 1, None)
    assert returned.last_error == "ValueError: 'INVITED' is not a valid InboxKind"


async def test_an_item_of_a_newer_version_waits_until_its_worker_is_there(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.submitted()
    await show_journal()
    await ground.change("update inbox_item set kind = 'INVITED'")
    await worker.deliver_due(courier)
    await ground.change("update inbox_item set kind = 'APPROVAL_REQUESTED'")

    clock.advance(timedelta(seconds=3))
    await worker.deliver_due(courier)

    assert await ground.ends() == [SENT]


async def test_renewed_leases_stay_with_their_worker(office: Office, courier: Courier) -> None:
    await office.ground.submitted()
    await show_journal()
    [claimed] = await deliveries.take(limit=10)
    clock.advance(timedelta(seconds=20))

    await claims.renew(deliveries.QUEUE, [claimed.claim])
    clock.advance(timedelta(seconds=29))

    assert await worker.deliver_due(courier) == 0
    await courier.deliver(claimed)
    assert await office.ground.ends() == [SENT]


async def test_two_workers_ring_each_device_once(office: Office, courier: Courier) -> None:
    ground = office.ground
    for _ in range(10):
        phone = office.service.subscribe()
        await ground.ring_by(ground.manager_id, phone, key_id=RING.current.id)
    await ground.submitted()
    await show_journal()

    taken = await asyncio.gather(
        *(worker.deliver_due(courier, limit=3) for _ in range(6)),
    )

    assert sum(taken) == 11
    rung = [push.subscription_id for push in office.service.received]
    assert len(rung) == len(set(rung)) == 11


async def test_the_worker_delivers_at_the_bell_and_ends_in_order(office: Office, courier: Courier) -> None:
    bell, stopping = LocalBell(), asyncio.Event()
    running = asyncio.create_task(worker.run_deliveries(courier, bell=bell, stopping=stopping))
    await office.ground.submitted()
    await show_journal()

    bell.ring()
    await asyncio.to_thread(office.service.wait_for, 1)
    stopping.set()
    await asyncio.wait_for(running, 5)

    assert await office.ground.ends() == [SENT]


async def test_a_worker_that_is_stopped_lets_its_pushes_arrive(office: Office, courier: Courier) -> None:
    stopping = asyncio.Event()
    await office.ground.submitted()
    await show_journal()
    with office.service.held():
        running = asyncio.create_task(worker.run_deliveries(courier, bell=LocalBell(), stopping=stopping))
        await asyncio.to_thread(office.service.wait_for_requests, 1)
        stopping.set()
        done, _ = await asyncio.wait([running], timeout=0.05)
        assert not done

    await asyncio.wait_for(running, 5)

    assert await office.ground.ends() == [SENT]


async def test_a_delivery_that_fails_by_surprise_does_not_stop_the_others(office: Office, courier: Courier) -> None:
    ground = office.ground
    await ground.approved()
    await ground.submitted()
    await show_journal()
    [claimed] = await deliveries.take(limit=1)
    broken = dataclasses.replace(claimed, urgency="no such urgency")

    await worker.carry(courier, broken)

    assert office.service.statuses == []
    assert await ground.ends() == [("QUEUED", None)]
    [returned] = [row for row in await ground.deliveries() if row.attempts]
    assert (returned.lease, returned.last_error) == (None, "ValueError: 'no such urgency' is not a valid Urgency")
    clock.advance(timedelta(seconds=3))
    await worker.deliver_due(courier)
    assert await ground.ends() == [SENT]
