"""Records of the kernel: tenants and the receipts of idempotent work. The journal is written as plain SQL."""

from tortoise import fields
from tortoise.models import Model


class Tenant(Model):
    """A group that lives apart from all others."""

    id = fields.UUIDField(primary_key=True)
    slug = fields.TextField()
    name = fields.TextField()
    zone = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "tenant"
