"""A cascade and a line of sight are read by one statement, and show no more than may be seen."""

from typing import cast

from tests.api.reading.desk import Desk, statements

Row = dict[str, object]
CASCADE = """query($root: ID!, $depth: Int) { cascade(root: $root, depth: $depth) { depth root { title } graph {
  complete nodes { objective depth title share assigned carried rolledUpProgress }
  edges { child method state amount counted share } } } }"""
SIGHT = """query($of: ID!) { lineOfSight(objective: $of) { steps { level title objective }
  strategicObjective { title theme { name } strategy { mission } } } }"""
LISTED = "{ LIST(state: COUNTER_PROPOSED) { nodes { title amount gapPercent viewerCan turns { act } } } }"
SPLITS = """query($of: ID!) { objective(id: $of) { keyResults { split { state reserve difference slices open assigned
  carried losses value valuePercent meanPercent waiver version } } } }"""


async def cascade(desk: Desk, name: str, depth: int = 3) -> Row:
    """All of it below the top."""
    answer = await desk.ask(name, CASCADE, root=desk.world.ids["objective top"], depth=depth)
    return cast("Row", answer["cascade"])


def graph(found: Row, what: str) -> list[Row]:
    return cast("list[Row]", cast("Row", found["graph"])[what])


async def sight(desk: Desk, name: str, objective: str) -> tuple[list[object], object]:
    """The titles on the way, and that of the strategic objective at its end."""
    answer = await desk.ask(name, SIGHT, of=desk.world.ids[f"objective {objective}"])
    found = cast("Row", answer["lineOfSight"])
    end = cast("Row | None", found["strategicObjective"])
    return [step["title"] for step in cast("list[Row]", found["steps"])], end and end["title"]


async def test_a_cascade_is_one_statement(desk: Desk) -> None:
    async with statements() as seen:
        found = await cascade(desk, "Bo", depth=7)

    assert len(seen) == 1
    nodes = [
        (one["depth"], one["title"], one["share"], one["assigned"], one["carried"]) for one in graph(found, "nodes")
    ]
    assert sorted(nodes, key=str) == [
        (0, "Fly more", "100", "80", "40"),
        (1, "Flights", "100", "80", "80"),
        (1, "Leave on time", "0", None, None),
        (1, "Serves two", "33.33", None, None),
    ]
    assert (found["depth"], cast("Row", found["graph"])["complete"]) == (7, True)


async def test_edges_say_how_far_both_sides_agree(desk: Desk) -> None:
    found = await cascade(desk, "Bo")

    titles = {one["objective"]: one["title"] for one in graph(found, "nodes")}
    edges = {titles.get(one["child"]): one for one in graph(found, "edges")}
    said = {
        title: (one["method"], one["state"], one["amount"], one["counted"], one["share"])
        for title, one in edges.items()
    }
    assert said == {
        "Flights": ("SPLIT", "ACCEPTED", "50", True, "100"),
        None: ("SPLIT", "COUNTER_PROPOSED", "30", False, None),
        "Serves two": ("WEIGHTED", "ACCEPTED", None, True, "33.33"),
        "Leave on time": ("SHARED", "PROPOSED_UP", None, False, None),
    }


async def test_what_is_not_seen_counts_and_is_not_shown(desk: Desk) -> None:
    whole, other = await cascade(desk, "Bo", depth=7), await cascade(desk, "Oskar", depth=7)

    numbers = [(one["assigned"], one["carried"]) for found in (whole, other) for one in graph(found, "nodes")[:1]]
    assert numbers == [("80", "40")] * 2
    assert {one["title"] for one in graph(other, "nodes")} == {"Fly more", "Leave on time"}
    assert [one["child"] for one in graph(other, "edges") if one["child"] is None] == []
    assert await cascade(desk, "Rival") is None


async def test_a_depth_is_taken_within_its_bounds(desk: Desk) -> None:
    async def depth(**variables: object) -> object:
        answer = await desk.ask("Bo", CASCADE, root=desk.world.ids["objective top"], **variables)
        return cast("Row", answer["cascade"])["depth"]

    depths = [await depth(), *[await depth(depth=one) for one in (None, 99, -5, 1)]]

    assert depths == [3, 3, 7, 1, 1]


async def test_a_line_of_sight_is_one_statement_up_to_the_strategy(desk: Desk) -> None:
    async with statements() as seen:
        found = await sight(desk, "Dina", "both")

    assert len(seen) == 1
    assert found == (["Serves two", "Leave on time"], "Objective C1")


async def test_a_line_is_whole_where_a_step_is_not_shared(desk: Desk) -> None:
    assert await sight(desk, "Dina", "lowest") == (["Flights", None, "Fly more"], None)


async def test_who_serves_nothing_by_agreement_sees_no_further(desk: Desk) -> None:
    assert await sight(desk, "Dina", "child 0") == (["Same title"], None)


async def test_a_split_says_what_is_thrown_down_and_what_is_carried(desk: Desk) -> None:
    async def split(name: str) -> object:
        found = await desk.ask(name, SPLITS, of=desk.world.ids["objective top"])
        return cast("list[Row]", cast("Row", found["objective"])["keyResults"])[0]["split"]

    assert await split("Bo") == {
        "state": "PUBLISHED",
        "version": 1,
        "reserve": "20",
        "difference": "0",
        "slices": 2,
        "open": 1,
        "assigned": "80",
        "carried": "40",
        "losses": ["20", "20"],
        "value": "0",
        "valuePercent": "0",
        "meanPercent": "0",
        "waiver": None,
    }
    assert await split("Oskar") == await split("Bo")


async def test_slices_are_listed_for_both_sides(desk: Desk) -> None:
    sent = await desk.ask("Dina", LISTED.replace("LIST", "slices"))
    thrown = await desk.ask("Bo", LISTED.replace("LIST", "slicesThrown"))

    [theirs], [mine] = (
        cast("list[Row]", cast("Row", one)["nodes"]) for one in (sent["slices"], thrown["slicesThrown"])
    )
    assert (theirs["title"], theirs["amount"], theirs["viewerCan"]) == ("Flights", "30", [])
    assert mine["viewerCan"] == ["ACCEPT_COUNTER", "INSIST", "WITHDRAW"]
    assert mine["turns"] == theirs["turns"] == [{"act": "PROPOSE"}, {"act": "COUNTER"}]
