"""Records of measures and their actuals."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class Measure(Model):
    """A figure of a unit, in a named unit of measure, within plausible limits."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    unit_of_measure = fields.TextField()
    unit_id = fields.UUIDField()
    low = DecimalField(null=True)
    high = DecimalField(null=True)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "measure"


class Actual(Model):
    """The value of a measure in a month, named by its first day."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    measure_id = fields.UUIDField()
    period = fields.DateField()
    value = DecimalField()
    client_id = fields.UUIDField(null=True)
    recorded_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "actual"
