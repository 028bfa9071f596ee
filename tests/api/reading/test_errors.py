"""A part that is refused is an error at its place, with a code; the other parts are answered all the same."""

import pytest

from tests.api.reading.desk import Desk

SIZE = "`first` goes from 1 to 100."
CURSOR = "This cursor does not belong to this list."
CODE = "BAD_USER_INPUT"
BELOW = """query($id: ID!, $first: Int, $after: String) {
  a: objective(id: $id) { title checkIns(first: $first, after: $after) { totalCount } }
  b: objective(id: $id) { title } }"""


@pytest.mark.parametrize(
    ("variables", "message"),
    [({"first": 101}, SIZE), ({"first": 0}, SIZE), ({"first": 1, "after": "x"}, CURSOR), ({"after": ""}, CURSOR)],
)
async def test_a_refused_part_is_null_and_leaves_the_others(
    desk: Desk, variables: dict[str, object], message: str
) -> None:
    data, errors = await desk.respond("Dina", BELOW, id=desk.world.ids["objective ACTIVE"], **variables)

    assert data == {"a": None, "b": {"title": "Leave on time"}}
    assert errors == [(message, CODE, ["a"])]


async def test_every_refused_part_is_told(desk: Desk) -> None:
    text = """query($id: ID!) { one: person(id: $id) { reports(first: 500) { totalCount } }
                two: person(id: $id) { objectives(first: 1, last: 1) { totalCount } } viewer { locale }
                three: person(id: $id) { employments(after: "AAAA") { totalCount } } }"""

    data, errors = await desk.respond("Dina", text, id=desk.world.ids["person Chen"])

    assert data == {"one": None, "two": None, "viewer": {"locale": "en"}, "three": None}
    assert sorted(errors, key=str) == [
        ("Ask for `first` or for `last`, not for both.", CODE, ["two"]),
        (CURSOR, CODE, ["three"]),
        (SIZE, CODE, ["one"]),
    ]


async def test_where_null_may_not_stand_nothing_is_answered(desk: Desk) -> None:
    data, errors = await desk.respond("Dina", "{ viewer { zone } list: objectives(first: 101) { totalCount } }")

    assert data is None
    assert errors == [(SIZE, CODE, ["list"])]


async def test_too_many_nodes_are_refused_at_their_place(desk: Desk) -> None:
    ids = [desk.world.ids["unit AIR"]] * 101

    data, errors = await desk.respond("Dina", "query($ids: [ID!]!) { many: nodes(ids: $ids) { id } }", ids=ids)

    assert data is None
    assert errors == [("Ask for at most 100 nodes.", CODE, ["many"])]


@pytest.mark.parametrize("name", ["nobody", "foreign", "elsewhere ACTIVE", "objective of Emil", "objective session"])
async def test_what_is_missing_or_hidden_is_null_and_no_error(desk: Desk, name: str) -> None:
    text = "query($id: ID!) { node(id: $id) { id } objective(id: $id) { id } nodes(ids: [$id]) { id } }"
    wanted = desk.world.ids[name]

    answer = await desk.ask("Chen", text, id=wanted)

    assert answer == {"node": None, "objective": None, "nodes": [None]}
    result = await desk.execute("Chen", text, id=wanted)
    assert (result.data, result.errors) == (answer, None)


async def test_a_resolver_that_refuses_is_told_at_its_place(desk: Desk) -> None:
    data, errors = await desk.respond("Dina", '{ viewer { locale } changes(since: "x") { nextToken } }')

    assert data is None
    assert errors == [("This is no token of the change feed.", CODE, ["changes"])]


async def test_a_variable_of_another_type_is_an_error_of_the_whole_request(desk: Desk) -> None:
    text = "query($first: Int) { objectives(first: $first) { totalCount } }"

    data, [error] = await desk.respond("Dina", text, first="many")

    assert data is None
    assert error == ("Variable '$first' has invalid value: Int cannot represent non-integer value: 'many'", None, None)
