"""Records of rounds of recall; who is asked and what they answered are rows."""

from tortoise import fields
from tortoise.models import Model

from domain.kernel.columns import DecimalField


class RecallRound(Model):
    """What the people of a unit and of all units below it are asked, in a quarter."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    cycle_id = fields.UUIDField()
    strategy_id = fields.UUIDField()
    about = fields.TextField()
    k = fields.IntField()
    quarter = fields.DateField()
    opens_at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    asked = fields.IntField()
    asked_by_id = fields.UUIDField()

    class Meta(Model.Meta):
        table = "recall_round"


class RecallPriority(Model):
    """One of the priorities that a round asks about, as it stood when the round was opened."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    round_id = fields.UUIDField()
    position = fields.IntField()
    rank = fields.IntField()
    strategic_objective_id = fields.UUIDField(null=True)
    theme_id = fields.UUIDField(null=True)
    title = fields.TextField()
    title_zh = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "recall_priority"


class RecallAnswer(Model):
    """The finished answer of a person; only the mean of many is ever shown."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    round_id = fields.UUIDField()
    person_id = fields.UUIDField()
    unit_id = fields.UUIDField()
    recalled = DecimalField()
    answered_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "recall_answer"
