"""What an import reads and writes: the organisation as it stands, and the steps of a plan, set by set."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.ids import new_id
from domain.kernel.work import Work
from domain.people import service_assignments, service_closure, service_rows
from domain.people.events import PersonLeft, ReportingLineChanged
from domain.people.importing_plan import LeaverStep, PositionStep, UnitStep
from domain.people.importing_present import Present, PresentPerson, PresentPosition, PresentUnit
from domain.people.importing_steps import PersonStep
from domain.people.service_leaving import end_roles
from domain.people.service_persons import PERSON
from domain.people.service_rows import JOBS, LINES, TERMS

if TYPE_CHECKING:
    from domain.kernel.database import Connection


async def present(tenant_id: UUID, effective_on: date, *, logins: Collection[str]) -> Present:
    """The whole organisation of the running tenant."""
    async with database.connection() as connection:
        units = await _units(connection, tenant_id)
        positions = await _positions(connection, tenant_id)
        persons = await _persons(connection, tenant_id)
    taken = await database.gate().fetch("select login from login where login = any($1)", list(logins))
    return Present(effective_on, units, positions, persons, frozenset(row["login"] for row in taken))


async def _units(connection: "Connection", tenant_id: UUID) -> dict[str, PresentUnit]:
    rows = await connection.fetch("select id, code, kind from unit where tenant_id = $1", tenant_id)
    terms = await service_rows.of(connection, TERMS, tenant_id, subjects=[row["id"] for row in rows])
    return {row["code"]: PresentUnit(row["id"], row["kind"], terms[row["id"]]) for row in rows}


async def _positions(connection: "Connection", tenant_id: UUID) -> dict[str, PresentPosition]:
    rows = await connection.fetch("select id, code, title, title_zh from position where tenant_id = $1", tenant_id)
    return {row["code"]: PresentPosition(row["id"], row["title"], row["title_zh"]) for row in rows}


async def _persons(connection: "Connection", tenant_id: UUID) -> dict[str, PresentPerson]:
    rows = await connection.fetch(
        """select p.id, p.code, p.name, p.name_zh, p.email, p.locale, p.zone, a.login
           from person p left join account a on a.tenant_id = p.tenant_id and a.person_id = p.id
           where p.tenant_id = $1 order by p.code""",
        tenant_id,
    )
    ids = [row["id"] for row in rows]
    jobs = await service_rows.of(connection, JOBS, tenant_id, subjects=ids)
    lines = await service_rows.of(connection, LINES, tenant_id, subjects=ids)
    return {
        row["code"]: PresentPerson(
            id=row["id"],
            name=row["name"],
            name_zh=row["name_zh"],
            email=row["email"],
            locale=row["locale"],
            zone=row["zone"],
            login=row["login"],
            jobs=jobs[row["id"]],
            lines=lines[row["id"]],
        )
        for row in rows
    }


async def write_positions(work: Work, steps: Sequence[PositionStep]) -> None:
    """New positions, and new titles of old ones."""
    columns = {"id": "uuid", "code": "text", "title": "text", "title_zh": "text"}
    added = [(step.id, step.code, step.title, step.title_zh) for step in steps if step.is_new]
    await service_rows.insert(work.connection, "position", work.actor.tenant_id, columns=columns, rows=added)
    renamed = [step for step in steps if not step.is_new]
    if renamed:
        await work.connection.execute(
            """update position p set title = n.title, title_zh = n.title_zh
               from unnest($2::uuid[], $3::text[], $4::text[]) n (id, title, title_zh)
               where p.tenant_id = $1 and p.id = n.id""",
            work.actor.tenant_id,
            [step.id for step in renamed],
            [step.title for step in renamed],
            [step.title_zh for step in renamed],
        )


async def write_units(work: Work, steps: Sequence[UnitStep]) -> None:
    """New units and new terms of old ones."""
    connection, tenant_id = work.connection, work.actor.tenant_id
    columns = {"id": "uuid", "code": "text", "kind": "text", "created_at": "timestamptz"}
    added = [(step.id, step.code, step.kind, clock.now()) for step in steps if step.kind]
    await service_rows.insert(connection, "unit", tenant_id, columns=columns, rows=added)
    await service_rows.write(connection, TERMS, tenant_id, changes=[step.change for step in steps])
    await service_closure.follow(connection, service_closure.UNITS, tenant_id, changed=[step.id for step in steps])


async def write_persons(work: Work, steps: Sequence[PersonStep]) -> None:
    """Persons with their employments and lines; who gets another line manager leaves a fact, for open approvals."""
    named = [step for step in steps if step.naming]
    await _insert_persons(work, [step for step in named if step.is_new])
    await _rename_persons(work, [step for step in named if not step.is_new])
    await service_assignments.write(
        work, jobs={step.id: step.jobs for step in steps}, lines={step.id: step.lines for step in steps}
    )
    for step in steps:
        if step.new_manager is not None:
            on, before, after = step.new_manager
            work.record(
                ReportingLineChanged(
                    subject_id=step.id,
                    hearers=tuple(person for person in (step.id, before, after) if person),
                    manager_id=after,
                    previous_manager_id=before,
                    effective_on=on.isoformat(),
                )
            )


async def _insert_persons(work: Work, steps: Sequence[PersonStep]) -> None:
    zone, at = work.actor.zone, clock.now()
    rows = [
        (step.id, step.code, said.name, said.name_zh, said.email, said.locale, said.zone or zone, at)
        for step in steps
        if (said := step.naming)
    ]
    await service_rows.insert(work.connection, "person", work.actor.tenant_id, columns=PERSON, rows=rows)


async def _rename_persons(work: Work, steps: Sequence[PersonStep]) -> None:
    namings = [(step.id, said) for step in steps if (said := step.naming)]
    if namings:
        await work.connection.execute(
            """update person p set name = n.name, name_zh = n.name_zh, email = n.email, locale = n.locale,
                 zone = coalesce(n.zone, p.zone)
               from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                 n (id, name, name_zh, email, locale, zone)
               where p.tenant_id = $1 and p.id = n.id""",
            work.actor.tenant_id,
            [person_id for person_id, _ in namings],
            [said.name for _, said in namings],
            [said.name_zh for _, said in namings],
            [said.email for _, said in namings],
            [said.locale for _, said in namings],
            [said.zone for _, said in namings],
        )


async def open_accounts(work: Work, steps: Sequence[PersonStep], *, password_hash: str) -> None:
    """Accounts for those who shall sign in; the logins were looked at before, so a taken one is a disturbance."""
    opened = [(new_id(), step.id, step.login) for step in steps if step.login]
    if not opened:
        return
    await work.connection.execute(
        """with given as (select * from unnest($2::uuid[], $3::uuid[], $4::text[]) g (id, person_id, login)),
           opened as (
             insert into account (tenant_id, id, person_id, login, password_hash, created_at)
             select $1, id, person_id, login, $5, $6 from given returning tenant_id, id, login)
           insert into login (login, tenant_id, account_id) select login, tenant_id, id from opened""",
        work.actor.tenant_id,
        [account_id for account_id, _, _ in opened],
        [person_id for _, person_id, _ in opened],
        [login for _, _, login in opened],
        password_hash,
        clock.now(),
    )


async def end_persons(work: Work, steps: Sequence[LeaverStep], *, on: date) -> None:
    """Employments, lines, roles and delegations of all of them end."""
    await service_assignments.write(
        work, jobs={step.id: step.jobs for step in steps}, lines={step.id: step.lines for step in steps}
    )
    await end_roles(work, [step.id for step in steps], on)
    for step in steps:
        work.record(PersonLeft(subject_id=step.id, hearers=(step.id,), effective_on=on.isoformat()))
