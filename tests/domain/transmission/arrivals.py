"""A group in which a strategy arrives in part: the thousand flights of the domain's paper, section 2.2.3, and a map.

Ada serves C1, Bo serves Ada, Chen serves Bo, Dina and Emil serve Chen. Bo's target of 1,000 goes down to them in
slices: 1,000 → 500 + 400; 500 → 300 + 200, of which 200 is never accepted; 400 → 340.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.ids import new_id
from domain.transmission import health, views
from domain.transmission.terms import Health, Part
from tests.domain.objectives import cascade_of_intent
from tests.domain.objectives.cascade_of_intent import LINE, UNITS, Cascade
from tests.domain.objectives.company import Company
from tests.domain.organisations import ZONE

if TYPE_CHECKING:
    import asyncpg


@dataclass(slots=True)
class Arrivals:
    """Everything by the names of the owners."""

    company: Company
    cascade: Cascade
    targets: Counter[str] = field(default_factory=Counter[str])
    """How many key results each has: their positions."""

    @property
    def units(self) -> dict[str, UUID]:
        return self.company.organisation.units

    async def rows(self, sql: str, *values: object) -> "list[asyncpg.Record]":
        return await self.company.organisation.rows(sql, *values)

    async def insert(self, table: str, **values: object) -> UUID:
        """A row as it is given; its id."""
        row = {"tenant_id": self.company.tenant_id, "id": new_id(), **values}
        slots = ", ".join(f"${at}" for at in range(1, len(row) + 1))
        await self.rows(f"insert into {table} ({', '.join(row)}) values ({slots})", *row.values())
        return UUID(str(row["id"]))

    async def target(self, owner: str, amount: int) -> UUID:
        """A further key result of the owner's objective."""
        self.targets[owner] += 1
        return await self.insert(
            "key_result",
            objective_id=self.cascade.objectives[owner],
            position=self.targets[owner],
            title="Flights",
            kind="INCREASE",
            unit_of_measure="flights",
            weight=100,
            start=Decimal(0),
            target=Decimal(amount),
            updated_at=clock.now(),
        )

    async def throw(self, key_result_id: UUID, amount: int, *, by: str, to: str, taken: bool = True) -> UUID:
        """A slice, and the key result in which its receiver took it; of one that waits, nobody's."""
        child = await self.target(to, amount) if taken else None
        await self.insert(
            "alignment",
            cycle_id=self.company.cycle_id,
            parent_id=self.cascade.objectives[by],
            parent_key_result_id=key_result_id,
            child_id=self.cascade.objectives[to] if taken else None,
            child_key_result_id=child,
            receiver_id=self.company[to],
            receiver_unit_id=self.units[UNITS[to]],
            method="SPLIT",
            state="ACCEPTED" if taken else "PROPOSED_DOWN",
            amount=Decimal(amount),
            counted=True,
            proposed_by_id=self.company[by],
            proposed_at=clock.now(),
        )
        return child or new_id()

    async def pact(self, provider: str, receiver: str, status: str, *, weight: int = 1, of: str | None = None) -> None:
        """An interlock that was due yesterday; what was accepted was delivered on that day."""
        due, now = clock.today("UTC") - timedelta(days=1), clock.now()
        provider_id, receiver_id = self.company[provider], self.company[receiver]
        is_confirmed, is_done = status != "PROPOSED", status == "ACCEPTED"
        await self.insert(
            "interlock",
            cycle_id=self.company.cycle_id,
            provider_unit_id=self.units[UNITS.get(provider, "SIDE")],
            provider_id=provider_id,
            receiver_unit_id=self.units[UNITS.get(receiver, "SIDE")],
            receiver_id=receiver_id,
            objective_id=self.cascade.objectives[of] if of else None,
            output="Slots",
            criteria="All of them",
            due_on=due,
            weight=weight,
            status=status,
            version=1,
            proposed_by_id=provider_id,
            proposed_at=now,
            deliveries=int(is_done),
            **_signed("provider_confirmed", provider_id if is_confirmed else None),
            **_signed("receiver_confirmed", receiver_id if is_confirmed else None),
            **_signed("delivered", provider_id if is_done else None),
            **_signed("settled", receiver_id if is_done else None),
            delivered_on=due if is_done else None,
        )

    async def answer(self, *units: str, opened: datetime | None = None) -> None:
        """A round that is over asked the whole group; one new person of each of these units recalled half."""
        then = opened or clock.now() - timedelta(days=30)
        quarter = then.date().replace(month=1 + (then.month - 1) // 3 * 3, day=1)
        round_id = await self.insert(
            "recall_round",
            unit_id=self.units["GROUP"],
            cycle_id=self.company.cycle_id,
            strategy_id=self.cascade.strategy.id,
            about="OBJECTIVES",
            k=2,
            quarter=quarter,
            opens_at=then,
            closes_at=then + timedelta(days=7),
            asked=9,
            asked_by_id=self.company["Sofia"],
        )
        for at, unit in enumerate(units):
            person_id = await self.company.organisation.hire(f"Answers {at}", unit=unit, manager="Chen")
            who = {"round_id": round_id, "person_id": person_id, "unit_id": self.units[unit]}
            said = await self.insert("recall_question", **who, quarter=quarter, words=["On time"], said_at=then)
            await self.insert("recall_answer", **who, id=said, recalled=Decimal("0.5"), answered_at=then)

    async def health(self, unit: str = "GROUP", *, day: date | None = None) -> Health:
        """As it is told today, or of a cycle that ended on this day, of a unit whose mode declares nothing."""
        [row] = await self.rows(
            "select f.found::text, recall_cells((f.found -> 'recall' ->> 'round')::uuid)::text as cells "
            "from cascade_below(array[$1::uuid], $2, $3, $4) f",
            self.units[unit],
            self.company.cycle_id,
            day or clock.today(ZONE),
            clock.now(),
        )
        found, cells = orjson.loads(row["found"]), orjson.loads(row["cells"])
        return health.of(found, {}, may_tell_recall=self.units[unit] in views.told(cells))

    async def values(self, unit: str = "GROUP") -> dict[Part, Decimal | None]:
        return {part: one.value for part, one in (await self.health(unit)).parts.items()}


async def lay(company: Company) -> Arrivals:
    """The line without targets."""
    return Arrivals(company, await cascade_of_intent.plant(company))


async def thousand_flights(arrivals: Arrivals, *, accepted: bool = False) -> None:
    """The example; `accepted`, all of what was thrown down was taken."""
    top = await arrivals.target("Bo", 1000)
    five = await arrivals.throw(top, 500, by="Bo", to="Chen")
    four = await arrivals.throw(top, 400, by="Bo", to="Dina")
    await arrivals.throw(five, 300, by="Chen", to="Emil")
    await arrivals.throw(five, 200, by="Chen", to="Dina", taken=accepted)
    await arrivals.throw(four, 340, by="Dina", to="Emil")


async def settle_everything(arrivals: Arrivals) -> None:
    """Everybody said their intent back and was confirmed."""
    for owner in LINE:
        await arrivals.cascade.settle(owner)


def _signed(step: str, by: UUID | None) -> dict[str, object]:
    return {f"{step}_by_id": by, f"{step}_at": by and clock.now()}
