"""What the edition of September 2026 demands of a server, and what we promise beyond it."""

import json

import httpx
import pytest

JSON = "application/json"
RESPONSE = "application/graphql-response+json"
STREAM = "text/event-stream"
HELLO = {"query": "{ hello }"}


async def send(client: httpx.AsyncClient, method: str = "POST", body: object = HELLO, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.request(method, "/graphql", content=content, headers={"content-type": JSON, **named})


@pytest.mark.parametrize(
    ("accept", "answered"),
    [
        (RESPONSE, RESPONSE),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("", JSON),
        (f"{RESPONSE}, {JSON};q=0.9", RESPONSE),
        (f"{JSON}, {RESPONSE}", RESPONSE),
        (f"{RESPONSE};q=0.1, {JSON}", JSON),
        (f"{RESPONSE}; charset=utf-8, */*", RESPONSE),
        (f"text/html, {RESPONSE};q=0.5", RESPONSE),
        (f"{RESPONSE}, application/graphql+json, {JSON}, {STREAM}, multipart/mixed", RESPONSE),
        (f"{STREAM}, {RESPONSE}", RESPONSE),
    ],
)
async def test_the_answer_has_the_media_type_that_the_client_prefers(
    client: httpx.AsyncClient, accept: str, answered: str
) -> None:
    response = await send(client, accept=accept)

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{answered}; charset=utf-8"
    assert response.json()["data"] == {"hello": "hello world"}


@pytest.mark.parametrize(
    "accept",
    ["text/html", f"{JSON};q=0", "image/png, text/plain", f"{RESPONSE};charset=latin1", ";;,;="],
)
async def test_a_client_that_takes_nothing_of_ours_gets_406(client: httpx.AsyncClient, accept: str) -> None:
    response = await send(client, accept=accept)

    assert response.status_code == 406
    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"
    assert response.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/application/json",
        "application/graphql",
        "application/json; charset=latin1",
        "",
    ],
)
async def test_only_json_in_utf_8_is_read_so_that_no_foreign_form_can_send_it(
    client: httpx.AsyncClient, content_type: str
) -> None:
    response = await send(client, content_type=content_type)

    assert response.status_code == 415
    assert response.json()["errors"][0]["extensions"]["code"] == "UNSUPPORTED_MEDIA_TYPE"


async def test_a_compressed_request_is_not_unpacked(client: httpx.AsyncClient) -> None:
    response = await send(client, content_encoding="gzip")

    assert response.status_code == 415


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"'],
)
async def test_json_in_utf_8_is_read_however_it_is_written(client: httpx.AsyncClient, content_type: str) -> None:
    response = await send(client, content_type=content_type)

    assert response.status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "TRACE", "QUERY"])
async def test_other_methods_get_405_and_are_told_what_is_allowed(client: httpx.AsyncClient, method: str) -> None:
    response = await send(client, method)

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST, OPTIONS"


@pytest.mark.parametrize(
    ("query", "accept", "status", "code"),
    [
        ("{", RESPONSE, 400, "GRAPHQL_PARSE_FAILED"),
        ("{", JSON, 200, "GRAPHQL_PARSE_FAILED"),
        ("{ unknown }", RESPONSE, 422, "GRAPHQL_VALIDATION_FAILED"),
        ("{ unknown }", JSON, 200, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { hello } query B { hello }", RESPONSE, 422, "OPERATION_RESOLUTION_FAILURE"),
        ("query($to: Float!) { slow(seconds: $to) }", RESPONSE, 400, "BAD_USER_INPUT"),
        ("query($to: Float!) { slow(seconds: $to) }", JSON, 200, "BAD_USER_INPUT"),
        ("{ items(first: 101) { total } }", RESPONSE, 400, "BAD_USER_INPUT"),
        ("{ items(first: -1) { total } }", RESPONSE, 400, "BAD_USER_INPUT"),
        ("subscription { forever }", RESPONSE, 400, "SUBSCRIPTION_NEEDS_STREAM"),
        ("{ slow(seconds: 9) }", RESPONSE, 503, "DEADLINE_EXCEEDED"),
        ("{ __schema { queryType { name } } }", RESPONSE, 403, "INTROSPECTION_NOT_ALLOWED"),
    ],
)
async def test_a_refused_operation_has_a_status_a_code_and_no_data(
    client: httpx.AsyncClient, query: str, accept: str, status: int, code: str
) -> None:
    response = await send(client, body={"query": query}, accept=accept)

    assert response.status_code == status
    assert response.json()["errors"][0]["extensions"]["code"] == code
    assert "data" not in response.json()
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ({"query": 1}, "query must be a string."),
        ({"query": "{ hello }", "variables": []}, "variables must be an object."),
        ({"query": "{ hello }", "extensions": "x"}, "extensions must be an object."),
        ({"query": "{ hello }", "operationName": 1}, "operationName must be a string."),
        ({"documentId": {}}, "documentId must be a string."),
        ({}, "The request names no document: send query or documentId."),
        ([HELLO], "Batches of requests are not offered: send one request object."),
        (7, "The body must be a JSON object."),
    ],
)
async def test_a_parameter_of_the_wrong_type_is_named(client: httpx.AsyncClient, sent: object, refused: str) -> None:
    response = await send(client, body=sent)

    assert response.status_code == 400
    assert response.json()["errors"] == [{"message": refused, "extensions": {"code": "BAD_REQUEST"}}]


async def test_unknown_parameters_and_nulls_are_ignored(client: httpx.AsyncClient) -> None:
    body = {**HELLO, "variables": None, "operationName": None, "extensions": None, "id": 7}

    response = await send(client, body=body)

    assert response.json()["data"] == {"hello": "hello world"}


async def test_bad_credentials_get_401_and_nobody_is_a_caller_too(client: httpx.AsyncClient, address: str) -> None:
    refused = await send(client, authorization="Bearer wrong")
    async with httpx.AsyncClient(base_url=address) as nobody:
        anonymous = await send(nobody)

    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == 'Bearer error="invalid_token"'
    assert refused.json()["errors"] == [
        {"message": "This token is not valid.", "extensions": {"code": "UNAUTHENTICATED"}}
    ]
    assert anonymous.json()["errors"][0]["extensions"]["code"] == "TRUSTED_DOCUMENT_REQUIRED"


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer " + "x" * 8000},
        {"cookie": "=;;;===;\x80; a=b"},
        {"x-request-id": "a b\tc"},
        {"accept-language": "zz;q=9,,;;q=,*"},
        {"x-client-name": "<script>", "x-client-version": "\xff" * 100},
        {"accept": "a" * 8000},
        {"if-none-match": ",,,W/"},
        {"origin": "null"},
        {"host": "\xe9vil"},
    ],
)
async def test_no_header_ever_gives_a_500(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]

    response = await client.post(
        "/graphql", content=b'{"query":"{ hello }"}', headers=[(b"content-type", JSON.encode()), *raw]
    )

    assert response.status_code in {200, 400, 401, 406}
    assert len(response.content) < 1000


@pytest.mark.parametrize(
    ("accept_language", "language"),
    [
        ("", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.5, zh-Hans;q=0.7", "zh-CN"),
        ("de, en;q=0.5, zh;q=0.2", "en"),
        ("fr", "en"),
        ("zh;q=0", "en"),
    ],
)
async def test_resolvers_know_the_language_that_the_client_prefers(
    client: httpx.AsyncClient, accept_language: str, language: str
) -> None:
    response = await send(client, body={"query": "{ language }"}, accept_language=accept_language)

    assert response.json()["data"] == {"language": language}


async def test_resolvers_know_name_and_version_of_the_client(client: httpx.AsyncClient) -> None:
    named = await send(client, body={"query": "{ client }"}, x_client_name="phone", x_client_version="1.2.3")
    hostile = await send(client, body={"query": "{ client }"}, x_client_name="<b>", x_client_version="")

    assert named.json()["data"] == {"client": "phone 1.2.3"}
    assert hostile.json()["data"] == {"client": "None None"}


async def test_a_resolver_may_set_a_cookie(client: httpx.AsyncClient) -> None:
    response = await send(client, body={"query": "mutation { touch }"})

    assert response.headers["set-cookie"] == ("refresh=abc; HttpOnly; SameSite=Strict; Path=/graphql")


async def test_every_answer_carries_the_id_of_its_request(client: httpx.AsyncClient) -> None:
    given = await send(client, x_request_id="trace-0123456789")
    refused = await send(client, x_request_id="no")

    assert given.headers["x-request-id"] == "trace-0123456789"
    assert len(refused.headers["x-request-id"]) == 32
