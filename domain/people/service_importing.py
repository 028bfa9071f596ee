"""Imports an organisation: looks at the whole file first, then writes in batches that can be cut off anywhere."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from asyncpg import IntegrityConstraintViolationError

from domain.kernel import clock, database, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import importing, importing_examination, service_importing_rows
from domain.people.events import OrganisationImported
from domain.people.importing import Problem
from domain.people.importing_plan import Plan
from domain.people.service_access import lock_structure, relations_to

BATCH = 2_000

Say = Callable[[int, int], None]
"""Hears how many persons are done, of how many."""


class FileRefused(DomainError):
    """Rows of the file are wrong; nothing was written."""

    code = "file_refused"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"Nothing was changed: {len(problems)} problems were found in the file.")
        self.problems = tuple(problems)
        self.help = "Correct the rows, or import the others with --skip-wrong."


class ImportDisturbed(DomainError):
    """Somebody else changed the organisation while it was imported; what is done stays done."""

    code = "import_disturbed"
    help = "Run the same import again: it continues."

    def __init__(self) -> None:
        super().__init__("The organisation was changed by somebody else meanwhile.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an import deals with wrong rows, and with persons whom the file does not name."""

    effective_on: date | None = None
    """The day of the import; None: today in the tenant's zone, or the day on which a cut-off import of it began."""
    skip_wrong: bool = False
    end_absent: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; the problems are of rows that it would skip."""

    file_hash: str
    is_begun: bool
    """An import of the same file was cut off, and this is what it left."""
    plan: Plan
    problems: tuple[Problem, ...]


async def preview(actor: Actor, content: bytes, options: Options) -> Preview:
    """Read the file and find the differences, writing nothing; FileRefused when rows are wrong and not skipped.

    With `end_absent` no row is ever skipped, since a skipped person would be taken for an absent one.
    """
    async with begin(actor) as work:
        permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, []))
    file_hash = hashlib.sha256(content).hexdigest()
    sheet, problems = importing.read(content)
    logins = {row.login.lower() for row in sheet.rows if row.login}
    with database.tenant(actor.tenant_id):
        begun_on = await _begun_on(actor, file_hash)
        effective_on = options.effective_on or begun_on or clock.today(actor.zone)
        present = await service_importing_rows.present(actor.tenant_id, effective_on, logins=logins)
    if options.end_absent:
        examine = importing_examination.examine_ending
    elif options.skip_wrong:
        examine = importing_examination.examine_skipping
    else:
        examine = importing_examination.examine
    examined = examine(sheet, present, problems, make_id=new_id)
    if examined.plan is None:
        raise FileRefused(examined.problems)
    return Preview(file_hash, begun_on is not None, examined.plan, examined.problems)


async def _begun_on(actor: Actor, file_hash: str) -> date | None:
    async with database.connection() as connection:
        return await connection.fetchval(
            "select effective_on from import_run where tenant_id = $1 and file_hash = $2 and finished_at is null",
            actor.tenant_id,
            file_hash,
        )


async def apply(actor: Actor, previewed: Preview, *, password_hash: str, say: Say) -> None:
    """Do what the preview said, some persons per transaction; accounts open with the hash of a password nobody knows.

    Cut off anywhere, the next preview of the same file finds what is left. ImportDisturbed, CycleRefused.
    """
    plan = previewed.plan
    if plan.is_empty and not previewed.is_begun:
        return
    try:
        run = await _open(actor, previewed)
        for first in range(0, len(plan.persons), BATCH):
            say(run.done, run.total)
            await _write_persons(actor, run, plan, first=first, password_hash=password_hash)
        await _finish(actor, run, plan)
        say(run.total, run.total)
    except IntegrityConstraintViolationError as error:
        raise ImportDisturbed from error


@dataclass(slots=True)
class _Run:
    id: UUID
    total: int
    done: int


async def _open(actor: Actor, previewed: Preview) -> _Run:
    """The run of this file that was cut off, or a new one; units and positions are written with it."""
    plan = previewed.plan
    async with begin(actor) as work:
        await _lock(work)
        row = await work.connection.fetchrow(
            """insert into import_run as r (tenant_id, id, file_hash, effective_on, rows_total, rows_done, started_at)
               values ($1, $2, $3, $4, $5, 0, $6)
               on conflict (tenant_id, file_hash) where finished_at is null
               do update set rows_total = greatest(r.rows_total, r.rows_done + excluded.rows_total)
               returning id, rows_total, rows_done""",
            actor.tenant_id,
            new_id(),
            previewed.file_hash,
            plan.effective_on,
            len(plan.persons),
            clock.now(),
        )
        assert row is not None
        await service_importing_rows.write_positions(work, plan.positions)
        await service_importing_rows.write_units(work, plan.units)
        return _Run(row["id"], row["rows_total"], row["rows_done"])


async def _lock(work: Work) -> None:
    await lock_structure(work)
    permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, []))


async def _write_persons(actor: Actor, run: _Run, plan: Plan, *, first: int, password_hash: str) -> None:
    steps = plan.persons[first : first + BATCH]
    async with begin(actor) as work:
        await _lock(work)
        await service_importing_rows.write_persons(work, steps)
        await service_importing_rows.open_accounts(work, steps, password_hash=password_hash)
        await _count(work, run, len(steps))
    run.done += len(steps)


async def _count(work: Work, run: _Run, number: int) -> None:
    """Two processes that import the same file at once find each other out here."""
    moved_on = await work.connection.fetchval(
        """update import_run set rows_done = rows_done + $4
           where tenant_id = $1 and id = $2 and rows_done = $3 and finished_at is null returning true""",
        work.actor.tenant_id,
        run.id,
        run.done,
        number,
    )
    if not moved_on:
        raise ImportDisturbed


async def _finish(actor: Actor, run: _Run, plan: Plan) -> None:
    async with begin(actor) as work:
        await _lock(work)
        await service_importing_rows.end_persons(work, plan.leavers, on=plan.effective_on)
        await work.connection.execute(
            "update import_run set finished_at = $3 where tenant_id = $1 and id = $2",
            actor.tenant_id,
            run.id,
            clock.now(),
        )
        work.record(
            OrganisationImported(
                subject_id=run.id,
                persons_added=sum(step.is_new for step in plan.persons),
                persons_changed=sum(not step.is_new for step in plan.persons),
                persons_ended=len(plan.leavers),
                units_added=sum(step.kind is not None for step in plan.units),
            )
        )
