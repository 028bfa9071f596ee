"""Five objectives of one group below a strategic objective: four levels, from the head of the group to the crew.

C1 ← Ada ← Bo ← Chen ← Dina, Emil; each is the line manager of the next.
"""

from dataclasses import dataclass, field
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.ids import new_id, public
from domain.objectives import service_teach_backs
from domain.objectives.model import Alignment
from tests.domain.objectives.company import Company
from tests.domain.strategy import maps
from tests.domain.strategy.maps import Written

LINE = {"Ada": None, "Bo": "Ada", "Chen": "Bo", "Dina": "Chen", "Emil": "Chen"}
UNITS = {"Ada": "GROUP", "Bo": "AIR", "Chen": "OPS", "Dina": "CREW", "Emil": "CREW"}
CONFIRMS = {"Ada": "Sofia", "Bo": "Ada", "Chen": "Bo", "Dina": "Chen", "Emil": "Chen"}
"""Who answers to nobody is confirmed by the strategy office."""


@dataclass(slots=True)
class Cascade:
    """Objectives and what is said of them, by the names of their owners."""

    company: Company
    strategy: Written
    objectives: dict[str, UUID] = field(default_factory=dict[str, UUID])

    async def promise(self, owner: str, *, parent: str | None = None, state: str = "ACTIVE") -> UUID:
        """An objective that is promised, as a row."""
        parent_id = self.objectives[parent] if parent else None
        objective_id = self.objectives[owner] = new_id()
        await self.company.organisation.rows(
            """insert into objective (tenant_id, id, owner_id, unit_id, cycle_id, title, audience, weight, state,
                                      version, version_hash, parent_id, created_at, updated_at, approved_at)
               values ($1, $2, $3, $4, $5, $6, 'CHAIN', 10, $7, 1, '', $8, $9, $9, $10)""",
            self.company.tenant_id,
            objective_id,
            self.company[owner],
            self.company.organisation.units[UNITS.get(owner, "SIDE")],
            self.company.cycle_id,
            f"Of {owner}",
            state,
            parent_id,
            clock.now(),
            None if state in ("DRAFT", "SUBMITTED") else clock.now(),
        )
        return objective_id

    async def align(self, child: str, *, to: str, state: str = "ACCEPTED") -> None:
        """The child serves a strategic objective, by its code, or an objective, by its owner."""
        parent_id = self.objectives.get(to)
        with database.tenant(self.company.tenant_id):
            await Alignment.create(
                id=new_id(),
                tenant_id=self.company.tenant_id,
                cycle_id=self.company.cycle_id,
                parent_id=parent_id,
                strategic_objective_id=None if parent_id else await self.strategy.objective(to),
                child_id=self.objectives[child],
                method="QUALITATIVE",
                state=state,
                counted=False,
                rounds=0,
                version=1,
                proposed_by_id=self.company["Sofia"],
                proposed_at=clock.now(),
            )

    async def intent(self, code: str = "C1") -> UUID:
        """The intent as it holds now."""
        found = await self.company.organisation.value(
            "select id from intent where strategic_objective_id = $1 order by version desc",
            await self.strategy.objective(code),
        )
        return UUID(str(found))

    async def say(self, owner: str, words: str = "I see to it that we leave on time.", *, code: str = "C1") -> UUID:
        return await service_teach_backs.say_back(
            self.company.actor(owner), self.objectives[owner], await self.intent(code), words, key=str(new_id())
        )

    async def settle(self, owner: str, *, code: str = "C1") -> None:
        """Said by the owner and confirmed by the line."""
        said = await self.say(owner, code=code)
        await service_teach_backs.confirm(self.company.actor(CONFIRMS[owner]), said, key=str(new_id()))

    async def states(self, code: str = "C1") -> dict[str, str]:
        """How everything that inherits the intent stands to it."""
        rows = await self.company.organisation.rows(
            """select p.name, h.state from inheritors_of($1) n
               join inherited_intent h on h.objective_id = n.id and h.strategic_objective_id = $1
               join objective o on o.id = n.id join person p on p.id = o.owner_id order by n.level, p.name""",
            await self.strategy.objective(code),
        )
        return {row["name"]: row["state"] for row in rows}

    async def levels(self, code: str = "C1") -> dict[str, int]:
        rows = await self.company.organisation.rows(
            """select p.name, n.level from inheritors_of($1) n
               join objective o on o.id = n.id join person p on p.id = o.owner_id order by n.level, p.name""",
            await self.strategy.objective(code),
        )
        return {row["name"]: row["level"] for row in rows}

    async def fidelity(self, unit: str = "GROUP") -> tuple[int, ...]:
        """Objectives, reached, confirmed, faithful."""
        [row] = await self.company.organisation.rows(
            "select * from intent_fidelity($1, $2)",
            self.company.organisation.units[unit],
            clock.today(self.company.actor("Ada").zone),
        )
        return tuple(row)

    def public(self, owner: str) -> str:
        return public("obj", self.objectives[owner])


async def plant(company: Company) -> Cascade:
    """The picture above; Ada's serves C1, each of the others the objective of its manager."""
    cascade = Cascade(company, await maps.published(company.organisation))
    for owner, parent in LINE.items():
        await cascade.promise(owner, parent=parent)
    await cascade.align("Ada", to="C1")
    return cascade
