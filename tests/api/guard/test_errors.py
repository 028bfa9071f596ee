"""What clients are told of errors: enough to act on, nothing of the inside, never much."""

import httpx
import pytest

from tests.api.guard.conftest import ReadLog


async def ask(client: httpx.AsyncClient, query: str) -> httpx.Response:
    return await client.post("/graphql", json={"query": query})


@pytest.mark.parametrize("field", ["broken", "brokenHard"])
async def test_an_unexpected_error_is_masked_and_logged_once_under_its_id(
    client: httpx.AsyncClient, log: ReadLog, field: str
) -> None:
    response = await ask(client, f"{{ {field} }}")

    error = response.json()["errors"][0]
    faults = [line for line in log() if line["event"] == "fault"]
    assert response.status_code == 200
    assert error["message"] == "Something went wrong on our side. Please try again."
    assert error["path"] == [field]
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert "secret" not in response.text
    assert [fault["error_id"] for fault in faults] == [error["extensions"]["errorId"]]
    assert faults[0]["kind"] == "RuntimeError"
    assert "the password of the database" in faults[0]["cause"]


async def test_a_null_that_travelled_to_the_root_is_still_data(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ brokenHard }")

    assert response.json()["data"] is None


async def test_a_refusal_of_the_domain_keeps_its_code_and_its_sentence(
    client: httpx.AsyncClient,
) -> None:
    response = await ask(client, "{ missing hello }")

    error = response.json()["errors"][0]
    assert response.json()["data"] == {"missing": None, "hello": "hello world"}
    assert error["message"] == "The objective does not exist or is not shared with you."
    assert error["extensions"]["code"] == "not_found"


async def test_no_answer_holds_more_than_five_errors(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ " + " ".join(f"unknown{n}" for n in range(15)) + " }")

    assert len(response.json()["errors"]) == 5


async def test_no_answer_echoes_what_was_sent(client: httpx.AsyncClient) -> None:
    response = await ask(client, '{ items(first: "' + "a" * 90_000 + '") { total } }')

    assert len(response.json()["errors"][0]["message"]) == 300
    assert len(response.content) < 600


async def test_nothing_is_suggested_of_the_schema(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ hell }")

    assert response.json()["errors"][0]["message"] == "Cannot query field 'hell' on type 'Query'."


async def test_log_lines_name_the_operation_and_no_person(client: httpx.AsyncClient, log: ReadLog) -> None:
    body = {"query": "query Hi($n: String!) { hello(name: $n) }", "variables": {"n": "Li Na"}}

    await client.post("/graphql", json=body, headers={"x-request-id": "trace-0123456789"})

    [line] = log()
    assert line.pop("milliseconds")
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "POST",
        "path": "/graphql",
        "status": 200,
        "operation": "Hi",
        "refused_as": "",
        "request_id": "trace-0123456789",
    }
