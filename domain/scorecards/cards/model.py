"""Records of scorecards."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class ScoringPolicy(Model):
    """A version of the rules by which scores are made."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    version = fields.IntField()
    reason = fields.TextField()
    content: fields.Field[dict[str, object]] = fields.JSONField()
    valid_from = fields.DateField()
    valid_to = fields.DateField()
    by_id = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "scoring_policy"


class Scorecard(Model):
    """What a unit, or a person in a unit, is measured by in a cycle."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    person_id = fields.UUIDField(null=True)
    cycle_id = fields.UUIDField()
    audience = fields.TextField()
    state = fields.TextField()
    version = fields.IntField()
    difficulty = DecimalField()
    policy_id = fields.UUIDField(null=True)
    mode_scoring: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)
    published_by_id = fields.UUIDField(null=True)
    closed_through = fields.DateField(null=True)

    class Meta(Model.Meta):
        table = "scorecard"


class CardPerspective(Model):
    """A perspective of a card with its weight."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    perspective_id = fields.UUIDField()
    weight = fields.IntField()
    aggregation = fields.TextField(null=True)
    position = fields.IntField()

    class Meta(Model.Meta):
        table = "scorecard_perspective"


class CardItem(Model):
    """What a card counts, and the rule that scores it."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    card_perspective_id = fields.UUIDField()
    position = fields.IntField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)
    kind = fields.TextField()
    timing = fields.TextField()
    weight = fields.IntField()
    rule: fields.Field[dict[str, object]] = fields.JSONField()
    gate: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    cap = DecimalField(null=True)
    floor = DecimalField(null=True)
    months = fields.TextField()
    baseline = DecimalField(null=True)
    threshold = DecimalField(null=True)
    target = DecimalField(null=True)
    stretch = DecimalField(null=True)
    measure_id = fields.UUIDField(null=True)
    objective_id = fields.UUIDField(null=True)
    of_scorecard_id = fields.UUIDField(null=True)
    strategic_objective_id = fields.UUIDField(null=True)
    serves_item_id = fields.UUIDField(null=True)
    position_kpi_id = fields.UUIDField(null=True)
    operational = fields.TextField(null=True)
    is_confidential = fields.BooleanField()

    class Meta(Model.Meta):
        table = "scorecard_item"


class Initiative(Model):
    """What is undertaken so that an item is reached."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    item_id = fields.UUIDField(null=True)
    position = fields.IntField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)
    owner_id = fields.UUIDField(null=True)
    starts_on = fields.DateField(null=True)
    due_on = fields.DateField(null=True)
    state = fields.TextField()

    class Meta(Model.Meta):
        table = "initiative"


class ScorecardExtra(Model):
    """Points outside of the weighted base, or a veto."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    kind = fields.TextField()
    period = fields.DateField()
    title = fields.TextField()
    points = DecimalField(null=True)
    ceiling = fields.TextField(null=True)
    evidence = fields.TextField()
    by_id = fields.UUIDField()
    at = fields.DatetimeField()
    withdrawn_by_id = fields.UUIDField(null=True)
    withdrawn_at = fields.DatetimeField(null=True)
    withdrawn_reason = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "scorecard_extra"


class PositionKpi(Model):
    """What the incumbents of a position are measured by."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    position_id = fields.UUIDField()
    perspective_id = fields.UUIDField()
    position = fields.IntField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)
    timing = fields.TextField()
    weight = fields.IntField()
    rule: fields.Field[dict[str, object]] = fields.JSONField()
    months = fields.TextField()
    measure_id = fields.UUIDField(null=True)
    strategic_objective_id = fields.UUIDField(null=True)
    operational = fields.TextField(null=True)
    written_by_id = fields.UUIDField(null=True)
    written_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "position_kpi"


class Score(Model):
    """The score of a card as of a month, with the way it came about."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    period = fields.DateField()
    status = fields.TextField()
    value = DecimalField(null=True)
    covered = DecimalField()
    grade = fields.TextField(null=True)
    light = fields.TextField(null=True)
    trace: fields.Field[dict[str, object]] = fields.JSONField()
    policy_id = fields.UUIDField()
    computed_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "score"


class ItemScore(Model):
    """What was read of an item for a month, and its score."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    scorecard_id = fields.UUIDField()
    item_id = fields.UUIDField()
    period = fields.DateField()
    state = fields.TextField()
    reading = DecimalField(null=True)
    value = DecimalField(null=True)
    light = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "item_score"
