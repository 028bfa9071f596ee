"""A ground of measures, on a stopped clock."""

from collections.abc import Generator

import pytest

from domain.kernel import clock
from tests.domain.objectives.company import NOON


@pytest.fixture(autouse=True)
def noon() -> Generator[None]:
    with clock.frozen(NOON):
        yield
