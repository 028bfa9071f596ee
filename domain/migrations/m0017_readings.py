"""How much of the strategy arrives: what is counted of a cascade, and what was read of it month by month."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL for the rows, one for what is counted."""

    dependencies = [("domain", "m0016_recall")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0017_readings.sql").read_text(encoding="utf-8")),
        RunSQL((SQL / "0017_counting.sql").read_text(encoding="utf-8")),
    ]
