"""A ground for each test, on a stopped clock."""

from collections.abc import Generator

import pytest

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.scorecards.cards import ground as grounds
from tests.domain.scorecards.cards.ground import Ground


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def ground(database: str) -> Ground:
    return await grounds.lay()
