"""A ledger of what progress gives, awards by rules that are data, and the days on which nobody works."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL."""

    dependencies = [("domain", "m0019_feedback")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0020_ledger.sql").read_text(encoding="utf-8")),
    ]
