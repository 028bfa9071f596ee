"""A group that plans: an airline with a strategy, whose strategy office (Sofia) writes the plan of 2026.

Ada (GROUP) ← Bo (AIR) ← Chen (OPS) ← Dina, Emil (CREW); who else there is stands in `company`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from domain.kernel.actor import Actor, Scope
from domain.kernel.ids import new_id
from domain.plans import service, service_assumptions, service_gates, service_investments, service_writing
from domain.plans.assumption_terms import AssumptionKind, Content, NewAssumption, Reading
from domain.plans.investment_terms import Fund, Gate, GateVerdict, Proposal
from domain.plans.terms import Account, NewPlan, PlanRow, StatedTotal
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import Company, today
from tests.domain.strategy import maps

Amounts = Sequence[int | str | None]


@dataclass(slots=True)
class Ground:
    """Everything is done by Sofia, each with a key of its own."""

    company: Company
    objectives: dict[str, UUID] = field(default_factory=dict[str, UUID])
    """Strategic objectives of the group by their codes."""

    @property
    def office(self) -> Actor:
        return self.company.actor("Sofia")

    def unit(self, code: str) -> UUID:
        return self.company.organisation.units[code]

    def actor(self, name: str) -> Actor:
        """A person by name; Partner may read strategies."""
        actor = self.company.actor(name)
        return replace(actor, scopes=frozenset({Scope.STRATEGY_READ})) if name == "Partner" else actor

    async def draft(self, **values: object) -> UUID:
        plain = NewPlan(unit_id=self.unit("GROUP"), year=2026, name="Plan", currency="CNY", id=new_id())
        return await service.draft(self.office, replace(plain, **values), key=str(new_id()))  # type: ignore[arg-type]

    async def version(self, table: str, row_id: UUID) -> int:
        found = await self.company.organisation.value(f"select version from {table} where id = $1", row_id)
        return int(str(found))

    async def write(self, plan_id: UUID, *rows: PlanRow, stated: Sequence[StatedTotal] = ()) -> None:
        version = await self.version("annual_plan", plan_id)
        await service_writing.write(self.office, plan_id, rows, stated, version=version, key=str(new_id()))

    async def submit(self, plan_id: UUID) -> None:
        version = await self.version("annual_plan", plan_id)
        await service.submit(self.office, plan_id, version=version, key=str(new_id()))

    async def approve(self, plan_id: UUID) -> None:
        version = await self.version("annual_plan", plan_id)
        await service.approve(self.office, plan_id, version=version, key=str(new_id()))

    async def approved(self, *rows: PlanRow, stated: Sequence[StatedTotal] = ()) -> UUID:
        plan_id = await self.draft()
        await self.write(plan_id, *(rows or ROWS), stated=stated)
        await self.submit(plan_id)
        await self.approve(plan_id)
        return plan_id

    async def totals(self, plan_id: UUID) -> dict[tuple[str, str], Decimal]:
        """Unit code and account to the year's own total."""
        rows = await self.company.organisation.rows(
            """select u.code, t.account, t.own from plan_total t join unit u on u.id = t.unit_id
               where t.plan_id = $1 order by 1, 2""",
            plan_id,
        )
        return {(row["code"], row["account"]): row["own"] for row in rows}

    def proposal(self, code: str = "HANGAR", **values: object) -> Proposal:
        plain = Proposal(
            code=code,
            name="A second hangar",
            name_zh="第二机库",
            unit_id=self.unit("AIR"),
            owner_id=self.company["Bo"],
            currency="CNY",
            discount_rate=Decimal("0.1"),
            asked=Decimal(1000),
            first_year=2026,
            flows=tuple(map(Decimal, (-1000, 400, 400, 400))),
            funds=(Fund(strategic_objective_id=self.objectives["F1"], share=Decimal(60)),),
            gates=(Gate(name="Idea"), Gate(name="Build", name_zh="建设")),
            id=new_id(),
        )
        return replace(plain, **values)  # type: ignore[arg-type]

    async def invest(self, code: str = "HANGAR", **values: object) -> UUID:
        return await service_investments.propose(self.office, self.proposal(code, **values), key=str(new_id()))

    async def grant(self, investment_id: UUID, approved: int) -> None:
        version = await self.version("investment", investment_id)
        await service_investments.approve(
            self.office, investment_id, approved=Decimal(approved), version=version, key=str(new_id())
        )

    async def gates(self, investment_id: UUID) -> list[UUID]:
        rows = await self.company.organisation.rows(
            "select id from stage_gate where investment_id = $1 order by position", investment_id
        )
        return [row["id"] for row in rows]

    async def decide(self, investment_id: UUID, gate_id: UUID, verdict: GateVerdict = GateVerdict.GO) -> None:
        version = await self.version("investment", investment_id)
        await service_gates.decide(
            self.office, gate_id, verdict=verdict, reason="It is so.", version=version, key=str(new_id())
        )

    async def assume(self, code: str = "FUEL", **values: object) -> UUID:
        content = replace(ASSUMED, owner_id=self.company["Bo"], **values)  # type: ignore[arg-type]
        return await service_assumptions.register(
            self.office, NewAssumption(code=code, content=content), key=str(new_id())
        )

    async def read(self, assumption_id: UUID, value: int | str, *, days_ago: int = 0, by: str = "Bo") -> None:
        day = today()
        reading = Reading(read_on=day.fromordinal(day.toordinal() - days_ago), value=Decimal(value), source="Exchange")
        await service_assumptions.read(self.company.actor(by), assumption_id, reading, key=str(new_id()))


def row(unit: str, account: Account, amounts: Amounts, unit_of_measure: str | None = None) -> PlanRow:
    """A year; fewer than twelve amounts are followed by months without one."""
    given = tuple(None if one is None else Decimal(one) for one in amounts)
    return PlanRow(unit=unit, account=account, amounts=(given + (None,) * 12)[:12], unit_of_measure=unit_of_measure)


def stated(unit: str, account: Account, amount: int | str | None) -> StatedTotal:
    return StatedTotal(unit=unit, account=account, amount=None if amount is None else Decimal(amount))


ROWS = (
    row("AIR", Account.REVENUE, [100] * 12),
    row("AIR", Account.COST, [70] * 12),
    row("OPS", Account.COST, ["10.5"] * 12),
    row("OPS", Account.VOLUME, [300] * 12, "flights"),
    row("CREW", Account.HEADCOUNT, [10] * 6 + [12] * 6),
)
ASSUMED = Content(
    name="Price of fuel",
    name_zh="燃油价格",
    kind=AssumptionKind.PRICE,
    owner_id=UUID(int=0),
    unit_of_measure="USD/t",
    low=Decimal(600),
    high=Decimal(800),
    trigger="Hedge half of the year.",
)


async def lay() -> Ground:
    """The clock must stand at NOON."""
    company = await companies.lay()
    strategy = await maps.published(company.organisation)
    codes = await strategy.codes("strategic_objective")
    return Ground(company, {code: await strategy.objective(code) for code in codes})
