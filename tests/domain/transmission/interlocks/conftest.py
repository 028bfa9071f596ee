"""A company whose units promise each other things, on a stopped clock."""

from collections.abc import Generator

import pytest

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.transmission.interlocks import promising
from tests.domain.transmission.interlocks.promising import Ground


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def ground(database: str) -> Ground:
    return await promising.lay()
