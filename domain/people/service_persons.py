"""Makes positions and hires persons, one by one or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.kernel import clock, permits, zones
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.permits import Action
from domain.kernel.work import Work, begin
from domain.people import rules, service_assignments, service_rows
from domain.people.events import PersonHired
from domain.people.rules import Change
from domain.people.service_access import lock_structure, relations_to
from domain.people.terms import Job, Line, LineKind, Locale

PERSON = {
    "id": "uuid",
    "code": "text",
    "name": "text",
    "name_zh": "text",
    "email": "text",
    "locale": "text",
    "zone": "text",
    "created_at": "timestamptz",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A post; `code` is unique in the tenant."""

    code: str
    title: str
    title_zh: str | None = None
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hire:
    """A person to be hired; without `zone` the tenant's counts. Managers may be hired in the same batch."""

    code: str
    name: str
    unit_id: UUID
    position_id: UUID
    hired_on: date
    manager_id: UUID | None = None
    dotted_ids: tuple[UUID, ...] = ()
    share: int = 100
    name_zh: str | None = None
    email: str | None = None
    locale: str = Locale.ENGLISH
    zone: str | None = None
    id: UUID = field(default_factory=new_id)


async def create_position(actor: Actor, position: Position, *, key: str | None = None) -> UUID:
    """The id of the new position; CodeTaken."""
    async with begin(actor, key=key, intent=("create_position", position.code, position.title)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await create_positions_within(work, [position])
        work.reply(str(position.id))
        return position.id


async def create_positions_within(work: Work, positions: Sequence[Position]) -> None:
    """Many positions at once."""
    await lock_structure(work)
    permits.require(Action.CHANGE_STRUCTURE, await relations_to(work, []))
    for position in positions:
        rules.check_code(position.code)
        rules.check_name(position.title, field="title")
    await service_rows.refuse_taken_codes(work, "position", [position.code for position in positions])
    await service_rows.insert(
        work.connection,
        "position",
        work.actor.tenant_id,
        columns={"id": "uuid", "code": "text", "title": "text", "title_zh": "text"},
        rows=[(position.id, position.code, position.title, position.title_zh) for position in positions],
    )


async def hire(actor: Actor, person: Hire, *, key: str | None = None) -> UUID:
    """The id of the new person. CodeTaken, NotFound for an unknown unit, position or manager, CycleRefused."""
    intent = ("hire", person.code, person.unit_id, person.position_id, person.manager_id, person.hired_on)
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await hire_within(work, [person])
        work.reply(str(person.id))
        return person.id


async def hire_within(work: Work, persons: Sequence[Hire]) -> None:
    """Hire many at once, in a handful of statements."""
    await lock_structure(work)
    permits.require(Action.MOVE_PERSON, await relations_to(work, {person.unit_id for person in persons}))
    for person in persons:
        _check(person)
    await service_rows.refuse_taken_codes(work, "person", [person.code for person in persons])
    connection, tenant_id = work.connection, work.actor.tenant_id
    await service_rows.insert(connection, "person", tenant_id, columns=PERSON, rows=_person_rows(work, persons))
    await service_assignments.write(
        work,
        jobs={person.id: _first_job(person) for person in persons},
        lines={person.id: _first_lines(person) for person in persons},
    )
    for person in persons:
        hearers = (person.manager_id,) if person.manager_id else ()
        work.record(
            PersonHired(
                subject_id=person.id,
                hearers=hearers,
                unit_id=person.unit_id,
                effective_on=person.hired_on.isoformat(),
            )
        )


def _check(person: Hire) -> None:
    rules.check_code(person.code)
    rules.check_name(person.name)
    rules.check_date(person.hired_on, field="hiredOn")
    rules.check_share(person.share)
    rules.check_email(person.email)
    rules.check_locale(person.locale)
    if person.name_zh is not None:
        rules.check_name(person.name_zh, field="nameZh")
    if person.zone is not None:
        zones.check_zone(person.zone)


def _person_rows(work: Work, persons: Sequence[Hire]) -> list[tuple[object, ...]]:
    """The zone of an actor is the tenant's."""
    zone, at = work.actor.zone, clock.now()
    return [(p.id, p.code, p.name, p.name_zh, p.email, p.locale, p.zone or zone, at) for p in persons]


def _first_job(person: Hire) -> Change[Job]:
    job = Job(
        id=new_id(),
        person_id=person.id,
        unit_id=person.unit_id,
        position_id=person.position_id,
        share=person.share,
        is_primary=True,
        valid_from=person.hired_on,
        valid_to=clock.FOREVER,
    )
    return Change(added=(job,))


def _first_lines(person: Hire) -> Change[Line]:
    managers = [(person.manager_id, LineKind.LINE)] if person.manager_id else []
    managers += [(manager, LineKind.DOTTED) for manager in person.dotted_ids]
    lines = tuple(
        Line(
            id=new_id(),
            person_id=person.id,
            manager_id=manager,
            kind=kind,
            valid_from=person.hired_on,
            valid_to=clock.FOREVER,
        )
        for manager, kind in managers
    )
    rules.check_lines(lines)
    return Change(added=lines)
