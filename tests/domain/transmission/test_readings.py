"""What is read each night: as it is told by day, once a month, by as many statements whatever the size of the group."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import cast

import asyncpg
import orjson
import pytest

from domain.kernel import clock, database
from domain.transmission import readings, service_readings
from tests.domain.objectives.company import Company
from tests.domain.organisations import ZONE
from tests.domain.transmission import arrivals as scenes
from tests.domain.transmission.arrivals import Arrivals

JULY = datetime(2026, 7, 3, 4, tzinfo=UTC)


@pytest.fixture
async def arrivals(company: Company) -> Arrivals:
    found = await scenes.lay(company)
    await scenes.thousand_flights(found)
    await found.answer(*["CREW"] * 6, *["OPS"] * 2)
    await found.pact("Bo", "Chen", "ACCEPTED")
    return found


@asynccontextmanager
async def asked() -> AsyncGenerator[list[str]]:
    """What is asked inside, by its first word; but for the setting of the tenant."""
    seen: list[str] = []

    def note(query: object) -> None:
        text = str(getattr(query, "query", query))
        if "app.tenant_id" not in text:
            seen.append(text.split(maxsplit=1)[0].lower().rstrip(";"))

    async with database.pool().acquire() as pooled:
        connection = cast("asyncpg.Connection", getattr(pooled, "_con", pooled))
    connection.add_query_logger(note)
    yield seen
    await asyncio.sleep(0)  # asyncpg calls its loggers in the next turn of the loop
    connection.remove_query_logger(note)


async def kept(arrivals: Arrivals, unit: str) -> list[tuple[object, dict[str, list[object]]]]:
    rows = await arrivals.rows(
        "select month, parts::text from reading where unit_id = $1 order by month", arrivals.units[unit]
    )
    return [(row["month"].isoformat(), orjson.loads(row["parts"])) for row in rows]


async def test_what_is_read_at_night_is_what_is_told_by_day(arrivals: Arrivals) -> None:
    read = await service_readings.read(arrivals.company.tenant_id, ZONE)

    assert read == 5
    for unit in ("GROUP", "AIR", "OPS", "CREW"):
        health = await arrivals.health(unit)
        [(month, parts)] = await kept(arrivals, unit)
        assert month == "2026-06-01"
        told = orjson.loads(orjson.dumps(readings.kept(health)))
        declared_too = {name for name in parts if not name.endswith("_DECLARED")}
        assert {name: parts[name] for name in declared_too} == {name: told[name] for name in declared_too}


async def test_a_repeat_on_the_same_day_writes_nothing_and_the_next_month_is_another_row(arrivals: Arrivals) -> None:
    tenant = arrivals.company.tenant_id
    await service_readings.read(tenant, ZONE)
    before = await arrivals.rows("select xmin::text from reading order by unit_id")

    await service_readings.read(tenant, ZONE)
    same = await arrivals.rows("select xmin::text from reading order by unit_id")
    with clock.frozen(JULY):
        await service_readings.read(tenant, ZONE)

    assert same == before
    assert [month for month, _ in await kept(arrivals, "GROUP")] == ["2026-06-01", "2026-07-01"]


async def test_the_last_reading_of_a_month_stays(arrivals: Arrivals) -> None:
    tenant = arrivals.company.tenant_id
    await service_readings.read(tenant, ZONE)

    await arrivals.rows("update alignment set state = 'DECLINED' where state = 'PROPOSED_DOWN'")
    await service_readings.read(tenant, ZONE)

    [(_, parts)] = await kept(arrivals, "GROUP")
    assert parts["ASSIGNED"] == ["0.9", 1, None]
    assert parts["LOSS_2"][0] == "0.28888888888888888889"


async def test_each_tenant_is_read_once_a_day(arrivals: Arrivals) -> None:
    await service_readings.read_daily()
    await arrivals.rows("update reading set parts = '{}'")

    await service_readings.read_daily()
    today = await kept(arrivals, "GROUP")
    with clock.frozen(JULY):
        await service_readings.read_daily()

    assert today == [("2026-06-01", {})]
    assert [bool(parts) for _, parts in await kept(arrivals, "GROUP")] == [False, True]


async def test_a_cycle_that_is_over_keeps_its_last_reading(arrivals: Arrivals) -> None:
    with clock.frozen(datetime(2027, 2, 1, 4, tzinfo=UTC)):
        assert await service_readings.read(arrivals.company.tenant_id, ZONE) == 0


async def test_ten_times_the_units_and_goals_are_read_by_as_many_statements(arrivals: Arrivals) -> None:
    tenant = arrivals.company.tenant_id
    async with asked() as few:
        assert await service_readings.read(tenant, ZONE) == 5

    for at in range(45):
        await arrivals.company.organisation.unit(f"MORE {at}", parent="CREW")
    await arrivals.rows(
        """insert into objective (tenant_id, id, owner_id, unit_id, cycle_id, title, audience, weight, state, version,
                                  version_hash, parent_id, created_at, updated_at, approved_at)
           select o.tenant_id, gen_random_uuid(), o.owner_id, o.unit_id, o.cycle_id, o.title, o.audience, 10, o.state,
                  1, '', o.parent_id, o.created_at, o.updated_at, o.approved_at
           from objective o cross join generate_series(1, 20)"""
    )
    async with asked() as many:
        assert await service_readings.read(tenant, ZONE) == 50

    assert len(many) == len(few)
    assert [word for word in many if word in ("select", "insert")] == ["select"] * 4 + ["insert"] * 2


async def test_recall_that_may_not_be_told_is_not_kept_either(arrivals: Arrivals) -> None:
    await service_readings.read(arrivals.company.tenant_id, ZONE)

    [(_, group)], [(_, crew)] = await kept(arrivals, "GROUP"), await kept(arrivals, "CREW")

    assert group["RECALL"] == ["0.5", 8, None]
    assert crew["RECALL"] == [None, None, "TOO_FEW_ANSWERS"]
