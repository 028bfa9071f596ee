"""Which pages of other origins a browser lets in."""

import httpx
import pytest

FRIEND = "https://friend.example"
STRANGER = "https://stranger.example"
ASKING = {"access-control-request-method": "POST", "access-control-request-headers": "content-type"}


async def test_an_allowed_origin_is_let_in_with_its_cookies(client: httpx.AsyncClient) -> None:
    asked = await client.options("/graphql", headers={"origin": FRIEND, **ASKING})
    sent = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": FRIEND})

    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == FRIEND
    assert asked.headers["access-control-allow-credentials"] == "true"
    assert asked.headers["access-control-allow-methods"] == "GET, POST, OPTIONS"
    assert "content-type" in asked.headers["access-control-allow-headers"]
    assert sent.headers["access-control-allow-origin"] == FRIEND
    assert "Origin" in sent.headers["vary"]


@pytest.mark.parametrize("origin", [STRANGER, "null", "https://friend.example.evil.example"])
async def test_another_origin_is_kept_out(client: httpx.AsyncClient, origin: str) -> None:
    asked = await client.options("/graphql", headers={"origin": origin, **ASKING})
    sent = await client.post("/graphql", json={"query": "{ hello }"}, headers={"origin": origin})

    assert asked.status_code == 403
    assert asked.json()["errors"][0]["extensions"]["code"] == "ORIGIN_NOT_ALLOWED"
    assert "access-control-allow-origin" not in asked.headers
    assert "access-control-allow-origin" not in sent.headers


async def test_options_tells_what_is_allowed(client: httpx.AsyncClient) -> None:
    response = await client.options("/graphql")

    assert response.status_code == 204
    assert response.headers["allow"] == "GET, POST, OPTIONS"


async def test_every_answer_tells_browsers_to_be_strict(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ hello }"})

    headers = response.headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    ("accepted", "used"),
    [("gzip", "gzip"), ("gzip, br", "br"), ("gzip, deflate, br, zstd", "zstd"), ("identity", None)],
)
async def test_long_answers_are_compressed_as_the_client_takes_them(
    client: httpx.AsyncClient, accepted: str, used: str | None
) -> None:
    query = "{ items(first: 90) { nodes { id name } } }"
    response = await client.post("/graphql", json={"query": query}, headers={"accept-encoding": accepted})
    short = await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept-encoding": accepted})

    assert response.headers.get("content-encoding") == used
    assert len(response.json()["data"]["items"]["nodes"]) == 90
    assert "content-encoding" not in short.headers
