"""Plans, investments and assumptions through the schema: who sees what, and what is computed of them."""

from collections.abc import Mapping
from typing import cast

import pytest

from api.reading.acting import acting
from tests.api.reading import acting_plans
from tests.api.reading.desk import Desk, context
from tests.api.reading.test_acting import encoded, filled
from tests.domain.objectives.company import trial

Answer = dict[str, dict[str, object]]
PLAN = """query($year: Int!) { annualPlan(year: $year) { number state summary { account total difference }
  lines(first: 1) { totalCount } totals(first: 1) { totalCount } } }"""
INVESTMENT = """query($id: ID!) { investment(id: $id) { name state asked appraisal { internalRates }
  flows { amount } gates { decision } reviews { variance } fundings { share } } }"""
FLAGS = """{ open: revisions(open: true, first: 1) { totalCount } settled: revisions(open: false) { nodes { note } }
  broken: assumptions(broken: true) { nodes { code isBroken latestReading { value } revisions { totalCount } } } }"""
COVERAGE = """query($unit: ID!, $year: Int!) { planCoverage(unit: $unit, year: $year) { total covered percent
  withoutSource { code } withoutLongTermGoal { code } objectives { code accounts investments isCovered } } }"""
DIFFERENCES = """query($before: ID!, $after: ID!) { planDifferences(before: $before, after: $after, first: 3) {
  differing accounts { account unitOfMeasure before after change } units { unit account change } } }"""
PREVIEW = """query($flows: [Decimal!]!, $rate: Decimal!) { previewInvestment(flows: $flows, rate: $rate) {
  netPresentValue internalRate internalRates paybackYears discountedPaybackYears profitabilityIndex } }"""


async def asked(desk: Desk, name: str, text: str, **variables: object) -> dict[str, object]:
    """What is not planned, field by field."""
    result = await desk.execute(name, text, **variables)
    assert result.errors is None, result.errors
    return cast("dict[str, object]", result.data)


@pytest.mark.parametrize(
    ("name", "sees_summary", "lines"),
    [("Sofia", True, 89), ("Aron", True, 89), ("Partner", True, 89), ("Ada", True, 89), ("Bo", False, 84)],
)
async def test_each_leader_sees_the_lines_of_their_units(
    desk: Desk, name: str, *, sees_summary: bool, lines: int
) -> None:
    plan = (cast("Answer", await desk.ask(name, PLAN, year=2026)))["annualPlan"]

    assert (plan["number"], plan["state"]) == (2, "APPROVED")
    assert (plan["summary"] is not None) == sees_summary
    assert cast("Mapping[str, object]", plan["lines"])["totalCount"] == lines


@pytest.mark.parametrize("name", ["Dina", "Emil", "Stranger", "Rival"])
async def test_who_leads_nobody_sees_no_plan(desk: Desk, name: str) -> None:
    assert await desk.ask(name, PLAN, year=2026) == {"annualPlan": None}


async def test_the_whole_is_the_sum_of_the_units(desk: Desk) -> None:
    plan = cast("Answer", await desk.ask("Sofia", PLAN, year=2026))["annualPlan"]

    summary = {one["account"]: one for one in cast("list[Mapping[str, object]]", plan["summary"])}
    assert {one["difference"] for one in summary.values()} == {"0"}
    assert summary["COST"]["total"] == "962.5"
    assert summary["REVENUE"]["total"] == "1200"


@pytest.mark.parametrize(("name", "sees"), [("Sofia", True), ("Bo", True), ("Ada", True), ("Dina", False)])
async def test_everybody_knows_the_name_and_who_leads_the_unit_the_figures(
    desk: Desk, name: str, *, sees: bool
) -> None:
    found = cast("Answer", await desk.ask(name, INVESTMENT, id=desk.world.ids["investment 0"]))["investment"]

    assert (found["name"], found["state"]) == ("A second hangar", "COMPLETED")
    assert found["fundings"] == [{"share": "60"}]
    shown = {
        "asked": "1000",
        "appraisal": {"internalRates": "ONE"},
        "gates": [{"decision": "GO"}, {"decision": "GO"}],
        "reviews": [{"variance": "-163.18"}, {"variance": "-100"}],
    }
    hidden: dict[str, object] = {"asked": None, "appraisal": None, "gates": [], "reviews": []}
    assert {key: found[key] for key in shown} == (shown if sees else hidden)
    assert len(cast("list[object]", found["flows"])) == (5 if sees else 0)


async def test_broken_assumptions_flag_what_leans_on_them(desk: Desk) -> None:
    found = await desk.ask("Dina", FLAGS)

    assert found["open"] == {"totalCount": 6}
    assert found["settled"] == {"nodes": [{"note": "不变"}]}
    assert found["broken"] == {
        "nodes": [{"code": "FUEL", "isBroken": True, "latestReading": {"value": "950"}, "revisions": {"totalCount": 7}}]
    }


@pytest.mark.parametrize(("name", "objectives"), [("Dina", 2), ("Sofia", 2), ("Emil", 0)])
async def test_what_leans_on_an_assumption_is_told_as_far_as_it_is_shared(
    desk: Desk, name: str, objectives: int
) -> None:
    text = "{ revisions(open: true) { nodes { link { objective { id } measure { code } account } } } }"

    found = cast("dict[str, dict[str, list[dict[str, dict[str, object]]]]]", await desk.ask(name, text))

    links = [one["link"] for one in found["revisions"]["nodes"]]
    assert [one["measure"] for one in links if one["measure"]] == [{"code": "A"}]
    assert [one["account"] for one in links if one["account"]] == ["COST"]
    assert len([one for one in links if one["objective"]]) == objectives


async def test_coverage_names_what_has_no_source(desk: Desk) -> None:
    unit = desk.world.ids["unit GROUP"]

    found = cast("Answer", await asked(desk, "Ada", COVERAGE, unit=unit, year=2026))["planCoverage"]

    assert (found["total"], found["covered"], found["percent"]) == (4, 1, "25")
    assert [one["code"] for one in cast("list[Mapping[str, object]]", found["withoutSource"])] == ["C1", "P1", "L1"]
    objectives = cast("list[Mapping[str, object]]", found["objectives"])
    assert objectives[0] == {"code": "F1", "accounts": 1, "investments": 1, "isCovered": True}
    assert await asked(desk, "Dina", COVERAGE, unit=unit, year=2026) == {"planCoverage": None}
    assert await asked(desk, "Sofia", COVERAGE, unit="unt_x", year=2026) == {"planCoverage": None}


async def test_differences_name_accounts_and_units(desk: Desk) -> None:
    ids = desk.world.ids
    both = {"before": ids["annual_plan 0"], "after": ids["annual_plan 1"]}

    found = cast("Answer", await asked(desk, "Sofia", DIFFERENCES, **both))["planDifferences"]

    accounts = cast("list[Mapping[str, object]]", found["accounts"])
    assert [one["change"] for one in accounts if one["account"] in ("COST", "PROFIT")] == ["-3.5", "3.5"]
    units = cast("list[Mapping[str, object]]", found["units"])
    assert (found["differing"], len(units)) == (3, 3)
    assert units[0] == {
        "unit": ids["unit SIDE"],
        "account": "VOLUME",
        "change": "1000000000000000000.09999999999999999999",
    }
    assert await asked(desk, "Dina", DIFFERENCES, **both) == {"planDifferences": None}


async def test_only_the_office_reads_what_is_promised_beside_the_plan(desk: Desk) -> None:
    text = "query($plan: ID!) { planReconciliation(plan: $plan) { differing targets { agreement } } }"
    plan = desk.world.ids["annual_plan 1"]

    assert await asked(desk, "Sofia", text, plan=plan) == {"planReconciliation": {"differing": 0, "targets": []}}
    for name in ("Ada", "Dina", "Partner"):
        assert await asked(desk, name, text, plan=plan) == {"planReconciliation": None}
    assert await asked(desk, "Sofia", text, plan="pln_x") == {"planReconciliation": None}


async def test_a_preview_keeps_nothing(desk: Desk) -> None:
    found = await asked(desk, "Dina", PREVIEW, flows=["-1000", "400", "400", "400"], rate="0.1")

    assert found["previewInvestment"] == {
        "netPresentValue": "-5.26",
        "internalRate": "0.09701",
        "internalRates": "ONE",
        "paybackYears": "2.5",
        "discountedPaybackYears": None,
        "profitabilityIndex": "0.9947",
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '{ previewInvestment(flows: [], rate: "0") { internalRates } }',
            "An investment has the flows of 1 to 50 years.",
        ),
        (
            '{ previewInvestment(flows: ["1"], rate: "-1") { internalRates } }',
            "A rate is a fraction between -0.5 and 10: 0.08 is eight percent.",
        ),
        ('{ planCoverage(unit: "{unit GROUP}", year: 0) { total } }', "A year lies between 1900 and 2199."),
        (
            '{ planDifferences(before: "{annual_plan 0}", after: "{annual_plan 1}", first: 0) { differing } }',
            "`first` goes from 1 to 200.",
        ),
        (
            '{ economicValueAdded(profit: "1e30", capital: "1", costOfCapital: "0") }',
            "This is not a number of a sensible size, or it has more than twenty decimals.",
        ),
    ],
)
async def test_what_cannot_be_computed_is_told(desk: Desk, text: str, message: str) -> None:
    for name in ("unit GROUP", "annual_plan 0", "annual_plan 1"):
        text = text.replace(f"{{{name}}}", desk.world.ids[name])

    result = await desk.execute("Sofia", text)

    assert [one.message for one in result.errors or []] == [message]


async def test_what_is_earned_beyond_the_cost_of_capital_is_computed(desk: Desk) -> None:
    text = '{ economicValueAdded(profit: "120", capital: "1000", costOfCapital: "0.0555") }'

    assert await asked(desk, "Dina", text) == {"economicValueAdded": "64.5"}


@pytest.mark.parametrize("name", acting_plans.CASES)
async def test_every_change_can_be_made_and_what_refuses_says_why(desk: Desk, name: str) -> None:
    who, given = acting_plans.CASES[name]
    assert desk.schema.mutation_type is not None
    kind = str(desk.schema.mutation_type.fields[name].args["input"].type)
    text = f"mutation($input: {kind}) {{ it: {name}(input: $input) {{ ... on Problem {{ message }} }} }}"

    async with trial(desk.world.company.tenant_id):
        variables = {"input": filled(given, desk.world)}
        found = await acting(desk.schema)(desk.prepare(text, variables), context(desk.world.actor(who)))

    answer = found if isinstance(found, bytes) else encoded(found)
    unreconciled = (
        b'{"data":{"it":{"message":"What is stated is not what the lines come to. '
        b'AIR REVENUE (USD): stated 7, its lines come to 1200."}}}'
    )
    assert answer == (unreconciled if name == "approvePlan" else b'{"data":{"it":{}}}')
