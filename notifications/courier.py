"""Carries one delivery from its claim to its end."""

import dataclasses
import random

import structlog

from domain.inbox.terms import DeliveryState
from domain.kernel import clock
from domain.kernel.claims import ATTEMPTS_MAX
from notifications import deliveries, notes, relevance, retries
from notifications.channels.webpush import envelope
from notifications.channels.webpush.encryption import Receiver
from notifications.channels.webpush.outcomes import (
    Dead,
    Misconfigured,
    Outcome,
    Retry,
    Sent,
    Shrink,
)
from notifications.channels.webpush.sender import Sender, Subscription
from notifications.deliveries import Due

log = structlog.get_logger(__name__)


class Courier:
    """Checks, words, sends and settles deliveries by Web Push."""

    def __init__(self, sender: Sender, *, origin: str) -> None:
        """`origin` is the public address of the app without a trailing slash."""
        self._sender = sender
        self._origin = origin

    async def deliver(self, due: Due) -> None:
        """Bring the delivery to an end, or back into the queue."""
        if found := relevance.obstacle(due, at=clock.now()):
            await deliveries.settle(due.claim, found.state, found.reason)
            return
        outcome = await self.send(due)
        log.info("push_answered", delivery=str(due.claim.key[0]), outcome=type(outcome).__name__)
        await _settle(due, outcome)

    async def send(self, due: Due) -> Outcome:
        """Ring the device and settle nothing yet."""
        note = notes.note_of(due, origin=self._origin)
        push = notes.push_of(due, note, at=clock.now())
        subscription = Subscription(due.endpoint, Receiver(due.p256dh, due.auth), due.vapid_key_id)
        outcome = await self._sender.send(subscription, push)
        if isinstance(outcome, Shrink):
            short = dataclasses.replace(push, text=envelope.write_short(note))
            outcome = await self._sender.send(subscription, short)
        return outcome


async def _settle(due: Due, outcome: Outcome) -> None:
    match outcome:
        case Sent():
            await deliveries.settle(due.claim, DeliveryState.SENT)
        case Dead(reason):
            await deliveries.bury(due, reason)
        case Shrink():
            await deliveries.settle(due.claim, DeliveryState.FAILED, "too_long")
        case Misconfigured(reason):
            log.error("push_refused", delivery=str(due.claim.key[0]), reason=reason)
            await deliveries.park(due.claim, reason)
        case Retry(reason) if due.claim.attempts >= ATTEMPTS_MAX:
            await deliveries.settle(due.claim, DeliveryState.FAILED, reason)
        case Retry(reason):
            after = retries.wait(outcome, attempts=due.claim.attempts, chance=random.random())
            await deliveries.postpone(due.claim, reason, after)
