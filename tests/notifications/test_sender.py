"""A push arrives encrypted, signed and labelled, or its sender says what became of it."""

import dataclasses
import json

import pytest

from notifications.channels.addresses import AddressRules
from notifications.channels.transport import Transport
from notifications.channels.webpush import encryption, envelope, sender, vapid
from notifications.channels.webpush.encryption import Receiver
from notifications.channels.webpush.envelope import Button, Note
from notifications.channels.webpush.outcomes import (
    Dead,
    Misconfigured,
    Outcome,
    Retry,
    Sent,
    Shrink,
)
from notifications.channels.webpush.sender import Push, Sender, Subscription, Urgency
from tests.notifications import push_service
from tests.notifications.conftest import CONTACT, RING
from tests.notifications.push_service import PushService

PUSH = Push(b'{"web_push":8030}', ttl_seconds=3600)


async def test_a_push_arrives_as_it_was_meant(service: PushService) -> None:
    ring = service.subscribe(application_key=RING.current.public_text)
    push = Push(b"text", ttl_seconds=60, urgency=Urgency.HIGH, collapse_key="APPROVAL:1")

    outcome = await sender_to(service).send(of(ring), push)

    assert outcome == Sent()
    [received] = service.received
    assert received.subscription_id == ring.id
    assert received.text == b"text"
    assert received.ttl_seconds == 60
    assert received.urgency == "high"
    assert received.topic == sender.topic("APPROVAL:1")
    assert received.claims["aud"] == service.origin
    assert received.claims["sub"] == CONTACT


async def test_pushes_of_any_length_have_one_of_two_body_lengths(service: PushService) -> None:
    ring = of(service.subscribe())
    texts = [b"", b"x" * 700, b"x" * 1023, b"x" * 1024, b"x" * 2047]

    for text in texts:
        await sender_to(service).send(ring, dataclasses.replace(PUSH, text=text))

    assert [push.body_bytes for push in service.received] == [1126, 1126, 1126, 2150, 2150]
    assert [push.text for push in service.received] == texts


async def test_a_lifetime_beyond_what_services_take_is_cut(service: PushService) -> None:
    ring = of(service.subscribe())

    await sender_to(service).send(ring, dataclasses.replace(PUSH, ttl_seconds=10**9))
    await sender_to(service).send(ring, dataclasses.replace(PUSH, ttl_seconds=-5))

    assert [push.ttl_seconds for push in service.received] == [28 * 86_400, 0]


@pytest.mark.parametrize(
    ("status", "retry_after", "outcome"),
    [
        (404, None, Dead("status_404")),
        (410, None, Dead("status_410")),
        (413, None, Shrink()),
        (429, "30", Retry("status_429", 30)),
        (503, "7", Retry("status_503", 7)),
        (502, None, Retry("status_502")),
        (403, None, Misconfigured("status_403")),
    ],
)
async def test_the_answer_of_the_service_is_the_outcome(
    service: PushService, status: int, retry_after: str | None, outcome: Outcome
) -> None:
    ring = of(service.subscribe())
    service.answer(status, retry_after=retry_after, times=1)

    assert await sender_to(service).send(ring, PUSH) == outcome
    assert await sender_to(service).send(ring, PUSH) == Sent()
    assert len(service.received) == 1


async def test_a_subscription_that_was_given_up_is_dead(service: PushService) -> None:
    ring = service.subscribe()
    service.unsubscribe(ring)

    assert await sender_to(service).send(of(ring), PUSH) == Dead("status_410")


async def test_a_subscription_made_with_another_key_is_refused_by_the_service(
    service: PushService,
) -> None:
    ring = service.subscribe(application_key="another key")

    assert await sender_to(service).send(of(ring), PUSH) == Misconfigured("status_403")
    assert service.received == []


async def test_what_cannot_be_sent_is_never_posted(service: PushService) -> None:
    good = of(service.subscribe())
    sending = sender_to(service)

    outcomes = [
        await sending.send(dataclasses.replace(good, key_id="gone"), PUSH),
        await sending.send(dataclasses.replace(good, endpoint="https://evil.example/x"), PUSH),
        await sending.send(dataclasses.replace(good, receiver=Receiver(b"", b"")), PUSH),
        await sending.send(good, dataclasses.replace(PUSH, text=b"x" * 2048)),
    ]

    assert outcomes == [
        Dead("signing_key_unknown"),
        Dead("host_not_allowed"),
        Dead("receiver_key_invalid"),
        Shrink(),
    ]
    assert service.statuses == []


async def test_a_service_that_is_down_is_tried_again_later() -> None:
    with push_service.running() as service:
        ring = of(service.subscribe())
        sending = sender_to(service)

    assert await sending.send(ring, PUSH) == Retry("connection_failed")


async def test_a_name_that_leads_inside_is_not_posted_to() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["10.0.0.1"]

    sending = Sender(Transport(resolve=resolve), RING, contact=CONTACT, rules=AddressRules())
    ring = Subscription("https://fcm.googleapis.com/x", receiver(), RING.current.id)

    assert await sending.send(ring, PUSH) == Misconfigured("address_not_public")


def test_a_topic_is_32_characters_of_the_alphabet_that_rfc_8030_allows() -> None:
    topics = {sender.topic(f"KIND:{number}") for number in range(100)}

    assert len(topics) == 100
    assert {len(topic) for topic in topics} == {32}
    assert all(character.isalnum() or character in "-_" for topic in topics for character in topic)


def test_the_envelope_is_declarative_and_holds_what_the_service_worker_reads() -> None:
    note = Note(
        title="A goal waits for you",
        body="Open Catchball to decide.",
        language="en",
        navigate="https://catchball.example/approvals/apv_1",
        tag="approval-1",
        kind="APPROVAL_REQUESTED",
        subject="obj_1",
        version=3,
        item="inb_1",
        buttons=(Button("APPROVE", "Approve"),),
    )

    assert json.loads(envelope.write(note)) == {
        "web_push": 8030,
        "notification": {
            "title": "A goal waits for you",
            "body": "Open Catchball to decide.",
            "navigate": "https://catchball.example/approvals/apv_1",
            "lang": "en",
            "dir": "auto",
            "tag": "approval-1",
            "actions": [{"action": "APPROVE", "title": "Approve"}],
            "data": {
                "kind": "APPROVAL_REQUESTED",
                "subject": "obj_1",
                "version": 3,
                "item": "inb_1",
            },
        },
    }
    assert json.loads(envelope.write_short(note)) == {
        "web_push": 8030,
        "notification": {
            "title": "A goal waits for you",
            "navigate": "https://catchball.example/approvals/apv_1",
            "tag": "approval-1",
        },
    }


def sender_to(service: PushService) -> Sender:
    rules = AddressRules(loopback_origins=frozenset({service.origin}))
    return Sender(Transport(), RING, contact=CONTACT, rules=rules)


def of(ring: push_service.Subscription) -> Subscription:
    return Subscription(ring.endpoint, ring.receiver, RING.current.id)


def receiver() -> Receiver:
    return Receiver(encryption.encoded_point(RING.current.private.public_key()), bytes(16))


def test_base64url_reads_what_it_writes() -> None:
    assert vapid.from_base64url(vapid.base64url(b"\xff\xfe\xfd\xfc")) == b"\xff\xfe\xfd\xfc"
