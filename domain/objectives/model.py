"""Records of objectives: cycles, objectives, key results, check-ins, approvals, alignments, teach-backs."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class Cycle(Model):
    """A period for which goals are set."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    starts_on = fields.DateField()
    ends_on = fields.DateField()
    closed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "cycle"


class Objective(Model):
    """What a person promises to reach in a cycle."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    owner_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    cycle_id = fields.UUIDField()
    parent_id = fields.UUIDField(null=True)
    title = fields.TextField()
    why = fields.TextField(null=True)
    audience = fields.TextField()
    weight = fields.IntField()
    state = fields.TextField()
    version = fields.IntField()
    version_hash = fields.TextField()
    progress = DecimalField(null=True)
    difficulty = fields.IntField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    submitted_at = fields.DatetimeField(null=True)
    approved_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "objective"


class KeyResult(Model):
    """How one sees that an objective is reached."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    position = fields.IntField()
    title = fields.TextField()
    kind = fields.TextField()
    unit_of_measure = fields.TextField()
    weight = fields.IntField()
    start = DecimalField(null=True)
    target = DecimalField(null=True)
    low = DecimalField(null=True)
    high = DecimalField(null=True)
    current = DecimalField(null=True)
    progress = DecimalField(null=True)
    measure_id = fields.UUIDField(null=True)
    latest_check_in_id = fields.UUIDField(null=True)
    continues_id = fields.UUIDField(null=True)
    updated_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "key_result"


class CheckIn(Model):
    """A value of a key result at an instant, with confidence from 0 to 10."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    key_result_id = fields.UUIDField()
    source = fields.TextField()
    author_id = fields.UUIDField(null=True)
    client_id = fields.UUIDField(null=True)
    value = DecimalField()
    confidence = fields.IntField(null=True)
    note = fields.TextField(null=True)
    recorded_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "check_in"


class Approval(Model):
    """A request to promise one version of an objective, and how it was decided."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    approver_id = fields.UUIDField()
    requested_by_id = fields.UUIDField()
    requested_at = fields.DatetimeField()
    version = fields.IntField()
    version_hash = fields.TextField()
    state = fields.TextField()
    note = fields.TextField(null=True)
    changes: fields.Field[list[dict[str, str | None]]] = fields.JSONField()
    decided_by_id = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)
    decision_note = fields.TextField(null=True)
    holds_until = fields.DateField(null=True)

    class Meta(Model.Meta):
        table = "approval"


class Alignment(Model):
    """What serves what, and how far the two sides agree on it."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    cycle_id = fields.UUIDField()
    parent_id = fields.UUIDField(null=True)
    parent_key_result_id = fields.UUIDField(null=True)
    strategic_objective_id = fields.UUIDField(null=True)
    child_id = fields.UUIDField(null=True)
    child_key_result_id = fields.UUIDField(null=True)
    receiver_id = fields.UUIDField(null=True)
    receiver_unit_id = fields.UUIDField(null=True)
    method = fields.TextField()
    state = fields.TextField()
    amount = DecimalField(null=True)
    counter_amount = DecimalField(null=True)
    weight = fields.IntField(null=True)
    counted = fields.BooleanField()
    reason = fields.TextField(null=True)
    rounds = fields.IntField()
    version = fields.IntField()
    proposed_by_id = fields.UUIDField()
    proposed_at = fields.DatetimeField()
    asked_id = fields.UUIDField(null=True)
    escalated_at = fields.DatetimeField(null=True)
    decided_by_id = fields.UUIDField(null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "alignment"


class AlignmentTurn(Model):
    """What one side said of an alignment in its turn."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    alignment_id = fields.UUIDField()
    number = fields.IntField()
    act = fields.TextField()
    by_id = fields.UUIDField()
    at = fields.DatetimeField()
    amount = DecimalField(null=True)
    reason = fields.TextField(null=True)
    resources = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "alignment_turn"


class TargetSplit(Model):
    """How the target of a key result was thrown down."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    key_result_id = fields.UUIDField()
    method = fields.TextField()
    state = fields.TextField()
    reserve = DecimalField()
    is_whole = fields.BooleanField()
    waiver = fields.TextField(null=True)
    version = fields.IntField()
    thrown_by_id = fields.UUIDField()
    created_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "target_split"


class TeachBack(Model):
    """An intent in the words of who serves it, and the manager's word on that."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    intent_id = fields.UUIDField()
    objective_id = fields.UUIDField()
    said_by_id = fields.UUIDField()
    words = fields.TextField()
    said_at = fields.DatetimeField()
    state = fields.TextField()
    answered_by_id = fields.UUIDField(null=True)
    answered_at = fields.DatetimeField(null=True)
    answer = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "teach_back"
