"""Records of the inbox, of the devices that may be rung, and of the deliveries to them."""

from tortoise import fields
from tortoise.models import Model


class InboxItem(Model):
    """Something a person should know or do: the truth of which a push is only a hint."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    kind = fields.TextField()
    subject_type = fields.TextField()
    subject_id = fields.UUIDField()
    approval_id = fields.UUIDField(null=True)
    actor_id = fields.UUIDField(null=True)
    dedupe_key = fields.TextField()
    state = fields.TextField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    read_at = fields.DatetimeField(null=True)
    done_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "inbox_item"


class Device(Model):
    """A browser that may be rung, bound to the session in which it was registered."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    session_id = fields.UUIDField()
    kind = fields.TextField()
    endpoint = fields.TextField()
    endpoint_hash = fields.BinaryField()
    p256dh = fields.BinaryField()
    auth = fields.BinaryField()
    vapid_key_id = fields.TextField()
    locale = fields.TextField()
    zone = fields.TextField()
    registered_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    dead_at = fields.DatetimeField(null=True)
    dead_reason = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "device"


class Delivery(Model):
    """One attempt series to ring one device about one inbox item."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    inbox_item_id = fields.UUIDField()
    person_id = fields.UUIDField()
    channel = fields.TextField()
    device_id = fields.UUIDField()
    state = fields.TextField()
    reason = fields.TextField(null=True)
    urgency = fields.TextField()
    ttl_seconds = fields.IntField()
    collapse_key = fields.TextField()
    run_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    attempts = fields.IntField()
    lease = fields.UUIDField(null=True)
    locked_until = fields.DatetimeField(null=True)
    parked_at = fields.DatetimeField(null=True)
    last_error = fields.TextField(null=True)
    settled_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "delivery"
