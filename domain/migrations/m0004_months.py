"""Months: the journal and check-ins in partitions by time, and the mover that makes those to come."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """Rows stay where they are: the tables become the first partitions."""

    dependencies = [("domain", "m0003_roll_up")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / f"0004_{part}.sql").read_text(encoding="utf-8")) for part in ("months", "journal", "check_ins")
    ]
