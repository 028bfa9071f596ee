"""`catchball import` as an operator runs it: a process of its own, which may be killed."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest_asyncio

from api.settings import Settings
from domain.kernel.ids import new_id

TITLES = "person_code,name,unit_code,parent_unit_code,unit_name,unit_kind,position_code,manager_code\n"
GROUP = f"{TITLES}a,Ann,G,,Group,GROUP,CHIEF,\nb,Ben,S,G,Shop,COMPANY,MD,a\n"
CLERKS = 5_000
DEADLINE_SECONDS = 60


@dataclass(frozen=True)
class Place:
    """A new tenant, and a connection that sees everything."""

    settings: Settings
    folder: Path
    tenant_id: UUID
    slug: str
    connection: asyncpg.Connection

    def start(self, text: str, *flags: str) -> "subprocess.Popen[str]":
        path = self.folder / "group.csv"
        path.write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", "import sys; from api.cli import main; sys.exit(main(sys.argv[1:]))"]
        return subprocess.Popen(
            [*command, "import", str(path), "--tenant", self.slug, *flags],
            env={
                **os.environ,
                "DATABASE_URL": self.settings.database_url,
                "REDIS_URL": self.settings.redis_url,
                "CATCHBALL_HOME": str(self.settings.home),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, text: str, *flags: str) -> tuple[int, list[str], str]:
        """Exit code, lines without durations, and what was said of errors."""
        process = self.start(text, *flags)
        said, errors = process.communicate(timeout=DEADLINE_SECONDS)
        return process.returncode, [line for line in said.splitlines() if not line.endswith(" s")], errors

    async def count(self, table: str) -> int:
        found = await self.connection.fetchval(f"select count(*) from {table} where tenant_id = $1", self.tenant_id)
        return int(found)


@pytest_asyncio.fixture(loop_scope="session")
async def place(settings: Settings, tmp_path: Path) -> AsyncGenerator[Place]:
    connection = await asyncpg.connect(settings.database_url)
    tenant_id = new_id()
    await connection.execute(
        "insert into tenant (id, slug, name, zone, created_at) values ($1, $2, 'Group', 'Asia/Shanghai', '2026-01-01')",
        tenant_id,
        str(tenant_id),
    )
    yield Place(settings, tmp_path, tenant_id, str(tenant_id), connection)
    await connection.close()


async def test_a_dry_run_shows_the_difference_and_changes_nothing(place: Place) -> None:
    code, lines, errors = place.run(GROUP, "--dry-run")

    assert (code, errors) == (0, "")
    assert [line.split(" from ")[0] for line in lines] == [
        "unit added: 2",
        "  G: Group",
        "  S: Shop under G",
        "position added: 2",
        "  CHIEF: CHIEF",
        "  MD: MD",
        "person added: 2",
        "  a: Ann: G as CHIEF 100 %",
        "  b: Ben: S as MD 100 %, under a",
    ]
    assert await place.count("person") == 0


async def test_an_import_can_be_run_again_and_finds_nothing_more(place: Place) -> None:
    first, _, _ = place.run(GROUP)
    again, lines, _ = place.run(GROUP)

    assert (first, again) == (0, 0)
    assert lines == ["No difference: everything is as the file says."]
    assert await place.count("person") == 2


async def test_a_wrong_file_is_told_row_by_row(place: Place) -> None:
    code, lines, errors = place.run(GROUP.replace("MD,a", "MD,z"))

    assert code == 1
    assert lines == [
        "row 3, manager_code: Nobody has the code z. Add a row for the manager, or correct the code.",
    ]
    assert errors == "catchball: Nothing was changed: 1 problems were found in the file.\n"
    assert await place.count("person") == 0


async def test_wrong_rows_are_skipped_on_demand(place: Place) -> None:
    code, _, _ = place.run(GROUP.replace("MD,a", "MD,z"), "--skip-wrong")

    assert code == 0
    assert await place.count("person") == 1


async def test_a_killed_import_goes_on_where_it_was(place: Place) -> None:
    text = GROUP + "".join(f"c{number},Clerk {number},S,,,,CLERK,b\n" for number in range(CLERKS))
    process = place.start(text)
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await place.count("person"):
            pass
    process.kill()
    process.communicate()
    written = await place.count("person")

    code, lines, _ = place.run(text)

    assert 0 < written < CLERKS + 2
    assert code == 0
    assert f"person added: {CLERKS + 2 - written}" in lines
    assert await place.count("person") == CLERKS + 2
    assert await place.count("reporting_closure") == 1 + 2 * CLERKS
    assert await place.count("journal") == 1
