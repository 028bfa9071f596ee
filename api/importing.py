"""`catchball import`: an organisation from a CSV file, with its problems, its diff and its progress in words.

The columns are described in `domain/people/importing.py`.
"""

import asyncio
import secrets
from collections.abc import Iterable, Sequence
from pathlib import Path

from api.commands.failure import CommandError
from api.commands.steps import Steps
from api.identity.passwords import Passwords
from api.settings import Settings
from domain.kernel import database
from domain.kernel.actor import Actor
from domain.people import service, service_importing
from domain.people.importing import Problem
from domain.people.importing_plan import Difference, Plan
from domain.people.service_importing import FileRefused, Options, Preview

BYTES_MAX = 200_000_000
LINES_MAX = 50
"""So many problems, and differences of one kind, are shown; the others are counted."""


async def run(
    settings: Settings,
    path: Path,
    *,
    dry_run: bool = False,
    tenant: str | None = None,
    skip_wrong: bool = False,
    end_absent: bool = False,
    steps: Steps | None = None,
) -> None:
    """CommandError when the file cannot be read, FileRefused when rows are wrong: then nothing was written."""
    said = steps or Steps()
    content = await asyncio.to_thread(_content, path)
    options = Options(skip_wrong=skip_wrong, end_absent=end_absent)
    await database.connect(settings.database_url)
    try:
        actor = service.operator(*await service.find_tenant(tenant))
        found = await _look(said, actor, content, options)
        if not dry_run:
            await _write(said, actor, found)
    finally:
        await database.close()


def _content(path: Path) -> bytes:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if len(files) != 1:
        raise CommandError(f"{path} holds {len(files)} CSV files: name the one to import.")
    if files[0].stat().st_size > BYTES_MAX:
        raise CommandError(f"{files[0]} is larger than {BYTES_MAX // 1_000_000} MB: split it by company.")
    return files[0].read_bytes()


async def _look(steps: Steps, actor: Actor, content: bytes, options: Options) -> Preview:
    try:
        with steps.step("Reading") as say:
            found = await service_importing.preview(actor, content, options)
            say(f"{len(found.plan.differences)} differences")
    except FileRefused as refusal:
        _list(steps, problem_lines(refusal.problems))
        raise
    _list(steps, problem_lines(found.problems))
    for line in difference_lines(found.plan):
        steps.line(line)
    return found


async def _write(steps: Steps, actor: Actor, found: Preview) -> None:
    password_hash = await _locked_password_hash()
    with steps.step("Writing") as say:
        await service_importing.apply(
            actor,
            found,
            password_hash=password_hash,
            say=lambda done, total: say(f"{done} of {total} persons"),
        )


async def _locked_password_hash() -> str:
    """Of a password that is thrown away: accounts of an import are entered once a password is set for them."""
    passwords = Passwords()
    try:
        return await passwords.hash(secrets.token_urlsafe(32))
    finally:
        passwords.close()


def problem_lines(problems: Sequence[Problem]) -> list[str]:
    """One line per problem: where it is, what it is, what to do."""
    return [
        f"row {problem.row}{', ' + problem.column if problem.column else ''}: {problem.message} {problem.help}"
        for problem in problems
    ]


def difference_lines(plan: Plan) -> list[str]:
    """The diff by kind, with the number of each; persons whom the file does not name come last."""
    lines: list[str] = []
    kinds = dict.fromkeys(difference.kind for difference in plan.differences)
    for kind in kinds:
        of_kind = [difference for difference in plan.differences if difference.kind == kind]
        lines += _counted(f"{kind}: {len(of_kind)}", (_difference(difference) for difference in of_kind[:LINES_MAX]))
        lines += [f"  … and {len(of_kind) - LINES_MAX} more"] if len(of_kind) > LINES_MAX else []
    if plan.absent:
        ended = "ended" if plan.leavers else "left as they are; --end-absent ends them"
        shown = ", ".join(plan.absent[:LINES_MAX]) + (", …" if len(plan.absent) > LINES_MAX else "")
        lines += _counted(f"not in the file: {len(plan.absent)} ({ended})", [f"  {shown}"])
    return lines or ["No difference: everything is as the file says."]


def _counted(title: str, below: Iterable[str]) -> list[str]:
    return [title, *below]


def _difference(difference: Difference) -> str:
    return f"  {difference.code}: {difference.words}"


def _list(steps: Steps, lines: Sequence[str]) -> None:
    for line in lines[:LINES_MAX]:
        steps.line(line)
    if len(lines) > LINES_MAX:
        steps.line(f"… and {len(lines) - LINES_MAX} more")
