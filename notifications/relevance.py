"""Decides at the last moment whether a push is still worth its ring."""

from dataclasses import dataclass
from datetime import datetime

from domain.inbox.terms import DeliveryState, InboxState
from notifications.deliveries import Due


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a delivery ends without a push; the reason is stored and can be shown."""

    state: DeliveryState
    reason: str


def obstacle(due: Due, *, at: datetime) -> Obstacle | None:
    """What stands against sending now, or None."""
    if due.is_device_dead:
        return Obstacle(DeliveryState.DEAD_DEVICE, "device_dead")
    if due.device_person_id != due.person_id:
        return Obstacle(DeliveryState.SUPPRESSED, "device_changed_hands")
    if due.item_state is not InboxState.OPEN:
        return Obstacle(DeliveryState.SUPPRESSED, f"item_{due.item_state.lower()}")
    if due.is_read:
        return Obstacle(DeliveryState.SUPPRESSED, "item_read")
    if at >= due.expires_at:
        return Obstacle(DeliveryState.EXPIRED, "expired")
    return None
