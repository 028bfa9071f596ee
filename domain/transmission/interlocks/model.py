"""Records of promises between units; their steps are rows."""

from tortoise import fields
from tortoise.models import Model


class Interlock(Model):
    """What somebody promises to somebody, and where it stands."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    cycle_id = fields.UUIDField()
    provider_unit_id = fields.UUIDField()
    provider_id = fields.UUIDField()
    receiver_unit_id = fields.UUIDField()
    receiver_id = fields.UUIDField()
    objective_id = fields.UUIDField(null=True)
    output = fields.TextField()
    output_zh = fields.TextField(null=True)
    criteria = fields.TextField()
    criteria_zh = fields.TextField(null=True)
    due_on = fields.DateField()
    weight = fields.IntField()
    status = fields.TextField()
    version = fields.IntField()
    proposed_by_id = fields.UUIDField()
    proposed_at = fields.DatetimeField()
    provider_confirmed_by_id = fields.UUIDField(null=True)
    provider_confirmed_at = fields.DatetimeField(null=True)
    receiver_confirmed_by_id = fields.UUIDField(null=True)
    receiver_confirmed_at = fields.DatetimeField(null=True)
    delivered_by_id = fields.UUIDField(null=True)
    delivered_at = fields.DatetimeField(null=True)
    delivered_on = fields.DateField(null=True)
    deliveries = fields.IntField()
    settled_by_id = fields.UUIDField(null=True)
    settled_at = fields.DatetimeField(null=True)
    reason = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "interlock"


class InterlockStep(Model):
    """One thing that was done with an interlock, by whom and in which words."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    interlock_id = fields.UUIDField()
    kind = fields.TextField()
    status = fields.TextField()
    by_id = fields.UUIDField()
    at = fields.DatetimeField()
    words = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "interlock_step"
