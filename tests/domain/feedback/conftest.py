"""A company that talks, on a stopped clock."""

from collections.abc import Generator

import pytest

from domain.kernel import clock
from tests.domain.feedback import talking
from tests.domain.feedback.talking import Talk
from tests.domain.objectives.company import NOON


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield


@pytest.fixture
async def talk(database: str) -> Talk:
    return await talking.lay()
