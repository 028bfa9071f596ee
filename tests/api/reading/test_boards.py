"""The board as everybody reads it: exact ranks, names of the upper half alone, and nothing that tells the others.

In the world eight are ranked: Ada 120; Chen, Bo 90; Sofia, Delia, Dina 40; Aron 30; Emil 10. Oskar has most and left.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

import pytest

from domain.kernel import clock
from tests.api.reading.desk import Desk, Json, statements
from tests.api.reading.world import World
from tests.domain.objectives import company as companies
from tests.domain.objectives.company import NOON
from tests.domain.progress import ground
from tests.domain.progress.ground import SPRING

BOARD = """{ board { name nameZh startsOn endsOn people mine { points rank you person { name } }
  top { points rank you person { name } } around { points rank you person { name } } } }"""
TOP = "query($first: Int) { board { top(first: $first) { rank person { name } } } }"
LEAVE = "mutation($input: LeaveRankingsInput!) { leaveRankings(input: $input) { %s } }"
JOIN = "mutation($input: JoinRankingsInput!) { joinRankings(input: $input) { %s } }"
ANSWER = "__typename ... on Viewer { inRankings person { name } } ... on Problem { code }"


async def both(desk: Desk, name: str, text: str, **variables: object) -> Json:
    """The answer, the same by the planner and by the executor."""
    planned = await desk.ask(name, text, **variables)
    assert (await desk.execute(name, text, **variables)).data == planned
    return planned


async def board(desk: Desk, name: str) -> Json:
    return cast("Json", (await both(desk, name, BOARD))["board"])


def rows(found: object) -> list[tuple[object, object, object]]:
    """Name, points and rank of each standing; a star for who is oneself."""
    return [
        (f"{(one['person'] or {'name': '?'})['name']}{'*' if one['you'] else ''}", one["points"], one["rank"])  # type: ignore[index]
        for one in cast("Sequence[Json]", found)
    ]


UPPER = [("Ada", 120, 1), ("Chen", 90, 2), ("Bo", 90, 2), ("Sofia", 40, 4), ("Delia", 40, 4), ("Dina", 40, 4)]


async def test_the_board_of_the_running_season_counts_those_who_take_part(desk: Desk) -> None:
    found = await board(desk, "Ada")

    head = {name: found[name] for name in ("name", "nameZh", "startsOn", "endsOn", "people")}
    assert head == {"name": "S0", "nameZh": "春季", "startsOn": "2026-04-01", "endsOn": "2026-06-30", "people": 8}


async def test_nobody_in_the_lower_half_is_named_to_others(desk: Desk) -> None:
    found = await board(desk, "Oskar")

    assert rows(found["top"]) == [*UPPER, ("?", 30, 7), ("?", 10, 8)]


async def test_oneself_one_always_sees(desk: Desk) -> None:
    emil, dina = await board(desk, "Emil"), await board(desk, "Dina")

    assert rows([emil["mine"]]) == [("Emil*", 10, 8)]
    assert rows(emil["top"])[-2:] == [("?", 30, 7), ("Emil*", 10, 8)]
    assert rows([dina["mine"]]) == [("Dina*", 40, 4)]


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("Ada", [("Ada*", 120, 1), ("Chen", 90, 2), ("Bo", 90, 2)]),
        ("Sofia", [("Chen", 90, 2), ("Bo", 90, 2), ("Sofia*", 40, 4), ("Delia", 40, 4), ("Dina", 40, 4)]),
        ("Dina", [("Sofia", 40, 4), ("Delia", 40, 4), ("Dina*", 40, 4), ("?", 30, 7), ("?", 10, 8)]),
        ("Emil", [("Dina", 40, 4), ("?", 30, 7), ("Emil*", 10, 8)]),
    ],
)
async def test_around_oneself_stand_two_before_and_two_behind(
    desk: Desk, name: str, around: list[tuple[object, object, object]]
) -> None:
    assert rows((await board(desk, name))["around"]) == around


async def test_who_left_sees_the_own_points_and_is_seen_by_nobody(desk: Desk) -> None:
    found = await board(desk, "Oskar")

    assert rows([found["mine"]]) == [("Oskar*", 200, None)]
    assert found["around"] == []
    assert await both(desk, "Oskar", "{ viewer { inRankings } }") == {"viewer": {"inRankings": False}}
    assert await both(desk, "Emil", "{ viewer { inRankings } }") == {"viewer": {"inRankings": True}}


async def test_who_earned_nothing_reads_the_board_all_the_same(desk: Desk) -> None:
    found = await board(desk, "Hugo")

    assert (found["mine"], found["around"]) == (None, [])
    assert rows(found["top"])[:6] == UPPER


@pytest.mark.parametrize("name", ["Partner", "Stranger", "Rival"])
async def test_programs_and_other_groups_find_no_board(desk: Desk, name: str) -> None:
    assert await both(desk, name, BOARD) == {"board": None}


async def test_between_seasons_there_is_no_board(desk: Desk) -> None:
    with clock.frozen(datetime(2026, 7, 1, 4, tzinfo=UTC)):
        assert await both(desk, "Dina", BOARD) == {"board": None}


@pytest.mark.parametrize(("first", "length"), [(1, 1), (3, 3), (20, 8), (None, 8)])
async def test_the_top_is_as_long_as_one_asks(desk: Desk, first: int | None, length: int) -> None:
    found = cast("Json", (await both(desk, "Dina", TOP, first=first))["board"])["top"]

    assert len(cast("list[object]", found)) == length


@pytest.mark.parametrize("first", [0, 21, -1])
async def test_the_top_has_a_limit_of_its_own(desk: Desk, first: int) -> None:
    refusal = ("`first` goes from 1 to 20.", "BAD_USER_INPUT")

    assert await desk.refusal("Dina", TOP, first=first) == refusal
    assert await desk.refusal("Dina", f"{{ board {{ top(first: {first}) {{ rank }} }} }}") == refusal


async def test_the_whole_board_is_one_statement(desk: Desk) -> None:
    await desk.plan("Dina", BOARD)

    async with statements() as seen:
        await desk.plan("Dina", BOARD)

    assert len(seen) == 1


@pytest.fixture
async def fresh(desk: Desk) -> AsyncGenerator[Desk]:
    """A company whose season has just begun: Dina has 10 points, Emil 20."""
    with clock.frozen(NOON):
        world = World(await companies.lay())
        world.objectives["session"] = world.company["Dina"]
        organisation = world.company.organisation
        season_id = await ground.open_season(organisation, SPRING)
        people = [world.company["Dina"], world.company["Emil"]]
        await ground.Ground(organisation, season_id, people).give(10, 20)
        yield replace(desk, world=world)


async def act(desk: Desk, name: str, text: str, *, key: str, asked: str = ANSWER) -> Json:
    result = await desk.execute(name, text % asked, input={"idempotencyKey": key})
    assert result.errors is None
    return cast("Json", next(iter(cast("Json", result.data).values())))


async def test_leaving_and_joining_are_seen_at_once(fresh: Desk) -> None:
    left = await act(fresh, "Emil", LEAVE, key="1")
    without = await board(fresh, "Dina")
    joined = await act(fresh, "Emil", JOIN, key="2")
    within = await board(fresh, "Dina")

    assert left == {"__typename": "Viewer", "inRankings": False, "person": {"name": "Emil"}}
    assert joined == {"__typename": "Viewer", "inRankings": True, "person": {"name": "Emil"}}
    assert (without["people"], rows(without["top"])) == (1, [("Dina*", 10, 1)])
    assert (within["people"], rows(within["top"])) == (2, [("Emil", 20, 1), ("Dina*", 10, 2)])


async def test_a_repeat_answers_again_and_another_request_under_the_key_is_refused(fresh: Desk) -> None:
    first = await act(fresh, "Emil", LEAVE, key="same")
    again = await act(fresh, "Emil", LEAVE, key="same")
    other = await act(fresh, "Emil", JOIN, key="same")
    empty = await act(fresh, "Emil", LEAVE, key=" ")

    assert again == first
    assert (other, empty["code"]) == ({"__typename": "KeyReused", "code": "key_reused"}, "invalid_input")
    assert await fresh.world.company.organisation.count("ranking_absence") == 1


@pytest.mark.parametrize("text", [LEAVE, JOIN])
async def test_a_program_takes_no_part(fresh: Desk, text: str) -> None:
    refused = await act(fresh, "Partner", text, key="1")

    assert refused == {"__typename": "NotPermitted", "code": "not_permitted"}
