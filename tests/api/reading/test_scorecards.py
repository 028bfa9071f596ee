"""A scorecard is read with its whole trace in one round trip, and what is confidential only by its weight."""

from datetime import date
from decimal import Decimal
from typing import cast

import orjson
import pytest

from domain.kernel import clock
from domain.kernel.actor import Actor
from domain.kernel.ids import public
from domain.objectives.terms import Audience
from domain.scorecards import service as scorecards
from domain.scorecards.cards.terms import ItemDraft
from domain.scorecards.scoring.lines import LargerBetter
from domain.scorecards.terms import Figure, NewMeasure
from tests.api.reading.desk import Desk, Json, statements
from tests.domain.objectives.company import NOON
from tests.domain.scorecards.cards import ground as grounds
from tests.domain.scorecards.cards.ground import Ground

PHONE = """query($id: ID!) { scorecard(id: $id) {
  state version audience unit { name nameZh } person { name }
  scores { period value light }
  score { value status covered grade light period
    trace { value policy items { item title perspective state value raw score share contribution leftOut treatment }
      perspectives { perspective share score } steps { kind amount key } ceilings { grade key } } }
  perspectives { code name percent items { id title kind timing percent target months confidential
    score { reading value light } } } } }"""
ITEMS = 16
BYTES_MAX = 12 * 1024


@pytest.fixture(scope="module")
async def ground(desk: Desk) -> Ground:
    """Another group, beside the world."""
    with clock.frozen(NOON):
        return await grounds.lay()


async def ask(desk: Desk, actor: Actor, text: str, **variables: object) -> bytes:
    """The planned answer to somebody of another group."""
    answer = await desk.reader.answer(desk.prepare(text, variables), actor)
    assert answer is not None, "not planned"
    return answer


async def full_card(ground: Ground) -> str:
    """Of a unit, with sixteen items that each have twelve numbers to tell."""
    office, unit_id = ground.company.actor("Sofia"), ground.company.organisation.units["AIR"]
    items: list[ItemDraft] = []
    for at in range(ITEMS):
        new = NewMeasure(code=f"SHARE_{at}", name=f"Share {at}", unit_of_measure="%", unit_id=unit_id)
        measure_id = await scorecards.define_measure(office, new)
        figures = [
            Figure(measure=new.code, period=date(2026, month, 1), value=Decimal(at + month) / 8, unit_of_measure="%")
            for month in range(1, 6)
        ]
        await scorecards.record_actuals(office, figures, key=new.code)
        title = f"Share of flights that left on time, {at}"
        rule = LargerBetter(target=Decimal("13.857142"), baseline=Decimal("0.125"))
        told: dict[str, object] = {"title": title, "rule": rule, "weight": at + 1, "measure_id": measure_id}
        items.append(ground.item("COSTS", perspective=grounds.PERSPECTIVES[at % 4], **told))
    return public("scd", await ground.published("AIR", *items, audience=Audience.GROUP))


async def test_the_phone_reads_a_card_of_sixteen_items_with_its_trace_in_one_small_answer(
    desk: Desk, ground: Ground
) -> None:
    with clock.frozen(NOON):
        card = await full_card(ground)
    async with statements() as seen:
        answer = await ask(desk, ground.company.actor("Oskar"), PHONE, id=card)

    score = cast("dict[str, dict[str, Json]]", orjson.loads(answer)["data"])["scorecard"]["score"]
    trace = cast("Json", score["trace"])
    assert len(seen) == 1
    assert (score["status"], len(cast("list[Json]", trace["items"]))) == ("SCORED", ITEMS)
    assert Decimal(str(score["value"])) == added(trace)
    assert len(answer) <= BYTES_MAX, len(answer)


def added(trace: Json) -> Decimal:
    """All that a trace says was added."""
    items, steps = cast("list[Json]", trace["items"]), cast("list[Json]", trace["steps"])
    amounts = [one["contribution"] for one in items] + [one["amount"] for one in steps]
    return sum((Decimal(str(one)) for one in amounts if one is not None), Decimal(0))


TRACE = """query($id: ID!) { scorecard(id: $id) {
  score { value trace { value items { item title perspective value score share contribution rule fact confidential }
    steps { kind amount key } } }
  items { id title target measure { code } confidential score { reading value } } } }"""


@pytest.mark.parametrize("name", ["Sofia", "Dina", "Partner"])
async def test_what_is_added_is_the_score_as_it_is_shown(desk: Desk, name: str) -> None:
    found = cast("Json", (await desk.ask(name, TRACE, id=desk.world.ids["scorecard AIR"]))["scorecard"])
    score = cast("Json", found["score"])
    trace = cast("Json", score["trace"])

    assert score["value"] == trace["value"] is not None
    assert added(trace) == Decimal(str(trace["value"]))


async def test_what_is_confidential_counts_and_is_not_shown(desk: Desk) -> None:
    text, card = TRACE, desk.world.ids["scorecard AIR"]
    office, owner = [cast("Json", (await desk.ask(name, text, id=card))["scorecard"]) for name in ("Sofia", "Dina")]
    lines = [
        [
            one
            for one in cast("list[Json]", cast("Json", cast("Json", found["score"])["trace"])["items"])
            if one["confidential"]
        ]
        for found in (office, owner)
    ]
    items = [[one for one in cast("list[Json]", found["items"]) if one["confidential"]] for found in (office, owner)]

    assert [line["title"] for line in lines[0]] == ["Nobody knows"]
    assert items[0][0]["title"] == "Nobody knows"
    [hidden] = lines[1]
    assert {name: value for name, value in hidden.items() if value is not None} == {
        "title": "confidential",
        "share": lines[0][0]["share"],
        "contribution": lines[0][0]["contribution"],
        "confidential": True,
    }
    assert items[1] == [
        {
            "id": items[0][0]["id"],
            "title": None,
            "target": None,
            "measure": None,
            "confidential": True,
            "score": {"reading": None, "value": None},
        }
    ]
    assert cast("Json", office["score"])["value"] == cast("Json", owner["score"])["value"]


async def test_weights_are_shown_as_percent_that_read_100(desk: Desk) -> None:
    text = "query($id: ID!) { scorecard(id: $id) { perspectives { code percent items { percent } } gaps { kind } } }"
    found = cast("Json", (await desk.ask("Sofia", text, id=desk.world.ids["scorecard AIR"]))["scorecard"])

    assert found == {
        "perspectives": [
            {"code": "FINANCIAL", "percent": 67, "items": [{"percent": 50}, {"percent": 50}]},
            {"code": "CUSTOMER", "percent": 33, "items": [{"percent": 100}, {"percent": 0}]},
            {"code": "LEARNING", "percent": 0, "items": []},
        ],
        "gaps": [{"kind": "PERSPECTIVE_MISSING"}, {"kind": "PERSPECTIVE_WITHOUT_ITEMS"}, {"kind": "OPERATIONAL"}],
    }


async def test_from_a_persons_item_the_strategy_is_two_steps_away(desk: Desk) -> None:
    text = """query($person: ID!, $cycle: ID!) { person(id: $person) { scorecard(cycle: $cycle) { items {
      title stepsToStrategy serves { strategicObjective { code } } } } } }"""
    ids = desk.world.ids
    found = await desk.ask("Dina", text, person=ids["person Dina"], cycle=ids["cycle"])

    items = cast("list[Json]", cast("Json", cast("Json", found["person"])["scorecard"])["items"])
    assert [(one["title"], one["stepsToStrategy"]) for one in items] == [("Mine A", 2), ("Mine B", 2), ("Mine C", 2)]
    assert cast("Json", cast("Json", items[0]["serves"])["strategicObjective"])["code"] is not None


async def test_a_position_that_somebody_holds_without_key_figures_is_listed(desk: Desk, ground: Ground) -> None:
    text = "{ positionsWithoutKpis { nodes { code kpis { title } } } }"

    assert await desk.ask("Sofia", text) == {"positionsWithoutKpis": {"nodes": []}}
    found = orjson.loads(await ask(desk, ground.company.actor("Sofia"), text))["data"]
    assert found == {"positionsWithoutKpis": {"nodes": [{"code": "POST", "kpis": []}]}}
