"""What people of a company promise each other: Dina of CREW provides to Oskar of SIDE, unless it is told otherwise."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.kernel import database
from domain.kernel.ids import new_id
from domain.kernel.views import Slots
from domain.transmission.interlocks import service, service_proposing
from domain.transmission.interlocks.terms import (
    InterlockSide,
    NewInterlock,
    Party,
    Terms,
)
from domain.transmission.interlocks.views import INTERLOCK, OUTCOME
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company

DUE = date(2026, 6, 20)
TERMS = Terms(
    output="Rosters for July",
    output_zh="七月排班表",
    criteria="Every flight has a crew.",
    due_on=DUE,
)


@dataclass(slots=True)
class Ground:
    """People act by name, with keys of their own and the version that holds."""

    company: Company

    async def propose(
        self,
        *,
        by: str = "Oskar",
        provider: str = "Dina",
        receiver: str = "Oskar",
        terms: Terms = TERMS,
        objective_id: UUID | None = None,
    ) -> UUID:
        new = NewInterlock(
            cycle_id=self.company.cycle_id,
            provider=Party(person_id=self.company[provider]),
            receiver=Party(person_id=self.company[receiver]),
            terms=terms,
            objective_id=objective_id,
        )
        return await service_proposing.propose(self.company.actor(by), new, key=str(new_id()))

    async def do(self, act: str, interlock_id: UUID, by: str, words: str | None = "So.") -> UUID:
        """By the name of the use case."""
        actor, version, key = self.company.actor(by), await self.version(interlock_id), str(new_id())
        plain: dict[str, Callable[[], Awaitable[UUID]]] = {
            "amend": lambda: service_proposing.amend(
                actor, interlock_id, replace(TERMS, output="Other"), version=version, key=key
            ),
            "confirm": lambda: service_proposing.confirm(actor, interlock_id, version=version, key=key),
            "decline": lambda: service_proposing.decline(
                actor, interlock_id, version=version, key=key, reason=words or ""
            ),
            "deliver": lambda: service.deliver(actor, interlock_id, version=version, key=key, words=words),
            "accept": lambda: service.accept(actor, interlock_id, version=version, key=key, words=words),
            "reject": lambda: service.reject(actor, interlock_id, version=version, key=key, reason=words or ""),
            "withdraw": lambda: service.withdraw(actor, interlock_id, version=version, key=key, reason=words or ""),
        }
        return await plain[act]()

    async def hand_over(self, interlock_id: UUID, side: InterlockSide, to: str, *, by: str) -> None:
        await service.hand_over(
            self.company.actor(by),
            interlock_id,
            side,
            Party(person_id=self.company[to]),
            version=await self.version(interlock_id),
            key=str(new_id()),
            reason="On leave.",
        )

    async def reach(self, status: str) -> UUID:
        """A promise that stands so."""
        ways: dict[str, tuple[tuple[str, str], ...]] = {
            "PROPOSED": (),
            "DECLINED": (("decline", "Dina"),),
            "WITHDRAWN": (("withdraw", "Oskar"),),
            "CONFIRMED": (("confirm", "Dina"),),
            "DELIVERED": (("confirm", "Dina"), ("deliver", "Dina")),
            "ACCEPTED": (("confirm", "Dina"), ("deliver", "Dina"), ("accept", "Oskar")),
            "REJECTED": (("confirm", "Dina"), ("deliver", "Dina"), ("reject", "Oskar")),
        }
        interlock_id = await self.propose()
        for act, by in ways[status]:
            await self.do(act, interlock_id, by)
        return interlock_id

    async def value(self, column: str, interlock_id: UUID) -> object:
        return await self.company.organisation.value(f"select {column} from interlock where id = $1", interlock_id)

    async def version(self, interlock_id: UUID) -> int:
        return int(str(await self.value("version", interlock_id)))

    async def status(self, interlock_id: UUID) -> str:
        return str(await self.value("status", interlock_id))

    async def outcome(self, interlock_id: UUID) -> object:
        """As the views tell it."""
        slots = Slots({}, row="r")
        told = OUTCOME.format_map(slots)
        actor = self.company.actor("Sofia")
        with database.tenant(actor.tenant_id):
            async with database.connection() as connection:
                sql = f"select {told} from interlock r where r.id = ${len(slots.names) + 1}"
                return await connection.fetchval(sql, *slots.values_for(actor), interlock_id)

    async def can(self, interlock_id: UUID, name: str) -> list[str] | None:
        """What somebody sees that they can do; None for who does not see it."""
        actor = self.company.actor(name)
        slots = Slots(INTERLOCK.facts, row="r")
        offered = INTERLOCK.fields["viewerCan"]
        told, seen = offered.sql.format_map(slots), INTERLOCK.visible.format_map(slots)  # type: ignore[union-attr]
        with database.tenant(actor.tenant_id):
            async with database.connection() as connection:
                sql = f"select {told} as can from interlock r where r.id = ${len(slots.names) + 1} and ({seen})"
                row = await connection.fetchrow(sql, *slots.values_for(actor), interlock_id)
        return None if row is None else row["can"]

    async def everything(self) -> list[str]:
        """All that a use case of interlocks may write."""
        unions = " union all ".join(
            f"select to_jsonb(t)::text as content from {one} t"
            for one in ("interlock", "interlock_step", "journal", "receipt")
        )
        return [row["content"] for row in await self.company.organisation.rows(f"{unions} order by 1")]


async def lay() -> Ground:
    """The clock must stand."""
    return Ground(await companies.lay())
