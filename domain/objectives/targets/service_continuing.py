"""What key results continue: checked when they are written, and followed back through the cycles before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

import orjson

from domain.kernel import clock
from domain.kernel.errors import InvalidInput
from domain.kernel.work import Work
from domain.objectives.roll_up import COUNTED
from domain.objectives.targets.comparable import YEARS
from domain.objectives.targets.terms import Adjustment, AdjustmentKind
from domain.objectives.terms import KeyResultDraft, KeyResultKind
from domain.objectives.views import KEY_RESULT

if TYPE_CHECKING:
    import asyncpg


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An exemption in force: how low the target may be, and until when."""

    id: UUID
    lowest: Decimal
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """A key result of an earlier cycle, with what makes its figures comparable."""

    id: UUID
    title: str
    kind: KeyResultKind
    unit_of_measure: str
    target: Decimal | None
    reached: Decimal | None
    adjustments: Sequence[Adjustment]
    exemption: Agreed | None


async def see(work: Work, written: Sequence[KeyResultDraft], cycle_id: UUID) -> None:
    """NotFound for what the actor does not see; InvalidInput for what was never promised in an earlier cycle."""
    named = {at: one.continues_id for at, one in enumerate(written) if one.continues_id is not None}
    if not named:
        return
    for continued in named.values():
        await work.see(KEY_RESULT, continued)
    rows = await work.connection.fetch(
        """select k.id from key_result k
           join objective o on o.tenant_id = k.tenant_id and o.id = k.objective_id
           join cycle c on c.tenant_id = o.tenant_id and c.id = o.cycle_id
           where k.tenant_id = $1 and k.id = any($2) and o.state = any($3)
             and c.ends_on < (select n.starts_on from cycle n where n.tenant_id = $1 and n.id = $4)""",
        work.actor.tenant_id,
        list(named.values()),
        sorted(COUNTED),
        cycle_id,
    )
    earlier = {row["id"] for row in rows}
    for at, continued in named.items():
        if continued not in earlier:
            message = "Only what was promised in an earlier cycle can be continued."
            raise InvalidInput(message, field=f"keyResults.{at}.continues")


# By what it says it continues; else by its measure, of the same owner or unit, the owner's own first.
_FORMER = """
with recursive former as (
  select k.id as key_result_id, 0 as step, k.id, k.measure_id, k.continues_id, o.owner_id, o.unit_id, c.starts_on
  from objective o
  join cycle c on c.tenant_id = o.tenant_id and c.id = o.cycle_id
  join key_result k on k.tenant_id = o.tenant_id and k.objective_id = o.id
  where o.tenant_id = $1 and o.id = $2
  union all
  select f.key_result_id, f.step + 1, p.* from former f cross join lateral (
    select p.id, p.measure_id, p.continues_id, o.owner_id, o.unit_id, c.starts_on
    from (
      select * from key_result k where k.tenant_id = $1 and k.id = f.continues_id
      union all
      select * from key_result k where k.tenant_id = $1 and k.measure_id = f.measure_id and f.continues_id is null) p
    join objective o on o.tenant_id = $1 and o.id = p.objective_id
    join cycle c on c.tenant_id = $1 and c.id = o.cycle_id
    where o.state = any($3) and c.ends_on < f.starts_on
      and (f.continues_id is not null or o.owner_id = f.owner_id or o.unit_id = f.unit_id)
    order by c.starts_on desc, (o.owner_id = f.owner_id) desc, o.weight desc, p.id limit 1) p
  where f.step < $4)
select f.key_result_id, k.id, k.title, k.kind, k.unit_of_measure, k.target, k.current,
  e.id as exemption_id, e.lowest_target, e.expires_on,
  array_to_json(array(
    select json_build_array(a.kind, a.amount::text, a.factor::text) from target_adjustment a
    where a.tenant_id = $1 and a.key_result_id = k.id order by a.declared_at, a.id limit 10))::text as adjustments
from former f
join key_result k on k.tenant_id = $1 and k.id = f.id
left join lateral (
  select e.id, e.lowest_target, e.expires_on from target_exemption e
  where e.tenant_id = $1 and e.objective_id = $2 and e.previous_id = k.id and e.state = 'CONFIRMED'
    and e.expires_on >= $5 order by e.confirmed_at desc, e.id limit 1) e on f.step = 1
where f.step >= 1 order by f.key_result_id, f.step
"""


async def former(work: Work, objective_id: UUID) -> Mapping[UUID, Sequence[Former]]:
    """What each key result of an objective continues, the latest first, at most three cycles back."""
    rows = await work.connection.fetch(
        _FORMER, work.actor.tenant_id, objective_id, sorted(COUNTED), YEARS, clock.today(work.actor.zone)
    )
    found: dict[UUID, list[Former]] = {}
    for row in rows:
        found.setdefault(row["key_result_id"], []).append(_former(row))
    return found


def _former(row: "asyncpg.Record") -> Former:
    return Former(
        id=row["id"],
        title=row["title"],
        kind=KeyResultKind(row["kind"]),
        unit_of_measure=row["unit_of_measure"],
        target=row["target"],
        reached=row["current"],
        adjustments=list(_adjustments(row["adjustments"])),
        exemption=_agreed(row),
    )


def _adjustments(written: str) -> Iterable[Adjustment]:
    for kind, amount, factor in cast("list[tuple[str, str | None, str | None]]", orjson.loads(written)):
        yield Adjustment(kind=AdjustmentKind(kind), amount=_number(amount), factor=_number(factor))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _agreed(row: "asyncpg.Record") -> Agreed | None:
    if row["exemption_id"] is None:
        return None
    return Agreed(id=row["exemption_id"], lowest=row["lowest_target"], last_day=row["expires_on"])
