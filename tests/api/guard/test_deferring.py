"""`@defer`: answers in parts for clients that take them, and the same answer at once for all others."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Mapping
from typing import cast

import httpx
import pytest
from starlette.types import Message

from api.guard.delivery import Part
from api.guard.gate import Gate
from api.guard.multipart import PartsResponse
from api.guard.negotiation import Accepted, MediaType, negotiate
from tests.api import parts
from tests.api.guard.sample import ENDED, LATE_ID
from tests.api.guard.test_live import until
from tests.api.parts import Json

PARTS = {"accept": "multipart/mixed, application/graphql-response+json"}
SLOW = '{ hello ... @defer(label: "late") { slow(seconds: 0.01) } }'
MIXED: Json = {"broken": None, "missing": None, "item": {"id": "1"}}
NESTED = "{ item { id ... @defer { name selfAgain { id ... @defer { name } } } } }"


async def ask(
    client: httpx.AsyncClient,
    query: str,
    accept: str = PARTS["accept"],
    variables: Mapping[str, object] | None = None,
) -> httpx.Response:
    body = {"query": query, "variables": variables or {}}
    return await client.post("/graphql", json=body, headers={"accept": accept})


async def delivered(client: httpx.AsyncClient, query: str, **variables: object) -> list[Json]:
    response = await ask(client, query, variables=variables)
    assert response.status_code == 200, response.text
    found = parts.read(response.headers["content-type"], response.content)
    assert cast("Json", found[0].pop("extensions")).keys() == {"cost"}
    return found


async def test_a_deferred_fragment_comes_after_the_rest(client: httpx.AsyncClient) -> None:
    response = await ask(client, SLOW)

    assert response.headers["content-type"] == 'multipart/mixed; boundary="-"; incrementalSpec=v0.2'
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"].startswith("Accept, ")
    assert await delivered(client, SLOW) == [
        {"data": {"hello": "hello world"}, "pending": [{"id": "0", "path": [], "label": "late"}], "hasNext": True},
        {"incremental": [{"id": "0", "data": {"slow": "done"}}], "completed": [{"id": "0"}], "hasNext": False},
    ]


async def test_the_body_is_written_as_the_proposal_says(client: httpx.AsyncClient) -> None:
    body = (await ask(client, SLOW)).content

    assert body.startswith(b"\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{")
    assert body.count(b"}\r\n---\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{") == 1
    assert body.endswith(b"}\r\n-----\r\n")


async def test_a_part_is_there_with_its_boundary_before_the_next_begins(client: httpx.AsyncClient) -> None:
    query = "{ hello ... @defer { endless } }"
    async with client.stream("POST", "/graphql", json={"query": query}, headers=PARTS) as response:
        text = b""
        async with asyncio.timeout(0.4):
            async for piece in response.aiter_bytes():
                text += piece
                if text.endswith(b"}\r\n---\r\n"):
                    break

    assert json.loads(text.split(b"\r\n")[4])["data"] == {"hello": "hello world"}


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd", "identity"])
async def test_each_part_can_be_decoded_before_the_next_begins(client: httpx.AsyncClient, encoding: str) -> None:
    headers = PARTS | {"accept-encoding": encoding}
    query = "{ hello ... @defer { endless } }"

    async with client.stream("POST", "/graphql", json={"query": query}, headers=headers) as response:
        assert response.headers.get("content-encoding", "identity") == encoding
        async with asyncio.timeout(0.4):
            async for piece in response.aiter_bytes():
                if piece.endswith(b"\r\n---\r\n"):
                    break


@pytest.mark.parametrize(
    "query",
    [
        SLOW,
        NESTED,
        "{ ...F @defer } fragment F on Query { hello item { id } }",
        "{ item { id } ... @defer { item { name } hello } ... @defer { hello nothing } }",
        "{ items(first: 3) { total nodes { id ...N @defer } } } fragment N on Item { name inner(first: 2) { total } }",
        "{ found { ... on Item @defer { id } ... on Person @defer { name } } }",
        "{ ... @defer { hello ... @defer { nothing ... @defer { item { id } } } } }",
        "query A { ... @defer { __typename } }",
    ],
)
async def test_all_parts_together_are_the_answer_that_others_get_at_once(client: httpx.AsyncClient, query: str) -> None:
    found = await delivered(client, query)
    at_once = (await ask(client, query, "application/graphql-response+json")).json()

    assert len(found) >= 2
    assert parts.merged(found)["data"] == at_once["data"]


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("{ hello ... @defer(if: false) { nothing } }", {}),
        ("query($d: Boolean!) { hello ... @defer(if: $d) { nothing } }", {"d": False}),
        ("query($d: Boolean! = false) { hello ... @defer(if: $d) { nothing } }", {}),
        ("query($s: Boolean!) { hello ... @defer @skip(if: $s) { item { id } } nothing }", {"s": True}),
        ("query($s: Boolean!) { hello ... @skip(if: $s) { ... @defer { item { id } } } nothing }", {"s": True}),
    ],
)
async def test_an_answer_of_which_nothing_is_deferred_is_one(
    client: httpx.AsyncClient, query: str, variables: dict[str, object]
) -> None:
    response = await ask(client, query, variables=variables)

    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.json()["data"] == {"hello": "hello world", "nothing": None}


async def test_a_condition_that_holds_defers(client: httpx.AsyncClient) -> None:
    query = "query($d: Boolean! = false) { hello ... @defer(if: $d) { nothing } }"

    assert parts.merged(await delivered(client, query, d=True))["data"] == {"hello": "hello world", "nothing": None}


@pytest.mark.parametrize(
    ("accept", "takes"),
    [
        ("multipart/mixed, application/json", True),
        ("application/json, multipart/mixed; q=0.1", True),
        ("multipart/mixed;incrementalSpec=v0.2, application/json", True),
        ('Multipart/Mixed; IncrementalSpec="v0.2"', True),
        ("multipart/mixed; incrementalDeliverySpec=3283f8a", True),
        ("multipart/mixed;deferSpec=20220824, multipart/mixed;incrementalSpec=v0.2, application/json", True),
        ("multipart/mixed;deferSpec=20220824, application/json", False),
        ("multipart/mixed;incrementalSpec=v0.1, application/json", False),
        ("multipart/mixed;subscriptionSpec=1.0, application/json", False),
        ("multipart/mixed;q=0, application/json", False),
        ("multipart/*, application/json", False),
        ("*/*", False),
        ("", False),
    ],
)
async def test_parts_are_for_clients_that_name_them_in_our_form(
    client: httpx.AsyncClient, accept: str, *, takes: bool
) -> None:
    response = await ask(client, SLOW, accept)

    assert negotiate(accept).takes_parts == takes
    assert response.headers["content-type"].startswith("multipart/mixed") == takes
    if not takes:
        assert response.json()["data"] == {"hello": "hello world", "slow": "done"}


async def test_who_takes_nothing_but_parts_gets_one(client: httpx.AsyncClient) -> None:
    response = await ask(client, "{ hello }", "multipart/mixed")
    refused = await ask(client, "{ unknown }", "multipart/mixed")
    changed = await ask(client, "mutation { touch }", "multipart/mixed")

    [only] = parts.read(response.headers["content-type"], response.content)
    assert only["data"] == {"hello": "hello world"}
    assert (refused.status_code, changed.status_code) == (422, 406)
    assert changed.json()["errors"][0]["extensions"] == {"code": "NOT_ACCEPTABLE"}
    assert negotiate("multipart/mixed") == Accepted(None, takes_stream=False, takes_parts=True)
    assert negotiate("*/*").single is MediaType.JSON


async def test_a_document_without_defer_is_kept_as_it_is_and_answered_at_once(
    client: httpx.AsyncClient, gate: Gate
) -> None:
    response = await ask(client, "{ hello }")
    opened = gate.documents.open("{ hello }")

    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert opened.deferring is None
    assert opened.operations[""].node is opened.node.definitions[0]


async def test_a_change_is_answered_at_once(client: httpx.AsyncClient) -> None:
    response = await ask(client, "mutation { remember { id ... @defer { name } } }")

    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert response.json()["data"] == {"remember": {"id": "1", "name": "one"}}


async def test_an_event_holds_the_whole_answer(client: httpx.AsyncClient) -> None:
    response = await ask(client, SLOW, "text/event-stream")

    data = response.text.splitlines()[3].removeprefix("data: ")
    assert json.loads(data)["data"] == {"hello": "hello world", "slow": "done"}


async def test_a_query_by_get_may_defer(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", params={"query": SLOW}, headers=PARTS)

    assert parts.merged(parts.read(response.headers["content-type"], response.content))["data"] == {
        "hello": "hello world",
        "slow": "done",
    }
    assert "etag" not in response.headers


async def test_a_trusted_document_may_defer(client: httpx.AsyncClient) -> None:
    headers = PARTS | {"authorization": "Bearer app"}

    response = await client.post("/graphql", json={"documentId": LATE_ID}, headers=headers)

    found = parts.read(response.headers["content-type"], response.content)
    assert parts.merged(found) == {"data": {"hello": "hello world", "nothing": None}}


async def test_an_error_of_a_deferred_part_comes_with_it_and_is_masked(client: httpx.AsyncClient) -> None:
    first, second = await delivered(client, "{ hello ... @defer { broken missing item { id } } }")

    assert parts.merged([first, second])["data"] == {"hello": "hello world", **MIXED}
    codes = [(one["path"], code(one)) for one in errors_of(second, "incremental")]
    assert sorted(codes, key=str) == [(["broken"], "INTERNAL_SERVER_ERROR"), (["missing"], "not_found")]
    assert "secret" not in json.dumps(second)


async def test_a_deferred_part_that_fails_altogether_is_completed_by_its_error(client: httpx.AsyncClient) -> None:
    _, second = await delivered(client, "{ hello ... @defer { brokenHard } }")

    assert "incremental" not in second
    assert [code(one) for one in errors_of(second, "completed")] == ["INTERNAL_SERVER_ERROR"]


async def test_an_error_of_what_is_not_deferred_is_in_the_first_part(client: httpx.AsyncClient) -> None:
    first, _ = await delivered(client, "{ broken ... @defer { hello } }")

    assert first["data"] == {"broken": None}
    assert [one["path"] for one in cast("list[Json]", first["errors"])] == [["broken"]]


async def test_wrong_variables_are_refused_before_anything_is_sent(client: httpx.AsyncClient) -> None:
    response = await ask(client, "query($n: Float!) { hello ... @defer { slow(seconds: $n) } }", variables={"n": "x"})

    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/graphql-response+json")
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_what_does_not_come_in_time_is_completed_by_a_refusal_and_ends(client: httpx.AsyncClient) -> None:
    ENDED.clear()

    first, second = await delivered(client, "{ hello ... @defer { endless } ... @defer { later: endless } }")

    message = "The operation took too long and was stopped."
    errors = [{"message": message, "extensions": {"code": "DEADLINE_EXCEEDED"}}]
    assert first["data"] == {"hello": "hello world"}
    assert second == {"completed": [{"id": one, "errors": errors} for one in "01"], "hasNext": False}
    assert ENDED == ["endless", "endless"]


async def test_the_work_ends_when_the_client_goes_away(client: httpx.AsyncClient) -> None:
    ENDED.clear()
    query = "{ hello ... @defer { endless } }"

    async with client.stream("POST", "/graphql", json={"query": query}, headers=PARTS) as response:
        async for _ in response.aiter_bytes():
            break

    await until("endless")


async def test_all_parts_together_have_the_size_of_one_answer(client: httpx.AsyncClient) -> None:
    query = "query($n: String!) { a: hello(name: $n) ... @defer { items(first: 25) { nodes { echo(text: $n) } } } }"

    fits = await delivered(client, query, n="x" * 70_000)
    first, second = await delivered(client, query, n="x" * 80_000)

    assert len(json.dumps(fits)) > 1_750_000
    assert len(str(first["data"])) > 80_000
    assert [code(one) for one in errors_of(second, "completed")] == ["QUERY_TOO_COMPLEX"]


async def test_a_first_part_that_is_too_large_is_refused_whole(client: httpx.AsyncClient) -> None:
    query = "query($n: String!) { items(first: 25) { nodes { echo(text: $n) } } ... @defer { hello } }"

    response = await ask(client, query, variables={"n": "x" * 90_000})

    assert response.status_code == 422
    assert response.json()["errors"][0]["extensions"]["limit"] == "answer bytes"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{ items { nodes @stream { id } } }", "Unknown directive '@stream'."),
        ("{ hello @defer }", "Directive '@defer' may not be used on field."),
        ("mutation { ... @defer { touch } }", "Defer directive cannot be used on root mutation type 'Mutation'."),
        ('{ ... @defer(label: "a") { hello } ... @defer(label: "a") { nothing } }', "label"),
        ("subscription { ... @defer { count(to: 1) } }", "Defer directive"),
        ("{ ... @defer(if: 7) { hello } }", "Boolean"),
    ],
)
async def test_a_misplaced_defer_is_refused(client: httpx.AsyncClient, query: str, message: str) -> None:
    response = await ask(client, query)

    assert response.status_code == 422
    assert message in response.json()["errors"][0]["message"]
    assert response.json()["errors"][0]["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


async def test_a_client_that_reads_too_slowly_is_left() -> None:
    ended: list[str] = []

    async def endless() -> AsyncGenerator[Part]:
        try:
            while True:
                yield Part(b"{}", is_last=False)
        finally:
            ended.append("parts")

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: Message) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    response = PartsResponse(endless(), headers={}, until=asyncio.get_running_loop().time() + 0.05)
    await asyncio.wait_for(response({"type": "http"}, receive, send), 5)

    assert ended == ["parts"]


def errors_of(part: Json, kind: str) -> list[Json]:
    """The errors of the only fragment that came, or that did not."""
    [only] = cast("list[Json]", part[kind])
    return cast("list[Json]", only["errors"])


def code(error: Json) -> object:
    return cast("Json", error["extensions"])["code"]


def beside(number: int) -> str:
    return "{ " + " ".join("... @defer { hello }" for _ in range(number)) + " }"


def nested(number: int) -> str:
    return "{ " + "... @defer { " * number + "hello" + " }" * number + " }"


def spread(number: int) -> str:
    return "{ " + "...F " * number + "} fragment F on Query { ... @defer { hello } }"


@pytest.mark.parametrize("make", [beside, nested, spread])
async def test_a_document_defers_ten_fragments_at_most(client: httpx.AsyncClient, make: Callable[[int], str]) -> None:
    allowed, refused = await ask(client, make(10)), await ask(client, make(11))

    assert allowed.status_code == 200
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["extensions"] == {
        "code": "QUERY_TOO_COMPLEX",
        "limit": "deferred fragments",
        "allowed": 10,
    }
