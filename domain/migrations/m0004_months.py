"""Months: the journal and check-ins, a partition for each month."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL."""

    dependencies = [("domain", "m0003_roll_up")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0004_months.sql").read_text(encoding="utf-8")),
    ]
