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
    owner_id = fields.UUIDField(null=True)
    provider_id = fields.UUIDField(null=True)
    lag_days = fields.IntField()
    formula = fields.TextField(null=True)
    formula_at = fields.DatetimeField(null=True)
    missing_inputs = fields.TextField()
    version = fields.IntField()
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "measure"


class Actual(Model):
    """The value of a measure in a month, named by its first day. The highest revision of a month counts."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    measure_id = fields.UUIDField()
    period = fields.DateField()
    revision = fields.IntField()
    value = DecimalField(null=True)
    missing = fields.TextField(null=True)
    quality = fields.TextField()
    source = fields.TextField()
    client_id = fields.UUIDField(null=True)
    person_id = fields.UUIDField(null=True)
    approved_by_id = fields.UUIDField(null=True)
    file_id = fields.UUIDField(null=True)
    file_row = fields.IntField(null=True)
    reason = fields.TextField(null=True)
    is_after_closing = fields.BooleanField()
    recorded_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "actual"


class ActualFile(Model):
    """A file of figures, known again by its hash."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    sha256 = fields.TextField()
    name = fields.TextField()
    read_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "actual_file"


class Adjustment(Model):
    """A correction of an actual; after the closing of its month it waits for a second person."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    measure_id = fields.UUIDField()
    period = fields.DateField()
    revision = fields.IntField()
    value = DecimalField()
    quality = fields.TextField()
    reason = fields.TextField()
    is_after_closing = fields.BooleanField()
    proposed_by_id = fields.UUIDField(null=True)
    client_id = fields.UUIDField(null=True)
    proposed_at = fields.DatetimeField()
    state = fields.TextField()
    decided_by_id = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    answer = fields.TextField(null=True)
    actual_id = fields.UUIDField(null=True)

    class Meta(Model.Meta):
        table = "adjustment"
