"""Tenants, a person's settings, and the questions that other slices ask about the organisation."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from asyncpg import UniqueViolationError

from domain.kernel import clock, database, zones
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import InvalidInput, NotFound, NotPermitted
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.people import rules
from domain.people.events import SettingsChanged

if TYPE_CHECKING:
    from domain.kernel.database import Connection


def operator(tenant_id: UUID, zone: str) -> Actor:
    """Whoever stands at the command line of the installation: an administrator who is no person of the tenant."""
    return Actor(tenant_id=tenant_id, zone=zone, roles=frozenset({Role.ADMINISTRATOR}))


async def create_tenant(slug: str, name: str, *, zone: str) -> UUID:
    """A new group that lives apart from all others; CodeTaken when the slug is in use."""
    rules.check_code(slug, field="slug")
    rules.check_name(name)
    zones.check_zone(zone)
    tenant_id = new_id()
    try:
        async with begin(operator(tenant_id, zone)) as work:
            await work.connection.execute(
                "insert into tenant (id, slug, name, zone, created_at) values ($1, $2, $3, $4, $5)",
                tenant_id,
                slug,
                name,
                zone,
                clock.now(),
            )
    except UniqueViolationError:
        raise rules.CodeTaken([slug]) from None
    return tenant_id


async def find_tenant(slug: str | None) -> tuple[UUID, str]:
    """Id and zone of the tenant of this slug, or of the only one; for the operator, before a tenant is known."""
    found = await database.gate().fetch(
        "select id, zone, slug from tenant where $1::text is null or slug = $1 order by slug limit 20", slug
    )
    if not found:
        raise NotFound("The tenant" if slug is None else f"The tenant {slug}")
    if len(found) > 1:
        raise InvalidInput(f"There are several tenants: name one of {', '.join(row['slug'] for row in found)}.")
    return found[0]["id"], found[0]["zone"]


async def change_settings(
    actor: Actor, *, locale: str | None = None, zone: str | None = None, key: str | None = None
) -> UUID:
    """The person's own language and time zone; what is None stays. The person's id."""
    async with begin(actor, key=key, intent=("change_settings", locale, zone)) as work:
        if actor.person_id is None:
            raise NotPermitted("Only a person has settings.")
        if work.replay is None:
            await _change_settings(work, actor.person_id, locale=locale, zone=zone)
            work.reply(str(actor.person_id))
        return actor.person_id


async def _change_settings(work: Work, person_id: UUID, *, locale: str | None, zone: str | None) -> None:
    if locale is not None:
        rules.check_locale(locale)
    if zone is not None:
        zones.check_zone(zone)
    row = await work.connection.fetchrow(
        """update person set locale = coalesce($3, locale), zone = coalesce($4, zone)
           where tenant_id = $1 and id = $2 returning locale, zone""",
        work.actor.tenant_id,
        person_id,
        locale,
        zone,
    )
    if row is None:
        raise NotFound
    work.record(SettingsChanged(subject_id=person_id, hearers=(person_id,), locale=row["locale"], zone=row["zone"]))


async def line_manager_of(connection: "Connection", person_id: UUID, on: date) -> UUID | None:
    """The line manager on a date, if there is one."""
    return (await line_managers_of(connection, [person_id], on)).get(person_id)


async def line_managers_of(connection: "Connection", persons: Iterable[UUID], on: date) -> dict[UUID, UUID]:
    """The line managers on a date; who has none is missing."""
    rows = await connection.fetch(
        """select person_id, manager_id from reporting_line
           where tenant_id = current_tenant() and person_id = any($1) and kind = 'LINE'
             and valid_from <= $2 and $2 < valid_to""",
        list(persons),
        on,
    )
    return {row["person_id"]: row["manager_id"] for row in rows}


async def approver_for(connection: "Connection", person_id: UUID, on: date) -> UUID | None:
    """Who approves what this person promises on a date: the line manager; None for who answers to nobody."""
    return await line_manager_of(connection, person_id, on)


async def approvers_for(connection: "Connection", persons: Iterable[UUID], on: date) -> dict[UUID, UUID]:
    """The approvers of many persons on a date; who answers to nobody is missing."""
    return await line_managers_of(connection, persons, on)


async def delegates_of(connection: "Connection", person_id: UUID, on: date) -> list[UUID]:
    """Who may decide in the person's place on a date, the newest delegation first."""
    rows = await connection.fetch(
        """select to_id from delegation where tenant_id = current_tenant() and from_id = $1
             and valid_from <= $2 and $2 < valid_to order by created_at desc, id""",
        person_id,
        on,
    )
    return list(dict.fromkeys(row["to_id"] for row in rows))


async def may_decide_for(connection: "Connection", approver_id: UUID, person_id: UUID, *, on: date) -> bool:
    """Whether the person is the approver, or holds the approver's delegation on a date."""
    return person_id == approver_id or person_id in await delegates_of(connection, approver_id, on)


async def offices(connection: "Connection", on: date) -> list[UUID]:
    """Who has the strategy office on a date; at most twenty."""
    rows = await connection.fetch(
        """select distinct person_id from role_grant where tenant_id = current_tenant() and role = $1
             and valid_from <= $2 and $2 < valid_to order by person_id limit 20""",
        Role.STRATEGY_OFFICE,
        on,
    )
    return [row["person_id"] for row in rows]


async def today(connection: "Connection") -> date:
    """The day that it is in the group, by its own zone."""
    return clock.today(await connection.fetchval("select zone from tenant where id = current_tenant()"))


async def second_persons(connection: "Connection", unit_id: UUID, on: date, *, but: Collection[UUID]) -> list[UUID]:
    """Who can agree beside the line on a date, but for these: the HR partners of the unit, or the strategy office where
    that leaves nobody."""
    rows = await connection.fetch(
        """select distinct g.person_id from unit_closure c
           join role_grant g on g.tenant_id = c.tenant_id and g.unit_id = c.ancestor_id and g.role = $2
             and g.valid_from <= $3 and $3 < g.valid_to and g.person_id <> all($4)
           where c.tenant_id = current_tenant() and c.descendant_id = $1 and c.valid_from <= $3 and $3 < c.valid_to
           order by g.person_id limit 20""",
        unit_id,
        Role.HR_PARTNER,
        on,
        list(but),
    )
    found = [row["person_id"] for row in rows] or await offices(connection, on)
    return [person_id for person_id in found if person_id not in but]


async def units_of(connection: "Connection", person_id: UUID, on: date) -> list[UUID]:
    """The units in which the person works on a date, the main one first."""
    rows = await connection.fetch(
        """select unit_id from employment
           where tenant_id = current_tenant() and person_id = $1 and valid_from <= $2 and $2 < valid_to
           order by is_primary desc, unit_id limit 100""",
        person_id,
        on,
    )
    return [row["unit_id"] for row in rows]


async def roles_of(connection: "Connection", person_id: UUID, on: date) -> frozenset[Role]:
    """Every role of the person on a date; empty for somebody who is not employed then."""
    rows = await connection.fetch(
        """with period as (
             select tenant_id, valid_from, valid_to, 'EMPLOYEE' as role from employment where person_id = $1
             union all
             select tenant_id, valid_from, valid_to, 'MANAGER' from reporting_line where manager_id = $1
             union all
             select tenant_id, valid_from, valid_to, role from role_grant where person_id = $1)
           select distinct role from period
           where tenant_id = current_tenant() and valid_from <= $2 and $2 < valid_to""",
        person_id,
        on,
    )
    roles = frozenset(Role(row["role"]) for row in rows)
    return roles if Role.EMPLOYEE in roles else frozenset()
