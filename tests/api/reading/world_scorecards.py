"""Scorecards to be read: published, drafted, half closed; with what is confidential, missing, huge and below."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from domain.kernel.ids import new_id, public
from domain.kernel.work import begin
from domain.objectives.terms import Audience
from domain.scorecards.cards import (
    service,
    service_closing,
    service_extras,
    service_policies,
    service_position_kpis,
    service_scores,
)
from domain.scorecards.cards.service_touched import FIRST
from domain.scorecards.cards.terms import (
    AS_IT_IS,
    CardDraft,
    ExtraDraft,
    InitiativeDraft,
    ItemDraft,
    ItemKind,
    KpiDraft,
    NewCard,
    PerspectiveDraft,
    Timing,
)
from domain.scorecards.scoring.lines import LargerBetter
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.tables import Bands
from domain.scorecards.scoring.terms import Aggregation, ExtraKind

if TYPE_CHECKING:
    from tests.api.reading.world import World

HUGE = Decimal("999999999999999999.99999999999999999999")
ODD = '得分 ✈️ "quoted" \\ back\u2028line'
TABLES = {
    "scd": "scorecard",
    "scp": "scorecard_perspective",
    "sci": "scorecard_item",
    "sco": "score",
    "scx": "item_score",
    "ini": "initiative",
    "scb": "scorecard_extra",
    "spo": "scoring_policy",
    "pki": "position_kpi",
}


async def furnish(world: "World") -> None:
    """After measures, objectives and strategies; the clock stands."""
    rows = await world.company.organisation.rows("select code, id from measure")
    measures = {row["code"]: row["id"] for row in rows}
    crew = await _crew(world, measures)
    air = await _air(world, measures, crew)
    await _people(world, measures)
    await _draft(world, measures)
    async with begin(world.company.organisation.operator) as work:
        ids = await work.connection.fetch("select id from scorecard where tenant_id = current_tenant()")
        await service_scores.carry(work.connection, work.actor.tenant_id, {row["id"]: FIRST for row in ids})
    office = world.company.actor("Sofia")
    await service_closing.close(office, crew, date(2026, 2, 1), version=await _version(world, crew), key=str(new_id()))
    await service_policies.write(office, Policy(version=""), reason=ODD, valid_from=date(2026, 7, 1), key=str(new_id()))
    for prefix, table in TABLES.items():
        found = await world.company.organisation.rows(f"select id from {table} order by id limit 4")
        world.ids |= {f"{table} {at}": public(prefix, row["id"]) for at, row in enumerate(found)}
    [hidden] = await world.company.organisation.rows("select id from scorecard_item where is_confidential")
    world.ids |= {"item hidden": public("sci", hidden["id"]), "scorecard AIR": public("scd", air)}


def _item(title: str, measure_id: UUID | None, **values: object) -> ItemDraft:
    usual = ItemDraft(
        title=title,
        perspective="FINANCIAL",
        kind=ItemKind.MEASURE,
        weight=1,
        rule=LargerBetter(target=Decimal("0.75"), baseline=Decimal("0.125")),
        measure_id=measure_id,
        operational="Asked for.",
    )
    return replace(usual, **values)  # type: ignore[arg-type]


async def _version(world: "World", card: UUID) -> int:
    return int(str(await world.company.organisation.value("select version from scorecard where id = $1", card)))


async def _published(world: "World", new: NewCard) -> UUID:
    office = world.company.actor("Sofia")
    card = await service.create(office, new, key=str(new_id()))
    return await service.publish(office, card, version=1, key=str(new_id()))


async def _crew(world: "World", measures: dict[str, UUID]) -> UUID:
    """Of everybody's audience, without Chinese names."""
    bands = Bands(edges=(Decimal(0), HUGE), points=(Decimal(0), Decimal(50), Decimal(100)))
    content = CardDraft(
        perspectives=(PerspectiveDraft(perspective="FINANCIAL", weight=1),),
        items=(_item("Huge", measures["C"], rule=bands), _item("Never told", measures["D"], stretch=HUGE)),
        audience=Audience.GROUP,
    )
    unit_id = world.company.organisation.units["CREW"]
    return await _published(world, NewCard(unit_id=unit_id, cycle_id=world.company.cycle_id, content=content))


async def _air(world: "World", measures: dict[str, UUID], crew: UUID) -> UUID:
    """With one of everything."""
    organisation, office = world.company.organisation, world.company.actor("Sofia")
    goal_id: UUID = (await organisation.rows("select id from strategic_objective order by id limit 1"))[0]["id"]
    led = _item(ODD, measures["A"], title_zh="甲", timing=Timing.LEAD, strategic_objective_id=goal_id, operational=None)
    led = replace(led, id=new_id())
    hidden = _item(
        "Nobody knows", measures["E 值"], is_confidential=True, perspective="CUSTOMER", target=Decimal("0.75")
    )
    promise = replace(_item("A promise", None, kind=ItemKind.OBJECTIVE), objective_id=world.objectives["big"])
    below = replace(_item("Below", None, kind=ItemKind.SCORECARD), of_scorecard_id=crew, perspective="CUSTOMER")
    items = (led, hidden, replace(promise, rule=AS_IT_IS), replace(below, rule=AS_IT_IS, weight=0))
    content = CardDraft(
        perspectives=(
            PerspectiveDraft(perspective="FINANCIAL", weight=2, aggregation=Aggregation.GEOMETRIC),
            PerspectiveDraft(perspective="CUSTOMER", weight=1),
            PerspectiveDraft(perspective="LEARNING", weight=0),
        ),
        items=items,
        initiatives=(
            InitiativeDraft(title=ODD, title_zh="举措", item_id=led.id, owner_id=world.company["Dina"]),
            InitiativeDraft(title="Quiet", starts_on=date(2026, 1, 1), due_on=date(2026, 12, 31)),
        ),
        audience=Audience.UNIT,
        difficulty=Decimal("1.05"),
    )
    unit_id = organisation.units["AIR"]
    card = await _published(world, NewCard(unit_id=unit_id, cycle_id=world.company.cycle_id, content=content))
    kinds = (
        (ExtraKind.BONUS, Decimal("1.5"), None),
        (ExtraKind.PENALTY, Decimal(2), None),
        (ExtraKind.VETO, None, "C"),
    )
    for kind, points, ceiling in kinds:
        extra = ExtraDraft(
            kind=kind,
            period=date(2026, 5, 1),
            title=ODD,
            evidence="见附件",
            points=points,
            ceiling=ceiling,
            id=new_id(),
        )
        version = await _version(world, card)
        await service_extras.add(office, card, extra, version=version, key=str(new_id()))
        if kind == ExtraKind.PENALTY:
            version, extra_id = await _version(world, card), extra.id
            assert extra_id is not None
            await service_extras.withdraw(office, extra_id, reason="申诉", version=version, key=str(new_id()))
    return card


async def _people(world: "World", measures: dict[str, UUID]) -> None:
    """Dina's card serves the unit's; Emil's begins with the key figures of the position."""
    company, office = world.company, world.company.actor("Sofia")
    [above] = await company.organisation.rows("select id from scorecard_item where title = $1", ODD)
    kpis = [
        KpiDraft(
            title=f"KPI {code}",
            perspective="FINANCIAL",
            weight=1,
            rule=AS_IT_IS,
            measure_id=measures[code],
            title_zh="指标" if code == "A" else None,
            operational="Asked for.",
        )
        for code in "ABC"
    ]
    post = company.organisation.positions["POST"]
    for turn in range(2):
        await service_position_kpis.write(office, post, kpis[turn:] + kpis[:turn], key=str(new_id()))
    await _published(world, NewCard(person_id=company["Emil"], cycle_id=company.cycle_id))
    items = [_item(f"Mine {code}", measures[code], serves_item_id=above["id"]) for code in "ABC"]
    content = CardDraft(perspectives=(PerspectiveDraft(perspective="FINANCIAL", weight=1),), items=tuple(items))
    await _published(world, NewCard(person_id=company["Dina"], cycle_id=company.cycle_id, content=content))


async def _draft(world: "World", measures: dict[str, UUID]) -> None:
    """Of a unit beside; and a position that has no key figures, which somebody holds."""
    unit_id = world.company.organisation.units["SIDE"]
    content = CardDraft(
        perspectives=(PerspectiveDraft(perspective="CUSTOMER", weight=1),),
        items=(_item("Draft", measures["A"], perspective="CUSTOMER"),),
        audience=Audience.GROUP,
    )
    new = NewCard(unit_id=unit_id, cycle_id=world.company.cycle_id, content=content)
    await service.create(world.company.actor("Sofia"), new, key=str(new_id()))
    await world.company.organisation.position("BARE")
