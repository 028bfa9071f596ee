"""A company with a year behind it."""

import pytest

from tests.domain.objectives.company import Company
from tests.domain.objectives.targets import season as seasons
from tests.domain.objectives.targets.season import Season


@pytest.fixture
async def season(company: Company) -> Season:
    """For one test alone."""
    return await seasons.lay(company)
