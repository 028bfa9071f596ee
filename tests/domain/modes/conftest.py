"""For tests of modes: a group, and a clock that stands."""

from collections.abc import Generator

import pytest
import pytest_asyncio

from domain.kernel import clock
from tests.domain.modes import ground
from tests.domain.modes.ground import NOW, Group


@pytest.fixture
def now() -> Generator[None]:
    with clock.frozen(NOW):
        yield


@pytest_asyncio.fixture(loop_scope="session")
async def group(database: str, now: None) -> Group:
    return await ground.lay()
