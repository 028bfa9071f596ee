"""Records of a strategy and its map."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class Perspective(Model):
    """A point of view from which the group looks at itself."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    position = fields.IntField()

    class Meta(Model.Meta):
        table = "perspective"


class Strategy(Model):
    """What a unit wants: as it was published last, and as a draft what is being written."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    mission = fields.TextField(null=True)
    mission_zh = fields.TextField(null=True)
    vision = fields.TextField(null=True)
    vision_zh = fields.TextField(null=True)
    starts_on = fields.DateField()
    ends_on = fields.DateField()
    version = fields.IntField()
    published_version = fields.IntField(null=True)
    draft: fields.Field[dict[str, object] | None] = fields.JSONField(null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "strategy"


class StrategyVersion(Model):
    """A strategy as it was published, written once."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    version = fields.IntField()
    content: fields.Field[dict[str, object]] = fields.JSONField()
    reason = fields.TextField(null=True)
    published_by_id = fields.UUIDField()
    published_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "strategy_version"


class Theme(Model):
    """A direction of a strategy with its declared, relative weight."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    code = fields.TextField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    weight = fields.IntField()
    position = fields.IntField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "theme"


class LongTermGoal(Model):
    """Where a figure shall be in some years."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    theme_id = fields.UUIDField(null=True)
    code = fields.TextField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)
    unit_of_measure = fields.TextField()
    baseline = DecimalField()
    baseline_year = fields.IntField()
    target = DecimalField()
    target_year = fields.IntField()
    position = fields.IntField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "long_term_goal"


class Waypoint(Model):
    """Where a long-term goal shall be at the end of a year."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    goal_id = fields.UUIDField()
    year = fields.IntField()
    value = DecimalField()

    class Meta(Model.Meta):
        table = "waypoint"


class StrategicObjective(Model):
    """What a unit wants to reach, from one perspective and under one theme."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    perspective_id = fields.UUIDField()
    theme_id = fields.UUIDField()
    goal_id = fields.UUIDField(null=True)
    owner_id = fields.UUIDField(null=True)
    code = fields.TextField()
    title = fields.TextField()
    title_zh = fields.TextField(null=True)
    weight = fields.IntField()
    position = fields.IntField()
    created_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "strategic_objective"


class CausalLink(Model):
    """One strategic objective leads to another: with a sign, a lag in months and a hypothesis."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    from_id = fields.UUIDField()
    to_id = fields.UUIDField()
    sign = fields.TextField()
    lag_months = fields.IntField()
    hypothesis = fields.TextField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "causal_link"


class Intent(Model):
    """Why, what changes and what we will not do: a version, written once."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    strategic_objective_id = fields.UUIDField()
    version = fields.IntField()
    why = fields.TextField()
    what_changes = fields.TextField()
    will_not_do = fields.TextField()
    written_by_id = fields.UUIDField()
    written_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "intent"
