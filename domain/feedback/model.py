"""Records of threads and messages; participants, reactions and consents are rows."""

from tortoise import fields
from tortoise.models import Model


class FeedbackThread(Model):
    """What people say about one thing."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    anchor = fields.TextField()
    objective_id = fields.UUIDField(null=True)
    check_in_id = fields.UUIDField(null=True)
    measure_id = fields.UUIDField(null=True)
    about_id = fields.UUIDField(null=True)
    unit_id = fields.UUIDField(null=True)
    visibility = fields.TextField()
    opened_by_id = fields.UUIDField()
    opened_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "feedback_thread"


class FeedbackMessage(Model):
    """What one person said in a thread."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    thread_id = fields.UUIDField()
    author_id = fields.UUIDField()
    visibility = fields.TextField(null=True)
    body = fields.TextField(null=True)
    situation = fields.TextField(null=True)
    behaviour = fields.TextField(null=True)
    impact = fields.TextField(null=True)
    next_step = fields.TextField(null=True)
    version = fields.IntField()
    posted_at = fields.DatetimeField()
    written_at = fields.DatetimeField()
    deleted_at = fields.DatetimeField(null=True)
    hidden_at = fields.DatetimeField(null=True)
    hidden_reason = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "feedback_message"


class FeedbackVersion(Model):
    """What a message said before."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    message_id = fields.UUIDField()
    body = fields.TextField()
    situation = fields.TextField(null=True)
    behaviour = fields.TextField(null=True)
    impact = fields.TextField(null=True)
    next_step = fields.TextField(null=True)
    written_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "feedback_version"


class FeedbackWidening(Model):
    """A proposal that more people may read a thread."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    thread_id = fields.UUIDField()
    visibility = fields.TextField()
    proposed_by_id = fields.UUIDField()
    proposed_at = fields.DatetimeField()
    state = fields.TextField()
    settled_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "feedback_widening"


class CompanyValue(Model):
    """Something that the group stands for."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    name = fields.TextField()
    name_zh = fields.TextField(null=True)
    meaning = fields.TextField()
    meaning_zh = fields.TextField(null=True)
    defined_at = fields.DatetimeField()
    retired_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "company_value"


class Praise(Model):
    """Who praised whom for what."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    thread_id = fields.UUIDField()
    giver_id = fields.UUIDField()
    recipient_id = fields.UUIDField()
    value_id = fields.UUIDField()
    strategic_objective_id = fields.UUIDField(null=True)
    month = fields.DateField()
    given_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "praise"


class FeedbackRequest(Model):
    """Somebody asks somebody for feedback."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    asker_id = fields.UUIDField()
    asked_id = fields.UUIDField()
    objective_id = fields.UUIDField(null=True)
    words = fields.TextField()
    due_on = fields.DateField()
    state = fields.TextField()
    asked_at = fields.DatetimeField()
    reminded_at = fields.DatetimeField(null=True)
    settled_at = fields.DatetimeField(null=True)
    reason = fields.TextField(null=True)
    thread_id = fields.UUIDField(null=True)

    class Meta(Model.Meta):
        table = "feedback_request"


class FeedbackReport(Model):
    """Somebody says that words should not stand."""

    id = fields.UUIDField(primary_key=True)
    tenant_id = fields.UUIDField()
    message_id = fields.UUIDField()
    author_id = fields.UUIDField()
    unit_id = fields.UUIDField(null=True)
    reporter_id = fields.UUIDField()
    reason = fields.TextField()
    reported_at = fields.DatetimeField()
    state = fields.TextField()
    settled_at = fields.DatetimeField(null=True)
    settled_by_id = fields.UUIDField(null=True)
    answer = fields.TextField(null=True)

    class Meta(Model.Meta):
        table = "feedback_report"
