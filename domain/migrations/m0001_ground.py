"""The ground: tenants, people, objectives, measures, inbox, and the rules that the database itself keeps."""

from pathlib import Path

from tortoise.migrations import Migration as TortoiseMigration
from tortoise.migrations.operations import RunSQL

SQL = Path(__file__).parent / "sql"


class Migration(TortoiseMigration):
    """Written as SQL, because Tortoise drops composite keys, checks and partial indexes without a word."""

    initial = True
    operations = [  # noqa: RUF012 - the attribute is Tortoise's
        RunSQL((SQL / f"0001_{part}.sql").read_text(encoding="utf-8"))
        for part in ("kernel", "people", "objectives", "inbox")
    ]
