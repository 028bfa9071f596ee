"""Modes are changed through the schema, and every refusal is a typed problem that says what would help."""

from collections.abc import AsyncGenerator
from typing import cast

import pytest

from tests.api.reading.desk import Desk, Json
from tests.domain.objectives.company import trial

MODE = "version values { hqKpis cycle } fit { value deviations { feature reason } }"
VALUES = {"hqKpiShare": 40}


@pytest.fixture
async def trying(desk: Desk) -> AsyncGenerator[Desk]:
    """Nothing of it stays."""
    async with trial(desk.world.company.tenant_id):
        yield desk


async def act(desk: Desk, name: str, mutation: str, unit: str, **given: object) -> Json:
    """One mutation of a unit's mode."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    text = f"""mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename
        ... on Problem {{ code message help }} ... on InvalidInput {{ field }} ... on Mode {{ {MODE} }} }} }}"""
    told = {"unit": desk.world.ids[f"unit {unit}"], "idempotencyKey": f"{mutation} {given}", **given}
    result = await desk.execute(name, text, input=told)
    assert result.errors is None, result.errors
    return cast("Json", cast("Json", result.data)[mutation])


async def test_a_subsidiary_that_headquarters_overloads_fits_after_the_template(trying: Desk) -> None:
    before = await trying.ask(
        "Bo", f"query($unit: ID!) {{ modeOf(unit: $unit) {{ {MODE} }} }}", unit=trying.world.ids["unit AIR"]
    )
    after = await act(trying, "Bo", "applyModeTemplate", "AIR", expectedVersion=4, reason="Back to the style.")

    assert cast("Json", cast("Json", before["modeOf"])["fit"])["value"] == "0.35"
    assert after == {
        "__typename": "Mode",
        "version": 5,
        "values": {"hqKpis": 5, "cycle": "YEAR"},
        "fit": {"value": "1", "deviations": []},
    }


async def test_what_is_locked_above_is_refused_naming_who_locked_it(trying: Desk) -> None:
    found = await act(trying, "Bo", "setMode", "AIR", expectedVersion=4, values={"cycle": "QUARTER"})

    assert found == {
        "__typename": "FeatureLocked",
        "code": "feature_locked",
        "message": "CYCLE has been locked in Group since 2026-01-01 by Sofia.",
        "help": "Ask who locked it to open it, or leave it as it is.",
    }


async def test_a_deviation_without_a_reason_is_refused_and_with_one_it_is_shown(trying: Desk) -> None:
    values = {"interlocks": "MANY"}

    refused = await act(trying, "Bo", "setMode", "AIR", expectedVersion=4, values=values)
    told = await act(trying, "Bo", "setMode", "AIR", expectedVersion=4, values=values, reason="One network.")

    assert (refused["__typename"], refused["message"]) == (
        "ReasonNeeded",
        "Promises between units: many; what fits financial control is few.",
    )
    deviations = cast("list[Json]", cast("Json", told["fit"])["deviations"])
    assert {"feature": "INTERLOCKS", "reason": "One network."} in deviations


async def test_what_is_given_back_follows_from_above(trying: Desk) -> None:
    found = await act(trying, "Sofia", "inheritMode", "AIR", expectedVersion=4, features=["HQ_KPIS"])

    assert cast("Json", found["values"])["hqKpis"] == 5


@pytest.mark.parametrize("name", ["Dina", "Chen", "Partner"])
async def test_who_neither_leads_the_unit_nor_keeps_modes_is_told(trying: Desk, name: str) -> None:
    found = await act(trying, name, "setMode", "AIR", expectedVersion=4, values=VALUES)

    assert (found["__typename"], found["message"]) == (
        "NotPermitted",
        "Only the strategy office and who leads the unit can change how it is managed.",
    )


async def test_who_decided_on_an_older_mode_is_told(trying: Desk) -> None:
    found = await act(trying, "Bo", "setMode", "AIR", expectedVersion=3, values=VALUES)

    assert found["__typename"] == "StaleVersion"


TWICE = [{"incentive": "MONEY", "weight": 1}, {"incentive": "MONEY", "weight": 2}]
HUGE_CAP = {"rule": "OKR", "missingData": "ZERO", "coveredMin": "0.7", "cap": "1E+1000000"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "values"),
        ({"hqKpis": 201}, "values.hqKpis"),
        ({"currency": "yuan"}, "values.currency"),
        ({"perspectives": []}, "values.perspectives"),
        ({"perspectives": [{"perspective": "SAFETY", "weight": 1}]}, "values.perspectives"),
        ({"incentives": TWICE}, "values.incentives"),
        ({"scoring": HUGE_CAP}, "values.scoring.cap"),
        ({"distribution": {"policy": "GUIDE"}}, "values.distribution.quotas"),
    ],
)
async def test_a_value_that_makes_no_sense_is_refused_with_its_path(
    trying: Desk, values: dict[str, object], field: str
) -> None:
    found = await act(trying, "Bo", "setMode", "AIR", expectedVersion=4, values=values)

    assert (found["__typename"], found["field"]) == ("InvalidInput", field)


@pytest.mark.parametrize(
    ("given", "field"), [({"validFrom": "1899-12-31"}, "validFrom"), ({"reason": "x" * 1001}, "reason")]
)
async def test_what_comes_with_the_values_is_checked_as_well(
    trying: Desk, given: dict[str, object], field: str
) -> None:
    found = await act(trying, "Bo", "setMode", "AIR", expectedVersion=4, values=VALUES, **given)

    assert (found["__typename"], found["field"]) == ("InvalidInput", field)


async def test_a_design_record_is_read_back(trying: Desk) -> None:
    factors = [{"factor": one, "words": "So it is."} for one in ("LAW", "STRATEGY", "WORKFORCE")]

    await act(trying, "Bo", "writeModeFactors", "AIR", expectedVersion=4, factors=factors)

    text = "query($unit: ID!) { modeOf(unit: $unit) { designedPercent factors { factor words } } }"
    found = cast("Json", (await trying.execute("Bo", text, unit=trying.world.ids["unit AIR"])).data)
    assert found["modeOf"] == {
        "designedPercent": 50,
        "factors": [
            {"factor": "CULTURE", "words": "People talk."},
            *({"factor": one, "words": "So it is."} for one in ("LAW", "STRATEGY", "WORKFORCE")),
        ],
    }


async def test_a_factor_named_twice_is_refused(trying: Desk) -> None:
    factors = [{"factor": "LAW", "words": "One."}, {"factor": "LAW", "words": "Two."}]

    found = await act(trying, "Bo", "writeModeFactors", "AIR", expectedVersion=4, factors=factors)

    assert (found["__typename"], found["field"]) == ("InvalidInput", "factors")
