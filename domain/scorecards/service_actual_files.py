"""Use case of files of figures: what one would change is shown first, then recorded in one transaction.

A file is known again by its hash, and a row that says what is recorded already changes nothing: reading a file twice
records it once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people.importing import Problem
from domain.people.service_importing import FileRefused
from domain.scorecards import actual_lines, rules, service
from domain.scorecards.errors import DuplicateActual
from domain.scorecards.rules import Standing
from domain.scorecards.terms import Figure, Outcome, Source

NAME_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What a file would record, what of it is recorded already, and the problems of its other rows."""

    name: str
    sha256: str
    read_before_at: datetime | None
    """When the same file was read, if it was."""
    fresh: tuple[Figure, ...]
    unchanged: int
    problems: tuple[Problem, ...]


async def preview(actor: Actor, name: str, content: bytes, *, skip_wrong: bool) -> FilePreview:
    """Look at every row and write nothing; FileRefused when rows are wrong and not to be skipped."""
    sheet = actual_lines.read(content)
    sha256 = hashlib.sha256(content).hexdigest()
    async with begin(actor) as work:
        standing = await service.standing_of(work, sheet.figures)
        read_before_at = await work.connection.fetchval(
            "select read_at from actual_file where tenant_id = $1 and sha256 = $2", actor.tenant_id, sha256
        )
    verdicts = rules.judge(sheet.figures, standing)
    pairs = list(zip(sheet.figures, verdicts, strict=True))
    wrong = [_problem(one, refusal) for one, refusal in pairs if refusal and not _is_recorded(one, refusal, standing)]
    problems = tuple(sorted((*sheet.problems, *wrong), key=lambda one: one.row))
    if problems and not skip_wrong:
        raise FileRefused(problems)
    return FilePreview(
        name=name[:NAME_CHARACTERS_MAX],
        sha256=sha256,
        read_before_at=read_before_at,
        fresh=tuple(one for one, refusal in pairs if refusal is None),
        unchanged=sum(refusal is not None and _is_recorded(one, refusal, standing) for one, refusal in pairs),
        problems=problems,
    )


def _is_recorded(figure: Figure, refusal: DomainError, standing: Standing) -> bool:
    """Whether the month has this very value."""
    if not isinstance(refusal, DuplicateActual):
        return False
    measure = standing.measures[figure.measure]
    return standing.recorded.get((measure.id, figure.period)) == figure.value


def _problem(figure: Figure, refusal: DomainError) -> Problem:
    return Problem(row=figure.row or 0, column="", code=refusal.code, message=refusal.message, help=refusal.help or "")


async def apply(actor: Actor, previewed: FilePreview, *, skip_wrong: bool) -> int:
    """Record what the preview found new, all at once; how many figures.

    FileRefused when somebody recorded some of them meanwhile and wrong rows are not to be skipped: then nothing is.
    """
    if not previewed.fresh:
        return 0
    async with begin(actor) as work:
        file_id = await _file(work, previewed)
        outcomes = await service.record_within(work, previewed.fresh, Source.CSV, file_id=file_id)
        wrong = _refused(previewed.fresh, outcomes)
        if wrong and not skip_wrong:
            raise FileRefused(wrong)
    return len(outcomes) - len(wrong)


def _refused(figures: Sequence[Figure], outcomes: Sequence[Outcome]) -> list[Problem]:
    return [_problem(figures[one.index], one.refusal) for one in outcomes if one.refusal is not None]


async def _file(work: Work, previewed: FilePreview) -> UUID:
    """The row of the file: a new one, or that of the same file before."""
    file_id = await work.connection.fetchval(
        """insert into actual_file (tenant_id, id, sha256, name, read_at) values ($1, $2, $3, $4, $5)
           on conflict (tenant_id, sha256) do nothing returning id""",
        work.actor.tenant_id,
        new_id(),
        previewed.sha256,
        previewed.name,
        clock.now(),
    )
    return file_id or await work.connection.fetchval(
        "select id from actual_file where tenant_id = $1 and sha256 = $2", work.actor.tenant_id, previewed.sha256
    )
