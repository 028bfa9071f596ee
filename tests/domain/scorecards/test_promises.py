"""A promise that is approved after the figures of its measures came in stands where they put it."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel import clock
from domain.kernel.actor import Role
from domain.kernel.ids import new_id
from domain.kernel.work import begin
from domain.objectives import service as objectives
from domain.objectives import service_approvals
from domain.objectives.terms import KeyResultKind, ObjectiveDraft
from domain.scorecards import service_calculating, service_measures, service_promises
from domain.scorecards.terms import MeasureContent
from tests.domain.scorecards import ground as grounds
from tests.domain.scorecards.ground import Ground, figure, key_result

JUNE = datetime(2026, 6, 10, 4, tzinfo=UTC)


@pytest.fixture
async def ground(database: str) -> Ground:
    return await grounds.lay()


async def submitted(ground: Ground, *, weight: int = 100) -> UUID:
    """Emil's goal, tied to both measures, to one of them twice."""
    rows = await ground.organisation.rows("select code, id from measure")
    measures: dict[str, UUID] = {row["code"]: row["id"] for row in rows}
    on_time = key_result("On time", 50, unit="%", start=70, target=80, measure_id=measures["ON_TIME"])
    flights = key_result("Flights", 20, unit="flights", start=1000, target=1200, measure_id=measures["FLIGHTS"])
    band = replace(
        on_time, title="Steady", weight=30, kind=KeyResultKind.RANGE, start=None, target=None, low=Decimal(0)
    )
    written = ObjectiveDraft(
        title="Leave on time too", weight=weight, key_results=(on_time, flights, replace(band, high=Decimal(90)))
    )
    emil, objective_id = ground.organisation.actor("Emil"), new_id()
    await objectives.draft(emil, written, key=f"draft {objective_id}", objective_id=objective_id)
    await service_approvals.submit(emil, objective_id, version=1, key=f"submit {objective_id}")
    return objective_id


async def approve(ground: Ground, objective_id: UUID) -> None:
    chen = ground.organisation.actor("Chen", Role.MANAGER)
    await service_promises.approve(chen, objective_id, version=2, key=f"approve {objective_id}")


async def stands(ground: Ground, objective_id: UUID) -> list[tuple[Decimal | None, Decimal | None]]:
    return await replace(ground, objective_id=objective_id).stands()


async def test_the_newest_figure_within_the_cycle_counts(ground: Ground) -> None:
    with clock.frozen(JUNE):
        await ground.record(figure("2026-05-01", "75"), figure("2026-04-01", "79"), figure("2026-03-01", "71"))
        objective_id = await submitted(ground)
        await approve(ground, objective_id)

    assert await stands(ground, objective_id) == [
        (Decimal(75), Decimal("50.00")),
        (Decimal(1000), Decimal("0.00")),
        (Decimal(75), Decimal("100.00")),
        (None, Decimal("55.00")),
    ]
    assert await ground.organisation.count("check_in") == 1, "only the promise that was there before was moved"


async def test_a_figure_of_zero_is_a_figure(ground: Ground) -> None:
    with clock.frozen(JUNE):
        await ground.record(figure("2026-05-01", "0"))
        objective_id = await submitted(ground)
        await approve(ground, objective_id)

    assert (await stands(ground, objective_id))[0] == (Decimal(0), Decimal("-700.00"))


async def test_a_month_in_which_a_formula_came_to_no_value_is_passed_over(ground: Ground) -> None:
    with clock.frozen(JUNE):
        on_time = UUID(str(await ground.organisation.value("select id from measure where code = 'ON_TIME'")))
        content = MeasureContent(name="On time", unit_of_measure="%", formula="100% / FLIGHTS * 1{flights}")
        await service_measures.change_measure(ground.office, on_time, content, version=1, key="formula")
        for month, flights in (("2026-04-01", "4"), ("2026-05-01", "0")):
            await ground.record(figure(month, flights, measure="FLIGHTS", unit="flights"))
        async with begin(ground.organisation.operator) as work:
            await service_calculating.calculate(work, [on_time], since=service_calculating.BEGINNING)
        objective_id = await submitted(ground)
        await approve(ground, objective_id)

    assert (await stands(ground, objective_id))[0] == (Decimal(25), Decimal("-450.00"))


async def test_without_a_figure_in_the_cycle_it_stands_at_its_start(ground: Ground) -> None:
    with clock.frozen(JUNE):
        await ground.record(figure("2024-12-01", "79"))
        objective_id = await submitted(ground)
        await approve(ground, objective_id)

    assert await stands(ground, objective_id) == [
        (Decimal(70), Decimal("0.00")),
        (Decimal(1000), Decimal("0.00")),
        (None, None),
        (None, Decimal("0.00")),
    ]


async def test_a_figure_that_comes_in_at_the_same_time_is_not_lost(ground: Ground) -> None:
    with clock.frozen(JUNE):
        for month in range(1, 6):
            objective_id = await submitted(ground, weight=1)
            value = str(70 + month)
            await asyncio.gather(approve(ground, objective_id), ground.record(figure(f"2026-0{month}-01", value)))
            assert (await stands(ground, objective_id))[0][0] == Decimal(value)
