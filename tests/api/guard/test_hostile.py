"""Requests made to hurt are refused at once, and the server goes on answering everybody else."""

import time

import httpx
import pytest

from tests.api.guard.hostile import HOSTILE

MEASURED: dict[str, tuple[float, int, str]] = {}
HEADERS = {"content-type": "application/json"}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_request_is_refused_and_the_server_answers_afterwards(
    client: httpx.AsyncClient, name: str
) -> None:
    started = time.perf_counter()
    response = await client.post("/graphql", content=HOSTILE[name], headers=HEADERS)
    milliseconds = (time.perf_counter() - started) * 1000
    after = await client.post("/graphql", json={"query": "{ __typename }"})

    errors = response.json()["errors"]
    MEASURED[name] = (milliseconds, response.status_code, errors[0]["extensions"]["code"])
    assert response.status_code in {400, 413, 422}
    assert "data" not in response.json()
    assert len(errors) in {1, 2, 3, 4, 5}
    assert all(len(error["message"]) <= 300 for error in errors)
    assert len(response.content) < 3000
    assert after.json()["data"] == {"__typename": "Query"}


def test_the_time_of_each_is_shown(request: pytest.FixtureRequest) -> None:
    writer = request.config.get_terminal_writer()

    writer.line()
    for name, row in sorted(MEASURED.items(), key=lambda entry: -entry[1][0]):
        writer.line(f"{name:32} {row[0]:6.1f} ms  {row[1]}  {row[2]}")
