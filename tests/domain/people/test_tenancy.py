"""What belongs to another tenant can be neither seen, nor changed, nor pointed to, even by plain SQL."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import asyncpg
import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import NotFound
from domain.kernel.ids import new_id
from domain.people import service_moves, service_persons, service_roles, service_units
from domain.people.service_moves import Move
from domain.people.service_roles import Grant, NewDelegation
from tests.domain.organisations import START, Organisation

Founding = Callable[[], Awaitable[Organisation]]
TABLES = (
    "unit",
    "unit_term",
    "unit_closure",
    "position",
    "person",
    "employment",
    "reporting_line",
    "reporting_closure",
    "role_grant",
    "delegation",
    "journal_unread",
)
POINTERS = {
    "unit_term.parent_id": (
        """insert into unit_term (tenant_id, id, unit_id, parent_id, name, form, valid_from)
           values ($1, $2, $3, $4, 'x', 'RETAIL', '2020-01-01')""",
        "units",
        "units",
    ),
    "employment.person_id": (
        """insert into employment (tenant_id, id, unit_id, position_id, person_id, share, is_primary, valid_from)
           select $1, $2, $3, p.id, $4, 1, false, '2030-01-01' from position p""",
        "units",
        "persons",
    ),
    "employment.unit_id": (
        """insert into employment (tenant_id, id, person_id, position_id, unit_id, share, is_primary, valid_from)
           select $1, $2, $3, p.id, $4, 1, false, '2030-01-01' from position p""",
        "persons",
        "units",
    ),
    "reporting_line.manager_id": (
        """insert into reporting_line (tenant_id, id, person_id, manager_id, kind, valid_from)
           values ($1, $2, $3, $4, 'DOTTED', '2030-01-01')""",
        "persons",
        "persons",
    ),
    "role_grant.unit_id": (
        """insert into role_grant (tenant_id, id, person_id, role, unit_id, valid_from)
           values ($1, $2, $3, 'HR_PARTNER', $4, '2030-01-01')""",
        "persons",
        "units",
    ),
    "delegation.to_id": (
        """insert into delegation (tenant_id, id, from_id, to_id, created_at, valid_from, valid_to)
           values ($1, $2, $3, $4, '2030-01-01', '2030-01-01', '2030-01-02')""",
        "persons",
        "persons",
    ),
}
"""An insert of ($1 tenant, $2 id, $3 our row, $4 their row), and of which kind the two rows are."""


async def with_grants(organisation: Organisation) -> Organisation:
    grant = Grant(person_id=organisation["Bo"], role=Role.HR_PARTNER, unit_id=organisation.units["AIR"], on=START)
    await service_roles.grant_role(organisation.operator, grant)
    delegation = NewDelegation(to_id=organisation["Bo"], starts_on=START, ends_on=date(2199, 1, 1))
    await service_roles.delegate_approvals(organisation.actor("Chen"), delegation)
    return organisation


@pytest.mark.parametrize("table", [*TABLES, "journal"])
async def test_rows_of_another_tenant_cannot_be_seen(
    organisation: Organisation, found_organisation: Founding, table: str
) -> None:
    other = await with_grants(await found_organisation())

    seen = await organisation.value(f"select count(*) from {table} where tenant_id = $1", other.tenant_id)

    assert seen == 0
    assert await other.count(table) > 0


@pytest.mark.parametrize("table", TABLES)
async def test_rows_of_another_tenant_cannot_be_changed(
    organisation: Organisation, found_organisation: Founding, table: str
) -> None:
    other = await with_grants(await found_organisation())
    there = await other.count(table)

    changed = await organisation.rows(
        f"update {table} set tenant_id = $2 where tenant_id = $1 returning 1", other.tenant_id, organisation.tenant_id
    )
    deleted = await organisation.rows(f"delete from {table} where tenant_id = $1 returning 1", other.tenant_id)

    assert (changed, deleted) == ([], [])
    assert await other.count(table) == there


@pytest.mark.parametrize("change", ["update journal set kind = 'X'", "delete from journal"])
async def test_what_the_journal_holds_stays(organisation: Organisation, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await organisation.rows(change)


async def test_a_connection_without_a_tenant_sees_nothing(database: str, organisation: Organisation) -> None:
    connection = await asyncpg.connect(database, server_settings={"role": "catchball_app"})
    try:
        seen = {table: await connection.fetchval(f"select count(*) from {table}") for table in TABLES}
    finally:
        await connection.close()

    assert seen == dict.fromkeys(TABLES, 0)


@pytest.mark.parametrize("table", ["person", "unit", "position"])
async def test_a_row_cannot_be_written_for_another_tenant(
    organisation: Organisation, found_organisation: Founding, table: str
) -> None:
    other = await found_organisation()
    columns = {
        "person": ("name, locale, zone, created_at", "'x', 'en', 'UTC', '2030-01-01'"),
        "unit": ("kind, created_at", "'GROUP', '2030-01-01'"),
        "position": ("title", "'x'"),
    }[table]

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await organisation.rows(
            f"insert into {table} (tenant_id, id, code, {columns[0]}) values ($1, $2, 'X', {columns[1]})",
            other.tenant_id,
            new_id(),
        )


@pytest.mark.parametrize("pointer", POINTERS)
async def test_nothing_points_to_a_row_of_another_tenant(
    organisation: Organisation, found_organisation: Founding, pointer: str
) -> None:
    other = await found_organisation()
    sql, ours, theirs = POINTERS[pointer]
    our_id = next(reversed(getattr(organisation, ours).values()))
    their_id = next(iter(getattr(other, theirs).values()))

    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await organisation.rows(sql, organisation.tenant_id, new_id(), our_id, their_id)


async def test_services_do_not_find_what_is_of_another_tenant(
    organisation: Organisation, found_organisation: Founding
) -> None:
    other = await found_organisation()
    before = await organisation.count("journal")

    with pytest.raises(NotFound):
        await service_moves.move_person(
            organisation.operator, Move(person_id=other["Dina"], on=START, manager_id=organisation["Bo"])
        )
    with pytest.raises(NotFound):
        await service_moves.move_person(
            organisation.operator, Move(person_id=organisation["Dina"], on=START, manager_id=other["Bo"])
        )
    with pytest.raises(NotFound):
        await service_units.move_unit(
            organisation.operator, organisation.units["CREW"], parent_id=other.units["AIR"], on=START
        )
    joining = replace(organisation.joining("Fay", unit="CREW", manager="Chen"), unit_id=other.units["CREW"])
    with pytest.raises(NotFound):
        await service_persons.hire(organisation.operator, joining)

    assert await organisation.count("journal") == before
