"""The profile that follows the edition of September 2026 where the audit suite does not."""

from collections.abc import AsyncGenerator

import httpx
import pytest

from api.guard.answers import Profile
from api.guard.assembly import Options, endpoint
from api.guard.execution import executor, subscriber
from api.guard.gate import Gate
from api.observing import Metrics
from tests.api.guard.sample import identify
from tests.api.guard.serving import served

RESPONSE = "application/graphql-response+json"
COERCION = {"query": "query($to: Float!) { slow(seconds: $to) }"}


@pytest.fixture(scope="module")
async def strict(gate: Gate) -> AsyncGenerator[httpx.AsyncClient]:
    """Speaks to a server of that profile."""
    api = endpoint(
        gate,
        identify=identify,
        execute=executor(gate.documents.schema),
        subscribe=subscriber(gate.documents.schema),
        metrics=Metrics(),
        options=Options(profile=Profile.SEPT2026),
    )
    headers = {"authorization": "Bearer partner"}
    async with (
        served(api) as address,
        httpx.AsyncClient(base_url=address, headers=headers) as client,
    ):
        yield client


@pytest.mark.parametrize("accept", [RESPONSE, "application/json"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"query": "{ hello }"}, 200),
        ({"query": "{ hello broken }"}, 294),
        ({"query": "{ brokenHard }"}, 294),
        ({"query": "{"}, 400),
        ({"query": 7}, 422),
        ({"query": "{ unknown }"}, 422),
        ({"query": "query($n: Int) { hello }"}, 422),
        ({"query": "query A { hello } query B { hello }"}, 422),
        (COERCION, 422),
    ],
)
async def test_the_edition_gives_each_outcome_its_own_status(
    strict: httpx.AsyncClient, accept: str, body: dict[str, object], status: int
) -> None:
    response = await strict.post("/graphql", json=body, headers={"accept": accept})

    assert response.status_code == status
    assert ("data" in response.json()) == (status in {200, 294})
