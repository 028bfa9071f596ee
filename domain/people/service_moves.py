"""Moves persons between units, positions and managers, and lets them go, each from a date."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.kernel import clock, permits
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import rules, service_assignments, service_rows
from domain.people.events import PersonMoved, ReportingLineChanged
from domain.people.rules import Change
from domain.people.service_access import lock_structure, relations_to
from domain.people.service_rows import JOBS, LINES
from domain.people.terms import Job, Line, LineKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What becomes different for a person from a date until the next recorded change; None stays as it is."""

    person_id: UUID
    on: date
    unit_id: UUID | None = None
    position_id: UUID | None = None
    share: int | None = None
    manager_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewJob:
    """An employment that is added; the primary one when the person has no other on its first day."""

    person_id: UUID
    unit_id: UUID
    position_id: UUID
    starts_on: date
    share: int


async def move_person(actor: Actor, move: Move, *, key: str | None = None) -> None:
    """Records PersonMoved and ReportingLineChanged, by which open approvals follow on the date.

    NotFound, NotPermitted, NothingHolds without an employment on the date, HistoryClosed, SharesExceeded, CycleRefused.
    """
    async with begin(actor, key=key, intent=("move_person", *dataclasses.astuple(move))) as work:
        if work.replay is None:
            await move_within(work, [move])
            work.reply(str(move.person_id))


async def move_within(work: Work, moves: Sequence[Move]) -> None:
    """Many moves at once, of different persons."""
    await lock_structure(work)
    persons = [move.person_id for move in moves]
    if len(set(persons)) < len(persons):
        raise InvalidInput("A person can be moved only once at a time.", field="person")
    jobs = await known_jobs(work, persons)
    lines = await service_rows.of(work.connection, LINES, work.actor.tenant_id, subjects=persons)
    await require_for(work, jobs, also=[move.unit_id for move in moves if move.unit_id])
    await service_assignments.write(
        work,
        jobs={move.person_id: _moved_job(work, jobs[move.person_id], move) for move in moves},
        lines={move.person_id: _moved_lines(work, lines[move.person_id], move) for move in moves},
    )


async def known_jobs(work: Work, persons: Sequence[UUID]) -> dict[UUID, list[Job]]:
    """All employments of the persons; NotFound when one is no person of the tenant."""
    tenant_id = work.actor.tenant_id
    rows = await work.connection.fetch(
        "select id from person where tenant_id = $1 and id = any($2)", tenant_id, list(set(persons))
    )
    if len(rows) < len(set(persons)):
        raise NotFound("The person")
    return await service_rows.of(work.connection, JOBS, tenant_id, subjects=persons)


async def require_for(work: Work, jobs: Mapping[UUID, Sequence[Job]], *, also: Sequence[UUID]) -> None:
    """NotPermitted unless the actor may move persons of all units where they work now or later, and of `also`."""
    today = clock.today(work.actor.zone)
    units = {job.unit_id for held in jobs.values() for job in held if job.valid_to > today}
    permits.require(Action.MOVE_PERSON, await relations_to(work, units | set(also)))


def _moved_job(work: Work, jobs: Sequence[Job], move: Move) -> Change[Job]:
    rules.check_date(move.on)
    held = [job for job in rules.holding(jobs, move.on) if job.is_primary]
    if not held:
        raise rules.NothingHolds("employment", on=move.on)
    old = held[0]
    new = dataclasses.replace(
        old,
        id=new_id(),
        unit_id=move.unit_id or old.unit_id,
        position_id=move.position_id or old.position_id,
        share=old.share if move.share is None else move.share,
        valid_from=move.on,
    )
    if _same_job(old, new):
        return Change()
    rules.check_share(new.share)
    change = rules.replace(old, new, today=clock.today(work.actor.zone))
    rules.check_jobs(rules.after(jobs, change))
    if (old.unit_id, old.position_id) != (new.unit_id, new.position_id):
        work.record(
            PersonMoved(
                subject_id=move.person_id,
                hearers=(move.person_id,),
                unit_id=new.unit_id,
                position_id=new.position_id,
                effective_on=move.on.isoformat(),
            )
        )
    return change


def _same_job(old: Job, new: Job) -> bool:
    return (old.unit_id, old.position_id, old.share) == (new.unit_id, new.position_id, new.share)


def _moved_lines(work: Work, lines: Sequence[Line], move: Move) -> Change[Line]:
    if move.manager_id is None:
        return Change()
    change = with_line_manager(
        lines, move.person_id, manager_id=move.manager_id, on=move.on, today=clock.today(work.actor.zone)
    )
    record_line(work, lines, change, person_id=move.person_id, on=move.on)
    return change


def with_line_manager(
    lines: Sequence[Line], person_id: UUID, *, manager_id: UUID, on: date, today: date
) -> Change[Line]:
    """The change that gives a person this line manager from a date until the next recorded one.

    A dotted line to the same manager ends where the line begins.
    """
    held = [line for line in rules.holding(lines, on) if line.kind is LineKind.LINE]
    if held and held[0].manager_id == manager_id:
        return Change()
    next_ones = [line.valid_from for line in lines if line.kind is LineKind.LINE and line.valid_from > on]
    new = Line(
        id=new_id(),
        person_id=person_id,
        manager_id=manager_id,
        kind=LineKind.LINE,
        valid_from=on,
        valid_to=held[0].valid_to if held else min(next_ones, default=clock.FOREVER),
    )
    dotted = [line for line in lines if line.kind is LineKind.DOTTED and line.manager_id == manager_id]
    line = rules.replace(held[0], new, today=today) if held else Change(added=(new,))
    change = rules.merged([rules.end_from(dotted, on), line])
    rules.check_lines(rules.after(lines, change))
    return change


def record_line(work: Work, lines: Sequence[Line], change: Change[Line], *, person_id: UUID, on: date) -> None:
    """Leave ReportingLineChanged when the line manager of the date becomes another one."""
    before, then = _manager(lines, on), _manager(rules.after(lines, change), on)
    if before != then:
        work.record(
            ReportingLineChanged(
                subject_id=person_id,
                hearers=tuple(person for person in (person_id, before, then) if person),
                manager_id=then,
                previous_manager_id=before,
                effective_on=on.isoformat(),
            )
        )


def _manager(lines: Sequence[Line], on: date) -> UUID | None:
    held = [line for line in rules.holding(lines, on) if line.kind is LineKind.LINE]
    return held[0].manager_id if held else None


async def employ(actor: Actor, job: NewJob, *, key: str | None = None) -> UUID:
    """One more employment, or the first one of a person who comes back; its id. SharesExceeded."""
    async with begin(actor, key=key, intent=("employ", *dataclasses.astuple(job))) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        job_id = await employ_within(work, job)
        work.reply(str(job_id))
        return job_id


async def employ_within(work: Work, new: NewJob) -> UUID:
    """As `employ`, in an open unit of work."""
    await lock_structure(work)
    rules.check_date(new.starts_on)
    rules.check_share(new.share)
    jobs = await known_jobs(work, [new.person_id])
    await require_for(work, jobs, also=[new.unit_id])
    added = Job(
        id=new_id(),
        person_id=new.person_id,
        unit_id=new.unit_id,
        position_id=new.position_id,
        share=new.share,
        is_primary=not rules.holding(jobs[new.person_id], new.starts_on),
        valid_from=new.starts_on,
        valid_to=clock.FOREVER,
    )
    rules.check_jobs([*jobs[new.person_id], added])
    await service_assignments.write(work, jobs={new.person_id: Change(added=(added,))}, lines={})
    return added.id


async def end_employment(
    actor: Actor, person_id: UUID, employment_id: UUID, *, last_day: date, key: str | None = None
) -> None:
    """One of several employments ends with `last_day`; PrimaryRefused when it is the one that the others need.

    The last employment of a person ends by `leave`.
    """
    intent = ("end_employment", person_id, employment_id, last_day)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return
        await lock_structure(work)
        rules.check_date(last_day, field="lastDay")
        jobs = await known_jobs(work, [person_id])
        held = jobs[person_id]
        ended = [job for job in held if job.id == employment_id and job.valid_to > last_day]
        if not ended:
            raise NotFound("The employment")
        await require_for(work, jobs, also=[])
        change = rules.end_from(ended, last_day + timedelta(days=1))
        rules.check_jobs(rules.after(held, change))
        if not rules.holding(rules.after(held, change), last_day + timedelta(days=1)):
            raise rules.StillNeeded("This is the person's last employment.", help="Let the person leave instead.")
        await service_assignments.write(work, jobs={person_id: change}, lines={})
        work.reply(str(employment_id))
