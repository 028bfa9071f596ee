"""Scorecards are kept through the schema: begun, written, published, closed; refusals are typed."""

from collections.abc import AsyncGenerator
from typing import cast

import pytest

from domain.kernel.ids import new_id
from tests.api.reading.desk import Desk, Json
from tests.domain.objectives.company import trial

CARD = "id version state items { title target } extras { kind points } closedThrough"
MORE = {"ScoringPolicy": "... on ScoringPolicy { version reason }", "Position": "... on Position { kpis { title } }"}


@pytest.fixture
async def trying(desk: Desk) -> AsyncGenerator[Desk]:
    """Nothing of it stays."""
    async with trial(desk.world.company.tenant_id):
        yield desk


async def act(desk: Desk, name: str, mutation: str, told: Json, *, answers: str = "Scorecard") -> Json:
    """One mutation, with a key of its own unless one is told."""
    kind = f"{mutation[0].upper()}{mutation[1:]}Input"
    thing = MORE.get(answers, f"... on Scorecard {{ {CARD} }}")
    text = f"""mutation($input: {kind}!) {{ {mutation}(input: $input) {{ __typename
        ... on Problem {{ code message }} ... on InvalidInput {{ field }} {thing} }} }}"""
    result = await desk.execute(name, text, input={"idempotencyKey": str(new_id()), **told})
    assert result.errors is None, result.errors
    return cast("Json", cast("Json", result.data)[mutation])


async def measure(desk: Desk, code: str) -> str:
    row_id = await desk.world.company.organisation.value("select id from measure where code = $1", code)
    return f"msr_{row_id}"


async def content(desk: Desk, **item: object) -> Json:
    told = {
        "title": "On time",
        "perspective": "FINANCIAL",
        "kind": "MEASURE",
        "weight": 1,
        "rule": {"smallerBetter": {"target": "1", "baseline": "2"}},
        "measure": await measure(desk, "C"),
    }
    return {"perspectives": [{"perspective": "FINANCIAL", "weight": 1}], "items": [told | item]}


async def test_a_card_is_begun_written_published_and_added_to(trying: Desk) -> None:
    ids, unit = trying.world.ids, trying.world.ids["unit OPS"]
    told: Json = {"unit": unit, "cycle": ids["cycle"], "content": await content(trying), "idempotencyKey": "begin"}
    begun, again = (
        await act(trying, "Bo", "createScorecard", told),
        await act(trying, "Bo", "createScorecard", told),
    )
    refused = await act(trying, "Bo", "publishScorecard", {"id": begun["id"], "expectedVersion": 1})
    fuller = await content(trying, operational="Asked for.")
    written = await act(trying, "Bo", "writeScorecard", {"id": begun["id"], "content": fuller, "expectedVersion": 1})
    published = await act(trying, "Bo", "publishScorecard", {"id": begun["id"], "expectedVersion": 2})
    bonus = {"kind": "BONUS", "period": "2026-06-01", "title": "Rescue", "evidence": "Log", "points": "2"}
    added = await act(trying, "Sofia", "addScorecardExtra", {"id": begun["id"], "extra": bonus, "expectedVersion": 3})
    closed = await act(
        trying, "Sofia", "closeScorecardMonths", {"id": begun["id"], "through": "2026-05-01", "expectedVersion": 4}
    )

    assert begun == again
    assert (begun["state"], begun["items"]) == ("DRAFT", [{"title": "On time", "target": "1"}])
    assert (refused["__typename"], refused["code"]) == ("OrphanKpi", "orphan_kpi")
    assert (written["version"], published["state"], published["version"]) == (2, "PUBLISHED", 3)
    assert added["extras"] == [{"kind": "BONUS", "points": "2"}]
    assert (closed["closedThrough"], closed["state"]) == ("2026-05-01", "PUBLISHED")


@pytest.mark.parametrize(
    ("item", "field"),
    [
        ({"rule": {"largerBetter": {"target": "0"}}}, "items.0.rule.target"),
        ({"rule": {"ordinal": {"zones": ["a", "b"], "points": ["0", "1"]}}}, "items.0.rule.kind"),
        ({"measure": "obj_1"}, "items.0.measure"),
        ({"title": ""}, "items.0.title"),
        ({"gate": {"perspectives": ["NOWHERE"]}}, "items.0.gate.perspectives"),
    ],
)
async def test_a_mistake_is_told_by_its_path(trying: Desk, item: Json, field: str) -> None:
    ids = trying.world.ids
    told: Json = {"unit": ids["unit OPS"], "cycle": ids["cycle"], "content": await content(trying, **item)}
    found = await act(trying, "Sofia", "createScorecard", told)

    assert (found["__typename"], found["field"]) == ("InvalidInput", field)


async def test_only_who_keeps_it_begins_a_card(trying: Desk) -> None:
    told: Json = {"unit": trying.world.ids["unit OPS"], "cycle": trying.world.ids["cycle"]}

    assert (await act(trying, "Dina", "createScorecard", told))["__typename"] == "NotPermitted"
    assert (await act(trying, "Sofia", "createScorecard", told | {"unit": "per_1"}))["field"] == "unit"


async def test_policies_and_key_figures_are_written_by_the_office(trying: Desk) -> None:
    policy = {"missing": "ZERO", "minimumCovered": "0.5"}
    told: Json = {"policy": policy, "reason": "No more gaps.", "validFrom": "2026-08-01"}
    kpi = {"title": "K", "perspective": "FINANCIAL", "weight": 1, "rule": {"okr": {"target": "1"}}, "operational": "x"}
    position = trying.world.ids["position 0"]

    written = await act(trying, "Sofia", "writeScoringPolicy", told, answers="ScoringPolicy")
    refused = await act(trying, "Bo", "writeScoringPolicy", told, answers="ScoringPolicy")
    kpis = await act(
        trying, "Sofia", "writePositionKpis", {"position": position, "kpis": [kpi] * 3}, answers="Position"
    )
    few = await act(trying, "Sofia", "writePositionKpis", {"position": position, "kpis": [kpi]}, answers="Position")

    assert written == {"__typename": "ScoringPolicy", "version": 3, "reason": "No more gaps."}
    assert refused["__typename"] == "NotPermitted"
    assert kpis == {"__typename": "Position", "kpis": [{"title": "K"}] * 3}
    assert few["field"] == "kpis"
