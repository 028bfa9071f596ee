"""Records of targets: policies, adjustments, exemptions, tests, contributions."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class RatchetPolicy(Model):
    """How far the targets of a unit must exceed those before them, for a time."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    version = fields.IntField()
    is_on = fields.BooleanField()
    growth_percent = DecimalField()
    cap_percent = DecimalField()
    target_weight = fields.IntField()
    actual_weight = fields.IntField()
    saturation_percent = DecimalField()
    reason = fields.TextField()
    written_by_id = fields.UUIDField()
    written_at = fields.DatetimeField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()

    class Meta(Model.Meta):
        table = "ratchet_policy"


class TargetAdjustment(Model):
    """What makes the figures of a key result comparable with those of later cycles."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    key_result_id = fields.UUIDField()
    kind = fields.TextField()
    amount = DecimalField(null=True)
    factor = DecimalField(null=True)
    reason = fields.TextField()
    evidence = fields.TextField()
    declared_by_id = fields.UUIDField()
    declared_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "target_adjustment"


class TargetExemption(Model):
    """A target that may stay below the last one: why, until when, and who agreed."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    previous_id = fields.UUIDField()
    title = fields.TextField()
    unit_of_measure = fields.TextField()
    previous_target = DecimalField(null=True)
    lowest_target = DecimalField()
    kind = fields.TextField()
    reason = fields.TextField()
    evidence = fields.TextField()
    expires_on = fields.DateField()
    state = fields.TextField()
    version = fields.IntField()
    asked_by_id = fields.UUIDField()
    asked_at = fields.DatetimeField()
    granted_by_id = fields.UUIDField(null=True)
    granted_at = fields.DatetimeField(null=True)
    confirmed_by_id = fields.UUIDField(null=True)
    confirmed_at = fields.DatetimeField(null=True)
    declined_by_id = fields.UUIDField(null=True)
    declined_at = fields.DatetimeField(null=True)
    decision_note = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "target_exemption"


class ExceedTest(Model):
    """What the test said of a target as it was submitted."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    key_result_id = fields.UUIDField()
    previous_id = fields.UUIDField()
    version = fields.IntField()
    position = fields.IntField()
    outcome = fields.TextField()
    ground = fields.TextField()
    target = DecimalField(null=True)
    previous_target = DecimalField(null=True)
    minimum = DecimalField(null=True)
    is_strict = fields.BooleanField(null=True)
    reference = DecimalField(null=True)
    baseline = DecimalField(null=True)
    counted = DecimalField(null=True)
    guidance = DecimalField(null=True)
    is_new_level = fields.BooleanField(null=True)
    bonus_cap = fields.IntField(null=True)
    policy_id = fields.UUIDField()
    exemption_id = fields.UUIDField(null=True)
    tested_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "exceed_test"


class ContributionStatement(Model):
    """Who contributed what to a joint result, as it was proposed or agreed last."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    method = fields.TextField()
    state = fields.TextField()
    version = fields.IntField()
    driver = fields.TextField(null=True)
    groups: fields.Field[list[dict[str, object]] | None] = fields.JSONField(null=True)
    proposed_by_id = fields.UUIDField()
    proposed_at = fields.DatetimeField()
    agreed_by_id = fields.UUIDField(null=True)
    agreed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "contribution_statement"


class Contribution(Model):
    """The share of a person or a unit in a joint result, in percent."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    statement_id = fields.UUIDField()
    position = fields.IntField()
    person_id = fields.UUIDField(null=True)
    unit_id = fields.UUIDField(null=True)
    share = DecimalField()
    amount = DecimalField(null=True)
    evidence = fields.TextField()

    class Meta(Model.Meta):
        table = "contribution"
