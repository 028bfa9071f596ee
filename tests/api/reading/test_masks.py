"""What was said to the approver stays with those it concerns, though others see the promise itself."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from decimal import Decimal
from typing import cast

import pytest

from domain.kernel import clock
from domain.kernel.ids import new_id, public
from domain.objectives import service_approvals, service_check_ins
from domain.objectives.terms import Audience
from tests.api.reading.desk import Desk
from tests.api.reading.world import World
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON, goal

CONCERNED = ("Dina", "Chen", "Bo", "Ada", "Delia", "Hugo", "Sofia")
AUDIENCE = ("Emil", "Oskar", "Aron", "Partner")
APPROVAL = """query($id: ID!, $declined: ID!) {
  objective(id: $id) { approval { state note decisionNote changes { field } approver { id } } }
  node(id: $declined) { ... on Approval { state note decisionNote changes { field } } } }"""
CHECK_IN = """query($id: ID!) { objective(id: $id) { title
  keyResults { latestCheckIn { note confidence value } } checkIns { nodes { note confidence value } } } }"""


@pytest.fixture(scope="module")
async def promised(desk: Desk) -> AsyncGenerator[Desk]:
    """Dina's promise for the whole group, once declined, with a check-in."""
    with clock.frozen(NOON):
        world = World(await companies.lay())
        company, dina = world.company, world.company.actor("Dina")
        objective_id = await company.draft(goal(audience=Audience.GROUP))
        await company.submit(objective_id, note="I was ill.")
        chen = company.actor("Chen")
        await service_approvals.decline(chen, objective_id, version=2, key="no", reason="Aim higher, Dina.")
        await company.submit(objective_id, note="Better now.")
        await company.approve(objective_id)
        first, _ = await company.key_results(objective_id)
        await service_check_ins.check_in(dina, first, Decimal(75), key=str(new_id()), confidence=3, note="Hard.")
        rows = await company.organisation.rows("select id from approval where state = 'DECLINED'")
        world.ids = {"objective": public("obj", objective_id), "declined": public("apv", rows[0]["id"])}
        world.objectives["session"] = new_id()
        yield replace(desk, world=world)


async def both(desk: Desk, name: str, text: str, **variables: object) -> dict[str, object]:
    """The answer, the same by the planner and by the executor."""
    planned = await desk.ask(name, text, **variables)
    assert (await desk.execute(name, text, **variables)).data == planned
    return planned


@pytest.mark.parametrize("name", CONCERNED)
async def test_those_it_concerns_read_what_was_said(promised: Desk, name: str) -> None:
    ids = promised.world.ids

    answer = await both(promised, name, APPROVAL, id=ids["objective"], declined=ids["declined"])

    approval = cast("dict[str, dict[str, object]]", answer["objective"])["approval"]
    assert approval == {
        "state": "APPROVED",
        "note": "Better now.",
        "decisionNote": None,
        "changes": [],
        "approver": {"id": public("per", promised.world.company["Chen"])},
    }
    declined = cast("dict[str, object]", answer["node"])
    assert (declined["note"], declined["decisionNote"]) == ("I was ill.", "Aim higher, Dina.")
    assert len(cast("list[object]", declined["changes"])) == 15


@pytest.mark.parametrize("name", AUDIENCE)
async def test_the_audience_and_partners_do_not(promised: Desk, name: str) -> None:
    ids = promised.world.ids

    answer = await both(promised, name, APPROVAL, id=ids["objective"], declined=ids["declined"])

    approval = cast("dict[str, dict[str, object]]", answer["objective"])["approval"]
    assert {key: approval[key] for key in ("state", "note", "decisionNote", "changes")} == {
        "state": "APPROVED",
        "note": None,
        "decisionNote": None,
        "changes": [],
    }
    assert answer["node"] == {"state": "DECLINED", "note": None, "decisionNote": None, "changes": []}


@pytest.mark.parametrize("name", [*CONCERNED, *AUDIENCE])
async def test_words_of_a_check_in_are_for_persons_and_not_for_programs(promised: Desk, name: str) -> None:
    answer = await both(promised, name, CHECK_IN, id=promised.world.ids["objective"])

    words = {"note": None, "confidence": None} if name == "Partner" else {"note": "Hard.", "confidence": 3}
    shown = words | {"value": "75"}
    assert answer["objective"] == {
        "title": "Leave on time",
        "keyResults": [{"latestCheckIn": shown}, {"latestCheckIn": None}],
        "checkIns": {"nodes": [shown]},
    }
