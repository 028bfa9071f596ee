"""Writes employments and reporting lines together, and sees to what must hold between them."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.kernel.errors import NotFound
from domain.kernel.work import Work
from domain.people import service_closure, service_rows
from domain.people.rules import Change, NothingHolds
from domain.people.service_rows import JOBS, LINES
from domain.people.terms import Job, Line


async def write(work: Work, *, jobs: Mapping[UUID, Change[Job]], lines: Mapping[UUID, Change[Line]]) -> None:
    """Write the changes of each person, then let the closure follow.

    NotFound for an unknown unit, position or manager, NothingHolds where one does not exist yet on the first day,
    CycleRefused.
    """
    connection, tenant_id = work.connection, work.actor.tenant_id
    await _refuse_unknown_jobs(work, [job for change in jobs.values() for job in change.added])
    await service_rows.write(connection, JOBS, tenant_id, changes=list(jobs.values()))
    await _refuse_unknown_managers(work, [line for change in lines.values() for line in change.added])
    await service_rows.write(connection, LINES, tenant_id, changes=list(lines.values()))
    changed = [person for person, change in lines.items() if change != Change()]
    await service_closure.follow(connection, service_closure.REPORTING, tenant_id, changed=changed)


async def _refuse_unknown_jobs(work: Work, jobs: Sequence[Job]) -> None:
    wanted = {(job.unit_id, job.valid_from) for job in jobs}
    await _refuse_missing(work, "unit", "unit_term", column="unit_id", wanted=wanted)
    known = await _known(work, "position", [job.position_id for job in jobs])
    if any(job.position_id not in known for job in jobs):
        raise NotFound("The position")


async def _refuse_unknown_managers(work: Work, lines: Sequence[Line]) -> None:
    wanted = {(line.manager_id, line.valid_from) for line in lines}
    await _refuse_missing(work, "person", "employment", column="person_id", wanted=wanted)


async def _refuse_missing(work: Work, subject: str, sheet: str, *, column: str, wanted: set[tuple[UUID, date]]) -> None:
    """Each subject must exist, and have a row of the sheet that holds on its date."""
    pairs = sorted(wanted)
    rows = await work.connection.fetch(
        f"""select w.id, w.on_day from unnest($2::uuid[], $3::date[]) w (id, on_day)
            where not exists (select from {sheet} s where s.tenant_id = $1 and s.{column} = w.id
                              and s.valid_from <= w.on_day and w.on_day < s.valid_to)""",
        work.actor.tenant_id,
        [row_id for row_id, _ in pairs],
        [on for _, on in pairs],
    )
    if not rows:
        return
    what = "manager" if subject == "person" else subject
    if await _known(work, subject, [rows[0]["id"]]):
        raise NothingHolds(what, on=rows[0]["on_day"])
    raise NotFound(f"The {what}")


async def _known(work: Work, table: str, ids: Sequence[UUID]) -> set[UUID]:
    rows = await work.connection.fetch(
        f"select id from {table} where tenant_id = $1 and id = any($2)", work.actor.tenant_id, list(set(ids))
    )
    return {row["id"] for row in rows}
