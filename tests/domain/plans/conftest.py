"""A group that plans, at noon of a day in June."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from domain.kernel import clock
from tests.domain.objectives.company import NOON
from tests.domain.plans.ground import Ground, lay


@pytest_asyncio.fixture
async def ground(database: str) -> AsyncGenerator[Ground]:
    with clock.frozen(NOON):
        yield await lay()
