"""Makes tenants for tests of the running product: `python -m tests.furnish COUNT` prints them as JSON.

It is a process of its own, because a test process may hold another connection to the database.
"""

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from uuid import UUID

from argon2 import PasswordHasher

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives.model import Cycle
from domain.people import service, service_accounts, service_persons, service_units
from domain.people.service_persons import Hire, Position
from domain.people.service_roles import Grant, grant_role
from domain.people.service_units import NewUnit
from domain.people.terms import EnterpriseForm, UnitKind

PASSWORD = "catchball-test"
START = date(2024, 1, 1)
PEOPLE = (
    # code, name, Chinese name, unit, manager
    ("head", "Ines Okafor", None, "GROUP", None),
    ("manager", "Wang Qiang", "王强", "SALES", "head"),
    ("employee", "Lin Mei", "林梅", "SALES", "manager"),
    ("peer", "Tom Brandt", None, "SALES", "manager"),
    ("next", "Chen Yu", "陈宇", "OPS", "head"),
    ("outsider", "Ana Ruiz", None, "OPS", "next"),
    ("strategy", "Zhao Min", "赵敏", "GROUP", "head"),
    ("administrator", "Ole Berg", None, "GROUP", "head"),
)


@dataclass(frozen=True, slots=True)
class Team:
    """A tenant of eight: every login is `code` and the slug, the password is PASSWORD."""

    slug: str
    tenant_id: str
    persons: dict[str, str]
    units: dict[str, str]

    def login(self, code: str) -> str:
        """By what a person of this team signs in."""
        return f"{code}@{self.slug}"


async def furnish(slug: str, password_hash: str) -> Team:
    """One tenant with units, persons, accounts, roles and the cycle of today."""
    tenant_id = await service.create_tenant(slug, slug.title(), zone="UTC")
    operator = service.operator(tenant_id, "UTC")
    units = await _units(operator)
    persons = await _persons(operator, units)
    async with begin(operator) as work:
        for code, person_id in persons.items():
            login = f"{code}@{slug}"
            await service_accounts.open_account(work, person_id, login=login, password_hash=password_hash)
    for code, role in (("strategy", Role.STRATEGY_OFFICE), ("administrator", Role.ADMINISTRATOR)):
        await grant_role(operator, Grant(person_id=persons[code], role=role, on=START))
    await _cycle(operator)
    named = {code: str(person_id) for code, person_id in persons.items()}
    return Team(slug, str(tenant_id), named, {code: str(unit_id) for code, unit_id in units.items()})


async def _units(operator: Actor) -> dict[str, UUID]:
    group = NewUnit(
        code="GROUP",
        kind=UnitKind.GROUP,
        name="Group",
        name_zh="集团",
        form=EnterpriseForm.HOLDING,
        valid_from=START,
    )
    units = {"GROUP": await service_units.create_unit(operator, group)}
    for code, name, chinese in (("SALES", "Sales", "销售部"), ("OPS", "Operations", "运营部")):
        unit = NewUnit(
            code=code,
            kind=UnitKind.DEPARTMENT,
            name=name,
            name_zh=chinese,
            parent_id=units["GROUP"],
            valid_from=START,
        )
        units[code] = await service_units.create_unit(operator, unit)
    return units


async def _persons(operator: Actor, units: dict[str, UUID]) -> dict[str, UUID]:
    position = Position(code="POST", title="Specialist", title_zh="专员")
    position_id = await service_persons.create_position(operator, position)
    persons: dict[str, UUID] = {}
    for code, name, chinese, unit, manager in PEOPLE:
        hire = Hire(
            code=code,
            name=name,
            name_zh=chinese,
            unit_id=units[unit],
            position_id=position_id,
            manager_id=persons[manager] if manager else None,
            hired_on=START,
        )
        persons[code] = await service_persons.hire(operator, hire)
    return persons


async def _cycle(operator: Actor) -> None:
    today = clock.today("UTC")
    async with begin(operator) as work:
        await Cycle.create(
            id=new_id(),
            tenant_id=work.actor.tenant_id,
            name=f"Half-year {today.year}",
            name_zh=f"{today.year}年半年度",
            starts_on=today - timedelta(days=60),
            ends_on=today + timedelta(days=120),
        )


async def main(count: int) -> None:
    await database.connect(os.environ["DATABASE_URL"])
    password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    prefix = f"t{new_id().hex[-8:]}"
    teams = [await furnish(f"{prefix}{number}", password_hash) for number in range(count)]
    await database.close()
    json.dump([asdict(team) for team in teams], sys.stdout)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
