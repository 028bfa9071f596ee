"""Threads of feedback, what is said in them, and who agreed to widen them."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL."""

    dependencies = [("domain", "m0018_mode_scoring")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0019_feedback.sql").read_text(encoding="utf-8")),
    ]
