"""The words of the inbox."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID


class InboxKind(StrEnum):
    """What an item is about."""

    APPROVAL_REQUESTED = "APPROVAL_REQUESTED"
    OBJECTIVE_APPROVED = "OBJECTIVE_APPROVED"
    OBJECTIVE_DECLINED = "OBJECTIVE_DECLINED"
    INFORMATION_REQUESTED = "INFORMATION_REQUESTED"
    INTENT_CHANGED = "INTENT_CHANGED"
    INTENT_SAID_BACK = "INTENT_SAID_BACK"
    SAY_BACK_RETURNED = "SAY_BACK_RETURNED"
    TARGET_THROWN = "TARGET_THROWN"
    ALIGNMENT_PROPOSED = "ALIGNMENT_PROPOSED"
    TARGET_COUNTERED = "TARGET_COUNTERED"
    TARGET_INSISTED = "TARGET_INSISTED"
    ALIGNMENT_ACCEPTED = "ALIGNMENT_ACCEPTED"
    ALIGNMENT_DECLINED = "ALIGNMENT_DECLINED"
    ALIGNMENT_WITHDRAWN = "ALIGNMENT_WITHDRAWN"
    ALIGNMENT_ESCALATED = "ALIGNMENT_ESCALATED"
    ASSUMPTION_BROKEN = "ASSUMPTION_BROKEN"
    RECALL_ASKED = "RECALL_ASKED"
    INTERLOCK_PROPOSED = "INTERLOCK_PROPOSED"
    INTERLOCK_DELIVERED = "INTERLOCK_DELIVERED"
    INTERLOCK_REJECTED = "INTERLOCK_REJECTED"
    INTERLOCK_MOVED = "INTERLOCK_MOVED"
    FEEDBACK_POSTED = "FEEDBACK_POSTED"
    FEEDBACK_MENTIONED = "FEEDBACK_MENTIONED"
    WIDENING_PROPOSED = "WIDENING_PROPOSED"
    FEEDBACK_REPORTED = "FEEDBACK_REPORTED"
    REPORT_SETTLED = "REPORT_SETTLED"
    FEEDBACK_HIDDEN = "FEEDBACK_HIDDEN"
    FEEDBACK_ASKED = "FEEDBACK_ASKED"
    FEEDBACK_DUE = "FEEDBACK_DUE"
    FEEDBACK_DECLINED = "FEEDBACK_DECLINED"
    EXEMPTION_ASKED = "EXEMPTION_ASKED"
    EXEMPTION_DECIDED = "EXEMPTION_DECIDED"
    ADJUSTMENT_PROPOSED = "ADJUSTMENT_PROPOSED"
    ADJUSTMENT_DECIDED = "ADJUSTMENT_DECIDED"


class InboxState(StrEnum):
    """OPEN waits for the person, DONE was dealt with, WITHDRAWN needs nobody any more."""

    OPEN = "OPEN"
    DONE = "DONE"
    WITHDRAWN = "WITHDRAWN"


class Channel(StrEnum):
    """By what a device is rung."""

    WEB_PUSH = "WEB_PUSH"


class DeliveryState(StrEnum):
    """QUEUED is open; every other state is final."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    SUPPRESSED = "SUPPRESSED"
    EXPIRED = "EXPIRED"
    DEAD_DEVICE = "DEAD_DEVICE"
    FAILED = "FAILED"


class Urgency(StrEnum):
    """RFC 8030 section 5.3."""

    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one person is to hear, once, whatever happens."""

    person_id: UUID
    kind: InboxKind
    subject_type: str
    subject_id: UUID
    dedupe_key: str
    approval_id: UUID | None = None
    actor_id: UUID | None = None
    urgency: Urgency = Urgency.NORMAL
    lifetime: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PushAddress:
    """A browser's push subscription (RFC 8291): `p256dh` is an uncompressed P-256 point, `auth` 16 bytes."""

    endpoint: str
    p256dh: bytes
    auth: bytes
    vapid_key_id: str
    locale: str
    zone: str
