"""The generated group of two thousand people, in a database of its own, and how every question is answered on it."""

import asyncio
from collections.abc import Generator, Sequence

import pytest

from tests.benchmarks import group
from tests.conftest import Cluster
from tests.domain.apart import apart
from tests.plans import explaining, recording
from tests.plans.explaining import Explained


@pytest.fixture(scope="package")
def group_url(cluster: Cluster, template: str) -> Generator[str]:
    with apart(cluster, template) as url:
        asyncio.run(group.copy(url, lambda _: None, people=recording.PEOPLE))
        yield url


@pytest.fixture(scope="package")
def explained(group_url: str) -> Sequence[Explained]:
    return asyncio.run(explaining.explain_everything(group_url))
