"""Use cases of derivations: say from which account of a plan an objective of a year comes, and list those without."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from asyncpg import UniqueViolationError

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput, NotFound
from domain.kernel.ids import new_id
from domain.kernel.views import Slots
from domain.kernel.work import Work, begin
from domain.people import views_leading
from domain.plans import checks, events, rules, service
from domain.plans.terms import Account
from domain.plans.views import DERIVATIONS_MAX
from domain.plans.views_rights import FIGURES
from domain.strategy.views import STRATEGIC_OBJECTIVE

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

OBJECTIVES_MAX = 200
"""How many strategic objectives of one unit are looked at."""
PLANNED = """
exists (select from annual_plan p
  join plan_total t on t.tenant_id = p.tenant_id and t.plan_id = p.id
    and t.account = d.account and t.unit_of_measure = d.unit_of_measure
  join unit_closure c on c.tenant_id = p.tenant_id and c.ancestor_id = d.unit_id and c.descendant_id = t.unit_id
    and c.valid_from <= p.tree_on and p.tree_on < c.valid_to
  where p.tenant_id = d.tenant_id and p.year = d.year and p.state = 'APPROVED')"""
"""Whether an approved plan has figures of the account of the derivation d."""
_COVERED = f"""
select o.id, o.code, o.title, o.title_zh, o.goal_id is not null as has_goal,
  (select count(*) from derivation d where d.tenant_id = o.tenant_id and d.strategic_objective_id = o.id
     and d.year = $3 and d.ended_at is null and {PLANNED}) as accounts,
  (select count(*) from funding f join investment i on i.tenant_id = f.tenant_id and i.id = f.investment_id
     where f.tenant_id = o.tenant_id and f.strategic_objective_id = o.id and i.state in ('APPROVED', 'COMPLETED'))
     as investments
from strategy s join strategic_objective o on o.tenant_id = s.tenant_id and o.strategy_id = s.id
where s.tenant_id = $1 and s.unit_id = $2 and o.retired_at is null
  and extract(year from s.starts_on) <= $3 and $3 <= extract(year from s.ends_on)
order by o.position, o.id limit $4
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDerivation:
    """From which account of a unit's plan a strategic objective of a year comes; perhaps told by a measure."""

    strategic_objective_id: UUID
    year: int
    unit_id: UUID
    account: Account
    unit_of_measure: str | None = None
    measure_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A strategic objective of a year, and how many sources it has that are approved."""

    strategic_objective_id: UUID
    code: str
    title: str
    title_zh: str | None
    has_long_term_goal: bool
    accounts: int
    investments: int

    @property
    def is_covered(self) -> bool:
        """Whether at least one account of a plan, or one investment, stands behind it."""
        return self.accounts + self.investments > 0


async def derive(actor: Actor, given: NewDerivation, *, key: str) -> UUID:
    """The id of the new derivation. NotFound, InvalidInput for one that is there already."""
    person_id = service.keeper(actor)
    checks.check_year(given.year)
    said = (given.strategic_objective_id, given.year, given.unit_id, given.account, given.unit_of_measure)
    async with begin(actor, key=key, intent=("derive_objective", *said, given.measure_id)) as work:
        if work.replay is not None:
            return UUID(str(work.replay))
        await work.see(STRATEGIC_OBJECTIVE, given.strategic_objective_id)
        measure = await _counted_in(work, given)
        await _require_room(work, given)
        await _require_measure(work, given)
        derivation_id = new_id()
        try:
            await work.connection.execute(
                """insert into derivation (tenant_id, id, strategic_objective_id, year, unit_id, account,
                     unit_of_measure, measure_id, created_by_id, created_at)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""",
                *(actor.tenant_id, derivation_id, given.strategic_objective_id, given.year, given.unit_id),
                *(given.account, measure, given.measure_id, person_id, clock.now()),
            )
        except UniqueViolationError:
            raise InvalidInput("It is derived from this account already.", field="account") from None
        work.record(
            events.ObjectiveDerived(subject_id=derivation_id, strategic_objective_id=given.strategic_objective_id)
        )
        work.reply(str(derivation_id))
    return derivation_id


async def _counted_in(work: Work, given: NewDerivation) -> str:
    """In the currency of the year's plan whose tree holds the unit, whichever version is the newest."""
    plan = await work.connection.fetchrow(
        """select p.currency from annual_plan p
           join unit_closure c on c.tenant_id = p.tenant_id and c.ancestor_id = p.unit_id and c.descendant_id = $3
             and c.valid_from <= p.tree_on and p.tree_on < c.valid_to
           where p.tenant_id = $1 and p.year = $2 order by p.number desc limit 1""",
        *(work.actor.tenant_id, given.year, given.unit_id),
    )
    if plan is None:
        raise InvalidInput("There is no plan of this year in whose tree the unit stands.", field="year")
    return rules.counted_in(given.account, given.unit_of_measure, plan["currency"])


async def _require_room(work: Work, given: NewDerivation) -> None:
    count = await work.connection.fetchval(
        "select count(*) from derivation where tenant_id = $1 and strategic_objective_id = $2 and ended_at is null",
        *(work.actor.tenant_id, given.strategic_objective_id),
    )
    if count >= DERIVATIONS_MAX:
        raise InvalidInput(f"It is derived from at most {DERIVATIONS_MAX} accounts.", field="strategicObjective")


async def _require_measure(work: Work, given: NewDerivation) -> None:
    if given.measure_id is None:
        return
    found = await work.connection.fetchval(
        "select exists (select from measure where tenant_id = $1 and id = $2)", work.actor.tenant_id, given.measure_id
    )
    if not found:
        raise NotFound("The measure")


async def end(actor: Actor, derivation_id: UUID, *, key: str) -> UUID:
    """Say that it comes from it no more. Ending it twice changes nothing; NotFound."""
    service.keeper(actor)
    async with begin(actor, key=key, intent=("end_derivation", derivation_id)) as work:
        if work.replay is not None:
            return derivation_id
        objective_id = await work.connection.fetchval(
            """update derivation set ended_at = coalesce(ended_at, $3) where tenant_id = $1 and id = $2
               returning strategic_objective_id""",
            *(actor.tenant_id, derivation_id, clock.now()),
        )
        if objective_id is None:
            raise NotFound("The derivation")
        work.record(events.DerivationEnded(subject_id=derivation_id, strategic_objective_id=objective_id))
        work.reply(True)
    return derivation_id


async def coverage(actor: Actor, unit_id: UUID, year: int) -> Sequence[Covered]:
    """The strategic objectives of a unit in a year with their sources; NotFound for who may not see its figures."""
    checks.check_year(year)
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            if not await sees_figures(connection, actor, unit_id):
                raise NotFound("The unit")
            rows = await connection.fetch(_COVERED, actor.tenant_id, unit_id, year, OBJECTIVES_MAX)
    return [_covered(row) for row in rows]


async def sees_figures(connection: "Connection", actor: Actor, unit_id: UUID) -> bool:
    """Whether the actor keeps plans, reads strategies as a partner, or leads the unit or one above it."""
    slots = Slots(views_leading.FACTS, row="r")
    condition = FIGURES.format_map(slots)
    sql = f"select ({condition}) is true from unit u, lateral (select u.id as unit_id) r where u.tenant_id = "
    sql += f"{slots['tenant']} and u.id = ${len(slots.names) + 1}"
    return bool(await connection.fetchval(sql, *slots.values_for(actor), unit_id))


def _covered(row: "asyncpg.Record") -> Covered:
    return Covered(
        strategic_objective_id=row["id"],
        code=row["code"],
        title=row["title"],
        title_zh=row["title_zh"],
        has_long_term_goal=row["has_goal"],
        accounts=row["accounts"],
        investments=row["investments"],
    )
