"""Use cases of the inbox: announce, settle, mark as read, register and forget devices."""

import hashlib
from collections.abc import Collection, Sequence
from uuid import UUID

from domain.inbox import events, rules
from domain.inbox.model import Delivery, Device, InboxItem
from domain.inbox.terms import Channel, DeliveryState, InboxState, Notice, PushAddress
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin

MARKED_MAX = 100


async def announce(tenant_id: UUID, notice: Notice) -> UUID | None:
    """Put the notice into the inbox and queue a delivery for each live device, in the open transaction.

    The id of the new item, or None when its dedupe key was announced before.
    """
    item = InboxItem(
        id=new_id(),
        tenant_id=tenant_id,
        person_id=notice.person_id,
        kind=notice.kind,
        subject_type=notice.subject_type,
        subject_id=notice.subject_id,
        approval_id=notice.approval_id,
        actor_id=notice.actor_id,
        dedupe_key=notice.dedupe_key,
        state=InboxState.OPEN,
        created_at=clock.now(),
        expires_at=clock.now() + notice.lifetime,
    )
    if await InboxItem.exists(tenant_id=tenant_id, dedupe_key=notice.dedupe_key):
        return None
    await item.save(force_create=True)
    devices = await Device.filter(tenant_id=tenant_id, person_id=notice.person_id, dead_at=None)
    await Delivery.bulk_create([delivery(item.id, device, notice) for device in devices])
    return item.id


def delivery(item_id: UUID, device: Device, notice: Notice) -> Delivery:
    """What rings a device of the person about an item that is new now."""
    now = clock.now()
    return Delivery(
        id=new_id(),
        tenant_id=device.tenant_id,
        inbox_item_id=item_id,
        person_id=notice.person_id,
        channel=Channel.WEB_PUSH,
        device_id=device.id,
        state=DeliveryState.QUEUED,
        urgency=notice.urgency,
        ttl_seconds=int(notice.lifetime.total_seconds()),
        collapse_key=f"{notice.kind}:{notice.subject_id}",
        run_at=now,
        expires_at=now + notice.lifetime,
        attempts=0,
    )


async def settle(
    tenant_id: UUID,
    subject_id: UUID,
    *,
    kind: str,
    state: InboxState,
    approval_ids: Collection[UUID] | None = None,
    sparing: Collection[UUID] = (),
) -> None:
    """Close the open items of this kind about a subject, in the open transaction, but not those of spared persons.

    Of these requests for approval only, if they are named: an event that is heard late must not close
    what a newer request asks.
    """
    items = InboxItem.filter(tenant_id=tenant_id, subject_id=subject_id, kind=kind, state=InboxState.OPEN)
    if approval_ids is not None:
        items = items.filter(approval_id__in=approval_ids)
    if sparing:
        items = items.exclude(person_id__in=sparing)
    await items.update(state=state, done_at=clock.now())


async def settle_for(
    tenant_id: UUID, person_id: UUID, *, subject_ids: Collection[UUID], kinds: Collection[str]
) -> None:
    """Close what is open for one person of these kinds about these subjects, in the open transaction: it is done."""
    items = InboxItem.filter(tenant_id=tenant_id, person_id=person_id, state=InboxState.OPEN)
    found = items.filter(subject_id__in=list(subject_ids), kind__in=list(kinds))
    await found.update(state=InboxState.DONE, done_at=clock.now())


async def is_open(tenant_id: UUID, notice: Notice) -> bool:
    """Whether the person has an open item that says the same of the same request."""
    return await InboxItem.exists(
        tenant_id=tenant_id,
        person_id=notice.person_id,
        kind=notice.kind,
        subject_id=notice.subject_id,
        approval_id=notice.approval_id,
        state=InboxState.OPEN,
    )


async def mark_read(actor: Actor, ids: Sequence[UUID], *, key: str) -> list[UUID]:
    """Note that the person has read these items of theirs; NotFound if one is not theirs."""
    if not 1 <= len(ids) <= MARKED_MAX:
        raise InvalidInput(f"Name between 1 and {MARKED_MAX} items.", field="ids")
    wanted = list(dict.fromkeys(ids))
    async with begin(actor, key=key, intent=("mark_read", *wanted)) as work:
        if work.replay is not None:
            return wanted
        mine = InboxItem.filter(tenant_id=actor.tenant_id, person_id=actor.person_id, id__in=wanted)
        if await mine.count() != len(wanted):
            raise NotFound("This notification")
        await mine.filter(read_at=None).update(read_at=clock.now())
        work.reply(True)
    return wanted


async def register_device(actor: Actor, address: PushAddress) -> UUID:
    """Ring this browser for the person of the session; an address known before moves to them."""
    rules.check_address(address)
    if actor.person_id is None or actor.session_id is None:
        raise NotPermitted("Only a person's session can register a device.")
    async with begin(actor) as work:
        device_id = await _put_device(work, actor.person_id, actor.session_id, address)
        await _retire_oldest(actor, device_id)
        work.record(events.DeviceRegistered(subject_id=device_id))
    return device_id


async def _retire_oldest(actor: Actor, device_id: UUID) -> None:
    live = Device.filter(tenant_id=actor.tenant_id, person_id=actor.person_id, dead_at=None)
    others = await live.exclude(id=device_id).order_by("last_seen_at", "id")
    surplus = [device.id for device in others[: max(0, len(others) - rules.DEVICES_MAX + 1)]]
    await Device.filter(tenant_id=actor.tenant_id, id__in=surplus).update(dead_at=clock.now(), dead_reason="too many")


async def _put_device(work: Work, person_id: UUID, session_id: UUID, address: PushAddress) -> UUID:
    tenant_id, endpoint_hash = work.actor.tenant_id, await _hold(work, address.endpoint)
    known = await Device.get_or_none(tenant_id=tenant_id, endpoint_hash=endpoint_hash)
    if known is not None and known.person_id != person_id:
        await _suppress(tenant_id, known.id, reason="device_changed_hands")
    device = known or Device(id=new_id(), tenant_id=tenant_id, kind=Channel.WEB_PUSH)
    now = clock.now()
    device.person_id, device.session_id = person_id, session_id
    device.endpoint, device.endpoint_hash = address.endpoint, endpoint_hash
    device.p256dh, device.auth, device.vapid_key_id = address.p256dh, address.auth, address.vapid_key_id
    device.locale, device.zone = address.locale, address.zone
    device.registered_at = device.last_seen_at = now
    device.dead_at = None
    device.dead_reason = None  # pyright: ignore[reportAttributeAccessIssue] - Tortoise types it as never null
    await device.save(force_create=known is None)
    return device.id


async def _hold(work: Work, endpoint: str) -> bytes:
    """Wait until nobody else registers or forgets this browser; the hash by which it is known."""
    endpoint_hash = hashlib.sha256(endpoint.encode()).digest()
    await work.wait_for(f"device {endpoint_hash.hex()}")
    return endpoint_hash


async def forget_device(actor: Actor, endpoint: str) -> UUID:
    """Never ring this browser of the person again; one that is silent already stays as it is."""
    async with begin(actor) as work:
        endpoint_hash = await _hold(work, endpoint)
        device = await Device.get_or_none(
            tenant_id=actor.tenant_id, person_id=actor.person_id, endpoint_hash=endpoint_hash
        )
        if device is None:
            raise NotFound("This device")
        if device.dead_at is None:
            await _silence(work, device.id)
    return device.id


async def forget_session(work: Work, session_id: UUID) -> None:
    """Silence every device of a session that ends, in the transaction that ends it."""
    for device in await Device.filter(tenant_id=work.actor.tenant_id, session_id=session_id, dead_at=None):
        await _silence(work, device.id)


async def _silence(work: Work, device_id: UUID) -> None:
    now = clock.now()
    tenant_id = work.actor.tenant_id
    await Device.filter(tenant_id=tenant_id, id=device_id).update(dead_at=now, dead_reason="signed out")
    await _suppress(tenant_id, device_id, reason="signed out")
    work.record(events.DeviceForgotten(subject_id=device_id))


async def _suppress(tenant_id: UUID, device_id: UUID, *, reason: str) -> None:
    await Delivery.filter(tenant_id=tenant_id, device_id=device_id, state=DeliveryState.QUEUED).update(
        state=DeliveryState.SUPPRESSED, reason=reason, settled_at=clock.now(), parked_at=None
    )
