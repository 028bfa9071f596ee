"""What people name of a strategy without being prompted, and what units promise each other."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL."""

    dependencies = [("domain", "m0015_ratchets")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0016_recall.sql").read_text(encoding="utf-8")),
    ]
