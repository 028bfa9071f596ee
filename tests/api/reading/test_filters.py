"""Filters, orders, search and the date asked for; and every document of the phone app is answered by a plan."""

import json
from pathlib import Path
from typing import cast

import graphql
import pytest
from graphql import OperationDefinitionNode, OperationType

from tests.api.reading.desk import Desk, statements

ROOT = Path(__file__).parents[3]
TRUSTED: dict[str, str] = json.loads((ROOT / "mobile" / "trusted.json").read_text(encoding="utf-8"))
Row = dict[str, object]


def rows(answer: Row, *path: str) -> list[Row]:
    for step in path:
        answer = cast("Row", answer[step])
    return cast("list[Row]", answer["nodes"])


async def total(desk: Desk, name: str, **variables: object) -> object:
    text = "query($filter: ObjectiveFilter) { objectives(filter: $filter) { totalCount } }"
    return cast("Row", (await desk.ask(name, text, **variables))["objectives"])["totalCount"]


async def test_filters_narrow_and_combine(desk: Desk) -> None:
    ids = desk.world.ids
    by: dict[str, dict[str, object] | None] = {
        "nothing": None,
        "nothing named": {},
        "no state": {"state": []},
        "drafts": {"state": ["DRAFT"]},
        "drafts and declined": {"state": ["DRAFT", "DECLINED"]},
        "mine": {"mine": True},
        "of others": {"mine": False},
        "owner": {"owner": ids["person Emil"]},
        "owner that is none": {"owner": "per_x"},
        "owner that is a unit": {"owner": ids["unit CREW"]},
        "unit": {"unit": ids["unit CREW"]},
        "unit above": {"unit": ids["unit AIR"]},
        "cycle": {"cycle": ids["cycle"]},
        "all at once": {"cycle": ids["cycle"], "unit": ids["unit CREW"], "mine": True, "state": ["ACTIVE"]},
    }

    counts = {name: await total(desk, "Dina", filter=one) for name, one in by.items()}

    assert counts == {
        "nothing": 17,
        "nothing named": 17,
        "no state": 0,
        "drafts": 5,
        "drafts and declined": 6,
        "mine": 16,
        "of others": 1,
        "owner": 0,
        "owner that is none": 0,
        "owner that is a unit": 0,
        "unit": 16,
        "unit above": 1,
        "cycle": 17,
        "all at once": 4,
    }


async def test_an_order_is_that_of_the_database(desk: Desk) -> None:
    organisation = desk.world.company.organisation
    for order, columns in (
        ("TITLE", "title, id"),
        ("NEWEST", "created_at desc, id desc"),
        ("UPDATED", "updated_at desc, id desc"),
    ):
        sql = f"select 'obj_' || id from objective where owner_id = $1 or id = $2 order by {columns}"
        shared = desk.world.objectives["top"]
        expected = [row[0] for row in await organisation.rows(sql, organisation["Dina"], shared)]
        text = "query($order: ObjectiveOrder!) { objectives(first: 100, orderBy: $order) { nodes { id } } }"

        answer = await desk.ask("Dina", text, order=order)

        assert [row["id"] for row in rows(answer, "objectives")] == expected


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("dina", ["Dina"]),
        ("I", ["Aron", "Chen", "Delia", "Dina", "Emil", "Sofia"]),
        ("", ["Ada", "Aron", "Bo", "Chen", "Delia", "Dina", "Emil", "Hugo", "Oskar", "Sofia"]),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("no such", []),
        ("nul\x00", []),
    ],
)
async def test_a_search_takes_every_character_for_itself(desk: Desk, search: str, found: list[str]) -> None:
    text = "query($search: String) { people(first: 100, search: $search) { nodes { name } } }"

    answer = await desk.ask("Dina", text, search=search)

    expected = [name for name in found if search.lower() in name.lower()]
    assert [row["name"] for row in rows(answer, "people")] == expected


async def test_initials_are_one_or_two_letters(desk: Desk) -> None:
    answer = await desk.ask("Dina", '{ people(search: "Ada") { nodes { initials } } }')

    assert rows(answer, "people") == [{"initials": "A"}]


UNIT = """query($id: ID!, $on: Date) { unit(id: $id, asOf: $on) {
            name nameZh validFrom validTo parent { code } people { nodes { name } } } }"""
BEFORE = {"name": "Crew", "nameZh": None, "validFrom": "2024-01-01", "validTo": "2026-03-01", "parent": {"code": "OPS"}}
AFTER = {"name": "Flight crew", "nameZh": "机组", "validFrom": "2026-03-01", "validTo": None, "parent": {"code": "AIR"}}


@pytest.mark.parametrize(
    ("on", "unit", "people"),
    [
        ("2024-01-01", BEFORE, ["Dina", "Emil"]),
        ("2026-02-28", BEFORE, ["Dina", "Emil"]),
        ("2026-03-01", AFTER, ["Dina"]),
        (None, AFTER, ["Dina"]),
        ("2099-01-01", AFTER, ["Dina"]),
    ],
)
async def test_a_unit_is_as_it_was_on_the_date(desk: Desk, on: str | None, unit: Row, people: list[str]) -> None:
    answer = await desk.ask("Dina", UNIT, id=desk.world.ids["unit CREW"], on=on)

    assert answer["unit"] == unit | {"people": {"nodes": [{"name": name} for name in people]}}


async def test_before_it_was_founded_there_was_no_unit(desk: Desk) -> None:
    assert await desk.ask("Dina", UNIT, id=desk.world.ids["unit CREW"], on="2023-12-31") == {"unit": None}


async def test_a_person_answers_to_whom_they_answered_on_the_date(desk: Desk) -> None:
    text = """query($id: ID!) { person(id: $id) {
        then: manager(asOf: "2026-02-28") { name reports { totalCount } unit { code } }
        now: manager { name } unit { code } was: unit(asOf: "2026-02-28") { code parent { code } }
        employments { nodes { unit { code } validFrom validTo share primary } }
        before: employments(asOf: "2026-02-28") { nodes { validTo } } } }"""

    answer = await desk.ask("Dina", text, id=desk.world.ids["person Emil"])

    assert answer["person"] == {
        "then": {"name": "Chen", "reports": {"totalCount": 2}, "unit": {"code": "OPS"}},
        "now": {"name": "Hugo"},
        "unit": {"code": "SIDE"},
        "was": {"code": "CREW", "parent": {"code": "OPS"}},
        "employments": {
            "nodes": [
                {"unit": {"code": "SIDE"}, "validFrom": "2026-03-01", "validTo": None, "share": 100, "primary": True}
            ]
        },
        "before": {"nodes": [{"validTo": "2026-03-01"}]},
    }


async def test_the_tree_is_as_it_was_on_the_date_down_to_the_leaves(desk: Desk) -> None:
    text = """query($id: ID!, $on: Date) { unit(id: $id, asOf: $on) {
                children { nodes { code children { nodes { code people { totalCount } } } } } } }"""
    air = desk.world.ids["unit AIR"]

    before, after = await desk.ask("Dina", text, id=air, on="2026-02-28"), await desk.ask("Dina", text, id=air)

    crew = {"code": "CREW", "people": {"totalCount": 2}}
    assert rows(before, "unit", "children") == [{"code": "OPS", "children": {"nodes": [crew]}}]
    assert rows(after, "unit", "children") == [
        {"code": "CREW", "children": {"nodes": []}},
        {"code": "OPS", "children": {"nodes": []}},
    ]


async def test_approvals_are_those_that_one_may_decide(desk: Desk) -> None:
    text = "query($state: ApprovalState) { approvals(state: $state) { totalCount } viewer { openApprovalCount } }"

    chen = await desk.ask("Chen", text, state="OPEN")
    everything = await desk.ask("Chen", text, state=None)
    dina = await desk.ask("Dina", text, state=None)

    assert chen == {"approvals": {"totalCount": 1}, "viewer": {"openApprovalCount": 1}}
    assert everything["approvals"] == {"totalCount": 11}
    assert dina == {"approvals": {"totalCount": 0}, "viewer": {"openApprovalCount": 0}}


def queries() -> list[str]:
    """The documents of the phone app that read."""
    found = [graphql.parse(text).definitions for text in TRUSTED.values()]
    return [
        text
        for text, definitions in zip(TRUSTED.values(), found, strict=True)
        if any(isinstance(one, OperationDefinitionNode) and one.operation is OperationType.QUERY for one in definitions)
        and "changes(" not in text
    ]


def variables_of(desk: Desk, text: str) -> dict[str, object]:
    """Something for every variable that the document needs."""
    [operation] = [one for one in graphql.parse(text).definitions if isinstance(one, OperationDefinitionNode)]
    examples: dict[str, object] = {"ID!": desk.world.ids["objective ACTIVE"], "String!": "x", "[ID!]!": []}
    return {
        one.variable.name.value: examples[graphql.print_ast(one.type)]
        for one in operation.variable_definitions or ()
        if graphql.print_ast(one.type).endswith("!") and one.default_value is None
    }


async def test_the_phone_app_reads_something() -> None:
    assert len(queries()) >= 8


@pytest.mark.parametrize("text", queries())
async def test_every_trusted_query_is_one_statement(desk: Desk, text: str) -> None:
    async with statements() as seen:
        answer = await desk.ask("Dina", text, **variables_of(desk, text))

    assert (await desk.execute("Dina", text, **variables_of(desk, text))).data == answer
    assert len(seen) == 1
