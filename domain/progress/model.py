"""Records of seasons. What is counted in them is written set by set, in SQL."""

from tortoise import fields
from tortoise.models import Model


class Season(Model):
    """A period with a board of its own, from its first to its last day."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    starts_on = fields.DateField()
    ends_on = fields.DateField()

    class Meta(Model.Meta):
        table = "season"
