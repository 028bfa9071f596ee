"""What is not shared with somebody does not exist for them, behind whichever edge."""

from typing import cast

from tests.api.reading.desk import Desk


async def test_an_inbox_item_is_its_owners_alone(desk: Desk) -> None:
    mine = await desk.ask("Dina", "{ inbox(first: 1) { nodes { id } } }")
    [item] = cast("list[dict[str, str]]", cast("dict[str, object]", mine["inbox"])["nodes"])
    text = "query($id: ID!) { node(id: $id) { __typename } }"

    assert await desk.ask("Dina", text, id=item["id"]) == {"node": {"__typename": "InboxItem"}}
    assert await desk.ask("Chen", text, id=item["id"]) == {"node": None}


async def test_a_client_has_neither_viewer_nor_home_nor_inbox(desk: Desk) -> None:
    answer = await desk.ask("Partner", "{ viewer { zone } home { unreadCount } inbox { totalCount } }")

    assert answer == {"viewer": None, "home": None, "inbox": {"totalCount": 0}}


async def test_a_stranger_sees_nothing_of_this_tenant(desk: Desk) -> None:
    text = """query($ids: [ID!]!) { nodes(ids: $ids) { id } people { totalCount } units { totalCount }
                cycles { totalCount } objectives { totalCount } measures { totalCount }
                checkIns { totalCount } approvals(state: null) { totalCount } }"""

    everything, nothing = list(desk.world.ids.values()), {"totalCount": 0}
    for at in range(0, len(everything), 100):
        ids = everything[at : at + 100]

        answer = await desk.ask("Stranger", text, ids=ids)

        assert answer == {
            "nodes": [None] * len(ids),
            **dict.fromkeys(("people", "units", "cycles", "objectives", "measures", "checkIns", "approvals"), nothing),
        }


async def test_a_draft_is_hidden_behind_every_edge(desk: Desk) -> None:
    text = """query($parent: ID!, $person: ID!) {
                objective(id: $parent) { children { totalCount nodes { id } } }
                person(id: $person) { objectives(filter: {state: [DRAFT]}) { totalCount } }
                inbox { nodes { objective { state } } } }"""
    ids = {"parent": desk.world.ids["objective ACTIVE"], "person": desk.world.ids["person Dina"]}

    owner, manager = await desk.ask("Dina", text, **ids), await desk.ask("Chen", text, **ids)

    children = cast("dict[str, dict[str, dict[str, object]]]", owner)["objective"]["children"]
    promised = [{"id": desk.world.ids["objective both"]}, {"id": desk.world.ids["objective odd"]}]
    assert children["totalCount"] == 5
    assert manager["objective"] == {"children": {"totalCount": 2, "nodes": promised}}
    assert (owner["person"], manager["person"]) == (
        {"objectives": {"totalCount": 5}},
        {"objectives": {"totalCount": 0}},
    )
    about = cast("dict[str, list[dict[str, dict[str, str] | None]]]", manager["inbox"])["nodes"]
    assert [one["objective"] and one["objective"]["state"] for one in about] == [
        None,
        None,
        "SUBMITTED",
        "ACTIVE",
        "ACTIVE",
        None,
        "ACTIVE",
    ]
