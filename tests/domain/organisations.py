"""A small group for tests: five persons in four units, each under the one before, and everything to change it with.

Ada (GROUP) ← Bo (AIR) ← Chen (OPS) ← Dina, Emil (CREW)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import database
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.people import service, service_persons, service_units
from domain.people.service_persons import Hire, Position
from domain.people.service_units import NewUnit
from domain.people.terms import EnterpriseForm, UnitKind

if TYPE_CHECKING:
    import asyncpg

START = date(2024, 1, 1)
ZONE = "Asia/Shanghai"


@dataclass(slots=True)
class Organisation:
    """A tenant; units, positions and persons are called by their codes."""

    tenant_id: UUID
    operator: Actor
    units: dict[str, UUID] = field(default_factory=dict[str, UUID])
    positions: dict[str, UUID] = field(default_factory=dict[str, UUID])
    persons: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def __getitem__(self, code: str) -> UUID:
        """The id of a person."""
        return self.persons[code]

    def actor(self, code: str, *roles: Role) -> Actor:
        """The person as who acts, with these roles besides EMPLOYEE."""
        return Actor(
            tenant_id=self.tenant_id,
            zone=ZONE,
            person_id=self.persons[code],
            roles=frozenset({Role.EMPLOYEE, *roles}),
        )

    async def unit(self, code: str, *, parent: str | None, kind: UnitKind = UnitKind.TEAM, since: date = START) -> UUID:
        """A new unit, named as its code."""
        unit = NewUnit(
            code=code,
            kind=kind,
            name=code.capitalize(),
            parent_id=self.units[parent] if parent else None,
            form=None if parent else EnterpriseForm.HOLDING,
            valid_from=since,
        )
        self.units[code] = await service_units.create_unit(self.operator, unit)
        return unit.id

    async def position(self, code: str) -> UUID:
        """A new position, titled as its code."""
        position = Position(code=code, title=code.capitalize())
        self.positions[code] = await service_persons.create_position(self.operator, position)
        return position.id

    def joining(
        self,
        code: str,
        *,
        unit: str,
        manager: str | None,
        since: date = START,
        dotted: Iterable[str] = (),
        position: str = "POST",
    ) -> Hire:
        """A person about to be hired, already known by the code so that others can name them as manager."""
        return Hire(
            id=self.persons.setdefault(code, new_id()),
            code=code,
            name=code,
            unit_id=self.units[unit],
            position_id=self.positions[position],
            manager_id=self.persons[manager] if manager else None,
            dotted_ids=tuple(self.persons[other] for other in dotted),
            hired_on=since,
        )

    async def hire(
        self, code: str, *, unit: str, manager: str | None, since: date = START, dotted: Iterable[str] = ()
    ) -> UUID:
        """A new person, named as the code."""
        hired = self.joining(code, unit=unit, manager=manager, since=since, dotted=dotted)
        return await service_persons.hire(self.operator, hired)

    async def rows(self, sql: str, *values: object) -> "list[asyncpg.Record]":
        """What the application's role sees of this tenant."""
        with database.tenant(self.tenant_id):
            async with database.connection() as connection:
                return await connection.fetch(sql, *values)

    async def value(self, sql: str, *values: object) -> object:
        """The first column of the first row."""
        rows = await self.rows(sql, *values)
        return rows[0][0] if rows else None

    async def count(self, table: str) -> int:
        """How many rows a table has of this tenant."""
        return int(str(await self.value(f"select count(*) from {table}")))

    async def facts(self, *kinds: str) -> list[tuple[str, UUID]]:
        """Kind and subject of the journal's entries of these kinds, in the order of writing."""
        rows = await self.rows("select kind, subject_id from journal where kind = any($1) order by id", list(kinds))
        return [(row["kind"], row["subject_id"]) for row in rows]


async def found(slug: str | None = None) -> Organisation:
    """A tenant with one position and nothing else."""
    name = slug or f"t-{new_id()}"
    tenant_id = await service.create_tenant(name, name, zone=ZONE)
    organisation = Organisation(tenant_id, service.operator(tenant_id, ZONE))
    await organisation.position("POST")
    return organisation


async def furnish(organisation: Organisation) -> Organisation:
    """The units and persons of the picture above."""
    await organisation.unit("GROUP", parent=None, kind=UnitKind.GROUP)
    await organisation.unit("AIR", parent="GROUP", kind=UnitKind.COMPANY)
    await organisation.unit("OPS", parent="AIR", kind=UnitKind.DEPARTMENT)
    await organisation.unit("CREW", parent="OPS")
    await organisation.hire("Ada", unit="GROUP", manager=None)
    await organisation.hire("Bo", unit="AIR", manager="Ada")
    await organisation.hire("Chen", unit="OPS", manager="Bo")
    await organisation.hire("Dina", unit="CREW", manager="Chen")
    await organisation.hire("Emil", unit="CREW", manager="Chen")
    return organisation
