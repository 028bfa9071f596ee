"""Devices: rung for whoever registered them last, silent after signing out, and at most twenty."""

import asyncio
from collections.abc import Generator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.inbox import service
from domain.inbox.terms import InboxKind, InboxState, Notice, PushAddress
from domain.kernel import clock
from domain.kernel import database as kernel_database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.people.model import Account, Session
from tests.domain.organisations import Organisation

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
PHONE = PushAddress(
    endpoint="https://push.example/one",
    p256dh=b"\x04" + bytes(64),
    auth=bytes(16),
    vapid_key_id="k",
    locale="en",
    zone="UTC",
)


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@dataclass(frozen=True, slots=True)
class Office:
    """Ada and Bo, signed in."""

    organisation: Organisation
    ada: Actor
    bo: Actor

    async def devices(self) -> list[tuple[object, ...]]:
        """Address, whose, and why it is silent, in the order of registration."""
        rows = await self.organisation.rows(
            "select endpoint, person_id, dead_reason from device order by registered_at, id"
        )
        return [tuple(row) for row in rows]

    async def deliveries(self) -> list[tuple[object, ...]]:
        rows = await self.organisation.rows("select person_id, state, reason from delivery order by run_at, id")
        return [tuple(row) for row in rows]

    async def announce(
        self, actor: Actor, key: str = "once", *, kind: InboxKind = InboxKind.OBJECTIVE_APPROVED
    ) -> object:
        assert actor.person_id is not None
        notice = Notice(
            person_id=actor.person_id, kind=kind, subject_type="objective", subject_id=SUBJECT, dedupe_key=key
        )
        async with begin(actor):
            return await service.announce(actor.tenant_id, notice)


SUBJECT = new_id()


async def _signed_in(organisation: Organisation, name: str) -> Actor:
    session_id, account_id, tenant_id = new_id(), new_id(), organisation.tenant_id
    with kernel_database.tenant(tenant_id):
        await Account.create(
            id=account_id,
            tenant_id=tenant_id,
            person_id=organisation[name],
            login=name,
            password_hash="",
            created_at=NOON,
        )
        await Session.create(
            id=session_id,
            tenant_id=tenant_id,
            account_id=account_id,
            person_id=organisation[name],
            name="Phone",
            kind="BROWSER",
            refresh_hash=session_id.bytes,
            generation=0,
            created_at=NOON,
            last_seen_at=NOON,
        )
    return replace(organisation.actor(name), session_id=session_id)


@pytest.fixture
async def office(organisation: Organisation) -> Office:
    return Office(organisation, await _signed_in(organisation, "Ada"), await _signed_in(organisation, "Bo"))


async def test_a_registered_device_is_rung_once_for_each_notice(office: Office) -> None:
    device_id = await service.register_device(office.ada, PHONE)

    first = await office.announce(office.ada)
    again = await office.announce(office.ada)
    await office.announce(office.bo, "other")

    assert await office.devices() == [(PHONE.endpoint, office.organisation["Ada"], None)]
    assert (first is None, again) == (False, None)
    assert await office.deliveries() == [(office.organisation["Ada"], "QUEUED", None)]
    assert await office.organisation.facts("DeviceRegistered") == [("DeviceRegistered", device_id)]


async def test_a_shared_phone_rings_for_whoever_registered_it_last(office: Office) -> None:
    first = await service.register_device(office.ada, PHONE)
    await office.announce(office.ada)

    second = await service.register_device(office.bo, PHONE)
    await office.announce(office.ada, "later")
    await office.announce(office.bo, "for Bo")

    assert first == second
    assert await office.devices() == [(PHONE.endpoint, office.organisation["Bo"], None)]
    assert await office.deliveries() == [
        (office.organisation["Ada"], "SUPPRESSED", "device_changed_hands"),
        (office.organisation["Bo"], "QUEUED", None),
    ]


async def test_the_session_that_ends_silences_its_devices_in_its_transaction(office: Office) -> None:
    device_id = await service.register_device(office.ada, PHONE)
    await office.announce(office.ada)
    assert office.ada.session_id is not None

    with pytest.raises(RuntimeError):
        await _forget_and_break(office.ada, office.ada.session_id)
    before = await office.devices()
    async with begin(office.ada) as work:
        await service.forget_session(work, office.ada.session_id)

    assert before == [(PHONE.endpoint, office.organisation["Ada"], None)]
    assert await office.devices() == [(PHONE.endpoint, office.organisation["Ada"], "signed out")]
    assert await office.deliveries() == [(office.organisation["Ada"], "SUPPRESSED", "signed out")]
    assert await office.organisation.facts("DeviceForgotten") == [("DeviceForgotten", device_id)]


async def _forget_and_break(actor: Actor, session_id: UUID) -> None:
    async with begin(actor) as work:
        await service.forget_session(work, session_id)
        raise RuntimeError


async def test_a_device_that_comes_back_rings_again(office: Office) -> None:
    first = await service.register_device(office.ada, PHONE)
    await service.forget_device(office.ada, PHONE.endpoint)

    second = await service.register_device(office.ada, PHONE)

    assert first == second
    assert await office.devices() == [(PHONE.endpoint, office.organisation["Ada"], None)]


def phone(number: int) -> PushAddress:
    return replace(PHONE, endpoint=f"https://push.example/{number}")


async def register(office: Office, *numbers: int) -> list[UUID]:
    found: list[UUID] = []
    for number in numbers:
        clock.advance(timedelta(minutes=1))
        found.append(await service.register_device(office.ada, phone(number)))
    return found


async def test_the_twenty_first_device_retires_the_one_unused_longest(office: Office) -> None:
    await register(office, *range(1, 21))
    await register(office, 1)

    await register(office, 21)

    silent = [(endpoint, reason) for endpoint, _, reason in await office.devices() if reason]
    assert silent == [("https://push.example/2", "too many")]


async def test_registering_a_known_device_again_retires_nobody(office: Office) -> None:
    await register(office, *range(1, 21))

    await register(office, 7, 1, 20)

    assert [reason for _, _, reason in await office.devices() if reason] == []


async def test_one_browser_registering_in_two_tabs_at_once_is_one_device(office: Office) -> None:
    found = await asyncio.gather(*(service.register_device(office.ada, PHONE) for _ in range(4)))

    assert len(set(found)) == 1
    assert len(await office.devices()) == 1


async def test_only_ones_own_device_can_be_forgotten(office: Office) -> None:
    await service.register_device(office.ada, PHONE)

    with pytest.raises(NotFound):
        await service.forget_device(office.bo, PHONE.endpoint)
    with pytest.raises(NotFound):
        await service.forget_device(office.ada, "https://push.example/unknown")

    assert await office.devices() == [(PHONE.endpoint, office.organisation["Ada"], None)]


async def test_a_device_that_is_forgotten_again_leaves_no_second_fact(office: Office) -> None:
    device_id = await service.register_device(office.ada, PHONE)

    at_once = await asyncio.gather(*(service.forget_device(office.ada, PHONE.endpoint) for _ in range(3)))
    clock.advance(timedelta(hours=1))
    again = await service.forget_device(office.ada, PHONE.endpoint)

    assert (at_once, again) == ([device_id] * 3, device_id)
    assert await office.organisation.facts("DeviceForgotten") == [("DeviceForgotten", device_id)]
    assert await office.organisation.value("select dead_at from device") == NOON


async def test_who_has_no_session_registers_nothing(office: Office) -> None:
    with pytest.raises(NotPermitted):
        await service.register_device(office.organisation.actor("Ada"), PHONE)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (replace(PHONE, endpoint="x"), "endpoint"),
        (replace(PHONE, endpoint="https://"), "endpoint"),
        (replace(PHONE, endpoint="https://push.example/" + "x" * 2048), "endpoint"),
        (replace(PHONE, endpoint="https://push.example/\x00"), "endpoint"),
        (replace(PHONE, endpoint="https://[::1"), "endpoint"),
        (replace(PHONE, endpoint="http://push.example/1"), "endpoint"),
        (replace(PHONE, p256dh=bytes(65)), "p256dh"),
        (replace(PHONE, p256dh=b"\x04" + bytes(63)), "p256dh"),
        (replace(PHONE, auth=bytes(15)), "auth"),
        (replace(PHONE, locale="de"), "locale"),
        (replace(PHONE, zone="Mars/Base"), "zone"),
        (replace(PHONE, zone=""), "zone"),
        (replace(PHONE, zone="asia/shanghai"), "zone"),
        (replace(PHONE, zone="../../etc/passwd"), "zone"),
        (replace(PHONE, endpoint="http://["), "endpoint"),
        (replace(PHONE, zone="a\x00"), "zone"),
    ],
)
async def test_an_address_that_cannot_be_rung_is_refused(office: Office, address: PushAddress, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        await service.register_device(office.ada, address)

    assert refused.value.field == field
    assert await office.devices() == []


async def test_items_are_marked_as_read_once_and_only_ones_own(office: Office) -> None:
    mine, other, theirs = (
        await office.announce(office.ada, "1"),
        await office.announce(office.ada, "2"),
        await office.announce(office.bo, "3"),
    )
    assert isinstance(mine, UUID)
    assert isinstance(other, UUID)
    assert isinstance(theirs, UUID)

    with pytest.raises(NotFound):
        await service.mark_read(office.ada, [mine, theirs], key="a")
    untouched = await office.organisation.value("select count(read_at) from inbox_item")
    await service.mark_read(office.ada, [mine, mine], key="b")
    clock.advance(timedelta(hours=1))
    await service.mark_read(office.ada, [mine, other], key="c")

    rows = await office.organisation.rows("select read_at from inbox_item order by dedupe_key")
    assert untouched == 0
    assert [row["read_at"] for row in rows] == [NOON, NOON + timedelta(hours=1), None]


@pytest.mark.parametrize("number", [0, 101])
async def test_between_one_and_a_hundred_are_marked(office: Office, number: int) -> None:
    with pytest.raises(InvalidInput):
        await service.mark_read(office.ada, [new_id() for _ in range(number)], key="k")


async def test_settling_closes_the_open_items_of_that_kind_alone(office: Office) -> None:
    for key, kind in (("1", InboxKind.APPROVAL_REQUESTED), ("2", InboxKind.OBJECTIVE_APPROVED)):
        await office.announce(office.ada, key, kind=kind)

    async with begin(office.ada):
        await service.settle(office.ada.tenant_id, SUBJECT, kind=InboxKind.APPROVAL_REQUESTED, state=InboxState.DONE)

    rows = await office.organisation.rows("select state, done_at from inbox_item order by dedupe_key")
    assert [tuple(row) for row in rows] == [("DONE", NOON), ("OPEN", None)]
