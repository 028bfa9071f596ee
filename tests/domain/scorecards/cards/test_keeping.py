"""Who keeps a card, what it needs to be published, and what is refused by name."""

from collections.abc import Awaitable
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError, InvalidInput, NotFound, NotPermitted, StaleVersion
from domain.kernel.ids import new_id
from domain.kernel.work import visible
from domain.objectives.terms import Audience
from domain.scorecards.cards import service
from domain.scorecards.cards.errors import (
    CountedTwice,
    OrphanKpi,
    ScorecardCircle,
    ScorecardExists,
    ScorecardNotPublishable,
)
from domain.scorecards.cards.terms import AS_IT_IS, ItemDraft, ItemKind, NewCard
from domain.scorecards.cards.views import SCORECARD
from domain.scorecards.scoring.tables import Ordinal
from tests.domain.objectives.company import KEY_RESULT, goal
from tests.domain.scorecards.cards.ground import Ground, content
from tests.domain.scorecards.cards.test_following import below, objective

EVERYBODY = ("Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia", "Aron", "Oskar", "Partner", "Stranger")


async def refused(work: Awaitable[object], kind: type[DomainError]) -> str:
    with pytest.raises(kind) as found:
        await work
    return found.value.message


async def write(ground: Ground, card: UUID, *items: ItemDraft) -> UUID:
    version = await ground.version(card)
    office = ground.company.actor("Sofia")
    return await service.write(office, card, content(*items), version=version, key=str(new_id()))


async def test_a_draft_is_seen_by_who_keeps_it_and_a_published_card_by_its_audience(ground: Ground) -> None:
    seen: dict[str, list[str]] = {}
    for audience in Audience:
        unit = {"CHAIN": "OPS", "UNIT": "AIR", "GROUP": "CREW"}[audience]
        card = await ground.draft(unit, ground.item(), audience=audience)
        seen[f"{audience} draft"] = [n for n in EVERYBODY if await visible(SCORECARD, card, ground.company.actor(n))]
        await ground.publish(card)
        seen[audience] = [n for n in EVERYBODY if await visible(SCORECARD, card, ground.company.actor(n))]

    assert seen == {
        "CHAIN draft": ["Ada", "Bo", "Chen", "Hugo", "Sofia"],
        "CHAIN": ["Ada", "Bo", "Chen", "Hugo", "Sofia"],
        "UNIT draft": ["Ada", "Bo", "Hugo", "Sofia"],
        "UNIT": ["Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia"],
        "GROUP draft": ["Ada", "Bo", "Chen", "Hugo", "Sofia"],
        "GROUP": ["Ada", "Bo", "Chen", "Dina", "Emil", "Hugo", "Sofia", "Aron", "Oskar"],
    }


async def test_a_persons_card_concerns_the_person_and_their_line(ground: Ground) -> None:
    items = [ground.item(code) for code in ("ON_TIME", "DELAY", "FLIGHTS")]
    card = await ground.of_person("Dina", *items, by="Chen")
    as_draft = [n for n in EVERYBODY if await visible(SCORECARD, card, ground.company.actor(n))]
    await ground.publish(card, by="Chen")

    assert as_draft == ["Ada", "Bo", "Chen", "Hugo", "Sofia"]
    assert [n for n in EVERYBODY if await visible(SCORECARD, card, ground.company.actor(n))] == [
        "Ada",
        "Bo",
        "Chen",
        "Dina",
        "Hugo",
        "Sofia",
    ]


@pytest.mark.parametrize(
    ("name", "unit", "refusal"),
    [
        ("Ada", "AIR", None),
        ("Bo", "AIR", None),
        ("Sofia", "AIR", None),
        ("Chen", "AIR", NotPermitted),
        ("Hugo", "AIR", NotPermitted),
        ("Aron", "AIR", NotPermitted),
        ("Dina", "CREW", NotPermitted),
        ("Stranger", "CREW", NotFound),
    ],
)
async def test_who_leads_a_unit_keeps_its_card(
    ground: Ground, name: str, unit: str, refusal: type[DomainError] | None
) -> None:
    new = NewCard(unit_id=ground.company.organisation.units[unit], cycle_id=ground.company.cycle_id)
    begun = service.create(ground.company.actor(name), new, key="card")

    if refusal is None:
        card_id = await begun
        assert await ground.company.organisation.value("select id from scorecard") == card_id
    else:
        await refused(begun, refusal)
        assert await ground.company.organisation.count("scorecard") == 0


async def test_nobody_keeps_the_card_by_which_they_are_scored(ground: Ground) -> None:
    new = NewCard(person_id=ground.company["Sofia"], cycle_id=ground.company.cycle_id)

    await refused(service.create(ground.company.actor("Sofia"), new, key="card"), NotPermitted)


async def test_a_unit_has_one_card_for_a_cycle(ground: Ground) -> None:
    await ground.draft("AIR", ground.item())

    with pytest.raises(ScorecardExists):
        await ground.draft("AIR", ground.item())


async def test_an_orphan_is_not_published(ground: Ground) -> None:
    card = await ground.draft("AIR", ground.item(operational=None), ground.item("DELAY"))

    assert await refused(ground.publish(card), OrphanKpi) == "Nothing says what these key figures serve: On_time."
    assert await ground.company.organisation.value("select state from scorecard") == "DRAFT"


async def test_what_is_missing_is_told_all_at_once(ground: Ground) -> None:
    items = (
        ground.item(weight=0),
        ground.item("DELAY", measure_id=None, perspective="PROCESS"),
    )
    card = await ground.of_person("Dina", *items)

    assert await refused(ground.publish(card), ScorecardNotPublishable) == (
        "The weights in CUSTOMER are all zero. Nothing says by which measure these are counted: Delay. "
        "A person has 3 to 7 items; these are 2."
    )


async def test_a_measure_counts_once_on_whatever_way(ground: Ground) -> None:
    tied = goal(weight=10, key_results=(replace(KEY_RESULT, weight=100, measure_id=ground.measures["ON_TIME"]),))
    child = await ground.company.promised(tied)
    parent = await ground.company.promised(goal(weight=10))
    await ground.company.organisation.rows("update objective set parent_id = $2 where id = $1", child, parent)
    card = await ground.draft("AIR", ground.item(), objective(ground, parent))

    assert await refused(ground.publish(card), CountedTwice) == (
        "The measure ON_TIME would count twice: by “On_time” and by “A promise”."
    )


async def test_a_card_below_is_looked_into_and_so_are_the_cards_above(ground: Ground) -> None:
    ops = await ground.published("OPS", ground.item("DELAY"))
    await ground.published("AIR", ground.item("ON_TIME"), below(ground, ops))

    said = await refused(write(ground, ops, ground.item("DELAY"), ground.item("ON_TIME")), CountedTwice)

    assert said == "The measure ON_TIME would count twice: by “On_time” and by “Operations”."


async def test_a_circle_is_refused_by_its_path(ground: Ground) -> None:
    organisation = ground.company.organisation
    first = await ground.draft("AIR", ground.item())
    person = await ground.of_person("Bo", ground.item("DELAY"))
    await write(ground, first, below(ground, person, "Bo"))
    await organisation.rows(
        "update scorecard_item set kind = 'SCORECARD', measure_id = null, of_scorecard_id = $2 where scorecard_id = $1",
        person,
        first,
    )

    said = await refused(write(ground, first, below(ground, person, "Bo"), ground.item()), ScorecardCircle)

    assert said == "These scorecards would count in a circle: AIR → Bo → AIR."


async def test_only_cards_in_or_below_a_unit_count_in_it(ground: Ground) -> None:
    side = await ground.draft("SIDE", ground.item())

    said = await refused(ground.draft("AIR", below(ground, side)), InvalidInput)

    assert said == "In a unit's scorecard those of the same cycle in or below the unit can count."


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"target": Decimal(90)}, "items.0.target"),
        ({"rule": Ordinal(zones=("A", "B"), points=(Decimal(0), Decimal(100)))}, "items.0.rule.kind"),
        ({"title": " "}, "items.0.title"),
        ({"weight": -1}, "items.0.weight"),
        ({"cap": Decimal("NaN")}, "items.0"),
        ({"kind": ItemKind.SCORECARD}, "items.0.kind"),
        ({"kind": ItemKind.OBJECTIVE, "measure_id": None, "rule": AS_IT_IS}, "items.0.objective"),
        ({"measure_id": new_id()}, "items"),
        ({"serves_item_id": new_id()}, "items"),
    ],
)
async def test_a_mistake_is_told_where_it_stands(ground: Ground, values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as found:
        await ground.draft("AIR", ground.item("ON_TIME", **values))

    assert found.value.field == field
    assert await ground.company.organisation.count("scorecard") == 0


async def test_a_repeat_is_answered_and_a_stale_version_refused(ground: Ground) -> None:
    card = await ground.draft("AIR", ground.item())
    office = ground.company.actor("Sofia")
    for _ in range(2):
        assert await service.publish(office, card, version=1, key="publish") == card

    await refused(service.publish(office, card, version=1, key="again"), StaleVersion)
    assert await ground.company.organisation.facts("ScorecardPublished") == [("ScorecardPublished", card)]
