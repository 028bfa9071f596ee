"""Records of plans, investments and assumptions that change under a lock; their parts are written set by set."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class AnnualPlan(Model):
    """A version of what a group means to earn, spend and do in a year."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    year = fields.IntField()
    number = fields.IntField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    currency = fields.TextField()
    starts_on = fields.DateField()
    tree_on = fields.DateField()
    state = fields.TextField()
    version = fields.IntField()
    note = fields.TextField(null=True)
    created_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    submitted_by_id = fields.UUIDField(null=True)
    submitted_at = fields.DatetimeField(null=True)
    approved_by_id = fields.UUIDField(null=True)
    approved_at = fields.DatetimeField(null=True)
    superseded_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "annual_plan"


class Investment(Model):
    """Money that is spent once so that more comes back, or an objective is reached."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    unit_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    currency = fields.TextField()
    discount_rate = DecimalField()
    asked = DecimalField()
    approved = DecimalField(null=True)
    state = fields.TextField()
    version = fields.IntField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    approved_by_id = fields.UUIDField(null=True)
    approved_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "investment"


class Assumption(Model):
    """What plans take for granted, within a range."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    kind = fields.TextField()
    owner_id = fields.UUIDField()
    unit_of_measure = fields.TextField()
    low = DecimalField(null=True)
    high = DecimalField(null=True)
    trigger = fields.TextField()
    trigger_zh = fields.TextField(null=True)
    version = fields.IntField()
    is_broken = fields.BooleanField()
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "assumption"


class RevisionFlag(Model):
    """A target that leans on an assumption which left its range, until somebody settles what follows."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    assumption_id = fields.UUIDField()
    link_id = fields.UUIDField()
    reading_id = fields.UUIDField()
    version = fields.IntField()
    raised_at = fields.DatetimeField()
    settled_at = fields.DatetimeField(null=True)
    settled_by_id = fields.UUIDField(null=True)
    note = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "revision_flag"
