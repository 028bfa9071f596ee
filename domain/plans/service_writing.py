"""Use case of a plan's lines: write many at once; profit and totals follow in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.kernel.work import Work, begin
from domain.plans import events, rules, service
from domain.plans.model import AnnualPlan
from domain.plans.terms import Account, Cell, Line, PlanRow, StatedTotal, Tree
from domain.plans.views import ANNUAL_PLAN

_DELETE = """
delete from plan_line l
using unnest($3::uuid[], $4::text[], $5::text[], $6::date[]) g (unit_id, account, measure, period)
where l.tenant_id = $1 and l.plan_id = $2
  and (l.unit_id, l.account, l.unit_of_measure, l.period) = (g.unit_id, g.account, g.measure, g.period)
"""
_UPSERT = """
insert into plan_line (tenant_id, plan_id, id, unit_id, account, unit_of_measure, period, amount)
select $1, $2, * from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::date[], $8::numeric[])
on conflict (tenant_id, plan_id, unit_id, account, unit_of_measure, period) do update set amount = excluded.amount
"""
_DROP_PROFIT = """
delete from plan_line p where p.tenant_id = $1 and p.plan_id = $2 and p.unit_id = any($3) and p.account = 'PROFIT'
  and (select true from plan_line l where l.tenant_id = $1 and l.plan_id = $2 and l.unit_id = p.unit_id
    and l.account in ('REVENUE', 'COST') and l.unit_of_measure = p.unit_of_measure and l.period = p.period
    limit 1) is null
"""
"""By the key for each of them: a join would read the whole plan for each, as long as nothing is known of its size."""
_PROFIT = """
insert into plan_line (tenant_id, plan_id, id, unit_id, account, unit_of_measure, period, amount)
select $1, $2, gen_random_uuid(), l.unit_id, 'PROFIT', l.unit_of_measure, l.period,
  sum(case l.account when 'REVENUE' then l.amount else -l.amount end)
from plan_line l
where l.tenant_id = $1 and l.plan_id = $2 and l.unit_id = any($3) and l.account in ('REVENUE', 'COST')
group by l.unit_id, l.unit_of_measure, l.period
on conflict (tenant_id, plan_id, unit_id, account, unit_of_measure, period) do update set amount = excluded.amount
"""
_FORGET = "update plan_total set own = 0 where tenant_id = $1 and plan_id = $2 and unit_id = any($3)"
_ADD_UP = """
insert into plan_total (tenant_id, plan_id, id, unit_id, account, unit_of_measure, own)
select $1, $2, gen_random_uuid(), l.unit_id, l.account, l.unit_of_measure,
  case l.account when 'HEADCOUNT' then (array_agg(l.amount order by l.period desc))[1] else sum(l.amount) end
from plan_line l where l.tenant_id = $1 and l.plan_id = $2 and l.unit_id = any($3)
group by l.unit_id, l.account, l.unit_of_measure
on conflict (tenant_id, plan_id, unit_id, account, unit_of_measure) do update set own = excluded.own
"""
"""Headcount is no sum of months: the year's is that of the last month planned."""
_STATE = """
insert into plan_total (tenant_id, plan_id, id, unit_id, account, unit_of_measure, own, stated)
select $1, $2, id, unit_id, account, measure, 0, stated
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::numeric[]) g (id, unit_id, account, measure, stated)
on conflict (tenant_id, plan_id, unit_id, account, unit_of_measure) do update set stated = excluded.stated
"""
_SWEEP = """
delete from plan_total t where t.tenant_id = $1 and t.plan_id = $2 and t.unit_id = any($3) and t.stated is null
  and (select true from plan_line l where l.tenant_id = $1 and l.plan_id = $2 and l.unit_id = t.unit_id
    and l.account = t.account and l.unit_of_measure = t.unit_of_measure limit 1) is null
"""


async def write(
    actor: Actor,
    plan_id: UUID,
    rows: Sequence[PlanRow],
    stated: Sequence[StatedTotal] = (),
    *,
    version: int,
    key: str,
) -> UUID:
    """Write whole years of accounts of units into a draft, and what is stated of units with all below them.

    All or nothing: InvalidInput names the row, ProfitDiffers the month.
    """
    service.keeper(actor)
    rules.check_request(rows, stated)
    intent = ("write_plan", plan_id, version, *map(_plain, rows), *map(_plain, stated))
    async with begin(actor, key=key, intent=intent) as work:
        if work.replay is not None:
            return plan_id
        plan = await work.lock(ANNUAL_PLAN, AnnualPlan, plan_id, version=version)
        rules.require_draft(plan.state)
        tree = await _tree(work, plan)
        lines, totals = rules.lines(rows, tree), rules.stated(stated, tree)
        await _store(work, plan_id, lines)
        await _follow(work, plan_id, lines, totals)
        plan.version, plan.updated_at = plan.version + 1, clock.now()
        await plan.save(update_fields=["version", "updated_at"])
        work.record(events.PlanWritten(subject_id=plan_id, lines=len(lines)))
        work.reply(True)
    return plan_id


def _plain(given: PlanRow | StatedTotal) -> tuple[object, ...]:
    amounts = given.amounts if isinstance(given, PlanRow) else (given.amount,)
    return (given.unit, given.account, given.unit_of_measure, *amounts)


async def _tree(work: Work, plan: AnnualPlan) -> Tree:
    rows = await work.connection.fetch(
        """select u.code, u.id from unit_closure c join unit u on u.tenant_id = c.tenant_id and u.id = c.descendant_id
           where c.tenant_id = $1 and c.ancestor_id = $2 and c.valid_from <= $3 and $3 < c.valid_to""",
        work.actor.tenant_id,
        plan.unit_id,
        plan.tree_on,
    )
    return Tree(currency=plan.currency, starts_on=plan.starts_on, units={str(row["code"]): row["id"] for row in rows})


async def _store(work: Work, plan_id: UUID, lines: Sequence[Line]) -> None:
    """All lines but profits, which follow from the others."""
    written = [line for line in lines if line.cell.account is not Account.PROFIT]
    gone = [line for line in written if line.amount is None]
    kept = [line for line in written if line.amount is not None]
    plan = (work.actor.tenant_id, plan_id)
    if gone:
        await work.connection.execute(_DELETE, *plan, *_places(gone), [line.period for line in gone])
    if kept:
        await work.connection.execute(
            _UPSERT,
            *plan,
            [new_id() for _ in kept],
            *_places(kept),
            [line.period for line in kept],
            [line.amount for line in kept],
        )


def _places(lines: Sequence[Line]) -> tuple[list[UUID], list[str], list[str]]:
    return (
        [line.cell.unit_id for line in lines],
        [line.cell.account for line in lines],
        [line.cell.unit_of_measure for line in lines],
    )


async def _follow(work: Work, plan_id: UUID, lines: Sequence[Line], stated: Mapping[Cell, Decimal | None]) -> None:
    """Profits, then totals, of the units that were written; what was given of profits must be what they are."""
    units = list({line.cell.unit_id for line in lines} | {cell.unit_id for cell in stated})
    plan = (work.actor.tenant_id, plan_id)
    for statement in (_DROP_PROFIT, _PROFIT):
        await work.connection.execute(statement, *plan, units)
    given = [line for line in lines if line.cell.account is Account.PROFIT]
    if given:
        rules.check_profits(given, await _profits(work, plan_id, units))
    for statement in (_FORGET, _ADD_UP):
        await work.connection.execute(statement, *plan, units)
    if stated:
        await _state(work, plan_id, stated)
    await work.connection.execute(_SWEEP, *plan, units)
    await _check_width(work, plan_id)


async def _profits(work: Work, plan_id: UUID, units: Sequence[UUID]) -> dict[tuple[Cell, date], Decimal]:
    rows = await work.connection.fetch(
        """select unit_id, unit_of_measure, period, amount from plan_line
           where tenant_id = $1 and plan_id = $2 and unit_id = any($3) and account = 'PROFIT'""",
        work.actor.tenant_id,
        plan_id,
        units,
    )
    return {
        (Cell(row["unit_id"], Account.PROFIT, row["unit_of_measure"]), row["period"]): row["amount"] for row in rows
    }


async def _state(work: Work, plan_id: UUID, stated: Mapping[Cell, Decimal | None]) -> None:
    cells = list(stated)
    await work.connection.execute(
        _STATE,
        work.actor.tenant_id,
        plan_id,
        [new_id() for _ in cells],
        [cell.unit_id for cell in cells],
        [cell.account for cell in cells],
        [cell.unit_of_measure for cell in cells],
        [stated[cell] for cell in cells],
    )


async def _check_width(work: Work, plan_id: UUID) -> None:
    """What the whole of a plan is told by stays a short list."""
    found = await work.connection.fetchval(
        """select count(*) from (select distinct account, unit_of_measure from plan_total
           where tenant_id = $1 and plan_id = $2) d""",
        work.actor.tenant_id,
        plan_id,
    )
    if found > rules.CELLS_PER_PLAN_MAX:
        raise InvalidInput(
            f"A plan has at most {rules.CELLS_PER_PLAN_MAX} accounts, each volume counted by its unit of measure.",
            field="rows",
        )
