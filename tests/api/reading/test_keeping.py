"""Plans are compiled once and kept, and both are counted."""

from api.observing import Metrics
from api.reading import catalogue
from api.reading.execution import Reader
from api.reading.planning import Planner
from tests.api.reading.desk import SECRET, Desk

ASKED = "query($first: Int) { objectives(first: $first) { nodes { id } } }"


def told(metrics: Metrics) -> dict[str, float]:
    """The numbers of plans by outcome."""
    lines = metrics.render().decode().splitlines()
    pairs = (line.split(" ") for line in lines if line.startswith("catchball_plans_total{"))
    return {name: float(number) for name, number in pairs}


async def test_each_request_finds_its_plan_or_compiles_it(desk: Desk) -> None:
    metrics = Metrics()
    planner = Planner(desk.schema, catalogue.gather(), SECRET, {"push_key": "key"}, metrics.count_plan)
    reader = Reader(desk.schema, planner)
    dina = desk.world.actor("Dina")

    for first in (1, 2, None, 3):
        assert await reader.answer(desk.prepare(ASKED, {"first": first}), dina)

    found = told(metrics)
    assert found == {
        'catchball_plans_total{outcome="kept"}': 2.0,
        'catchball_plans_total{outcome="compiled"}': 2.0,
    }


async def test_why_there_is_no_plan_is_kept_as_well(desk: Desk) -> None:
    metrics = Metrics()
    planner = Planner(desk.schema, catalogue.gather(), SECRET, {"push_key": "key"}, metrics.count_plan)
    reader = Reader(desk.schema, planner)

    for _ in range(3):
        assert await reader.answer(desk.prepare("{ changes { nextToken } }"), desk.world.actor("Dina")) is None

    assert told(metrics) == {
        'catchball_plans_total{outcome="kept"}': 2.0,
        'catchball_plans_total{outcome="compiled"}': 1.0,
    }
