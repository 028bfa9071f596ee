"""How `nodes` is compiled: once for each kind of id, whatever their number and order, and never without end."""

import orjson
import pytest

from api.guard import answers
from api.guard.refusal import Refusal
from api.reading import planning
from api.reading.planning import SQL_BYTES_MAX
from domain.kernel.ids import new_id, public
from tests.api.reading.desk import Desk, statements

TEXT = """query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
            ... on Objective { title owner { name } keyResults { title } } ... on Person { name } } }"""


async def test_the_statement_does_not_grow_with_the_number_of_ids(desk: Desk) -> None:
    ids = desk.world.ids
    few = [ids["person Bo"], ids["objective ACTIVE"]]

    async with statements() as seen:
        for wanted in (few, few * 50, [*reversed(few)], [few[0], "zzz", ids["nobody"], few[1]]):
            await desk.plan("Dina", TEXT, ids=wanted)

    assert len(seen) == 4
    assert len(set(seen)) == 1


async def test_what_is_not_visible_leaves_its_place_empty_both_ways(desk: Desk) -> None:
    ids = desk.world.ids
    unknown = public("obj", new_id())
    wanted = [ids["objective ACTIVE"], "", unknown, ids["person Bo"], ids["foreign"], ids["objective ACTIVE"]]

    planned = orjson.loads(await desk.plan("Dina", TEXT, ids=wanted))["data"]
    executed = (await desk.execute("Dina", TEXT, ids=wanted)).data

    assert [one and one["id"] for one in planned["nodes"]] == [wanted[0], None, None, wanted[3], None, wanted[5]]
    assert executed == planned


async def test_no_ids_give_no_nodes(desk: Desk) -> None:
    assert await desk.ask("Dina", TEXT, ids=[]) == {"nodes": []}


def wide(levels: int) -> str:
    """Objectives below objectives: every level asks the next one twice."""
    chain = [
        f"fragment F{n} on Objective {{ a: parent {{ ...F{n + 1} }} b: parent {{ ...F{n + 1} }} }}"
        for n in range(levels)
    ]
    return " ".join(
        ["query($id: ID!) { objective(id: $id) { ...F0 } }", *chain, f"fragment F{levels} on Objective {{ id }}"]
    )


async def test_a_statement_without_end_is_refused_as_too_complex(desk: Desk) -> None:
    prepared = desk.prepare(wide(9), {"id": desk.world.ids["objective ACTIVE"]})

    refusals: list[Refusal] = []
    for _ in range(2):
        with pytest.raises(Refusal) as refused:
            await desk.reader.answer(prepared, desk.world.actor("Dina"))
        refusals.append(refused.value)

    assert refusals[0].errors == [
        {
            "message": "The operation asks for too much at once: send it in parts.",
            "extensions": {"code": "QUERY_TOO_COMPLEX", "limit": "statement bytes", "allowed": SQL_BYTES_MAX},
        }
    ]
    assert refusals[0].status == 422
    assert refusals[0] is refusals[1]


async def test_a_statement_without_end_is_refused_field_by_field_too(desk: Desk) -> None:
    result = await desk.execute("Dina", wide(9), id=desk.world.ids["objective ACTIVE"])

    [error] = result.errors or []
    assert result.data == {"objective": None}
    assert answers.describe(error, repr) == {
        "message": "The operation asks for too much at once: send it in parts.",
        "extensions": {"code": "QUERY_TOO_COMPLEX", "limit": "statement bytes", "allowed": SQL_BYTES_MAX},
    }


async def test_plans_are_kept_up_to_a_number_of_bytes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "KEPT_BYTES_MAX", 20_000)
    planner = desk.reader.planner

    for number in range(40):
        await desk.plan("Dina", f"query Q{number} {{ viewer {{ person {{ name manager {{ name }} }} }} }}")

    assert planner.kept_bytes <= 20_000
    assert planner.kept_bytes == sum(planning.size_of(plan) for plan in planner._plans.values())  # pyright: ignore[reportPrivateUsage] - the sum is checked
