"""Strategies as they are read: the map as it was published, what only its keepers see, and how far intents arrive."""

from decimal import Decimal
from typing import cast

import pytest

from tests.api.reading.desk import Desk, Json, statements

MAP = """query($unit: ID!) { strategyMap(unit: $unit) { mission visionZh publishedVersion
  themes { code weight percent }
  perspectives { perspective { code } strategicObjectives { code percent theme { code } owner { name } } }
  causalLinks { cause { code } effect { code } sign lagMonths }
  longTermGoals { code direction baseline target waypoints { year value } }
  versions { nodes { version reason publishedBy { name } content { themes { code } } } }
  draft { strategicObjectives { code } } } }"""


def unit(desk: Desk, code: str) -> str:
    return desk.world.ids[f"unit {code}"]


async def map_of(desk: Desk, name: str, code: str = "GROUP") -> Json:
    return cast("Json", (await desk.ask(name, MAP, unit=unit(desk, code)))["strategyMap"])


async def test_the_map_is_read_as_it_was_published_last(desk: Desk) -> None:
    found = await map_of(desk, "Oskar")

    assert (found["mission"], found["publishedVersion"]) == (None, 2)
    assert found["themes"] == [
        {"code": "T1", "weight": 1, "percent": "34"},
        {"code": "T2", "weight": 1, "percent": "33"},
        {"code": "T3", "weight": 1, "percent": "33"},
    ]
    assert found["perspectives"] == [
        {
            "perspective": {"code": perspective},
            "strategicObjectives": [
                {"code": code, "percent": percent, "theme": {"code": theme}, "owner": {"name": "Dina"}}
            ],
        }
        for perspective, code, percent, theme in (
            ("FINANCIAL", "F1", "50", "T2"),
            ("CUSTOMER", "C1", "17", "T1"),
            ("PROCESS", "P1", "17", "T1"),
            ("LEARNING", "L1", "16", "T3"),
        )
    ]
    assert found["longTermGoals"] == [
        {
            "code": "G1",
            "direction": "INCREASE",
            "baseline": "78.5",
            "target": "90",
            "waypoints": [{"year": 2026, "value": "80"}, {"year": 2028, "value": "86.25"}],
        }
    ]
    links = cast("list[dict[str, Json]]", found["causalLinks"])
    assert sorted(f"{one['cause']['code']} → {one['effect']['code']}" for one in links) == ["L1 → P1", "P1 → C1"]
    versions = cast("list[Json]", cast("Json", found["versions"])["nodes"])
    assert [(one["version"], one["publishedBy"]) for one in versions] == [(2, {"name": "Ada"}), (1, {"name": "Ada"})]
    assert [len(cast("list[Json]", cast("Json", one["content"])["themes"])) for one in versions] == [3, 4]


@pytest.mark.parametrize(
    ("name", "sees"), [("Sofia", True), ("Aron", True), ("Dina", False), ("Ada", False), ("Partner", False)]
)
async def test_only_its_keepers_see_what_is_being_written(desk: Desk, name: str, *, sees: bool) -> None:
    draft = (await map_of(desk, name))["draft"]
    unpublished = await map_of(desk, name, "AIR")

    assert draft == ({"strategicObjectives": [{"code": "F1"}, {"code": "C1"}]} if sees else None)
    assert (unpublished is not None) == sees


async def test_another_group_sees_nothing(desk: Desk) -> None:
    names = [name for name in desk.world.ids if name.rsplit(" ", 1)[0] in ("strategy", "intent", "theme", "teach_back")]
    ids = [desk.world.ids[name] for name in names]
    assert len(ids) == 12

    assert await desk.ask("Stranger", MAP, unit=unit(desk, "GROUP")) == {"strategyMap": None}
    assert await desk.ask("Rival", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=ids) == {
        "nodes": [None] * len(ids)
    }
    theirs = {"ids": [desk.world.ids["elsewhere strategy"], desk.world.ids["elsewhere strategic objective"]]}
    assert await desk.ask("Sofia", "query($ids: [ID!]!) { nodes(ids: $ids) { id } }", **theirs) == {
        "nodes": [None, None]
    }


async def test_the_whole_map_is_one_statement(desk: Desk) -> None:
    await map_of(desk, "Oskar")
    async with statements() as seen:
        await map_of(desk, "Oskar")

    assert len(seen) == 1


INTENTS = """query($id: ID!) { objective(id: $id) { intents { state level viewerCan strategicObjective { code }
  intent { version current whatChanges } teachBack { state words answer intent { version } } } } }"""


async def intents(desk: Desk, name: str, about: str) -> dict[str, Json]:
    found = await desk.ask(name, INTENTS, id=desk.world.ids[f"objective {about}"])
    listed = cast("list[Json]", cast("Json", found["objective"])["intents"])
    return {str(cast("Json", one["strategicObjective"])["code"]): one for one in listed}


async def test_an_objective_says_which_intents_it_inherits_and_how_it_stands_to_them(desk: Desk) -> None:
    found = await intents(desk, "Dina", "ACTIVE")

    assert {code: (one["state"], one["level"], one["viewerCan"]) for code, one in found.items()} == {
        "C1": ("SAID", 1, ["SAY_BACK"]),
        "P1": ("UNSAID", 1, ["SAY_BACK"]),
    }
    assert found["C1"]["intent"] == {"version": 2, "current": True, "whatChanges": "We arrive on time."}
    assert found["C1"]["teachBack"] == {"state": "SAID", "words": "No. 3", "answer": None, "intent": {"version": 2}}
    below = await intents(desk, "Dina", "odd")
    assert {code: (one["state"], one["level"]) for code, one in below.items()} == {
        "C1": ("UNSAID", 2),
        "P1": ("RETURNED", 2),
    }
    assert cast("Json", below["P1"]["teachBack"])["answer"] == "Odd?"


async def test_the_line_can_confirm_what_waits_and_others_only_read(desk: Desk) -> None:
    can = {name: (await intents(desk, name, "ACTIVE"))["C1"]["viewerCan"] for name in ("Chen", "Sofia", "Hugo")}

    assert can == {
        "Chen": ["CONFIRM_SAY_BACK", "RETURN_SAY_BACK"],
        "Sofia": ["CONFIRM_SAY_BACK", "RETURN_SAY_BACK"],
        "Hugo": [],
    }
    [peer, line] = [cast("Json", (await intents(desk, name, "odd"))["P1"]["teachBack"]) for name in ("Emil", "Chen")]
    assert (peer["words"], peer["answer"], line["answer"]) == ("Odd.", None, "Odd?")


LEVELS = """query($id: ID!, $state: IntentState, $level: Int) { node(id: $id) { ... on StrategicObjective { code
  levels { level objectives unsaid said returned current stale }
  inheritors(state: $state, level: $level) { totalCount nodes { state level objective { title } } } } } }"""


async def test_a_strategic_objective_says_how_far_its_intent_has_arrived(desk: Desk) -> None:
    ids = [one for name, one in desk.world.ids.items() if name.startswith("strategic_objective")]
    found = [cast("Json", (await desk.ask("Sofia", LEVELS, id=one))["node"]) for one in ids]
    [c1] = [one for one in found if one["code"] == "C1"]
    row = next(one for one, node in zip(ids, found, strict=True) if node is c1)

    first, second = cast("list[dict[str, int]]", c1["levels"])
    assert first == {"level": 1, "objectives": 2, "unsaid": 0, "said": 1, "returned": 0, "current": 0, "stale": 1}
    assert (second["level"], second["unsaid"]) == (2, second["objectives"])
    assert cast("Json", c1["inheritors"])["totalCount"] == 2 + second["objectives"]
    for asked, number in (
        ({"state": "STALE"}, 1),
        ({"level": 2}, second["objectives"]),
        ({"level": 2, "state": "SAID"}, 0),
    ):
        answer = cast("Json", (await desk.ask("Sofia", LEVELS, id=row, **asked))["node"])
        assert len(cast("list[Json]", cast("Json", answer["inheritors"])["nodes"])) == number
    hidden = cast("Json", (await desk.ask("Emil", LEVELS, id=row))["node"])
    assert hidden["levels"] == c1["levels"]


FIDELITY = """query($unit: ID!) { intentFidelity(unit: $unit) { unit { code } objectives reached confirmed faithful
  percent } }"""


async def test_fidelity_is_for_those_who_work_there_or_above(desk: Desk) -> None:
    """Chen's unit is not above the crew any more, since that has moved."""
    found = {
        name: (await desk.ask(name, FIDELITY, unit=unit(desk, "CREW")))["intentFidelity"] is not None
        for name in ("Dina", "Chen", "Ada", "Hugo", "Sofia", "Partner", "Oskar", "Rival", "Stranger")
    }

    assert found == {
        "Dina": True,
        "Chen": False,
        "Ada": True,
        "Hugo": True,
        "Sofia": True,
        "Partner": True,
        "Oskar": False,
        "Rival": False,
        "Stranger": False,
    }


async def test_fidelity_counts_what_arrives(desk: Desk) -> None:
    found = await desk.ask("Sofia", FIDELITY, unit=unit(desk, "GROUP"))

    counted = cast("Json", found["intentFidelity"])
    numbers = [cast("int", counted[name]) for name in ("objectives", "reached", "confirmed", "faithful")]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[3] > 0
    assert Decimal(str(counted["percent"])) == round(Decimal(100 * numbers[3]) / numbers[0], 2)
