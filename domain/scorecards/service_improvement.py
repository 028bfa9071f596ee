"""What a cycle brought a unit: measures that moved beyond their noise, and how its targets were set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel import clock, database
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.errors import NotFound
from domain.objectives.roll_up import COUNTED
from domain.objectives.targets.monitor import Monitor, Step, monitor
from domain.objectives.terms import KeyResultKind
from domain.scorecards import improvement
from domain.scorecards.improvement import Course, Moved, Tally

if TYPE_CHECKING:
    import asyncpg

    from domain.kernel.database import Connection

MEASURES_MAX = 500
"""Of a unit with all below it; those that come first by their codes."""
STEPS_MAX = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMeasure:
    """A measure and how it moved."""

    measure_id: UUID
    code: str
    name: str
    name_zh: str | None
    moved: Moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement:
    """What a cycle brought to a unit with all below it: its measures, the tests of its targets, and the monitor."""

    measures: Sequence[MovedMeasure]
    tally: Tally
    tests: Mapping[str, int]
    """How many targets were tested, by their outcome."""
    monitor: Monitor


async def improvement_of(actor: Actor, unit_id: UUID, cycle_id: UUID) -> Improvement:
    """NotFound unless the actor works in the unit or above it, keeps it as HR partner, or sees the whole group."""
    with database.tenant(actor.tenant_id):
        async with database.connection() as connection:
            await _require(connection, actor, unit_id, cycle_id)
            found = await _measures(connection, actor, unit_id, cycle_id)
            return Improvement(
                measures=found,
                tally=improvement.tally(one.moved for one in found),
                tests=await _tests(connection, actor, unit_id, cycle_id),
                monitor=monitor(await _steps(connection, actor, unit_id, cycle_id)),
            )


async def _require(connection: "Connection", actor: Actor, unit_id: UUID, cycle_id: UUID) -> None:
    sees_all = Role.STRATEGY_OFFICE in actor.roles or Scope.SCORECARDS_READ in actor.scopes
    found = await connection.fetchval(
        """select exists (select from cycle where tenant_id = $1 and id = $3)
             and exists (select from unit where tenant_id = $1 and id = $2) and ($6 or exists (
               select from unit_closure u
               where u.tenant_id = $1 and u.descendant_id = $2 and u.valid_from <= $5 and $5 < u.valid_to and (
                 exists (select from employment e where e.tenant_id = $1 and e.person_id = $4
                   and e.unit_id = u.ancestor_id and e.valid_from <= $5 and $5 < e.valid_to)
                 or exists (select from role_grant g where g.tenant_id = $1 and g.person_id = $4
                   and g.role = 'HR_PARTNER' and g.unit_id = u.ancestor_id
                   and g.valid_from <= $5 and $5 < g.valid_to))))""",
        actor.tenant_id,
        unit_id,
        cycle_id,
        actor.person_id,
        clock.today(actor.zone),
        sees_all,
    )
    if not found:
        raise NotFound("The unit or the cycle")


# The direction is that of the newest promise of the measure, up to this cycle.
_MEASURES = """
with here as (
  select u.descendant_id from unit_closure u
  where u.tenant_id = $1 and u.ancestor_id = $2 and u.valid_from <= $4 and $4 < u.valid_to)
select m.id, m.code, m.name, m.name_zh, d.kind,
  array(select b.value from (
    select a.period, a.value from current_actual a
    where a.tenant_id = $1 and a.measure_id = m.id and a.period < c.starts_on and a.value is not null
    order by a.period desc limit $5) b order by b.period) as before,
  array(select a.value from current_actual a
    where a.tenant_id = $1 and a.measure_id = m.id and a.period between c.starts_on and c.ends_on
      and a.value is not null order by a.period limit 120) as now
from measure m
join cycle c on c.tenant_id = $1 and c.id = $3
left join lateral (
  select k.kind from key_result k
  join objective o on o.tenant_id = $1 and o.id = k.objective_id
  join cycle p on p.tenant_id = $1 and p.id = o.cycle_id
  where k.tenant_id = $1 and k.measure_id = m.id and o.state = any($6) and k.kind in ('INCREASE', 'DECREASE')
    and p.starts_on <= c.starts_on
  order by p.starts_on desc, o.approved_at desc, k.id limit 1) d on true
where m.tenant_id = $1 and m.unit_id in (select descendant_id from here)
order by m.code limit $7
"""


async def _measures(connection: "Connection", actor: Actor, unit_id: UUID, cycle_id: UUID) -> list[MovedMeasure]:
    rows = await connection.fetch(
        _MEASURES,
        actor.tenant_id,
        unit_id,
        cycle_id,
        clock.today(actor.zone),
        improvement.MONTHS_BEFORE_MAX,
        sorted(COUNTED),
        MEASURES_MAX,
    )
    return [_moved(row) for row in rows]


def _moved(row: "asyncpg.Record") -> MovedMeasure:
    is_rising_good = None if row["kind"] is None else row["kind"] == KeyResultKind.INCREASE
    course = Course(before=row["before"], now=row["now"], is_rising_good=is_rising_good)
    return MovedMeasure(
        measure_id=row["id"],
        code=row["code"],
        name=row["name"],
        name_zh=row["name_zh"],
        moved=improvement.moved(course),
    )


async def _tests(connection: "Connection", actor: Actor, unit_id: UUID, cycle_id: UUID) -> dict[str, int]:
    """Of each key result the last test counts."""
    rows = await connection.fetch(
        """select t.outcome, count(*) as tests from objective o
           join lateral (
             select distinct on (e.key_result_id) e.outcome from exceed_test e
             where e.tenant_id = $1 and e.objective_id = o.id order by e.key_result_id, e.version desc) t on true
           where o.tenant_id = $1 and o.cycle_id = $3 and o.unit_id in (
             select u.descendant_id from unit_closure u
             where u.tenant_id = $1 and u.ancestor_id = $2 and u.valid_from <= $4 and $4 < u.valid_to)
           group by t.outcome""",
        actor.tenant_id,
        unit_id,
        cycle_id,
        clock.today(actor.zone),
    )
    return {row["outcome"]: row["tests"] for row in rows}


async def _steps(connection: "Connection", actor: Actor, unit_id: UUID, cycle_id: UUID) -> list[Step]:
    """Pairs of targets of the cycle and of what they continue, as far as both were promised."""
    rows = await connection.fetch(
        """select distinct on (t.key_result_id) p.kind, p.target, p.current, k.target as next_target,
             f.difficulty, o.difficulty as next_difficulty
           from objective o
           join exceed_test t on t.tenant_id = $1 and t.objective_id = o.id
           join key_result k on k.tenant_id = $1 and k.id = t.key_result_id
           join key_result p on p.tenant_id = $1 and p.id = t.previous_id
           join objective f on f.tenant_id = $1 and f.id = p.objective_id
           where o.tenant_id = $1 and o.cycle_id = $3 and o.state = any($5) and o.unit_id in (
               select u.descendant_id from unit_closure u
               where u.tenant_id = $1 and u.ancestor_id = $2 and u.valid_from <= $4 and $4 < u.valid_to)
             and t.previous_target is not null and p.current is not null
           order by t.key_result_id, t.version desc limit $6""",
        actor.tenant_id,
        unit_id,
        cycle_id,
        clock.today(actor.zone),
        sorted(COUNTED),
        STEPS_MAX,
    )
    return [_step(row) for row in rows]


def _step(row: "asyncpg.Record") -> Step:
    target, reached, following = (Decimal(row[name]) for name in ("target", "current", "next_target"))
    return Step(
        kind=KeyResultKind(row["kind"]),
        target=target,
        actual=reached,
        next_target=following,
        difficulty=row["difficulty"],
        next_difficulty=row["next_difficulty"],
    )
