"""A database for these tests, a push service, and a courier that sends to it."""

import os
from collections.abc import AsyncGenerator, Generator
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import pytest

from domain.kernel import clock, database
from notifications.channels.addresses import AddressRules
from notifications.channels.transport import Transport
from notifications.channels.webpush import keys
from notifications.channels.webpush.sender import Sender
from notifications.courier import Courier
from tests.conftest import Cluster, clone, execute
from tests.notifications import ground as grounds
from tests.notifications import push_service
from tests.notifications.ground import Ground
from tests.notifications.push_service import PushService

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
RING = keys.keyring_from("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")
CONTACT = "mailto:operations@example.com"


@dataclass(frozen=True, slots=True)
class Office:
    """The group, its push service, and one phone for the owner and one for the manager."""

    ground: Ground
    service: PushService
    owners_phone: push_service.Subscription
    managers_phone: push_service.Subscription


@pytest.fixture(scope="session")
def service_for_all() -> Generator[PushService]:
    with push_service.running() as service:
        yield service


@pytest.fixture
def service(service_for_all: PushService) -> PushService:
    service_for_all.forget()
    return service_for_all


@pytest.fixture
def courier(service: PushService) -> Courier:
    rules = AddressRules(loopback_origins=frozenset({service.origin}))
    sender = Sender(Transport(), RING, contact=CONTACT, rules=rules)
    return Courier(sender, origin="https://catchball.example")


@pytest.fixture(scope="module")
async def connected(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    """Queues are claimed for all tenants, so these tests share their database with no others."""
    name = f"notifications_{os.urandom(6).hex()}"
    url = await clone(cluster, template, name)
    await database.connect(url)
    yield url
    await database.close()
    await execute(cluster, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
async def ground(connected: str) -> Ground:
    connection = await asyncpg.connect(connected)
    await connection.execute("truncate delivery, journal_unread")
    await connection.close()
    return await grounds.make()


@pytest.fixture
async def office(ground: Ground, service: PushService) -> Office:
    key = RING.current
    phones = [service.subscribe(application_key=key.public_text) for _ in range(2)]
    await ground.ring_by(ground.owner_id, phones[0], key_id=key.id, locale="zh-CN")
    await ground.ring_by(ground.manager_id, phones[1], key_id=key.id)
    return Office(ground, service, owners_phone=phones[0], managers_phone=phones[1])


@pytest.fixture
def stopped_clock() -> Generator[None]:
    with clock.frozen(NOON):
        yield
