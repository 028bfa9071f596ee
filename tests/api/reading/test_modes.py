"""Modes as they are read: one statement, what holds on a date, its origin, the fit in words, and who sees it."""

from typing import cast

import pytest

from tests.api.reading.desk import Desk, Json, statements

FIT = """query($unit: ID!, $on: Date) { modeFit(unit: $unit, asOf: $on) {
  value style deviations { feature observed text reason unitName range { low high words } } } }"""
FEATURES = """query($unit: ID!, $on: Date) { modeOf(unit: $unit, asOf: $on) { version designedPercent
  features { feature value { cycle hqKpis currency } origin inherited unitName since setByName locked open inRange }
} }"""
DIFFERENCE = """query($unit: ID!, $other: ID!, $on: Date) { modeDifference(unit: $unit, other: $other, asOf: $on) {
  unit { code } other { code }
  features { feature here { value { hqKpis cycle } reason factors { factor words } } there { value { hqKpis } } } } }"""


def unit(desk: Desk, code: str) -> str:
    return desk.world.ids[f"unit {code}"]


async def feature(desk: Desk, code: str, name: str, **variables: object) -> Json:
    found = await desk.ask("Dina", FEATURES, unit=unit(desk, code), **variables)
    listed = cast("list[Json]", cast("Json", found["modeOf"])["features"])
    return next(one for one in listed if one["feature"] == name)


async def test_the_fit_of_a_unit_says_what_is_out_of_range_and_why(desk: Desk) -> None:
    found = cast("Json", (await desk.ask("Dina", FIT, unit=unit(desk, "AIR")))["modeFit"])

    assert (found["value"], found["style"]) == ("0.35", "FINANCIAL_CONTROL")
    first, *others = cast("list[Json]", found["deviations"])
    assert first == {
        "feature": "HQ_KPIS",
        "observed": "40",
        "text": "Key figures set by headquarters: 40; what fits financial control is 3 to 6.",
        "reason": "As it has grown.",
        "unitName": "Air",
        "range": {"low": 3, "high": 6, "words": []},
    }
    assert [(one["feature"], one["observed"]) for one in others] == [
        ("PERSPECTIVES", "33.4"),
        ("REVIEW_CADENCE", "MONTH"),
    ]


async def test_the_fit_is_that_of_the_date_asked_for(desk: Desk) -> None:
    found = await desk.ask("Dina", FIT, unit=unit(desk, "AIR"), on="2025-12-31")

    assert found == {"modeFit": {"value": "1", "style": "FINANCIAL_CONTROL", "deviations": []}}


async def test_a_feature_says_where_it_comes_from(desk: Desk) -> None:
    cycle = await feature(desk, "CREW", "CYCLE")
    before = await feature(desk, "CREW", "CYCLE", on="2025-12-31")

    assert cycle == {
        "feature": "CYCLE",
        "value": {"cycle": "YEAR", "hqKpis": None, "currency": None},
        "origin": "SET",
        "inherited": True,
        "unitName": "Group",
        "since": "2026-01-01",
        "setByName": "Sofia",
        "locked": True,
        "open": False,
        "inRange": None,
    }
    assert (cast("Json", before["value"])["cycle"], before["inherited"], before["open"]) == ("QUARTER", False, True)


async def test_a_mode_is_read_by_one_statement(desk: Desk) -> None:
    text = """query($unit: ID!) { modeOf(unit: $unit) { values { perspectives { perspective percent } }
      features { feature recommended { hqKpis } } fit { value } factors { factor features }
      settings { nodes { feature value { hqKpis } } } overrides { nodes { feature unit { code } overruledBy {
      unit { code } } overrides { id } } totalCount } unit { code mode { fit { value } } } } }"""
    await desk.ask("Dina", text, unit=unit(desk, "GROUP"))

    async with statements() as seen:
        found = cast("Json", (await desk.ask("Dina", text, unit=unit(desk, "GROUP")))["modeOf"])

    assert len(seen) == 1
    overrides = cast("Json", found["overrides"])
    assert overrides["totalCount"] == 9
    by_crew = [one for one in cast("list[Json]", overrides["nodes"]) if one["unit"] == {"code": "CREW"}]
    assert {str(one["feature"]): one["overruledBy"] for one in by_crew} == {
        "CYCLE": {"unit": {"code": "GROUP"}},
        "REVIEW_CADENCE": None,
    }


async def test_weights_read_a_hundred_and_stand_in_the_usual_order(desk: Desk) -> None:
    text = "query($unit: ID!) { modeOf(unit: $unit) { values { perspectives { perspective weight percent } } } }"

    values = cast("Json", cast("Json", (await desk.ask("Dina", text, unit=unit(desk, "AIR")))["modeOf"])["values"])

    assert [(one["perspective"], one["percent"]) for one in cast("list[Json]", values["perspectives"])] == [
        ("FINANCIAL", 34),
        ("PROCESS", 33),
        ("LEARNING", 33),
    ]


async def test_two_units_differ_with_the_factors_that_made_them_so(desk: Desk) -> None:
    given = {"unit": unit(desk, "AIR"), "other": unit(desk, "SIDE"), "on": "2026-06-01"}

    data, errors = await desk.respond("Dina", DIFFERENCE, **given)

    found = cast("Json", cast("Json", data)["modeDifference"])
    assert errors == []
    assert (found["unit"], found["other"]) == ({"code": "AIR"}, {"code": "SIDE"})
    kpis = next(one for one in cast("list[Json]", found["features"]) if one["feature"] == "HQ_KPIS")
    assert kpis == {
        "feature": "HQ_KPIS",
        "here": {
            "value": {"hqKpis": 40, "cycle": None},
            "reason": "As it has grown.",
            "factors": [{"factor": "LAW", "words": "Safety is supervised."}],
        },
        "there": {"value": {"hqKpis": 5}},
    }
    assert "CYCLE" not in {one["feature"] for one in cast("list[Json]", found["features"])}


async def test_a_template_can_be_looked_at_before_it_is_applied(desk: Desk) -> None:
    text = """{ modeTemplate(form: AIRLINE, style: FINANCIAL_CONTROL, lifeCycle: START_UP) {
      values { hqKpis currency scoring { rule cap coveredMin } distribution { policy quotas { grade } smallestGroup } }
      ranges { feature range { text textZh } weight } source } }"""

    data, errors = await desk.respond("Dina", text)

    found = cast("Json", cast("Json", data)["modeTemplate"])
    assert errors == []
    assert found["values"] == {
        "hqKpis": 5,
        "currency": None,
        "scoring": {"rule": "OKR", "cap": "120", "coveredMin": "0.7"},
        "distribution": {"policy": "NONE", "quotas": [], "smallestGroup": 10},
    }
    assert cast("list[Json]", found["ranges"])[0] == {
        "feature": "HQ_KPIS",
        "range": {"text": "3 to 6", "textZh": "3至6"},
        "weight": 25,
    }


@pytest.mark.parametrize("name", ["Stranger", "Rival"])
async def test_another_group_sees_no_mode(desk: Desk, name: str) -> None:
    assert await desk.ask(name, FIT, unit=unit(desk, "AIR")) == {"modeFit": None}
    data, errors = await desk.respond(name, DIFFERENCE, unit=unit(desk, "AIR"), other=unit(desk, "SIDE"))
    assert data is None
    [(message, code, _)] = cast("list[tuple[object, object, object]]", errors)
    assert (message, code) == ("The unit does not exist or is not shared with you.", "BAD_USER_INPUT")
