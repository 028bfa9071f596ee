"""Measures through the API: defined, told, computed, corrected, tried; each refusal is data of its own type."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from domain.kernel.work import begin
from domain.objectives import service_cycles
from domain.scorecards import service_calculating
from tests.api.reading.desk import Desk, Json
from tests.api.reading.world import World
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON

DEFINE = """mutation($input: DefineMeasureInput!) { defineMeasure(input: $input) { __typename
  ... on Measure { id code formula missingInputs expectedLagDays version owner { name } provider { name }
    inputs { code } freshness { state isStale } }
  ... on InvalidFormula { position } ... on Problem { code message help } } }"""
CHANGE = """mutation($input: ChangeMeasureInput!) { changeMeasure(input: $input) { __typename
  ... on Measure { name version formula } ... on Problem { code message } } }"""
RECORD = """mutation($input: RecordActualsInput!) { recordActuals(input: $input) {
  ... on RecordedActuals { recorded refused
    results { actual { quality source } problem { __typename message } } } } }"""
ADJUST = """mutation($input: AdjustActualInput!) { adjustActual(input: $input) { __typename
  ... on Adjustment { id state isAfterClosing before { value } actual { value revision reason recordedBy { name } } }
  ... on Problem { code message } } }"""
APPROVE = """mutation($input: ApproveAdjustmentInput!) { approveAdjustment(input: $input) { __typename
  ... on Adjustment { state decidedBy { name } answer actual { isAfterClosing approvedBy { name } } }
  ... on Problem { code } } }"""
PREVIEW = """query($formula: String!, $inputs: [FormulaInputInput!]!) {
  previewFormula(formula: $formula, period: "2026-05-01", inputs: $inputs) {
    value missing reason unitOfMeasure measures
    problem { __typename message ... on InvalidFormula { position } } } }"""
MEASURE = """query($id: ID!) { measure(id: $id) { latestActual { value inputs { value measure { code } } }
  freshness { state newestPeriod ageDays dueOn isLate isStale }
  actuals(first: 2) { totalCount nodes { period value missing quality source revision
    revisions { revision value quality reason recordedBy { name } } } } } }"""


@pytest.fixture(scope="module")
async def office(desk: Desk) -> AsyncGenerator[Desk]:
    """A company with the measures OUT (min) and SHARE (%), told for April and May."""
    with clock.frozen(NOON):
        world = World(await companies.lay())
        world.objectives["session"] = world.company["Dina"]
        placed = replace(desk, world=world)
        for code, unit in (("OUT", "min"), ("SHARE", "%")):
            await define(placed, code=code, unitOfMeasure=unit)
        for month in (4, 5):
            await record(placed, [("OUT", month, "30", "min"), ("SHARE", month, str(70 + month), "%")])
        yield placed


async def run(desk: Desk, text: str, name: str = "Sofia", /, **content: object) -> Json:
    """What the mutation's only field answers."""
    given = {"idempotencyKey": str(new_id())} | content
    result = await desk.execute(name, text, input=given)
    assert result.errors is None, result.errors
    return cast("Json", next(iter(cast("Json", result.data).values())))


async def define(desk: Desk, name: str = "Sofia", **content: object) -> Json:
    unit = public("unt", desk.world.company.organisation.units["AIR"])
    return await run(desk, DEFINE, name, **({"name": "A measure", "unit": unit, "unitOfMeasure": "%"} | content))


async def record(desk: Desk, figures: list[tuple[str, int, str, str]], name: str = "Sofia") -> Json:
    items = [
        {"measure": code, "period": f"2026-0{month}-01", "value": value, "unitOfMeasure": unit}
        for code, month, value, unit in figures
    ]
    return await run(desk, RECORD, name, items=items)


async def compute(desk: Desk) -> None:
    """As the worker would."""
    measures = [row["id"] for row in await desk.world.company.organisation.rows("select id from measure")]
    async with begin(desk.world.company.organisation.operator) as work:
        await service_calculating.calculate(work, measures, since=service_calculating.BEGINNING)


def person(desk: Desk, name: str) -> str:
    return public("per", desk.world.company[name])


async def test_a_measure_with_a_formula_is_defined_and_computed(office: Desk) -> None:
    made = await define(
        office, code="REST", formula="100% - SHARE", owner=person(office, "Chen"), provider=person(office, "Dina")
    )

    assert {**made, "id": ""} == {
        "__typename": "Measure",
        "id": "",
        "code": "REST",
        "formula": "100% - SHARE",
        "missingInputs": "BLANK",
        "expectedLagDays": 15,
        "version": 1,
        "owner": {"name": "Chen"},
        "provider": {"name": "Dina"},
        "inputs": [{"code": "SHARE"}],
        "freshness": {"state": "NEVER", "isStale": True},
    }
    await compute(office)
    measure = cast("Json", (await office.ask("Dina", MEASURE, id=made["id"]))["measure"])
    assert measure["latestActual"] == {"value": "25", "inputs": [{"value": "75", "measure": {"code": "SHARE"}}]}
    assert measure["freshness"] == {
        "state": "FRESH",
        "newestPeriod": "2026-05-01",
        "ageDays": 9,
        "dueOn": "2026-07-16",
        "isLate": False,
        "isStale": False,
    }


@pytest.mark.parametrize(
    ("formula", "kind", "position"),
    [
        ("100% - (SHARE", "InvalidFormula", 14),
        ("GONE", "InvalidFormula", None),
        ("SHARE + OUT", "FormulaUnitMismatch", None),
        ("BAD + SHARE", "CircularFormula", None),
    ],
)
async def test_a_formula_is_refused_by_its_type(office: Desk, formula: str, kind: str, position: int | None) -> None:
    refused = await define(office, code="BAD", formula=formula)

    assert (refused["__typename"], refused.get("position")) == (kind, position)


async def test_a_code_is_taken_once(office: Desk) -> None:
    assert (await define(office, code="SHARE"))["__typename"] == "CodeTaken"


async def test_only_the_strategy_office_defines_measures(office: Desk) -> None:
    assert (await define(office, "Dina", code="MINE"))["__typename"] == "NotPermitted"


async def test_a_measure_is_changed_by_its_version(office: Desk) -> None:
    made = await define(office, code="CHANGED")
    content = {"id": made["id"], "name": "Changed", "unitOfMeasure": "min", "formula": "OUT * 2"}

    first = await run(office, CHANGE, **content, expectedVersion=1)
    again = await run(office, CHANGE, **content, expectedVersion=1)

    assert first == {"__typename": "Measure", "name": "Changed", "version": 2, "formula": "OUT * 2"}
    assert again["__typename"] == "StaleVersion"


async def test_who_provides_a_measure_tells_its_figures_and_no_other(office: Desk) -> None:
    await define(office, code="DINAS", provider=person(office, "Dina"))

    told = await record(office, [("DINAS", 5, "1", "%"), ("SHARE", 3, "1", "%")], "Dina")

    assert (told["recorded"], told["refused"]) == (1, 1)
    results = cast("list[Json]", told["results"])
    assert results[0]["actual"] == {"quality": "OK", "source": "HAND"}
    assert results[1]["problem"] == {
        "__typename": "NotProvider",
        "message": "You do not provide the figures of SHARE.",
    }


async def test_a_correction_is_read_with_what_was_before(office: Desk) -> None:
    made = await define(office, code="WRONG")
    await record(office, [("WRONG", 5, "7", "%")])

    adjusted = await run(
        office,
        ADJUST,
        measure=made["id"],
        period="2026-05-01",
        value="8",
        unitOfMeasure="%",
        expectedRevision=1,
        reason="Counted again.",
    )

    assert {**adjusted, "id": ""} == {
        "__typename": "Adjustment",
        "id": "",
        "state": "APPLIED",
        "isAfterClosing": False,
        "before": {"value": "7"},
        "actual": {"value": "8", "revision": 2, "reason": "Counted again.", "recordedBy": {"name": "Sofia"}},
    }
    measure = cast("Json", (await office.ask("Dina", MEASURE, id=made["id"]))["measure"])
    [month] = cast("list[Json]", cast("Json", measure["actuals"])["nodes"])
    assert (month["value"], month["revision"], month["quality"]) == ("8", 2, "CORRECTED")
    assert month["revisions"] == [
        {
            "revision": 2,
            "value": "8",
            "quality": "CORRECTED",
            "reason": "Counted again.",
            "recordedBy": {"name": "Sofia"},
        },
        {"revision": 1, "value": "7", "quality": "OK", "reason": None, "recordedBy": {"name": "Sofia"}},
    ]


async def test_who_saw_another_revision_looks_again(office: Desk) -> None:
    stale = await run(office, ADJUST, **await month_of(office), expectedRevision=3)

    assert (stale["__typename"], stale["code"]) == ("RevisionMoved", "revision_moved")


async def month_of(office: Desk) -> Json:
    """May of a measure of its own, recorded once, and how it shall be corrected."""
    code = f"M{new_id()}"
    made = await define(office, code=code)
    await record(office, [(code, 5, "7", "%")])
    return {"measure": made["id"], "period": "2026-05-01", "value": "8", "unitOfMeasure": "%", "reason": "Seen twice."}


async def test_words_of_a_correction_are_for_persons(office: Desk) -> None:
    month = await month_of(office)
    await run(office, ADJUST, **month, expectedRevision=1)
    text = "query($id: ID!) { measure(id: $id) { latestActual { value reason } } }"

    seen = [(await office.ask(name, text, id=month["measure"]))["measure"] for name in ("Dina", "Partner")]

    assert seen == [
        {"latestActual": {"value": "8", "reason": "Seen twice."}},
        {"latestActual": {"value": "8", "reason": None}},
    ]


async def test_a_correction_after_the_closing_is_approved_by_another_person(office: Desk) -> None:
    month = await month_of(office) | {"period": "2013-05-01"}
    year = service_cycles.NewCycle(name="2013", starts_on=date(2013, 1, 1), ends_on=date(2013, 12, 31))
    sofia = office.world.actor("Sofia")
    await service_cycles.close_cycle(sofia, await service_cycles.open_cycle(sofia, year))

    asked = await run(office, ADJUST, "Partner", **month, expectedRevision=0)
    listed = await office.ask("Sofia", "{ adjustments(state: PROPOSED) { nodes { id measure { code } } } }")
    done = await run(office, APPROVE, id=asked["id"], answer="Right.")

    assert (asked["state"], asked["isAfterClosing"], asked["actual"]) == ("PROPOSED", True, None)
    assert [one["id"] for one in cast("list[Json]", cast("Json", listed["adjustments"])["nodes"])] == [asked["id"]]
    assert done == {
        "__typename": "Adjustment",
        "state": "APPLIED",
        "decidedBy": {"name": "Sofia"},
        "answer": "Right.",
        "actual": {"isAfterClosing": True, "approvedBy": {"name": "Sofia"}},
    }
    assert (await run(office, APPROVE, id=asked["id"]))["__typename"] == "AdjustmentDecided"


@pytest.mark.parametrize(
    ("formula", "inputs", "found"),
    [
        ("SHARE - SHARE[-1]", [], {"value": "1", "unitOfMeasure": "%", "measures": ["SHARE"]}),
        ("OUT / 60{min/h}", [("OUT", "2026-05-01", "90")], {"value": "1.5", "unitOfMeasure": "h"}),
        ("OUT / SHARE", [("SHARE", "2026-05-01", "0")], {"value": None, "missing": "DIVIDED_BY_ZERO"}),
        ("ytd(SHARE)", [], {"value": None, "missing": "INPUT_MISSING", "reason": "SHARE has no value in 2026-01."}),
        ("0", [], {"value": "0", "unitOfMeasure": None}),
        ("SHARE +", [], {"problem": {"__typename": "InvalidFormula", "position": 8}}),
        ("SHARE + 1", [], {"problem": {"__typename": "FormulaUnitMismatch", "message": "One cannot add % and 1."}}),
    ],
)
async def test_a_formula_is_tried_without_keeping_anything(
    office: Desk, formula: str, inputs: list[tuple[str, str, str]], found: Json
) -> None:
    before = await office.world.company.everything()
    given = [{"measure": code, "period": period, "value": value} for code, period, value in inputs]

    result = await office.execute("Dina", PREVIEW, formula=formula, inputs=given)

    assert result.errors is None
    preview = cast("Json", cast("Json", result.data)["previewFormula"])
    for name, value in found.items():
        shown = preview[name]
        if isinstance(value, dict):
            shown = {key: cast("Json", shown)[key] for key in cast("Json", value)}
        assert shown == value
    assert await office.world.company.everything() == before


async def test_a_preview_takes_months_and_a_limited_number_of_them(office: Desk) -> None:
    one = {"measure": "SHARE", "period": "2026-05-02", "value": "1"}
    many = [one | {"period": "2026-05-01", "measure": f"M{number}"} for number in range(401)]

    for inputs in ([one], many):
        result = await office.execute("Dina", PREVIEW, formula="SHARE", inputs=inputs)
        assert [error.extensions for error in result.errors or []] == [{"code": "BAD_USER_INPUT"}]
