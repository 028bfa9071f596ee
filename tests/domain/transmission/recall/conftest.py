"""A company whose strategy is asked for, on a stopped clock."""

from collections.abc import Generator

import pytest

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.transmission.recall import asking
from tests.domain.transmission.recall.asking import Asked


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def asked(database: str) -> Asked:
    """Everybody is asked for the three weightiest of four strategic objectives."""
    return await asking.lay()
