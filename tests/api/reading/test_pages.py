"""Pages: every border, both directions, ties in the order, cursors that belong to one list, sizes within limits."""

import base64
from typing import cast

import pytest

from tests.api.reading.desk import Desk

Page = dict[str, object]
INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
ALL = f"nodes {{ id }} edges {{ cursor node {{ id }} }} {INFO} totalCount"
CHECK_INS = (
    "query($id: ID!, $first: Int, $after: String, $last: Int, $before: String) { objective(id: $id) {"
    f" list: checkIns(first: $first, after: $after, last: $last, before: $before) {{ {ALL} }} }} }}"
)
OBJECTIVES = (
    "query($first: Int, $after: String, $last: Int, $before: String, $order: ObjectiveOrder!) {"
    f" list: objectives(first: $first, after: $after, last: $last, before: $before, orderBy: $order) {{ {ALL} }} }}"
)


async def check_ins(desk: Desk, **variables: object) -> Page:
    answer = await desk.ask("Dina", CHECK_INS, id=desk.world.ids["objective big"], **variables)
    return cast("Page", cast("Page", answer["objective"])["list"])


async def objectives(desk: Desk, **variables: object) -> Page:
    return cast("Page", (await desk.ask("Dina", OBJECTIVES, **variables))["list"])


def ids(page: Page) -> list[str]:
    return [one["id"] for one in cast("list[dict[str, str]]", page["nodes"])]


def info(page: Page) -> dict[str, object]:
    return cast("dict[str, object]", page["pageInfo"])


def cursors(page: Page) -> list[str]:
    return [str(one["cursor"]) for one in cast("list[dict[str, object]]", page["edges"])]


async def expected(desk: Desk, sql: str) -> list[str]:
    rows = await desk.world.company.organisation.rows(sql)
    return [row[0] for row in rows]


@pytest.mark.parametrize("size", [1, 2, 7, 23, 24, 25, 100])
async def test_walking_forward_meets_everything_once_in_order(desk: Desk, size: int) -> None:
    everything = await expected(
        desk,
        """select 'chk_' || c.id from check_in c join objective o on o.id = c.objective_id
           join key_result k on k.objective_id = o.id and k.title = 'Huge' order by c.recorded_at desc, c.id desc""",
    )
    met, after = list[str](), None
    while True:
        page = await check_ins(desk, first=size, after=after)
        met += ids(page)
        assert [one["node"] for one in cast("list[dict[str, object]]", page["edges"])] == page["nodes"]
        assert page["totalCount"] == 24
        assert info(page)["hasPreviousPage"] is (after is not None)
        assert (info(page)["startCursor"], info(page)["endCursor"]) == (cursors(page)[0], cursors(page)[-1])
        if not info(page)["hasNextPage"]:
            break
        after = info(page)["endCursor"]

    assert met == everything
    assert len(met) == 24


@pytest.mark.parametrize("order", ["NEWEST", "UPDATED", "TITLE"])
@pytest.mark.parametrize("size", [1, 3, 8])
async def test_walking_back_meets_the_same_in_pages_from_the_end(desk: Desk, order: str, size: int) -> None:
    everything = ids(await objectives(desk, first=100, order=order))
    met, before = list[str](), None
    while True:
        page = await objectives(desk, last=size, before=before, order=order)
        met = ids(page) + met
        assert info(page)["hasNextPage"] is (before is not None)
        if not info(page)["hasPreviousPage"]:
            break
        before = info(page)["startCursor"]

    assert met == everything
    assert len(set(met)) == 17


async def test_ties_in_the_order_are_broken_by_the_id(desk: Desk) -> None:
    titles = await expected(desk, "select 'obj_' || id from objective where title = 'Same title' order by id")

    page = await objectives(desk, first=100, order="TITLE")

    assert [one for one in ids(page) if one in titles] == titles
    assert len(titles) == 3


async def test_behind_the_last_and_before_the_first_there_is_nothing(desk: Desk) -> None:
    everything = await check_ins(desk, first=100)
    behind = await check_ins(desk, first=5, after=cursors(everything)[-1])
    ahead = await check_ins(desk, last=5, before=cursors(everything)[0])

    assert (ids(behind), ids(ahead)) == ([], [])
    nothing = {"startCursor": None, "endCursor": None}
    assert info(behind) == {"hasNextPage": False, "hasPreviousPage": True} | nothing
    assert info(ahead) == {"hasNextPage": True, "hasPreviousPage": False} | nothing


async def test_without_a_size_there_are_twenty(desk: Desk) -> None:
    text = "query($id: ID!) { objective(id: $id) { list: checkIns { nodes { id } pageInfo { hasNextPage } } } }"

    answer = await desk.ask("Dina", text, id=desk.world.ids["objective big"])

    page = cast("Page", cast("Page", answer["objective"])["list"])
    assert (len(ids(page)), info(page)) == (20, {"hasNextPage": True})


async def test_a_size_of_null_is_the_usual_one(desk: Desk) -> None:
    assert len(ids(await check_ins(desk, first=None))) == 20


@pytest.mark.parametrize("fields", ["totalCount", "pageInfo { hasNextPage }", "edges { cursor }", "__typename"])
async def test_any_part_of_a_page_can_be_asked_alone(desk: Desk, fields: str) -> None:
    text = f"query($id: ID!) {{ objective(id: $id) {{ checkIns(first: 3) {{ {fields} }} }} }}"
    wanted = desk.world.ids["objective big"]

    answer = await desk.ask("Dina", text, id=wanted)

    assert (await desk.execute("Dina", text, id=wanted)).data == answer


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"first": 0}, "`first` goes from 1 to 100."),
        ({"first": -1}, "`first` goes from 1 to 100."),
        ({"first": 101}, "`first` goes from 1 to 100."),
        ({"last": 0}, "`last` goes from 1 to 100."),
        ({"last": 101}, "`last` goes from 1 to 100."),
        ({"first": 5, "last": 5}, "Ask for `first` or for `last`, not for both."),
        ({"first": 5, "before": "x"}, "`after` goes with `first`, `before` with `last`."),
        ({"last": 5, "after": "x"}, "`after` goes with `first`, `before` with `last`."),
    ],
)
async def test_a_window_that_makes_no_sense_is_refused(desk: Desk, variables: dict[str, object], message: str) -> None:
    refusal = await desk.refusal("Dina", CHECK_INS, id=desk.world.ids["objective big"], **variables)

    assert refusal == (message, "BAD_USER_INPUT")


@pytest.mark.parametrize("argument", ["first: 0", "first: 101", "last: -3", "first: 1, last: 1"])
async def test_a_window_written_into_the_document_is_refused_too(desk: Desk, argument: str) -> None:
    message, code = await desk.refusal("Dina", f"{{ objectives({argument}) {{ totalCount }} }}")

    assert code == "BAD_USER_INPUT"
    assert message.startswith(("`", "Ask"))


def tampered(cursor: str) -> list[str]:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    moved = base64.urlsafe_b64encode(raw[:8] + raw[8:].replace(b"2026", b"2025")).decode().rstrip("=")
    signed_anew = base64.urlsafe_b64encode(bytes(8) + raw[8:]).decode().rstrip("=")
    return [
        "",
        "x",
        "AAAA",
        moved,
        signed_anew,
        cursor[:-1],
        cursor + "A",
        cursor + "=",
        cursor + "!",
        f" {cursor}",
        f"{cursor}\n",
        cursor[:5] + "*" + cursor[5:],
        "é" + cursor,
        "A" * 501,
        cursor + "\x00",
    ]


async def test_a_cursor_that_was_touched_is_refused(desk: Desk) -> None:
    first = await check_ins(desk, first=1)

    for text in tampered(cursors(first)[0]):
        refusal = await desk.refusal("Dina", CHECK_INS, id=desk.world.ids["objective big"], first=1, after=text)
        assert refusal == ("This cursor does not belong to this list.", "BAD_USER_INPUT"), text


async def test_a_cursor_of_another_list_or_order_is_refused(desk: Desk) -> None:
    newest = cursors(await objectives(desk, first=1, order="NEWEST"))[0]
    check_in = cursors(await check_ins(desk, first=1))[0]
    wrong = "This cursor does not belong to this list."

    for cursor, order in ((newest, "UPDATED"), (newest, "TITLE"), (check_in, "NEWEST")):
        message, _ = await desk.refusal("Dina", OBJECTIVES, first=1, after=cursor, order=order)
        assert message == wrong
    message, _ = await desk.refusal("Dina", CHECK_INS, id=desk.world.ids["objective big"], first=1, after=newest)
    assert message == wrong


async def test_the_cursor_of_somebody_else_shows_only_what_is_ones_own(desk: Desk) -> None:
    theirs = cursors(await objectives(desk, first=1, order="NEWEST"))[0]

    answer = await desk.ask("Emil", OBJECTIVES, first=100, after=theirs, order="NEWEST")

    whole = cast("Page", (await desk.ask("Emil", OBJECTIVES, first=100, order="NEWEST"))["list"])
    assert set(ids(cast("Page", answer["list"]))) <= set(ids(whole))
