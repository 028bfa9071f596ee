"""Alignments: what serves what, and the slices of a target on their way down."""

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

from domain.migrations.m0001_ground import SQL


class Migration(TortoiseMigration):
    """Two files of SQL."""

    dependencies = [("domain", "m0009_modes")]  # noqa: RUF012 - the attribute is Tortoise's
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / "0010_alignments.sql").read_text(encoding="utf-8")),
        RunSQL((SQL / "0010_roll_up.sql").read_text(encoding="utf-8")),
    ]
