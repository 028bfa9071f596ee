"""Whatever is asked: the planner answers, by one statement, what the executor answers field by field."""

from random import Random

import orjson
import pytest

from tests.api.reading.desk import Desk, statements
from tests.api.reading.documents import Author
from tests.api.reading.world import PEOPLE

DOCUMENTS = 300


@pytest.mark.parametrize("seed", range(DOCUMENTS // 10))
async def test_the_planner_and_the_executor_agree_to_the_byte(desk: Desk, seed: int) -> None:
    for number in range(10):
        text, variables = Author(desk.schema, desk.world.ids, Random(seed * 10 + number)).write()
        for name in PEOPLE:
            async with statements() as seen:
                planned = await desk.plan(name, text, **variables)
            executed = await desk.execute(name, text, **variables)

            assert executed.errors is None, (text, variables)
            assert orjson.dumps(orjson.loads(planned)["data"]) == orjson.dumps(executed.data), (text, variables, name)
            assert len(seen) == 1
