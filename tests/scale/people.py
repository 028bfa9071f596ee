"""Tenants of the scale tests: teams that sign in, each with a partner client and a measure."""

from dataclasses import dataclass, replace
from uuid import UUID

from argon2 import PasswordHasher

from api.identity import clients
from domain.kernel import database
from domain.kernel.actor import Role, Scope
from domain.kernel.ids import new_id
from domain.people import service
from domain.scorecards import service as scorecards
from domain.scorecards.terms import NewMeasure
from tests import furnish
from tests.furnish import Team

MEASURE = "GUESTS"
UNIT_OF_MEASURE = "persons"
SCOPES = frozenset({Scope.ACTUALS_WRITE, Scope.MEASURES_READ})


@dataclass(frozen=True, slots=True)
class Company:
    """A team and what its partner comes in by."""

    team: Team
    client_id: str
    secret: str


async def provide(url: str, count: int) -> list[Company]:
    """New companies in the database of this address."""
    await database.connect(url)
    try:
        password_hash = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(furnish.PASSWORD)
        return [await found(f"c{new_id().hex[-8:]}", password_hash) for _ in range(count)]
    finally:
        await database.close()


async def found(slug: str, password_hash: str) -> Company:
    team = await furnish.furnish(slug, password_hash)
    operator = service.operator(UUID(team.tenant_id), "UTC")
    unit = UUID(team.units["GROUP"])
    strategist = replace(operator, person_id=UUID(team.persons["strategy"]), roles=frozenset({Role.STRATEGY_OFFICE}))
    measure = NewMeasure(code=MEASURE, name="Guests", unit_of_measure=UNIT_OF_MEASURE, unit_id=unit)
    await scorecards.define_measure(strategist, measure)
    return Company(team, *await clients.register(operator, "Partner", SCOPES))
