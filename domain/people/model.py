"""Records of the organisation: who works where, for whom, since when, and who may sign in."""

from tortoise import fields
from tortoise.models import Model


class Unit(Model):
    """A group, company, department or team; what changes over time stands in its terms."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    kind = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "unit"


class UnitTerm(Model):
    """Name, parent and enterprise form of a unit during a period."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    parent_id = fields.UUIDField(null=True)
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    form = fields.TextField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "unit_term"


class Position(Model):
    """A post as the organisation names it."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "position"


class Person(Model):
    """A human being of the tenant."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    email = fields.TextField(null=True)
    locale = fields.TextField()
    zone = fields.TextField()
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "person"


class Employment(Model):
    """A person in a position of a unit during a period, with a share of full time in percent."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    position_id = fields.UUIDField()
    share = fields.IntField()
    is_primary = fields.BooleanField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "employment"


class ReportingLine(Model):
    """Who answers to whom during a period: the line manager who approves, or a dotted line."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    manager_id = fields.UUIDField()
    kind = fields.TextField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "reporting_line"


class RoleGrant(Model):
    """A role beyond employee and manager, for a unit or for the whole tenant, during a period."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    role = fields.TextField()
    unit_id = fields.UUIDField(null=True)
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "role_grant"


class Delegation(Model):
    """During a period somebody else may decide in a person's place."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    from_id = fields.UUIDField()
    to_id = fields.UUIDField()
    reason = fields.TextField(null=True)
    created_at = fields.DatetimeField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "delegation"


class Account(Model):
    """A person's way in."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    person_id = fields.UUIDField()
    login = fields.TextField()
    password_hash = fields.TextField()
    created_at = fields.DatetimeField()
    disabled_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "account"


class Session(Model):
    """A device that is signed in: a family of refresh tokens of which only hashes are kept."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    account_id = fields.UUIDField()
    person_id = fields.UUIDField()
    name = fields.TextField()
    kind = fields.TextField()
    refresh_hash = fields.BinaryField()
    replaced_hash = fields.BinaryField(null=True)
    replaced_at = fields.DatetimeField(null=True)
    generation = fields.IntField()
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)
    ended_reason = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "session"


class ImportRun(Model):
    """How far an import of an organisation got."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    file_hash = fields.TextField()
    effective_on = fields.DateField()
    rows_total = fields.IntField()
    rows_done = fields.IntField()
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "import_run"
