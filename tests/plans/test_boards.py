"""The board of many people is read by indexes, and looks into few blocks however many they are."""

import asyncio
from collections.abc import Generator
from random import Random

import asyncpg
import pytest

from domain.kernel import clock, database
from tests.conftest import Cluster
from tests.domain.apart import apart
from tests.domain.progress import ground as grounds
from tests.domain.progress.ground import NOON
from tests.plans import explaining
from tests.plans.explaining import Desk, Explained
from tests.plans.questions import Question

FEW, MANY = 1_500, 6_000
AT_ONCE = 1_000
BOARD = """{ board { name people mine { points rank } top { points rank you person { id name } }
  around { points rank you person { id name } } } }"""
LARGE = {"person", "point_entry", "standing", "standing_count"}


async def explain(url: str, people: int) -> Explained:
    """How the board is read by who stands in the middle."""
    await database.connect(url)
    try:
        with clock.frozen(NOON):
            ground = await grounds.lay(people)
            chance = Random(people)
            earnings = [ground.earning(number, chance.randint(1, 6_000), second=number) for number in range(people)]
            for first in range(0, people, AT_ONCE):
                await ground.add(*earnings[first : first + AT_ONCE])
            await _analyse(url)
            middle = sorted(range(people), key=lambda number: earnings[number].points)[people // 2]
            question = Question("the board", BOARD, "somebody", ground.actor(middle), {})
            [found] = [one async for one in explaining.explain(Desk(), question)]
            return found
    finally:
        await database.close()


async def _analyse(url: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute("vacuum (freeze, analyze)")
    await connection.close()


@pytest.fixture(scope="module")
def boards(cluster: Cluster, template: str) -> Generator[dict[int, Explained]]:
    with apart(cluster, template) as few, apart(cluster, template) as many:
        yield {FEW: asyncio.run(explain(few, FEW)), MANY: asyncio.run(explain(many, MANY))}


@pytest.mark.parametrize("people", [FEW, MANY])
def test_no_plan_of_the_board_scans_a_table_of_people(boards: dict[int, Explained], people: int) -> None:
    scanned = {node["Relation Name"] for node in boards[people].nodes() if node["Node Type"] == "Seq Scan"}

    assert scanned & LARGE == set()


def test_four_times_as_many_people_are_not_twice_as_many_blocks(boards: dict[int, Explained]) -> None:
    assert boards[MANY].blocks < 2 * boards[FEW].blocks
