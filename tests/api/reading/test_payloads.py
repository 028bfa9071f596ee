"""What a mutation answers of a row is what a query would answer of it; what it may not ask for is refused before."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from random import Random
from typing import cast

import orjson
import pytest

from domain.kernel import clock
from domain.kernel.ids import public
from tests.api.reading import cursors
from tests.api.reading.desk import Desk, statements
from tests.api.reading.documents import Author
from tests.api.reading.world import World
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON, goal

DOCUMENTS = 40


@pytest.fixture(scope="module")
async def office(desk: Desk) -> AsyncGenerator[Desk]:
    """A company in which much is submitted."""
    with clock.frozen(NOON):
        world = World(await companies.lay())
        world.objectives["session"] = world.company["Dina"]
        for number in range(7):
            parent_id = world.objectives.get("goal 0")
            submitted = await world.company.submitted(goal(weight=10, title=f"Goal {number}", parent_id=parent_id))
            world.objectives[f"goal {number}"] = submitted
            world.ids[f"goal {number}"] = public("obj", submitted)
        for name in ("Dina", "Chen"):
            world.ids[name] = public("per", world.company[name])
        world.ids["unit"] = public("unt", world.company.organisation.units["CREW"])
        world.ids["cycle"] = public("cyc", world.company.cycle_id)
        yield replace(desk, world=world)


def approval(office: Desk, name: str, **changed: object) -> dict[str, object]:
    """Chen's approval of a goal; a repeat of it changes nothing more and answers the goal as it is."""
    return {"id": office.world.ids[name], "expectedVersion": 2, "idempotencyKey": f"approve {name}"} | changed


@pytest.fixture(scope="module")
async def known(office: Desk) -> dict[str, list[str]]:
    """Cursors that were given out in this company."""
    with clock.frozen(NOON):
        return await cursors.collect(office, office.reader.planner.catalogue)


@pytest.mark.parametrize("seed", range(DOCUMENTS))
async def test_a_payload_is_what_a_query_answers(office: Desk, known: dict[str, list[str]], seed: int) -> None:
    part = Author(office.schema, office.world.ids, known, Random(seed)).write_about("Objective")
    mutation = f"""mutation($input: ApproveObjectiveInput! {part.declared}) {{
        approveObjective(input: $input) {{ ... on Objective {part.selection} }} }} {part.fragments}"""
    query = f"query($id: ID! {part.declared}) {{ objective(id: $id) {part.selection} }} {part.fragments}"

    changed = await office.execute("Chen", mutation, input=approval(office, "goal 0"), **part.variables)

    assert changed.errors is None
    answer = await office.plan("Chen", query, id=office.world.ids["goal 0"], **part.variables)
    payload = cast("dict[str, object]", changed.data)["approveObjective"]
    assert orjson.dumps({"data": {"objective": payload}}) == answer


@pytest.mark.parametrize(
    ("goal_name", "asked", "message"),
    [
        ("goal 3", "children(first: 101) { totalCount }", "`first` goes from 1 to 100."),
        ("goal 4", "children(first: $first) { totalCount }", "`first` goes from 1 to 100."),
        (
            "goal 5",
            "owner { reports(first: 1, last: 1) { totalCount } }",
            "Ask for `first` or for `last`, not for both.",
        ),
        ("goal 6", 'checkIns(after: "x") { totalCount }', "This cursor does not belong to this list."),
    ],
)
async def test_a_payload_that_may_not_be_asked_for_is_refused_before_anything_is_changed(
    office: Desk, goal_name: str, asked: str, message: str
) -> None:
    text = f"""mutation($input: ApproveObjectiveInput!, $first: Int = 0) {{
        decided: approveObjective(input: $input) {{ ... on Objective {{ state {asked} }} }}
        again: approveObjective(input: $input) {{ ... on Objective {{ children(first: $first) {{ __typename }} }} }}
    }}"""
    before = await office.world.company.everything()

    result = await office.execute("Chen", text, input=approval(office, goal_name))

    assert result.data is None
    [error] = result.errors or []
    assert (error.message, error.extensions, error.path) == (message, {"code": "BAD_USER_INPUT"}, ["decided"])
    assert await office.world.company.everything() == before


async def test_a_payload_with_every_fact_is_one_statement_after_the_change(office: Desk) -> None:
    text = """mutation($input: ApproveObjectiveInput!) { approveObjective(input: $input) { ... on Objective {
        state viewerCan parent { viewerCan } unit { name objectives { nodes { viewerCan } } }
        owner { unit(asOf: "2026-02-28") { objectives { totalCount } } } approval { note changes { field } } } } }"""

    async with statements() as seen:
        result = await office.execute("Chen", text, input=approval(office, "goal 2"))

    payload = cast("dict[str, dict[str, object]]", result.data)["approveObjective"]
    assert payload["state"] == "ACTIVE"
    assert payload["viewerCan"] == []
    assert [one for one in seen if "row_to_json" in one] == seen[-1:]
