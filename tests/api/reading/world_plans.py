"""Plans to be read: versions in every state, investments at every gate, assumptions that hold and that do not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.ids import new_id, public
from domain.plans import service_assumptions, service_derivations, service_investments, service_revisions
from domain.plans.assumption_terms import Target
from domain.plans.investment_terms import Fund, Gate, GateVerdict
from domain.plans.service_derivations import NewDerivation
from domain.plans.terms import Account
from tests.domain.plans.ground import ROWS, Ground, row, stated

if TYPE_CHECKING:
    from tests.api.reading.world import World

HUGE = "999999999999999999.99999999999999999999"
ODD = '计划 ✈️ "quoted" \\ back\u2028line'
TABLES = {
    "pln": "annual_plan",
    "pll": "plan_line",
    "plt": "plan_total",
    "inv": "investment",
    "asm": "assumption",
    "rvf": "revision_flag",
    "drv": "derivation",
}


async def furnish(world: "World") -> None:
    """What Sofia writes; the clock stands, and the group has a strategy."""
    rows = await world.company.organisation.rows(
        """select o.code, o.id from strategic_objective o join strategy s on s.id = o.strategy_id
           where s.unit_id = $1 and o.retired_at is null""",
        world.company.organisation.units["GROUP"],
    )
    ground = Ground(world.company, {item["code"]: item["id"] for item in rows})
    plan_id = await _plans(ground)
    await _investments(ground)
    await _assumptions(world, ground, plan_id)
    await _derivations(ground)
    for prefix, table in TABLES.items():
        rows = await world.company.organisation.rows(f"select id from {table} order by id limit 5")
        world.ids |= {f"{table} {at}": public(prefix, item["id"]) for at, item in enumerate(rows)}
    gate = await world.company.organisation.value("select id from stage_gate where name = 'Only'")
    link = await world.company.organisation.value("select id from assumption_link order by id limit 1")
    world.ids["stage_gate D"] = public("sgt", UUID(str(gate)))
    world.ids["assumption_link 0"] = public("asl", UUID(str(link)))


async def _plans(ground: Ground) -> UUID:
    """Of 2026 one that held, one that holds and a draft; of 2027 one that waits."""
    first = await ground.approved()
    second = await ground.draft(made_from_id=first, name=ODD, name_zh="预算")
    huge = row("SIDE", Account.VOLUME, [HUGE, "0.1", None, "-0"], "吨")
    await ground.write(
        second, huge, row("GROUP", Account.COST, ["-3.50"]), stated=[stated("GROUP", Account.COST, "962.5")]
    )
    await ground.submit(second)
    await ground.approve(second)
    await ground.draft(made_from_id=second)
    waits = await ground.draft(year=2027, starts_on=date(2027, 4, 1), currency="USD")
    await ground.write(waits, *ROWS[:3], stated=[stated("AIR", Account.REVENUE, 7)])
    await ground.submit(waits)
    return second


async def _investments(ground: Ground) -> None:
    """One that is proposed, one that came to its end, one that was stopped, and one with several rates or none."""
    done = await ground.invest("A", owner_id=ground.company["Dina"], unit_id=ground.unit("OPS"))
    for gate in await ground.gates(done):
        await ground.decide(done, gate, GateVerdict.HOLD)
        await ground.decide(done, gate)
    await ground.grant(done, 700)
    for number, flows in enumerate(((Decimal(-1100), Decimal("330.5")), (Decimal(-1100),))):
        version = await ground.version("investment", done)
        await service_investments.record_flows(
            ground.office, done, flows, first_year=2026, version=version, key=f"flows {number}"
        )
        await service_investments.review(
            ground.office, done, findings="迟了 — late.", version=version + 1, key=f"review {number}"
        )
    stopped = await ground.invest("B", name=ODD, name_zh=None, flows=(Decimal(5), Decimal(-20), Decimal(16)))
    await ground.decide(stopped, (await ground.gates(stopped))[0], GateVerdict.STOP)
    share = Fund(strategic_objective_id=ground.objectives["C1"], share=Decimal("12.5"))
    await ground.invest("C", funds=(share,), gates=(), asked=Decimal(HUGE), flows=(Decimal(HUGE), Decimal(1)))
    gates = (Gate(name="Only", due_on=date(2026, 12, 31)),)
    await ground.invest("D", funds=(), gates=gates, unit_id=ground.unit("GROUP"), discount_rate=Decimal("-0.05"))


async def _assumptions(world: "World", ground: Ground, plan_id: UUID) -> None:
    """Fuel is broken twice and settled once; the rate holds; the law is no assumption any more."""
    fuel = await ground.assume()
    [measure, *_] = await world.company.organisation.rows("select id from measure order by id")
    targets = (
        Target(strategic_objective_id=ground.objectives["F1"]),
        Target(plan_id=plan_id),
        Target(plan_id=plan_id, unit_id=ground.unit("OPS"), account=Account.COST),
        Target(measure_id=measure["id"]),
        Target(objective_id=world.objectives["ACTIVE"]),
        Target(objective_id=world.objectives["SUBMITTED"]),
    )
    for target in targets:
        await service_revisions.link(ground.office, fuel, target, key=str(new_id()))
    for value, days_ago in ((700, 9), (900, 5), (700, 3), (700, 3), (950, 0)):
        await ground.read(fuel, value, days_ago=days_ago, by="Sofia")
        if days_ago == 5:
            [flag, *_] = await world.company.organisation.rows("select id from revision_flag order by id")
            await service_revisions.settle(ground.office, flag["id"], note="不变", version=1, key="settled")
    investment = await world.company.organisation.value("select id from investment order by id limit 1")
    rate = await ground.assume("RATE", name=ODD, name_zh=None, low=None, high=Decimal(HUGE), trigger_zh="对冲")
    await service_revisions.link(ground.office, rate, Target(investment_id=UUID(str(investment))), key="rate")
    law = await ground.assume("LAW", high=None)
    await service_assumptions.retire(ground.office, law, version=1, key="retired")


async def _derivations(ground: Ground) -> None:
    given = NewDerivation(
        strategic_objective_id=ground.objectives["F1"],
        year=2026,
        unit_id=ground.unit("AIR"),
        account=Account.PROFIT,
    )
    last = await service_derivations.derive(ground.office, given, key="first")
    await service_derivations.end(ground.office, last, key="end")
    for year in (2026, 2027):
        await service_derivations.derive(ground.office, replace(given, year=year), key=f"again {year}")
