"""The annual plan of the demo group, what it invests in, and the assumptions on which both stand."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from api.demo.dates import ZONE, morning, shifted
from api.demo.settling import Settled
from api.demo.story import Step
from api.demo.strategy import Strategy
from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.plans import (
    service,
    service_assumptions,
    service_gates,
    service_investments,
    service_revisions,
    service_writing,
)
from domain.plans.assumption_terms import AssumptionKind, Content, NewAssumption, Reading, Target
from domain.plans.investment_terms import Fund, Gate, GateVerdict, Proposal
from domain.plans.terms import Account, NewPlan, PlanRow, StatedTotal

SOURCE = Path(__file__).parent / "data" / "plans.toml"
CURRENCY = "CNY"
THOUSAND = 1000
APPROVED = Decimal("0.9")
"""How much of what is asked was granted."""
REASONS = {
    GateVerdict.GO: "What was asked for is there; go on.",
    GateVerdict.HOLD: "Two of three runs left the window; decide again after the next one.",
    GateVerdict.STOP: "The trial broke more bags than it loaded.",
}


class Plans:
    """Tells how the year was planned, where the money goes, and which assumption does not hold any more."""

    def __init__(self, settled: Settled, strategy: Strategy, now: datetime) -> None:
        self._settled = settled
        self._strategy = strategy
        self._now = now
        self._year = clock.today(ZONE).year
        with SOURCE.open("rb") as opened:
            self._told: Mapping[str, Any] = tomllib.load(opened)
        self._plan_id = new_id()
        self._ids = {one["code"]: new_id() for one in (*self._told["investment"], *self._told["assumption"])}

    @property
    def _office(self) -> Actor:
        return self._settled.actor(self._settled.roster["GRP-STR.head"])

    def steps(self) -> Iterator[Step]:
        """The plan in the autumn before its year, then investments and assumptions, then what was read of them."""
        autumn = date(self._year - 1, 11, 20)
        yield Step(morning(autumn), self._plan)
        for at, one in enumerate(self._told["investment"], start=1):
            yield Step(morning(autumn, days=at), partial(self._invest, one))
        for at, one in enumerate(self._told["assumption"], start=8):
            yield Step(morning(autumn, days=at), partial(self._assume, one))
        for days_ago, at in zip((70, 40, 8), range(3), strict=True):
            for later, one in enumerate(self._told["assumption"]):
                read_at = self._now - timedelta(days=days_ago) + timedelta(minutes=later)
                yield Step(read_at, partial(self._read, one, at))

    async def _plan(self) -> None:
        plan = NewPlan(
            id=self._plan_id,
            unit_id=self._settled.units["GROUP"],
            year=self._year,
            name=f"Plan {self._year}",
            name_zh=f"{self._year}年度计划",
            currency=CURRENCY,
        )
        rows = [row for unit, told in self._told["plan"].items() for row in _rows(unit, *told)]
        revenue = sum(sum(filter(None, row.amounts), Decimal(0)) for row in rows if row.account is Account.REVENUE)
        stated = [StatedTotal(unit="GROUP", account=Account.REVENUE, amount=Decimal(revenue))]
        office = self._office
        await service.draft(office, plan, key="draft plan")
        await service_writing.write(office, plan.id, rows, stated, version=1, key="write plan")
        await service.submit(office, plan.id, version=2, key="submit plan")
        await service.approve(office, plan.id, version=3, key="approve plan")

    async def _invest(self, told: Mapping[str, Any]) -> None:
        proposal = self._proposal(told)
        office, code = self._office, proposal.code
        await service_investments.propose(office, proposal, key=f"propose {code}")
        if not told["verdicts"]:
            return
        approved = proposal.asked * APPROVED
        await service_investments.approve(office, proposal.id, approved=approved, version=1, key=f"approve {code}")
        gates = await self._gates(proposal.id)
        for at, word in enumerate(told["verdicts"]):
            verdict = GateVerdict(word)
            key = f"gate {at} of {code}"
            reason = REASONS[verdict]
            await service_gates.decide(office, gates[at], verdict=verdict, reason=reason, version=2 + at, key=key)
        if "came" in told:
            await self._review(proposal, told, version=2 + len(gates))

    async def _review(self, proposal: Proposal, told: Mapping[str, Any], *, version: int) -> None:
        """What it really brought, and what is learned of it: that completes it."""
        office, code = self._office, proposal.code
        flows = [Decimal(flow * THOUSAND) for flow in told["came"]]
        await service_investments.record_flows(
            office, proposal.id, flows, first_year=proposal.first_year, version=version, key=f"flows of {code}"
        )
        await service_investments.review(
            office, proposal.id, findings=told["findings"], version=version + 1, key=f"review {code}"
        )

    def _proposal(self, told: Mapping[str, Any]) -> Proposal:
        funds = [Fund(strategic_objective_id=self._strategy.objectives[code], share=Decimal(share))
                 for code, share in told["serves"]]  # fmt: skip
        return Proposal(
            id=self._ids[told["code"]],
            code=told["code"],
            name=told["name"][0],
            name_zh=told["name"][1],
            unit_id=self._settled.units[told["unit"]],
            owner_id=self._settled.roster[f"{told['unit']}.head"].id,
            currency=CURRENCY,
            discount_rate=Decimal(str(told["rate"])),
            asked=Decimal(-told["flows"][0] * THOUSAND),
            first_year=self._year + told.get("since", 0),
            flows=tuple(Decimal(flow * THOUSAND) for flow in told["flows"]),
            funds=tuple(funds),
            gates=tuple(
                Gate(name=name, due_on=shifted(date(self._year + told.get("since", 0), 1, 1), 6 * at))
                for at, name in enumerate(told["gates"], start=1)
            ),
        )

    async def _gates(self, investment_id: UUID) -> Sequence[UUID]:
        async with begin(self._office) as work:
            rows = await work.connection.fetch(
                "select id from stage_gate where tenant_id = $1 and investment_id = $2 order by position",
                work.actor.tenant_id,
                investment_id,
            )
        return [row["id"] for row in rows]

    async def _assume(self, told: Mapping[str, Any]) -> None:
        office, code, row_id = self._office, told["code"], self._ids[told["code"]]
        content = Content(
            name=told["name"][0],
            name_zh=told["name"][1],
            kind=AssumptionKind(told["kind"]),
            owner_id=self._settled.roster[told["owner"]].id,
            unit_of_measure=told["unit"],
            trigger=told["trigger"][0],
            trigger_zh=told["trigger"][1],
            low=_number(told.get("low")),
            high=_number(told.get("high")),
        )
        await service_assumptions.register(office, NewAssumption(id=row_id, code=code, content=content), key=code)
        unit, account = told["plan"]
        targets = [Target(investment_id=self._ids[one]) for one in told["investments"]]
        planned = Target(plan_id=self._plan_id, unit_id=self._settled.units[unit], account=Account(account))
        for at, target in enumerate((planned, *targets)):
            await service_revisions.link(office, row_id, target, key=f"link {at} of {code}")

    async def _read(self, told: Mapping[str, Any], at: int) -> None:
        value = Decimal(str(told["readings"][at]))
        reading = Reading(read_on=clock.today(ZONE), value=value, source="Monthly market report")
        owner = self._settled.actor(self._settled.roster[told["owner"]])
        await service_assumptions.read(owner, self._ids[told["code"]], reading, key=f"read {at} of {told['code']}")


def _rows(
    unit: str, revenue: int, cost: int, growth: float, heads: int, volume: int, counted_in: str
) -> Iterator[PlanRow]:
    """Twelve months of each account, growing evenly, in whole amounts."""
    monthly = 1 + Decimal(str(growth)) / 100
    grown = [monthly**month for month in range(12)]
    for account, amount in ((Account.REVENUE, revenue * THOUSAND), (Account.COST, cost * THOUSAND)):
        yield PlanRow(unit=unit, account=account, amounts=tuple(round(amount * factor, 0) for factor in grown))
    yield PlanRow(unit=unit, account=Account.HEADCOUNT, amounts=(Decimal(heads),) * 12)
    volumes = tuple(round(volume * factor, 0) for factor in grown)
    yield PlanRow(unit=unit, account=Account.VOLUME, amounts=volumes, unit_of_measure=counted_in)


def _number(told: float | None) -> Decimal | None:
    return None if told is None else Decimal(str(told))
