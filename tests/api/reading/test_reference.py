"""The planner answers what a reader answers that asks for one field of one row at a time."""

from random import Random

import graphql
import orjson
import pytest

from api import schema
from api.reading import catalogue
from tests.api.reading.desk import Desk
from tests.api.reading.documents import Author
from tests.api.reading.reference import Reference
from tests.api.reading.world import PEOPLE

DOCUMENTS = 60
PLAIN = graphql.build_schema(schema.sdl())
CURSORS = frozenset({"cursor", "startCursor", "endCursor"})


@pytest.mark.parametrize("seed", range(DOCUMENTS))
async def test_plans_answer_what_the_views_declare(desk: Desk, seed: int) -> None:
    text, variables = Author(desk.schema, desk.world.ids, Random(1000 + seed), without=CURSORS).write()
    for name in (PEOPLE[seed % 6], PEOPLE[(seed + 1 + seed // 6) % 6]):
        reference = Reference(PLAIN, catalogue.gather(), desk.world.actor(name))

        planned = await desk.ask(name, text, **variables)

        assert orjson.dumps(planned) == orjson.dumps(await reference.answer(text, variables)), (text, variables, name)
