"""Facts: what holds of an actor and is seldom asked for, as functions."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """One file of SQL."""

    dependencies = [("domain", "m0005_feed")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0006_facts.sql").read_text(encoding="utf-8")),
    ]
