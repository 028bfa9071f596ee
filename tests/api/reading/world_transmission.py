"""How a cascade arrives, to be read: months that were read, with what was missing, huge and of another group."""

from typing import TYPE_CHECKING

from domain.kernel.ids import public
from domain.transmission import service_readings
from tests.domain.organisations import ZONE

if TYPE_CHECKING:
    from tests.api.reading.world import World

HUGE = "999999999999999999.99999999999999999999"
EARLIER = f"""
insert into reading (tenant_id, unit_id, cycle_id, month, parts, read_on)
select r.tenant_id, r.unit_id, r.cycle_id, m.month::date, case extract(month from m.month)
  when 1 then '{{}}' when 2 then r.parts - 'CARRIED'
  when 3 then r.parts || '{{"CARRIED": ["{HUGE}", 1, null], "RECALL": [null, null, "TOO_FEW_ANSWERS"]}}'
  else r.parts end, m.month::date
from reading r cross join generate_series('2025-04-01'::timestamp, '2026-05-01', interval '1 month') m (month)
where r.month = '2026-06-01'"""


async def furnish(world: "World") -> None:
    """After everything that is counted; the clock stands. More months than a trend shows."""
    await service_readings.read(world.company.tenant_id, ZONE)
    await world.company.organisation.rows(EARLIER)
    assert world.rival is not None
    await service_readings.read(world.rival.tenant_id, ZONE)
    for name, company in (("", world.company), ("elsewhere ", world.rival)):
        rows = await company.organisation.rows(
            "select code, md5(id::text || $1::text)::uuid as id from unit where code in ('GROUP', 'AIR', 'CREW')",
            str(company.cycle_id),
        )
        world.ids |= {f"{name}cascade health {row['code']}": public("cah", row["id"]) for row in rows}
