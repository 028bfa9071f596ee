"""What scanners of GraphQL servers look for, and what chance finds: neither gets through."""

import json

import httpx
import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

JSON = {"content-type": "application/json"}
BODIES: dict[str, object] = {
    "101 aliases": {"query": "{ " + " ".join(f"a{n}: __typename" for n in range(101)) + " }"},
    "500 repetitions": {"query": "{ " + "__typename " * 500 + "}"},
    "a batch of ten": [{"query": "{ __typename }"}] * 10,
    "ten unknown directives": {"query": "{ __typename " + "@aa" * 10 + " }"},
    "circular introspection": {
        "query": "{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }"
    },
    "introspection": {"query": "{ __schema { directives { name } } }"},
    "a misspelled field": {"query": "{ directive }"},
    "a misspelled keyword": {"query": "qwerty probe { hello }"},
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_probe_by_post_gets_a_refusal_that_tells_nothing(client: httpx.AsyncClient, name: str) -> None:
    response = await client.post("/graphql", json=BODIES[name])

    assert response.status_code in {400, 403, 422}
    assert "Did you mean" not in response.text
    assert "exception" not in response.text
    assert "tracing" not in response.text
    assert len(response.json()["errors"]) in {1, 2, 3, 4, 5}


async def test_a_probe_by_get_form_or_browser_gets_nothing(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as stranger:
        query = await stranger.get("/graphql", params={"query": "{ __typename }"})
        change = await stranger.get("/graphql", params={"query": "mutation { __typename }"})
        form = await stranger.post("/graphql", data={"query": "{ __typename }"})
        page = await stranger.get("/graphql", headers={"accept": "text/html"})

    assert [query.status_code, change.status_code, form.status_code, page.status_code] == [
        400,
        400,
        415,
        406,
    ]


WORDS = ["query", "documentId", "variables", "operationName", "extensions", "persistedQuery", "sha256Hash"]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["{ hello }", "query($n: Int) { items(first: $n) { total } }", "{ found { __typename } }"]),
)
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(st.sampled_from([*WORDS, "n"]), st.text(max_size=5)), inner, max_size=5),
    ),
    max_leaves=12,
)
REQUESTS = st.one_of(
    VALUES,
    st.fixed_dictionaries({"query": TEXTS}, optional=dict.fromkeys(WORDS[1:], VALUES)),
)
often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@often
@given(body=REQUESTS.map(lambda value: json.dumps(value).encode()))
async def test_no_json_ever_gives_a_500(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers=JSON)

    assert response.status_code < 500
    assert orjson.loads(response.content)


@often
@given(body=st.binary(max_size=200))
async def test_no_bytes_ever_give_a_500(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/graphql", content=body, headers=JSON)

    assert response.status_code < 500
    assert orjson.loads(response.content)


PIECES = st.lists(
    st.sampled_from(
        ["{", "}", "(", ")", "[", "]", "...", "on", ":", "$", "@", "!", "=", "|", "&", "query ", "mutation ",
         "subscription ", "fragment ", "hello", "item ", "items ", "id ", "F ", '"', '"""', "\\u", "1", "-", "#",
         "@include(if: true)", "@defer ", "\n", "first: 3", "name: ", "null", "Item ", "__typename "]
    ),
    max_size=30,
)  # fmt: skip


@often
@given(query=PIECES.map("".join))
async def test_no_document_ever_gives_a_500(client: httpx.AsyncClient, query: str) -> None:
    response = await client.post("/graphql", json={"query": query})

    assert response.status_code < 500
    assert orjson.loads(response.content)
