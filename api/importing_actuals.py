"""`catchball import --actuals`: figures from a CSV file, with their problems and what would change in words."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from api.commands.failure import CommandError
from api.commands.steps import Steps
from api.importing import LINES_MAX, problem_lines
from api.settings import Settings
from domain.kernel import database
from domain.kernel.actor import Actor, Role
from domain.people import service
from domain.people.service_importing import FileRefused
from domain.scorecards import service_actual_files
from domain.scorecards.service_actual_files import FilePreview

BYTES_MAX = 20_000_000


async def run(
    settings: Settings,
    path: Path,
    *,
    dry_run: bool = False,
    tenant: str | None = None,
    skip_wrong: bool = False,
    steps: Steps | None = None,
) -> None:
    """CommandError when the file cannot be read, FileRefused when rows are wrong: then nothing was written."""
    said = steps or Steps()
    content = await asyncio.to_thread(_content, path)
    await database.connect(settings.database_url)
    try:
        operator = service.operator(*await service.find_tenant(tenant))
        office = replace(operator, roles=operator.roles | {Role.STRATEGY_OFFICE})
        found = await _look(said, office, path.name, content, skip_wrong=skip_wrong)
        if not dry_run:
            with said.step("Recording") as say:
                say(f"{await service_actual_files.apply(office, found, skip_wrong=skip_wrong)} figures")
    finally:
        await database.close()


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise CommandError(f"{path} is no file: name one CSV file of figures.")
    if path.stat().st_size > BYTES_MAX:
        raise CommandError(f"{path} is larger than {BYTES_MAX // 1_000_000} MB: split it by year.")
    return path.read_bytes()


async def _look(steps: Steps, actor: Actor, name: str, content: bytes, *, skip_wrong: bool) -> FilePreview:
    try:
        with steps.step("Reading") as say:
            found = await service_actual_files.preview(actor, name, content, skip_wrong=skip_wrong)
            say(f"{len(found.fresh)} new figures")
    except FileRefused as refusal:
        _list(steps, problem_lines(refusal.problems))
        raise
    _list(steps, problem_lines(found.problems))
    _list(steps, list(difference_lines(found)))
    return found


def difference_lines(found: FilePreview) -> Iterator[str]:
    """What would be recorded, row by row, and how much of the file is recorded already."""
    if found.read_before_at is not None:
        yield f"This file was read before, on {found.read_before_at:%Y-%m-%d}."
    if not found.fresh:
        yield "No difference: every figure is recorded as the file says."
        return
    yield f"new: {len(found.fresh)}, as before: {found.unchanged}"
    for one in found.fresh:
        yield f"  row {one.row}: {one.measure} {one.period:%Y-%m} = {one.value:f} {one.unit_of_measure}"


def _list(steps: Steps, lines: list[str]) -> None:
    for line in lines[:LINES_MAX]:
        steps.line(line)
    if len(lines) > LINES_MAX:
        steps.line(f"… and {len(lines) - LINES_MAX} more")
