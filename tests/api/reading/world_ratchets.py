"""Targets in the world of reading: a year before, a rule, exemptions in several states, tests, and shared results."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.ids import new_id, public
from domain.objectives.targets import service_contributions, service_exemptions, service_policies
from domain.objectives.targets.rules import Claim, Line
from domain.objectives.targets.service_policies import NewAdjustment
from domain.objectives.targets.terms import Adjustment, AdjustmentKind, ContributionMethod
from tests.domain.objectives.company import goal
from tests.domain.objectives.targets import season as seasons
from tests.domain.objectives.targets.season import BLEND, Season, complaints, on_time

if TYPE_CHECKING:
    from tests.api.reading.world import World

OFFICE = "Sofia"


async def furnish(world: "World") -> None:
    """Of Emil, whose manager is Hugo. What others make afterwards is not tested: the rule is off at the end."""
    season = await seasons.lay(world.company, owner="Emil", manager="Hugo", second=OFFICE)
    await _adjustments(season)
    await season.keep(replace(BLEND, growth_percent=Decimal("0.5")), unit="SIDE")
    objective_id = await _exempt(world, season)
    await _pleas(world, season)
    await _shared(world, objective_id)
    await world.company.organisation.rows("update ratchet_policy set is_on = false")
    await _name(world)


async def _adjustments(season: Season) -> None:
    """In one instant, so that their order is decided by their ids."""
    for adjustment in (
        Adjustment(kind=AdjustmentKind.ONE_OFF, amount=Decimal("-0.5")),
        Adjustment(kind=AdjustmentKind.CALENDAR, factor=Decimal("1.00273972602739726027")),
    ):
        new = NewAdjustment(key_result_id=season.former[0], adjustment=adjustment, reason="闰年", evidence="Calendar")
        await service_policies.adjust(season.company.actor(OFFICE), new, key=str(new_id()))


async def _drafted(season: Season, title: str) -> UUID:
    measures = season.measures
    key_results = (on_time(75, measure=measures["ON_TIME"], weight=60), complaints("19.5", measure=measures["LETTERS"]))
    return await season.company.draft(goal(weight=1, title=title, key_results=key_results), owner=season.owner)


async def _exempt(world: "World", season: Season) -> UUID:
    objective_id = await _drafted(season, "Below the last one 低于")
    await season.exempt(objective_id)
    await season.submit(objective_id, difficulty=4)
    await season.company.approve(objective_id, by=season.manager)
    world.objectives["exempt"] = objective_id
    return objective_id


async def _pleas(world: "World", season: Season) -> None:
    """Of drafts that only their owner sees: one that waits, and one that was declined and asked again."""
    world.objectives["waiting"] = await _drafted(season, "Waits")
    waiting = await season.ask(world.objectives["waiting"], expires_on=date(2026, 6, 10))
    declined = world.objectives["declined once"] = await _drafted(season, "Declined once")
    exemption_id = await season.ask(declined, lowest="70.00000000000000000001")
    await service_exemptions.decline(
        season.company.actor("Hugo"), exemption_id, version=1, key=str(new_id()), reason="不行 — look again."
    )
    again = await season.ask(declined)
    await service_exemptions.grant(season.company.actor("Hugo"), again, version=1, key=str(new_id()))
    world.ids |= {"exemption waiting": public("exm", waiting), "exemption granted": public("exm", again)}
    world.ids |= {f"former {at}": public("kr", one) for at, one in enumerate(season.former)}


async def _shared(world: "World", objective_id: UUID) -> None:
    company = world.company
    lines = [
        Line(person_id=company["Dina"], share=Decimal("33.33"), evidence="Flew."),
        Line(person_id=company["Emil"], share=Decimal("33.33"), evidence="飞过。"),
        Line(unit_id=company.organisation.units["CREW"], share=Decimal("33.34"), evidence="Both."),
    ]
    agreed = Claim(method=ContributionMethod.AGREED, lines=lines)
    dina, emil, hugo = company.actor("Dina"), company.actor("Emil"), company.actor("Hugo")
    statement_id = await service_contributions.propose(emil, objective_id, agreed, version=None, key=str(new_id()))
    await service_contributions.agree(hugo, statement_id, version=1, key=str(new_id()))
    hours = [replace(one, share=None, amount=Decimal(at)) for at, one in enumerate(lines)]
    proposed = Claim(method=ContributionMethod.DRIVER, driver="hours 小时", lines=hours)
    proposed_id = await service_contributions.propose(
        dina, world.objectives["odd"], proposed, version=None, key=str(new_id())
    )
    world.ids["statement proposed"] = public("cst", proposed_id)


async def _name(world: "World") -> None:
    for prefix, table in _TABLES.items():
        rows = await world.company.organisation.rows(f"select id from {table} order by id limit 4")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(rows)}


_TABLES = {
    "rtp": "ratchet_policy",
    "tad": "target_adjustment",
    "exm": "target_exemption",
    "exc": "exceed_test",
    "cst": "contribution_statement",
    "ctb": "contribution",
}
