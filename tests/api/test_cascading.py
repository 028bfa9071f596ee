"""A target travels from a company to its people and back through the API: thrown, taken, reached, tried."""

from collections.abc import AsyncGenerator, Generator
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from tests.api.reading import desk as desks
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.conftest import Cluster
from tests.domain.apart import apart, connected
from tests.domain.objectives import company as companies
from tests.domain.objectives.cascading import throws
from tests.domain.objectives.company import NOON

Row = dict[str, object]
THROW = """mutation($input: CascadeTargetInput!) { cascadeTarget(input: $input) { __typename
  ... on Problem { code message help } ... on KeyResult { id split { state slices difference } } } }"""
ACCEPT = """mutation($input: AcceptAlignmentInput!) { acceptAlignment(input: $input) { __typename
  ... on Problem { code message }
  ... on Alignment { state viewerCan share child { id } childKeyResult { id target } } } }"""
COUNTER = """mutation($input: CounterSliceInput!) { counterSlice(input: $input) { __typename
  ... on Problem { code message } ... on Alignment { state amount counterAmount gapPercent asked { name } } } }"""
CHECK_IN = "mutation($input: CheckInInput!) { checkIn(input: $input) { __typename } }"
SPLIT = "query($id: ID!) { objective(id: $id) { keyResults { split { value valuePercent meanPercent carried } } } }"
TRY = """query($changes: [CascadeChangeInput!]!) { previewCascade(changes: $changes) { __typename
  ... on CascadePreview { objectives { title level progressBefore progressAfter
    keyResults { targetBefore targetAfter } } } ... on Problem { code } } }"""
DIVIDE = """query($input: PreviewSplitInput!) { previewSplit(input: $input) { __typename
  ... on SplitPreview { slices { name amount } difference } ... on Problem { code message } } }"""


@pytest.fixture(scope="module")
async def connection(cluster: Cluster, template: str) -> AsyncGenerator[str]:
    with apart(cluster, template) as url:
        async with connected(url) as found:
            yield found


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def desk(connection: str) -> Desk:
    company = await companies.lay()
    return desks.place(World(company, objectives={"session": new_id()}))


async def ask(desk: Desk, name: str, text: str, **variables: object) -> Row:
    """The one field of an answer."""
    result = await desk.execute(name, text, **variables)
    assert result.errors is None, result.errors
    [found] = cast("Row", result.data).values()
    return cast("Row", found)


async def act(desk: Desk, name: str, text: str, **values: object) -> Row:
    return await ask(desk, name, text, input={"idempotencyKey": str(new_id()), **values})


def to(desk: Desk, **amounts: str) -> list[Row]:
    return [{"person": public("per", desk.world.company[name]), "amount": amount} for name, amount in amounts.items()]


async def thrown(desk: Desk) -> tuple[str, str]:
    """A hundred flights of Bo's, thrown to three; the objective and the key result."""
    objective, key_result = await throws.promised(desk.world.company, "Bo")
    receivers = to(desk, Chen="30", Dina="30", Emil="40")
    found = await act(desk, "Bo", THROW, keyResult=public("kr", key_result), method="GIVEN", receivers=receivers)
    assert found["split"] == {"state": "PUBLISHED", "slices": 3, "difference": "0"}
    return public("obj", objective), public("kr", key_result)


async def slice_of(desk: Desk, name: str) -> str:
    found = await ask(desk, name, "{ slices(state: PROPOSED_DOWN) { nodes { id } } }")
    [one] = cast("list[Row]", found["nodes"])
    return str(one["id"])


async def taken(desk: Desk, name: str, *, weight: int = 50) -> str:
    """The key result that holds somebody's slice, promised."""
    company = desk.world.company
    found = await act(
        desk, name, ACCEPT, id=await slice_of(desk, name), expectedVersion=1, weight=weight, title=f"Of {name}"
    )
    assert (found["state"], found["viewerCan"], found["share"]) == ("ACCEPTED", [], "100")
    child = str(cast("Row", found["child"])["id"])
    [objective_id] = [
        row["id"] for row in await company.organisation.rows("select id from objective where 'obj_' || id = $1", child)
    ]
    await throws.approve(company, objective_id, owner=name)
    return str(cast("Row", found["childKeyResult"])["id"])


async def test_thirty_thirty_and_forty_of_which_29_30_and_20_are_reached_are_79(desk: Desk) -> None:
    objective, _ = await thrown(desk)
    for name, reached in (("Chen", "29"), ("Dina", "30"), ("Emil", "20")):
        key_result = await taken(desk, name)
        await act(desk, name, CHECK_IN, keyResult=key_result, value=reached)

    found = await ask(desk, "Bo", SPLIT, id=objective)

    [figure] = cast("list[Row]", found["keyResults"])
    assert figure["split"] == {"value": "79", "valuePercent": "79", "meanPercent": "82.22", "carried": "100"}


async def test_what_does_not_add_up_is_a_problem_that_says_by_how_much(desk: Desk) -> None:
    _, key_result = await throws.promised(desk.world.company, "Bo")
    values = {
        "keyResult": public("kr", key_result),
        "method": "GIVEN",
        "receivers": to(desk, Chen="30", Dina="30", Emil="50"),
    }

    assert await act(desk, "Bo", THROW, **values) == {
        "__typename": "SplitNotConserved",
        "code": "split_not_conserved",
        "message": "Slices and reserve are 10 more than the target together.",
        "help": "Change a slice or the reserve, or say why it need not add up.",
    }
    draft = await act(desk, "Bo", THROW, **values, publish=False)
    assert draft["split"] == {"state": "DRAFT", "slices": 3, "difference": "10"}


async def test_a_counter_is_seen_by_both_sides(desk: Desk) -> None:
    await thrown(desk)

    found = await act(
        desk,
        "Emil",
        COUNTER,
        id=await slice_of(desk, "Emil"),
        amount="36",
        reason="Two are in repair.",
        expectedVersion=1,
    )

    assert found == {
        "__typename": "Alignment",
        "state": "COUNTER_PROPOSED",
        "amount": "40",
        "counterAmount": "36",
        "gapPercent": "10",
        "asked": {"name": "Bo"},
    }


async def test_a_stranger_and_a_mistyped_id_meet_the_same_problem(desk: Desk) -> None:
    _, key_result = await thrown(desk)
    theirs = await slice_of(desk, "Chen")

    for name, wrong in (("Oskar", theirs), ("Chen", key_result), ("Chen", public("aln", new_id()))):
        found = await act(desk, name, ACCEPT, id=wrong, expectedVersion=1)
        assert (found["__typename"], found["code"]) == ("NotFound", "not_found")


async def test_a_change_is_tried_on_every_level(desk: Desk) -> None:
    _, key_result = await thrown(desk)
    await taken(desk, "Dina")

    found = await ask(desk, "Ada", TRY, changes=[{"keyResult": key_result, "target": "50"}])

    assert found["objectives"] == [
        {
            "title": "Fly more",
            "level": 0,
            "progressBefore": "0",
            "progressAfter": "0",
            "keyResults": [{"targetBefore": "100", "targetAfter": "50"}],
        },
        {
            "title": "Of Dina",
            "level": 0,
            "progressBefore": "0",
            "progressAfter": "0",
            "keyResults": [{"targetBefore": "30", "targetAfter": "15"}],
        },
    ]
    refused = await ask(desk, "Ada", TRY, changes=[])
    assert refused == {"__typename": "InvalidInput", "code": "invalid_input"}


async def test_a_total_is_divided_on_trial(desk: Desk) -> None:
    given: Row = {
        "total": "10",
        "method": "WEIGHT",
        "whole": True,
        "receivers": [{"weight": 1}, {"weight": 2, "high": "5"}],
    }

    found = await ask(desk, "Dina", DIVIDE, input=given)
    refused = await ask(desk, "Dina", DIVIDE, input=given | {"receivers": [{"weight": 1, "high": "4", "name": "Crew"}]})

    slices = [{"name": "Receiver 1", "amount": "5"}, {"name": "Receiver 2", "amount": "5"}]
    assert found == {"__typename": "SplitPreview", "slices": slices, "difference": "0"}
    assert refused["message"] == "The highest slices are 4, less than the 10 to be divided: Crew 4."
