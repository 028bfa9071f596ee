"""Lets persons go: their employments, lines, roles and delegations end, and their reports get another manager."""

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people import rules, service_assignments, service_rows
from domain.people.events import PersonLeft
from domain.people.rules import Change
from domain.people.service_access import lock_structure
from domain.people.service_moves import known_jobs, record_line, require_for
from domain.people.service_rows import LINES
from domain.people.terms import Line, LineKind


async def leave(
    actor: Actor, person_id: UUID, *, last_day: date, successor_id: UUID | None = None, key: str | None = None
) -> None:
    """The person works up to and with `last_day`; reports then answer to the successor, else to the person's manager.

    StillNeeded when there are reports and neither a successor nor a manager; NothingHolds for who is not employed.
    """
    async with begin(actor, key=key, intent=("leave", person_id, last_day, successor_id)) as work:
        if work.replay is None:
            await leave_within(work, person_id, last_day=last_day, successor_id=successor_id)
            work.reply(str(person_id))


async def leave_within(work: Work, person_id: UUID, *, last_day: date, successor_id: UUID | None = None) -> None:
    """As `leave`, in an open unit of work."""
    await lock_structure(work)
    rules.check_date(last_day, field="lastDay")
    on = last_day + timedelta(days=1)
    jobs = await known_jobs(work, [person_id])
    await require_for(work, jobs, also=[])
    if not rules.holding(jobs[person_id], last_day):
        raise rules.NothingHolds("employment", on=last_day)
    lines = await _lines_around(work, person_id)
    changes = _line_changes(lines, person_id, on=on, successor_id=successor_id)
    for person, change in changes.items():
        record_line(work, lines[person], change, person_id=person, on=_first_day(change, on))
    await service_assignments.write(work, jobs={person_id: rules.end_from(jobs[person_id], on)}, lines=changes)
    await end_roles(work, [person_id], on)
    work.record(PersonLeft(subject_id=person_id, hearers=(person_id,), effective_on=on.isoformat()))


async def _lines_around(work: Work, person_id: UUID) -> dict[UUID, list[Line]]:
    """The lines of the person and of everybody who ever answers to the person."""
    rows = await work.connection.fetch(
        "select distinct person_id from reporting_line where tenant_id = $1 and manager_id = $2",
        work.actor.tenant_id,
        person_id,
    )
    persons = [person_id, *(row["person_id"] for row in rows)]
    return await service_rows.of(work.connection, LINES, work.actor.tenant_id, subjects=persons)


def _line_changes(
    lines: Mapping[UUID, Sequence[Line]], leaver_id: UUID, *, on: date, successor_id: UUID | None
) -> dict[UUID, Change[Line]]:
    own = [line.manager_id for line in rules.holding(lines[leaver_id], on) if line.kind is LineKind.LINE]
    above_id = own[0] if own else None
    heir_id = successor_id or above_id
    changes = {leaver_id: rules.end_from(lines[leaver_id], on)}
    reports = {person: held for person, held in lines.items() if person != leaver_id}
    orphans = sum(1 for held in reports.values() if _answering(held, leaver_id, on))
    if orphans and heir_id is None:
        raise rules.StillNeeded(
            f"{orphans} persons answer to this one after {on - timedelta(days=1)}.",
            help="Name a successor, or give them another manager first.",
        )
    for person, held in reports.items():
        changes[person] = _handed_over(held, leaver_id, on=on, heir_id=above_id if person == heir_id else heir_id)
    return changes


def _answering(lines: Sequence[Line], manager_id: UUID, on: date) -> list[Line]:
    return [
        line for line in lines if line.manager_id == manager_id and line.kind is LineKind.LINE and line.valid_to > on
    ]


def _handed_over(lines: Sequence[Line], leaver_id: UUID, *, on: date, heir_id: UUID | None) -> Change[Line]:
    """Lines to the leaver end; the line manager's place is taken by the heir, if there is one."""
    ended = rules.end_from([line for line in lines if line.manager_id == leaver_id], on)
    if heir_id is None:
        return ended
    heirs = tuple(
        dataclasses.replace(line, id=new_id(), manager_id=heir_id, valid_from=max(on, line.valid_from))
        for line in _answering(lines, leaver_id, on)
    )
    dotted = [line for line in lines if line.manager_id == heir_id and line.kind is LineKind.DOTTED and heirs]
    change = rules.merged([ended, rules.end_from(dotted, on), Change(added=heirs)])
    rules.check_lines(rules.after(lines, change))
    return change


def _first_day(change: Change[Line], on: date) -> date:
    return min((line.valid_from for line in change.added), default=on)


async def end_roles(work: Work, persons: Sequence[UUID], on: date) -> None:
    """Roles and delegations, given or held, end with the employment."""
    values = work.actor.tenant_id, list(persons), on
    for table, holder in (
        ("role_grant", "person_id = any($2)"),
        ("delegation", "(from_id = any($2) or to_id = any($2))"),
    ):
        where = f"tenant_id = $1 and {holder}"
        await work.connection.execute(f"delete from {table} where {where} and valid_from >= $3", *values)
        await work.connection.execute(f"update {table} set valid_to = $3 where {where} and valid_to > $3", *values)
