"""Records of modes: what holds in a unit during a period, and by which factors it was designed."""

from tortoise import fields
from tortoise.models import Model


class ModeSetting(Model):
    """What a feature is in one unit during a period; below, unless something nearer is set."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    feature = fields.TextField()
    value: fields.Field[object] = fields.JSONField()
    is_locked = fields.BooleanField()
    origin = fields.TextField()
    reason = fields.TextField(null=True)
    set_by_id = fields.UUIDField(null=True)
    set_at = fields.DatetimeField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "mode_setting"


class ModeFactor(Model):
    """What a factor means for the mode of a unit during a period, and which features it shaped."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    factor = fields.TextField()
    words = fields.TextField()
    words_zh = fields.TextField(null=True)
    features: fields.Field[list[str]] = fields.JSONField()
    written_by_id = fields.UUIDField(null=True)
    written_at = fields.DatetimeField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "mode_factor"
