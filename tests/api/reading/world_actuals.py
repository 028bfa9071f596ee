"""Actuals to be read: told, read from a file, computed, corrected, doubted, and corrected after the closing."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.actor import Actor
from domain.kernel.ids import public
from domain.kernel.work import begin
from domain.objectives import service_cycles
from domain.scorecards import service, service_actual_files, service_adjustments, service_calculating
from domain.scorecards.service_adjustments import NewAdjustment
from domain.scorecards.terms import Figure, MissingInputs, NewMeasure, Quality

if TYPE_CHECKING:
    from tests.api.reading.world import World

HUGE = Decimal("999999999999999999.99999999999999999999")
FILE = "measure,period,value,unit,quality\nB,2026-02,-0.50,%,ESTIMATED\nB,2026-03,0,%,\n"


async def furnish(world: "World") -> None:
    """After the measures A, B and C; the clock stands, so that corrections have ties."""
    office, partner = world.company.actor("Sofia"), world.actor("Partner")
    await _define(world, office)
    await _read_file(office)
    big = Figure(measure="C", period=date(2013, 4, 1), value=HUGE, unit_of_measure="%")
    await service.record_actuals(partner, [big], key="big")
    year = service_cycles.NewCycle(name="2013", starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31))
    await service_cycles.close_cycle(office, await service_cycles.open_cycle(office, year))
    await _correct(world, office, partner)
    measures = [row["id"] for row in await world.company.organisation.rows("select id from measure")]
    async with begin(Actor(tenant_id=world.company.tenant_id, zone="UTC")) as work:
        await service_calculating.calculate(work, measures, since=service_calculating.BEGINNING)
    rows = await world.company.organisation.rows("select id from adjustment order by id")
    world.ids |= {f"adjustment {at}": public("adj", row["id"]) for at, row in enumerate(rows)}
    [computed, *_] = await world.company.organisation.rows(
        "select id from actual where source = 'FORMULA' order by period desc, id"
    )
    world.ids["actual computed"] = public("act", computed["id"])


async def _define(world: "World", office: Actor) -> None:
    unit_id, persons = world.company.organisation.units["AIR"], world.company.organisation.persons
    for code, formula, missing in (
        ("D", "A / B + A[-1] * 0", MissingInputs.BLANK),
        ("E 值", "ytd(A) + if_missing(D, 0) * 0%", MissingInputs.NOT_APPLICABLE),
    ):
        new = NewMeasure(
            code=code,
            name=f"Computed {code}",
            name_zh="算",
            unit_of_measure="1" if code == "D" else "%",
            unit_id=unit_id,
            low=Decimal(-1000),
            high=HUGE,
            owner_id=persons["Chen"],
            provider_id=persons["Dina"],
            lag_days=0,
            formula=formula,
            missing_inputs=missing,
        )
        await service.define_measure(office, new)


async def _read_file(office: Actor) -> None:
    found = await service_actual_files.preview(office, "二月.csv", FILE.encode("gb18030"), skip_wrong=False)
    await service_actual_files.apply(office, found, skip_wrong=False)


async def _correct(world: "World", office: Actor, partner: Actor) -> None:
    await _adjust(world, office, ("A", date(2026, 5, 1)), "0.625", revision=1, quality=Quality.DISPUTED)
    await _adjust(world, office, ("A", date(2026, 5, 1)), "0.125", revision=2)
    await _adjust(world, partner, ("B", date(2026, 3, 1)), "12.5", revision=1)
    approved = await _adjust(world, partner, ("C", date(2013, 4, 1)), "1", revision=1)
    await service_adjustments.approve(office, approved, key="approve", answer="对的 — right.")
    declined = await _adjust(world, partner, ("A", date(2013, 5, 1)), "3", revision=0)
    await service_adjustments.decline(office, declined, key="decline", answer="No.")
    withdrawn = await _adjust(world, office, ("B", date(2013, 6, 1)), "-3", revision=0)
    await service_adjustments.withdraw(office, withdrawn, key="withdraw")
    await _adjust(world, office, ("B", date(2013, 6, 1)), "-4", revision=0)


async def _adjust(
    world: "World",
    actor: Actor,
    month: tuple[str, date],
    value: str,
    *,
    revision: int,
    quality: Quality = Quality.CORRECTED,
) -> UUID:
    code, period = month
    measure_id = UUID(str(await world.company.organisation.value("select id from measure where code = $1", code)))
    new = NewAdjustment(
        measure_id=measure_id,
        period=period,
        value=Decimal(value),
        unit_of_measure="%",
        revision=revision,
        reason=f"Counted again: {code}",
        quality=quality,
    )
    return await service_adjustments.adjust(actor, new, key=str(new.id))
