"""Between the game and what a person is judged and paid by stands a wall: nothing of it is read on the other side."""

import ast
import re
from pathlib import Path

import asyncpg

ROOT = Path(__file__).parents[3]
OURS = ("domain/progress/", "api/progress/")
MAY_IMPORT = {
    "api/demo/build.py": "it opens the season of the demo group",
    "api/reading/catalogue.py": "it gathers what can be read",
    "api/worker.py": "it shows the journal to the reader, and rebuilds boards at night",
}
TABLES = {
    "award_rule",
    "ledger_account",
    "ledger_entry",
    "point_entry",
    "ranking_absence",
    "season",
    "standing",
    "standing_count",
    "time_off",
    "work_day",
}
WORD = re.compile(rf"\b(?:from|join|into|update|table)\s+(?:{'|'.join(sorted(TABLES))})\b")


def sources() -> dict[str, str]:
    """The product's modules that are not of the game, by their paths."""
    found = [path for folder in ("domain", "api", "notifications") for path in sorted((ROOT / folder).rglob("*.py"))]
    texts = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in found}
    return {name: text for name, text in texts.items() if not name.startswith((*OURS, "domain/migrations/"))}


def imports(text: str) -> set[str]:
    """Of what a module makes use, anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def reaches(text: str) -> bool:
    return any(f"{name}.".startswith("domain.progress.") for name in imports(text))


def test_no_module_but_those_that_put_the_product_together_knows_the_game() -> None:
    assert {name for name, text in sources().items() if reaches(text)} == set(MAY_IMPORT)


def test_no_statement_on_the_other_side_reads_a_table_of_the_game() -> None:
    assert len(sources()) > 300
    assert [name for name, text in sources().items() if WORD.search(text.lower())] == []


async def test_no_other_table_refers_to_one_of_the_game(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(
            """select c.conrelid::regclass::text as referring, c.confrelid::regclass::text as referred
               from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace"""
        )
        columns = await connection.fetch(
            """select table_name, column_name from information_schema.columns
               where table_schema = 'public'
                 and column_name ~ '(badge|streak|experience|coins|ledger|standing|season)'"""
        )
    finally:
        await connection.close()

    assert {row["referring"] for row in rows if row["referred"] in TABLES} <= TABLES
    assert {row["table_name"] for row in columns} <= TABLES


def test_what_would_break_the_wall_is_found() -> None:
    assert reaches("from domain.progress import service")
    assert reaches("import domain.progress.views")
    assert not reaches("from domain.objectives.progress import FINEST")
    assert WORD.search("select points\nfrom standing s")
