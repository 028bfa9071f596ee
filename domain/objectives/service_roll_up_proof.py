"""The proof of the roll-up: everything recomputed from nothing in one statement, compared with what is kept, mended."""

from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.objectives import roll_up, service_roll_up
from domain.objectives.service_roll_up import READER

if TYPE_CHECKING:
    from domain.kernel.database import Connection

log = structlog.get_logger(__name__)

_STATES = ", ".join(f"'{state}'" for state in sorted(roll_up.COUNTED))
# Sixty decimals tell every quotient of such numbers from a tie, so that nothing is rounded up twice.
_SCORE = f"""
  select round(round(coalesce({roll_up.OWN_WEIGHT} * t.own, 0) + coalesce(c.numerator, 0), 60)
    / nullif(case when t.own is null then 0 else {roll_up.OWN_WEIGHT} end + coalesce(c.denominator, 0), 0), 20) as score
  offset 0
"""
"""`roll_up.score` of an objective `t` to which `c` is carried up; computed once, however often it is named."""
_TRUTH = f"""
with recursive pending as materialized (
  -- Moved, and not carried up yet: stands as it was last counted. What is parked is waited for no more.
  select distinct j.subject_id as id from journal_unread u
  join journal j on j.tenant_id = u.tenant_id and j.id = u.id
  where u.tenant_id = $1 and u.reader = '{READER}' and u.parked_at is null and j.tenant_id = $1
), ground as materialized (
  select o.id, o.progress as own, case when o.state in ({_STATES}) then o.parent_id end as parent_id,
    o.weight::numeric as weight
  from objective o where o.tenant_id = $1 and o.id not in (select id from pending)
  union all
  select p.id, r.own, r.counted_parent_id, r.counted_weight
  from pending p left join roll_up r on r.tenant_id = $1 and r.objective_id = p.id
), tree as (
  select id, own, parent_id, weight, 1 as level from ground where parent_id is null
  union all
  select g.id, g.own, g.parent_id, g.weight, t.level + 1 from tree t join ground g on g.parent_id = t.id
  where t.level < {roll_up.LEVELS_MAX}
), levels (level, ids, numerators, denominators) as (
  -- What is carried up to the objectives of a level: only parents are held in memory.
  select max(level), null::uuid[], null::numeric[], null::numeric[] from tree
  union all
  select l.level - 1, below.ids, below.numerators, below.denominators
  from levels l cross join lateral (
    select array_agg(id) as ids, array_agg(numerator) as numerators, array_agg(denominator) as denominators from (
      select t.parent_id as id, sum(t.weight * s.score) as numerator, sum(t.weight) as denominator
      from tree t left join unnest(l.ids, l.numerators, l.denominators) c (id, numerator, denominator) on c.id = t.id
      cross join lateral ({_SCORE}) s
      where t.level = l.level and t.parent_id is not null and s.score is not null
      group by 1) parents) below
  where l.level > 1
), truth as (
  select $1 as tenant_id, t.id as objective_id, t.own, coalesce(c.numerator, 0) as numerator,
    coalesce(c.denominator, 0) as denominator, s.score,
    case when s.score is not null then t.parent_id end as counted_parent_id,
    case when s.score is not null and t.parent_id is not null then t.weight end as counted_weight,
    case when t.parent_id is not null then s.score end as counted_score, $2::timestamptz as updated_at
  from tree t
  left join (
    select c.* from levels l cross join lateral unnest(l.ids, l.numerators, l.denominators)
      c (id, numerator, denominator)) c on c.id = t.id
  cross join lateral ({_SCORE}) s
), drift as (
  select t.* from truth t
  left join roll_up k on k.tenant_id = $1 and k.objective_id = t.objective_id
  where (t.own, t.numerator, t.denominator, t.score, t.counted_parent_id, t.counted_weight, t.counted_score)
    is distinct from (k.own, coalesce(k.numerator, 0), coalesce(k.denominator, 0), k.score,
                      k.counted_parent_id, k.counted_weight, k.counted_score)
)"""
"""The scores of all objectives in one snapshot, level by level from the leaves, and where what is kept differs."""
_DRIFT = f"{_TRUTH} select count(*) from drift"
_MEND = f"""{_TRUTH}, mended as (
  insert into roll_up select * from drift
  on conflict (tenant_id, objective_id) do update set
    own = excluded.own, numerator = excluded.numerator, denominator = excluded.denominator, score = excluded.score,
    counted_parent_id = excluded.counted_parent_id, counted_weight = excluded.counted_weight,
    counted_score = excluded.counted_score, updated_at = excluded.updated_at
  returning true
) select count(*) from mended"""


async def prove_everywhere() -> int:
    """Recompute the roll-up of all tenants; how many objectives had drifted and are right again."""
    return sum([await prove(row["id"]) for row in await database.gate().fetch("select id from tenant")])


async def prove(tenant_id: UUID) -> int:
    """Recompute a tenant's roll-up, and alarm on drift, which is mended; how many objectives had drifted.

    What was moved a moment ago and waits for its reader is no drift; nor is a tenant of which nothing was kept yet.
    """
    async with begin(Actor(tenant_id=tenant_id, zone="UTC")) as work:
        is_first = not await work.connection.fetchval(
            "select exists (select from roll_up where tenant_id = $1)", tenant_id
        )
        mended = await recompute(work.connection, tenant_id)
    if is_first:
        return 0
    if mended:
        log.error("roll_up_drifted", tenant=str(tenant_id), objectives=mended)
    return mended


async def recompute(connection: "Connection", tenant_id: UUID) -> int:
    """Bring the roll-up of everything to what it is, in the open transaction; how many objectives it was not for."""
    await service_roll_up.hold(connection, tenant_id)
    return await connection.fetchval(_MEND, tenant_id, clock.now())


async def drift(tenant_id: UUID) -> int:
    """How many objectives of a tenant have drifted; nothing is changed."""
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval(_DRIFT, tenant_id, clock.now())
