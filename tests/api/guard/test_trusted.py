"""Documents by id: what our own app sends, and what nobody else can add to."""

import hashlib
import json
from pathlib import Path

import httpx
import pytest

from api.guard.trusted import ManifestBroken, read_manifest
from tests.api.guard.sample import HELLO, HELLO_ID, OUTDATED_ID, TOUCH_ID

APP = {"authorization": "Bearer app"}
UNKNOWN = "0" * 64


async def post(client: httpx.AsyncClient, body: object, headers: dict[str, str]) -> httpx.Response:
    return await client.post("/graphql", json=body, headers=headers)


def code(response: httpx.Response) -> str:
    return response.json()["errors"][0]["extensions"]["code"]


async def test_a_trusted_document_runs_by_its_id(client: httpx.AsyncClient) -> None:
    response = await post(client, {"documentId": HELLO_ID, "variables": {"name": "Li Na"}}, APP)

    assert response.json() == {"data": {"hello": "hello Li Na"}}


async def test_a_trusted_document_runs_by_get(client: httpx.AsyncClient) -> None:
    parameters = {"documentId": HELLO_ID, "variables": json.dumps({"name": "李娜"})}

    response = await client.get("/graphql", params=parameters, headers=APP)

    assert response.json() == {"data": {"hello": "hello 李娜"}}


async def test_an_unknown_id_is_not_found_and_not_kept_by_caches(client: httpx.AsyncClient) -> None:
    response = await post(client, {"documentId": f"sha256:{UNKNOWN}"}, APP)

    assert response.status_code == 400
    assert code(response) == "PERSISTED_DOCUMENT_NOT_FOUND"
    assert response.headers["cache-control"] == "no-store"


async def test_the_app_may_not_send_texts_but_for_those_in_the_manifest(
    client: httpx.AsyncClient,
) -> None:
    free = await post(client, {"query": "{ hello }"}, APP)
    known = await post(client, {"query": HELLO}, APP)

    assert free.status_code == 403
    assert code(free) == "TRUSTED_DOCUMENT_REQUIRED"
    assert known.json() == {"data": {"hello": "hello world"}}


async def test_apollo_finds_a_trusted_document_by_its_bare_hash(client: httpx.AsyncClient) -> None:
    persisted = {"version": 1, "sha256Hash": HELLO_ID.removeprefix("sha256:")}

    response = await post(client, {"extensions": {"persistedQuery": persisted}}, APP)

    assert response.json()["data"] == {"hello": "hello world"}


async def test_apollo_is_told_of_an_unknown_hash_in_its_own_words(client: httpx.AsyncClient) -> None:
    body = {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": UNKNOWN}}}

    response = await client.post("/graphql", json=body, headers={"accept": "application/json"})

    assert response.status_code == 200
    assert response.json()["errors"][0]["message"] == "PersistedQueryNotFound"
    assert code(response) == "PERSISTED_QUERY_NOT_FOUND"


async def test_nobody_registers_a_document_by_sending_it_with_its_hash(
    client: httpx.AsyncClient,
) -> None:
    text = "{ hello nothing }"
    persisted = {"version": 1, "sha256Hash": hashlib.sha256(text.encode()).hexdigest()}
    extensions = {"persistedQuery": persisted}

    by_app = await post(client, {"query": text, "extensions": extensions}, APP)
    by_partner = await post(client, {"query": text, "extensions": extensions}, {})
    afterwards = await post(client, {"extensions": extensions}, {})

    assert code(by_app) == "TRUSTED_DOCUMENT_REQUIRED"
    assert by_partner.json()["data"] == {"hello": "hello world", "nothing": None}
    assert code(afterwards) == "PERSISTED_QUERY_NOT_FOUND"


async def test_a_hash_must_be_that_of_the_text_beside_it(client: httpx.AsyncClient) -> None:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": UNKNOWN}}

    response = await post(client, {"query": "{ hello }", "extensions": extensions}, {})

    assert response.status_code == 400
    assert code(response) == "BAD_REQUEST"


async def test_a_trusted_document_of_an_old_app_that_no_longer_fits_is_refused_alone(
    client: httpx.AsyncClient,
) -> None:
    response = await post(client, {"documentId": OUTDATED_ID}, APP)

    assert response.status_code == 422
    assert code(response) == "GRAPHQL_VALIDATION_FAILED"


async def test_a_change_is_never_made_by_get(client: httpx.AsyncClient) -> None:
    by_id = await client.get("/graphql", params={"documentId": TOUCH_ID}, headers=APP)
    by_text = await client.get("/graphql", params={"query": "mutation { touch }"})

    for response in (by_id, by_text):
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"
        assert "set-cookie" not in response.headers


async def test_a_get_that_a_foreign_page_could_send_is_refused(address: str) -> None:
    parameters = {"documentId": HELLO_ID}
    async with httpx.AsyncClient(base_url=address) as page:
        bare = await page.get("/graphql", params=parameters)
        asked = await page.get("/graphql", params=parameters, headers={"x-client-name": "phone"})

    assert bare.status_code == 400
    assert code(bare) == "PREFLIGHT_REQUIRED"
    assert asked.json() == {"data": {"hello": "hello world"}}


@pytest.mark.parametrize(
    ("query_string", "status"),
    [
        ("documentId=%ff", 400),
        ("&".join(f"p{n}=1" for n in range(30)), 400),
        ("query={hello}&variables=[", 400),
        ("query={hello}&variables=[]", 400),
        ("query={hello}&variables=", 200),
        ("query={hello}&query=" + "a" * 20_000, 414),
    ],
)
async def test_a_query_string_is_checked_as_strictly_as_a_body(
    client: httpx.AsyncClient, query_string: str, status: int
) -> None:
    response = await client.get(f"/graphql?{query_string}")

    assert response.status_code == status


async def test_a_client_that_has_the_answer_gets_304_without_a_body(
    client: httpx.AsyncClient,
) -> None:
    parameters = {"documentId": HELLO_ID}
    first = await client.get("/graphql", params=parameters, headers=APP)
    etag = first.headers["etag"]

    second = await client.get("/graphql", params=parameters, headers={**APP, "if-none-match": etag})
    listed = f'"other", {etag.removeprefix("W/")}'
    third = await client.get("/graphql", params=parameters, headers={**APP, "if-none-match": listed})
    changed = await client.get(
        "/graphql",
        params={**parameters, "variables": '{"name":"b"}'},
        headers={**APP, "if-none-match": etag},
    )

    assert first.headers["cache-control"] == "private, max-age=0, must-revalidate"
    assert "Authorization" in first.headers["vary"]
    assert etag.startswith('W/"')
    assert (second.status_code, second.content) == (304, b"")
    assert second.headers["etag"] == etag
    assert third.status_code == 304
    assert changed.status_code == 200


def test_a_manifest_must_name_each_text_by_its_own_hash(tmp_path: Path) -> None:
    path = tmp_path / "trusted.json"
    path.write_text(json.dumps({HELLO_ID: HELLO + " "}))

    with pytest.raises(ManifestBroken):
        read_manifest(path)


def test_a_manifest_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path / "trusted.json") == {}
