"""Each query of views is one statement, whatever it asks for."""

from random import Random

import pytest

from tests.api.reading.desk import Desk, statements
from tests.api.reading.documents import Author

DOCUMENTS = 100


@pytest.mark.parametrize("chapter", range(5))
async def test_a_document_is_one_statement(desk: Desk, chapter: int) -> None:
    documents = [
        Author(desk.schema, desk.world.ids, {}, Random(chapter * DOCUMENTS + number)).write()
        for number in range(DOCUMENTS // 5)
    ]

    async with statements() as seen:
        for text, variables in documents:
            await desk.plan("Dina", text, **variables)

    assert len(seen) == len(documents)
