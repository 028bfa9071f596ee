"""The worker process: shows the journal to its readers, delivers pushes, and keeps the house each hour."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence

import structlog
from redis.asyncio import Redis

from api import hints
from api.hints import RedisBell
from api.identity.expiring import end_expired_sessions
from api.observing import configure_logging
from api.settings import Settings
from domain.feedback import service_requests
from domain.kernel import causes, database, months, relay, relay_sets
from domain.kernel.work import forget_receipts
from domain.objectives import service_roll_up, service_roll_up_proof, service_routing
from domain.progress import service_awards, service_rebuilding
from domain.scorecards import service_calculating
from domain.scorecards.cards import service_scores, service_scores_proof
from domain.transmission import service_readings
from notifications import announcements, deliveries, worker
from notifications.bell import LocalBell
from notifications.channels.addresses import PUSH_HOSTS, AddressRules
from notifications.channels.transport import Transport
from notifications.channels.webpush import keys
from notifications.channels.webpush.sender import Sender
from notifications.courier import Courier


async def _only_tell(entries: Sequence[relay.Entry]) -> None:
    """Nothing follows from them; persons hear of them all the same."""


READERS: dict[str, relay.Reader] = {"announcements": announcements.hear, "routing": service_routing.hear}
SET_READERS: dict[str, relay_sets.SetReader] = {
    service_roll_up.READER: service_scores.hear_objectives,
    service_scores.READER: service_scores.hear,
    "progress": service_awards.hear,
    service_calculating.READER: service_calculating.hear,
    relay.HINTS: _only_tell,
}
POLL_SECONDS = 1.0
PAUSE_SECONDS = 1.0
HOUSEKEEPING_SECONDS = 3600.0
BATCH = 100

log = structlog.get_logger(__name__)


async def run(settings: Settings) -> None:
    """Work until SIGTERM or SIGINT, then end what is under way."""
    configure_logging()
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    await work(settings, stopping)


async def work(settings: Settings, stopping: asyncio.Event) -> None:
    """Work until `stopping` is set."""
    redis: Redis = Redis.from_url(settings.redis_url)  # pyright: ignore[reportUnknownMemberType] - untyped options
    await database.connect(settings.database_url)
    bell, due = RedisBell(redis), LocalBell()
    hearing = asyncio.create_task(bell.watch())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_relay(redis, bell, due, stopping))
            group.create_task(_keep_house(stopping))
            group.create_task(worker.run_deliveries(courier(settings), bell=due, stopping=stopping))
            group.create_task(_ring_at_end(bell, due, stopping))
    finally:
        hearing.cancel()
        await redis.aclose()
        await database.close()


def courier(settings: Settings) -> Courier:
    """Carries pushes under the keys and rules of this installation."""
    sender = Sender(
        Transport(),
        keys.keyring(settings.key_folder, settings.push_keys),
        contact=settings.push_contact,
        rules=AddressRules(
            hosts=PUSH_HOSTS | frozenset(settings.push_hosts), loopback_origins=frozenset(settings.push_loopback)
        ),
    )
    return Courier(sender, origin=settings.public_url)


async def _ring_at_end(bell: RedisBell, due: LocalBell, stopping: asyncio.Event) -> None:
    await stopping.wait()
    bell.ring()
    due.ring()


async def _relay(redis: Redis, bell: RedisBell, due: LocalBell, stopping: asyncio.Event) -> None:
    async def show() -> bool:
        together = await relay_sets.show_due(SET_READERS)
        singly = await relay.show_due(READERS, limit=BATCH)
        await hints.publish(redis, [*together, *singly])
        if singly:
            due.ring()
        return len(together) == relay_sets.LIMIT or len(singly) == BATCH

    while not stopping.is_set():
        if not await _survive(show):
            await _rest(bell)


async def _keep_house(stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        await _survive(service_routing.reroute_everywhere)
        await _survive(forget_receipts)
        await _survive(end_expired_sessions)
        await _survive(deliveries.expire_parked)
        await _survive(service_roll_up_proof.prove_everywhere)
        await _survive(service_scores_proof.prove_daily)
        await _survive(service_rebuilding.rebuild_at_night)
        await _survive(service_readings.read_daily)
        await _survive(service_requests.remind_everywhere)
        await _survive(months.provide)
        try:
            async with asyncio.timeout(HOUSEKEEPING_SECONDS):
                await stopping.wait()
        except TimeoutError:
            continue


async def _rest(bell: RedisBell) -> None:
    try:
        async with asyncio.timeout(POLL_SECONDS):
            await bell.wait()
    except TimeoutError:
        return


async def _survive(step: Callable[[], Awaitable[object]]) -> object:
    try:
        return await step()
    except Exception as error:  # noqa: BLE001 - the next turn may succeed
        log.warning("worker_step_failed", error=causes.cause(error), where=causes.where(error))
        await asyncio.sleep(PAUSE_SECONDS)
        return None
