"""The proof of the roll-up: everything recomputed from nothing in one statement, compared with what is kept, mended."""

from typing import TYPE_CHECKING
from uuid import UUID

import structlog

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.work import begin
from domain.objectives import roll_up, service_roll_up
from domain.objectives.service_roll_up import READER
from domain.objectives.sharing import USUAL

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
_EDGES = f"""
told as (
  select a.child_id, a.parent_id, coalesce(max(coalesce(a.weight, {USUAL})) filter (where a.counted), 0) as relative
  from alignment a where a.tenant_id = $1 and a.state = 'ACCEPTED' and a.child_id is not null
    and a.parent_id is not null
  group by 1, 2
), named as (
  select g.id as child_id, g.parent_id, g.weight, {USUAL} as relative from ground g
  where g.counts and g.parent_id is not null and (g.id, g.parent_id) not in (select child_id, parent_id from told)
  union all
  select t.child_id, t.parent_id, g.weight, t.relative from told t join ground g on g.id = t.child_id
  where g.counts and t.relative > 0
), shared as (
  select n.child_id from named n where n.child_id in (select child_id from told) group by 1 having count(*) > 1
), parts as (
  select n.child_id, n.parent_id, n.weight,
    trunc(round(n.weight * n.relative, 60) / sum(n.relative) over (partition by n.child_id), 20) as part
  from named n where n.child_id in (select child_id from shared)
), edge as materialized (
  select n.child_id, n.parent_id, n.weight from named n where n.child_id not in (select child_id from shared)
  union all
  -- The first takes what cutting the parts leaves over.
  select p.child_id, p.parent_id, case when row_number() over (partition by p.child_id order by p.parent_id) = 1
    then p.weight - sum(p.part) over (partition by p.child_id) + p.part else p.part end
  from parts p
  union all
  select p.id, e.parent_id, e.weight from pending p join roll_up r on r.tenant_id = $1 and r.objective_id = p.id
  cross join lateral unnest(r.counted_parents, r.counted_weights) e (parent_id, weight)
)"""
"""`sharing.weights`: which parents an objective counts for, and with which weight; few have several."""
_TRUTH = f"""
with recursive pending as materialized (
  -- Moved or aligned, and not carried up yet: stands as it was last counted. What is parked is waited for no more.
  select distinct coalesce((j.payload ->> 'child_id')::uuid, j.subject_id) as id from journal_unread u
  join journal j on j.tenant_id = u.tenant_id and j.id = u.id
  where u.tenant_id = $1 and u.reader = '{READER}' and u.parked_at is null and j.tenant_id = $1
), ground as materialized (
  select o.id, o.progress as own, o.state in ({_STATES}) as counts, o.parent_id, o.weight::numeric as weight
  from objective o where o.tenant_id = $1 and o.id not in (select id from pending)
  union all
  select p.id, r.own, false, null, null
  from pending p left join roll_up r on r.tenant_id = $1 and r.objective_id = p.id
), {_EDGES}, tree as (
  select g.id, 1 as level from ground g where g.id not in (select child_id from edge)
  union
  select e.child_id, t.level + 1 from tree t join edge e on e.parent_id = t.id where t.level < {roll_up.LEVELS_MAX}
), depth as materialized (
  select id, max(level) as level from tree group by id
), placed as materialized (
  -- Once for each parent; on a level below all of them.
  select d.id, g.own, d.level, e.parent_id, e.weight
  from depth d join ground g on g.id = d.id left join edge e on e.child_id = d.id
), levels (level, ids, numerators, denominators) as (
  -- What is carried up to the objectives of a level and of those above it: only parents are held in memory.
  select max(level), null::uuid[], null::numeric[], null::numeric[] from depth
  union all
  select l.level - 1, below.ids, below.numerators, below.denominators
  from levels l cross join lateral (
    select array_agg(id) as ids, array_agg(numerator) as numerators, array_agg(denominator) as denominators from (
      select id, sum(numerator) as numerator, sum(denominator) as denominator from (
        select t.parent_id as id, t.weight * s.score as numerator, t.weight as denominator
        from placed t
        left join unnest(l.ids, l.numerators, l.denominators) c (id, numerator, denominator) on c.id = t.id
        cross join lateral ({_SCORE}) s
        where t.level = l.level and t.parent_id is not null and s.score is not null
        union all
        select c.id, c.numerator, c.denominator
        from unnest(l.ids, l.numerators, l.denominators) c (id, numerator, denominator)
        join depth d on d.id = c.id and d.level < l.level) both_ways
      group by 1) parents) below
  where l.level > 1
), counted as (
  select child_id, array_agg(parent_id order by parent_id) as parents, array_agg(weight order by parent_id) as weights
  from edge group by 1
), truth as (
  select $1 as tenant_id, t.id as objective_id, t.own, coalesce(c.numerator, 0) as numerator,
    coalesce(c.denominator, 0) as denominator, s.score,
    case when s.score is not null then coalesce(e.parents, '{{}}') else '{{}}' end as counted_parents,
    case when s.score is not null then coalesce(e.weights, '{{}}') else '{{}}' end as counted_weights,
    case when e.child_id is not null then s.score end as counted_score, $2::timestamptz as updated_at
  from (select d.id, d.level, g.own from depth d join ground g on g.id = d.id) t
  left join (
    select l.level, c.* from levels l cross join lateral unnest(l.ids, l.numerators, l.denominators)
      c (id, numerator, denominator)) c on c.id = t.id and c.level = t.level
  left join counted e on e.child_id = t.id
  cross join lateral ({_SCORE}) s
), drift as (
  select t.* from truth t
  left join roll_up k on k.tenant_id = $1 and k.objective_id = t.objective_id
  where (t.own, t.numerator, t.denominator, t.score, t.counted_parents, t.counted_weights, t.counted_score)
    is distinct from (k.own, coalesce(k.numerator, 0), coalesce(k.denominator, 0), k.score,
                      coalesce(k.counted_parents, '{{}}'), coalesce(k.counted_weights, '{{}}'), k.counted_score)
)"""
"""The scores of all objectives in one snapshot, level by level from the leaves, and where what is kept differs."""
_DRIFT = f"{_TRUTH} select count(*) from drift"
_COLUMNS = "own, numerator, denominator, score, counted_parents, counted_weights, counted_score, updated_at"
_MEND = f"""{_TRUTH}, mended as (
  insert into roll_up (tenant_id, objective_id, {_COLUMNS}) select * from drift
  on conflict (tenant_id, objective_id) do update
    set ({_COLUMNS}) = row({", ".join(f"excluded.{one}" for one in _COLUMNS.split(", "))})
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
