"""Reads how much of the strategy arrives, once a day for every unit of every tenant, so that months can be compared.

Whatever the size of a group: one statement counts, one finds what recall may be told, one the modes, one writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, cast
from uuid import UUID

import orjson

from domain.kernel import clock, database
from domain.kernel.actor import Actor
from domain.kernel.views import Json
from domain.kernel.work import begin
from domain.modes import service_effective, values
from domain.modes.terms import Feature
from domain.transmission import health, readings, views

if TYPE_CHECKING:
    from domain.kernel.database import Connection

READINGS = "readings"
"""Whoever reads waits for who reads the same tenant."""
_COUNTED = """
select c.id as cycle_id, c.day, f.unit_id, f.found::text as found
from (select c.id, $2::date as day from cycle c
      where c.tenant_id = $1 and c.starts_on <= $2 and $2 <= c.ends_on and c.closed_at is null) c
cross join (
  select coalesce(array_agg(t.unit_id order by t.unit_id), '{}') as units from unit_term t
  where t.tenant_id = $1 and t.valid_from <= $2 and $2 < t.valid_to) u
cross join lateral cascade_below(u.units, c.id, c.day, $3) f
order by c.id, f.unit_id"""
_CELLS = "select r.id, recall_cells(r.id)::text as cells from unnest($1::uuid[]) r (id)"
_KEEP = """
insert into reading (tenant_id, unit_id, cycle_id, month, parts, read_on)
select $1, r.unit_id, r.cycle_id, r.month, r.parts::jsonb, $6
from unnest($2::uuid[], $3::uuid[], $4::date[], $5::text[]) r (unit_id, cycle_id, month, parts)
on conflict (tenant_id, unit_id, cycle_id, month) do update set parts = excluded.parts, read_on = excluded.read_on
  where reading.parts <> excluded.parts"""
_NOTE = """
insert into reading_day (tenant_id, read_on) values ($1, $2)
on conflict (tenant_id) do update set read_on = excluded.read_on"""


async def read_daily() -> int:
    """Read every tenant that was not read today, by its own clock; how many units were read."""
    done = 0
    for row in await database.gate().fetch("select id, zone from tenant"):
        if not await _is_done(row["id"], clock.today(row["zone"])):
            done += await read(row["id"], row["zone"])
    return done


async def _is_done(tenant_id: UUID, today: date) -> bool:
    with database.tenant(tenant_id):
        async with database.connection() as connection:
            return await connection.fetchval(
                "select exists (select from reading_day where tenant_id = $1 and read_on >= $2)", tenant_id, today
            )


@dataclass(frozen=True, slots=True)
class _Counted:
    """What was counted of a unit in a cycle, on a day of it."""

    unit_id: UUID
    cycle_id: UUID
    day: date
    found: Mapping[str, Json]

    @property
    def round_id(self) -> UUID | None:
        """The round that asked the unit last."""
        recall = cast("Mapping[str, Json] | None", self.found.get("recall"))
        return None if recall is None else UUID(str(recall["round"]))


async def read(tenant_id: UUID, zone: str) -> int:
    """Read all units of a tenant in all cycles that run; a repeat on the same day changes nothing."""
    today = clock.today(zone)
    async with begin(Actor(tenant_id=tenant_id, zone=zone)) as work:
        await work.wait_for(READINGS)
        rows = await work.connection.fetch(_COUNTED, tenant_id, today, clock.now())
        counted = [_Counted(row["unit_id"], row["cycle_id"], row["day"], orjson.loads(row["found"])) for row in rows]
        await _keep(work.connection, tenant_id, counted, today)
        await work.connection.execute(_NOTE, tenant_id, today)
    return len(counted)


async def _keep(connection: "Connection", tenant_id: UUID, counted: Sequence[_Counted], today: date) -> None:
    told = await _told(connection, {one.round_id for one in counted if one.round_id is not None})
    modes = await service_effective.effective(connection, tenant_id, [one.unit_id for one in counted], today)
    parts = [
        readings.kept(
            health.of(
                one.found,
                values.weights(modes[one.unit_id], Feature.PERSPECTIVES) if one.unit_id in modes else {},
                may_tell_recall=one.round_id is not None and one.unit_id in told[one.round_id],
            )
        )
        for one in counted
    ]
    await connection.execute(
        _KEEP,
        tenant_id,
        [one.unit_id for one in counted],
        [one.cycle_id for one in counted],
        [readings.month_of(one.day) for one in counted],
        [orjson.dumps(one).decode() for one in parts],
        today,
    )


async def _told(connection: "Connection", rounds: set[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    rows = await connection.fetch(_CELLS, sorted(rounds))
    return {row["id"]: views.told(orjson.loads(row["cells"])) for row in rows}
