"""A company for tests of objectives: an owner, everybody who stands to her in some way, and a cycle.

Ada (GROUP) ← Bo (AIR) ← Chen (OPS) ← Dina, Emil (CREW); Ada ← Hugo, Sofia, Aron, Oskar, Delia (SIDE).
Dina owns, Chen approves. Hugo is HR partner of AIR, Sofia the strategy office, Aron an administrator, Delia stands
in for Chen in June, Oskar has nothing to do with Dina. Partner is a client that may read objectives.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from tortoise.transactions import in_transaction

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service, service_approvals, service_cycles
from domain.objectives.service_cycles import NewCycle
from domain.objectives.terms import Audience, KeyResultDraft, KeyResultKind, ObjectiveDraft
from domain.people import service_clients
from domain.people.service_roles import Grant, NewDelegation, delegate_approvals, grant_role
from tests.domain.organisations import START, ZONE, Organisation, found, furnish

NOON = datetime(2026, 6, 10, 4, tzinfo=UTC)
JUNE = (date(2026, 6, 1), date(2026, 6, 30))
SIDE = ("Hugo", "Sofia", "Aron", "Oskar", "Delia")
ROLES = {"Chen": Role.MANAGER, "Bo": Role.MANAGER, "Ada": Role.MANAGER, "Sofia": Role.STRATEGY_OFFICE}


@dataclass(slots=True)
class Company:
    """Everybody acts by name; every use case gets a key of its own."""

    organisation: Organisation
    cycle_id: UUID
    partner: Actor
    stranger: Actor

    @property
    def tenant_id(self) -> UUID:
        return self.organisation.tenant_id

    def __getitem__(self, name: str) -> UUID:
        return self.organisation[name]

    def actor(self, name: str) -> Actor:
        """A person by name, the partner client as Partner, the manager of another tenant as Stranger."""
        if name == "Partner":
            return self.partner
        if name == "Stranger":
            return self.stranger
        roles = {"Hugo": Role.HR_PARTNER, "Aron": Role.ADMINISTRATOR} | ROLES
        return self.organisation.actor(name, *([roles[name]] if name in roles else []))

    async def draft(self, draft: ObjectiveDraft | None = None, *, owner: str = "Dina") -> UUID:
        return await service.draft(self.actor(owner), draft or GOAL, key=str(new_id()), cycle_id=self.cycle_id)

    async def submit(self, objective_id: UUID, *, owner: str = "Dina", note: str | None = None) -> None:
        version = await self.version(objective_id)
        await service_approvals.submit(self.actor(owner), objective_id, version=version, key=str(new_id()), note=note)

    async def approve(self, objective_id: UUID, *, by: str = "Chen") -> None:
        version = await self.version(objective_id)
        await service_approvals.approve(self.actor(by), objective_id, version=version, key=str(new_id()))

    async def submitted(self, draft: ObjectiveDraft | None = None) -> UUID:
        objective_id = await self.draft(draft)
        await self.submit(objective_id)
        return objective_id

    async def promised(self, draft: ObjectiveDraft | None = None) -> UUID:
        objective_id = await self.submitted(draft)
        await self.approve(objective_id)
        return objective_id

    async def close(self) -> None:
        """End the cycle."""
        await service_cycles.close_cycle(self.actor("Sofia"), self.cycle_id)

    async def version(self, objective_id: UUID) -> int:
        return int(str(await self.organisation.value("select version from objective where id = $1", objective_id)))

    async def state(self, objective_id: UUID) -> str:
        return str(await self.organisation.value("select state from objective where id = $1", objective_id))

    async def approver(self, objective_id: UUID) -> object:
        """To whom the newest request is addressed."""
        return await self.organisation.value(
            "select approver_id from approval where objective_id = $1 order by requested_at desc, id desc limit 1",
            objective_id,
        )

    async def key_results(self, objective_id: UUID) -> list[UUID]:
        rows = await self.organisation.rows(
            "select id from key_result where objective_id = $1 order by position", objective_id
        )
        return [row["id"] for row in rows]

    async def everything(self) -> list[tuple[str, str]]:
        """All that a use case of objectives may write, so that before and after can be compared."""
        tables = ("objective", "key_result", "check_in", "approval", "objective_version", "journal", "receipt", "cycle")
        unions = " union all ".join(
            f"select '{one}' as name, to_jsonb(t)::text as content from {one} t" for one in tables
        )
        rows = await self.organisation.rows(f"select * from ({unions}) found order by 1, 2")
        return [(row["name"], row["content"]) for row in rows]


KEY_RESULT = KeyResultDraft(
    title="Flights on time",
    kind=KeyResultKind.INCREASE,
    unit_of_measure="%",
    weight=60,
    start=Decimal(70),
    target=Decimal(80),
)
FEWER = KeyResultDraft(
    title="Complaints",
    kind=KeyResultKind.DECREASE,
    unit_of_measure="letters",
    weight=40,
    start=Decimal(40),
    target=Decimal(20),
)
GOAL = ObjectiveDraft(title="Leave on time", weight=20, key_results=(KEY_RESULT, FEWER))


def goal(**values: object) -> ObjectiveDraft:
    """The usual goal but for these values."""
    return replace(GOAL, **values)  # type: ignore[arg-type]


def shared_with(audience: Audience) -> ObjectiveDraft:
    return replace(GOAL, audience=audience)


async def lay() -> Company:
    """The whole company; the clock must stand at NOON."""
    organisation = await furnish(await found())
    await organisation.unit("SIDE", parent="GROUP")
    for name in SIDE:
        await organisation.hire(name, unit="SIDE", manager="Ada")
    await _grant(organisation)
    office = organisation.actor("Sofia", Role.STRATEGY_OFFICE)
    year = NewCycle(name="2026", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    cycle_id = await service_cycles.open_cycle(office, year)
    first, last = JUNE
    delegation = NewDelegation(to_id=organisation["Delia"], starts_on=first, ends_on=last, reason="Leave")
    await delegate_approvals(organisation.actor("Chen"), delegation)
    stranger = Actor(tenant_id=(await found()).tenant_id, zone=ZONE, person_id=new_id(), roles=frozenset(Role))
    return Company(organisation, cycle_id, await _partner(organisation), stranger)


async def _grant(organisation: Organisation) -> None:
    grants = (
        Grant(person_id=organisation["Hugo"], role=Role.HR_PARTNER, unit_id=organisation.units["AIR"], on=START),
        Grant(person_id=organisation["Sofia"], role=Role.STRATEGY_OFFICE, on=START),
        Grant(person_id=organisation["Aron"], role=Role.ADMINISTRATOR, on=START),
    )
    for grant in grants:
        await grant_role(organisation.operator, grant)


async def _partner(organisation: Organisation) -> Actor:
    scopes = frozenset({Scope.OBJECTIVES_READ})
    async with begin(organisation.operator) as work:
        client_id = await service_clients.create(work, "Reader", scopes=scopes, secret_hash=new_id().bytes)
    roles = frozenset({Role.PARTNER})
    return Actor(tenant_id=organisation.tenant_id, zone=ZONE, client_id=client_id, roles=roles, scopes=scopes)


class _Undone(Exception):
    """Ends a trial."""


@asynccontextmanager
async def trial(tenant_id: UUID) -> AsyncGenerator[None]:
    """Whatever is done inside is rolled back."""
    try:
        with database.tenant(tenant_id):
            async with in_transaction():
                yield
                raise _Undone
    except _Undone:
        pass


def today() -> date:
    return clock.today(ZONE)
