"""Key figures of positions are inherited; rules of scoring have versions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.kernel import database
from domain.kernel.errors import InvalidInput, NotPermitted
from domain.kernel.ids import new_id
from domain.modes import service_effective
from domain.modes.terms import Feature
from domain.scorecards.cards import service, service_policies, service_position_kpis
from domain.scorecards.cards.errors import OrphanKpi
from domain.scorecards.cards.terms import KpiDraft, NewCard
from domain.scorecards.scoring.policy import Policy
from tests.domain.objectives import company as companies
from tests.domain.scorecards.cards.ground import DELAY, ON_TIME, Ground


def kpis(ground: Ground) -> list[KpiDraft]:
    on_time = KpiDraft(
        title="On time",
        perspective="CUSTOMER",
        weight=2,
        rule=ON_TIME,
        measure_id=ground.measures["ON_TIME"],
        operational="Asked for by the authority.",
    )
    delay = replace(
        on_time, title="Delay", rule=DELAY, measure_id=ground.measures["DELAY"], id=ground.measures["DELAY"]
    )
    flights = replace(on_time, title="Flights", perspective="PROCESS", measure_id=None, id=new_id())
    return [on_time, delay, flights]


async def test_a_persons_card_begins_with_the_key_figures_of_the_position(ground: Ground) -> None:
    organisation = ground.company.organisation
    post = organisation.positions["POST"]
    await service_position_kpis.write(ground.company.actor("Sofia"), post, kpis(ground), key="kpis")
    card = await ground.of_person("Dina", by="Chen")

    rows = await organisation.rows(
        """select i.title, i.weight, i.target, p.code, x.weight as of_perspective from scorecard_item i
           join scorecard_perspective x on x.id = i.card_perspective_id join perspective p on p.id = x.perspective_id
           where i.scorecard_id = $1 order by i.position""",
        card,
    )
    assert [tuple(row) for row in rows] == [
        ("On time", 2, Decimal(80), "CUSTOMER", 4),
        ("Delay", 2, Decimal(20), "CUSTOMER", 4),
        ("Flights", 2, Decimal(80), "PROCESS", 2),
    ]


async def test_a_units_card_begins_with_the_perspectives_of_its_mode(ground: Ground) -> None:
    organisation = ground.company.organisation
    new = NewCard(unit_id=organisation.units["AIR"], cycle_id=ground.company.cycle_id)
    await service.create(ground.company.actor("Bo"), new, key="card")

    rows = await organisation.rows(
        """select p.code, x.weight from scorecard_perspective x join perspective p on p.id = x.perspective_id
           order by x.position"""
    )
    with database.tenant(organisation.tenant_id):
        async with database.connection() as connection:
            units = [organisation.units["AIR"]]
            modes = await service_effective.effective(connection, organisation.tenant_id, units, companies.today())
    assert [row["code"] for row in rows] == ["FINANCIAL", "CUSTOMER", "PROCESS", "LEARNING"]
    assert {row["code"]: row["weight"] for row in rows} == modes[units[0]].value(Feature.PERSPECTIVES)


async def test_key_figures_are_written_as_a_whole_and_the_former_ones_kept(ground: Ground) -> None:
    office, post = ground.company.actor("Sofia"), ground.company.organisation.positions["POST"]
    for number in range(2):
        fresh = [replace(one, id=new_id()) for one in kpis(ground)]
        await service_position_kpis.write(office, post, fresh, key=f"kpis {number}")

    value = ground.company.organisation.value
    assert await value("select count(*) filter (where retired_at is null) from position_kpi") == 3
    assert await value("select count(*) from position_kpi") == 6


async def test_a_position_has_three_to_seven_and_no_orphans(ground: Ground) -> None:
    office, post = ground.company.actor("Sofia"), ground.company.organisation.positions["POST"]

    with pytest.raises(InvalidInput, match="3 to 7"):
        await service_position_kpis.write(office, post, kpis(ground)[:2], key="few")
    orphans = [replace(one, operational=None) for one in kpis(ground)]
    with pytest.raises(OrphanKpi):
        await service_position_kpis.write(office, post, orphans, key="orphans")
    with pytest.raises(NotPermitted):
        await service_position_kpis.write(ground.company.actor("Chen"), post, kpis(ground), key="manager")


async def test_rules_have_versions_that_follow_one_another(ground: Ground) -> None:
    office = ground.company.actor("Sofia")
    july = date(2026, 7, 1)
    await service_policies.write(office, Policy(version=""), reason="From July on.", valid_from=july, key="july")

    rows = await ground.company.organisation.rows(
        "select version, valid_from, nullif(valid_to, 'infinity') as valid_to from scoring_policy order by version"
    )
    assert [tuple(row) for row in rows] == [(1, date(1900, 1, 1), july), (2, july, None)]
    with pytest.raises(InvalidInput, match="Version 2 comes into force on 2026-07-01"):
        await service_policies.write(office, Policy(version=""), reason="Before.", key="before")
    past = date(2026, 6, 1)
    with pytest.raises(InvalidInput, match="days that are over"):
        await service_policies.write(office, Policy(version=""), reason="Past.", valid_from=past, key="past")
    with pytest.raises(NotPermitted):
        await service_policies.write(ground.company.actor("Bo"), Policy(version=""), reason="Mine.", key="mine")
