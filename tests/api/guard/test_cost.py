"""What operations cost, and what happens to those who spend too much."""

import asyncio
import socket

import httpx
import pytest
from graphql import GraphQLSchema, OperationDefinitionNode, parse
from redis.asyncio import Redis

from api.guard.bucket import Bucket, Charge
from api.guard.callers import Budget
from api.guard.cost import points, price
from api.guard.refusal import Refusal
from tests.api.guard.sample import sample_schema

NODES = "{ nodes { id name } total }"


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return sample_schema()


def cost_of(schema: GraphQLSchema, text: str, **variables: object) -> int:
    document = parse(text)
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    return points(price(schema, document, operation, list_sizes={}), variables)


@pytest.mark.parametrize(
    ("text", "cost"),
    [
        ("{ hello }", 1),
        ("{ __typename }", 1),
        ("{ item { id name } }", 1),
        ("{ item { selfAgain { selfAgain { id } } } }", 3),
        ("{ items { total } }", 2),
        ("{ items { nodes { id } } }", 22),
        (f"{{ items(first: 100) {NODES} }}", 102),
        (f"{{ items(first: 0) {NODES} }}", 2),
        (f"{{ items(first: 10) {{ nodes {{ inner(first: 5) {NODES} }} }} }}", 2 + 10 * (1 + 2 + 5)),
        ("{ found { ... on Item { selfAgain { id } } ... on Person { name } } }", 2),
        ("{ found { ...I ...P } } fragment I on Item { id } fragment P on Person { name }", 1),
        ("{ item { ...A ...A } } fragment A on Item { selfAgain { id } }", 3),
        ("{ hello ... @defer { item { id } } }", 1 + 1),
        ("{ item { ...I @defer } } fragment I on Item { selfAgain { id } }", 2 + 1),
        ("{ items(first: 10) { nodes { id ... @defer { name } } } }", 2 + 10 * (1 + 1)),
        ("{ items(first: 10) { nodes { id } ... @defer { total } } }", 2 + 10 + 1),
        ("{ found { ... on Item @defer { selfAgain { id } } ... on Person { name } } }", 1 + 1 + 1),
        ("mutation { touch }", 10),
        ("mutation { a: touch b: touch }", 20),
        ("subscription { count(to: 3) }", 1),
    ],
)
def test_an_operation_costs_what_it_could_read(schema: GraphQLSchema, text: str, cost: int) -> None:
    assert cost_of(schema, text) == cost


def test_a_variable_sets_the_price_of_a_page(schema: GraphQLSchema) -> None:
    text = f"query($n: Int = 7) {{ items(first: $n) {NODES} }}"

    assert cost_of(schema, text, n=50) == 52
    assert cost_of(schema, text) == 9
    assert cost_of(schema, text, n=None) == 22


@pytest.mark.parametrize("size", [101, -1, 10**30])
def test_a_page_beyond_its_limit_is_refused_by_its_size(schema: GraphQLSchema, size: int) -> None:
    with pytest.raises(Refusal, match="A page holds 0 to 100 items"):
        cost_of(schema, f"query($n: Int) {{ items(first: $n) {NODES} }}", n=size)


async def test_a_partner_always_sees_the_cost_and_others_when_they_ask(
    client: httpx.AsyncClient,
) -> None:
    body = {"query": f"{{ items(first: 5) {NODES} }}"}
    developer = {"authorization": "Bearer developer"}
    partner = await client.post("/graphql", json=body)
    silent = await client.post("/graphql", json=body, headers=developer)
    asking = await client.post("/graphql", json=body, headers={**developer, "x-catchball-cost": "1"})

    cost = partner.json()["extensions"]["cost"]
    assert (cost["requestedQueryCost"], cost["actualQueryCost"]) == (7, 7)
    assert cost["throttleStatus"]["maximumAvailable"] == 1_000_000
    assert cost["throttleStatus"]["restoreRate"] == 100_000
    assert "extensions" not in silent.json()
    assert asking.json()["extensions"]["cost"]["requestedQueryCost"] == 7


async def test_who_spent_too_much_is_told_when_to_come_again(client: httpx.AsyncClient, redis: Redis) -> None:
    await redis.delete("cost:{poor}")
    poor = {"authorization": "Bearer poor"}
    body = {"query": f"{{ items(first: 6) {NODES} }}"}
    first = await client.post("/graphql", json=body, headers=poor)
    second = await client.post("/graphql", json=body, headers=poor)
    legacy = await client.post("/graphql", json=body, headers={**poor, "accept": "application/json"})

    extensions = second.json()["errors"][0]["extensions"]
    assert first.status_code == 200
    assert second.status_code == 429
    assert extensions["code"] == "THROTTLED"
    assert extensions["requestedCost"] == 8
    assert 5000 <= extensions["retryAfterMs"] <= 6000
    assert second.headers["retry-after"] == "6"
    assert legacy.status_code == 200
    assert legacy.json()["errors"][0]["extensions"]["code"] == "THROTTLED"


async def test_a_request_that_never_ran_is_charged_one_point(client: httpx.AsyncClient, redis: Redis) -> None:
    await redis.delete("cost:{poor}")
    poor = {"authorization": "Bearer poor", "x-catchball-cost": "1"}
    body = {"query": "query($f: Int!, $s: Float!) { items(first: $f) { nodes { id } } slow(seconds: $s) }"}

    refused = await client.post("/graphql", json={**body, "variables": {"f": 6}}, headers=poor)
    level = await redis.hget("cost:{poor}", "level")  # pyright: ignore[reportGeneralTypeIssues, reportUnknownVariableType] - untyped

    assert refused.status_code == 400
    assert refused.json()["extensions"]["cost"]["actualQueryCost"] == 1
    assert level is not None
    assert 0.5 < float(level) <= 1


async def test_a_bucket_admits_exactly_as_many_as_it_holds(redis: Redis) -> None:
    bucket = Bucket(redis, count_failure=lambda: None)
    budget = Budget(points_max=1000, points_per_second=1)
    await redis.delete("cost:{crowd}")

    charges = await asyncio.gather(*(bucket.charge("crowd", 100, budget) for _ in range(30)))

    assert sum(charge.is_admitted for charge in charges) == 10


async def test_two_processes_share_one_bucket(redis: Redis) -> None:
    budget = Budget(points_max=100, points_per_second=1)
    await redis.delete("cost:{shared}")
    first = Bucket(redis, count_failure=lambda: None)
    second = Bucket(redis, count_failure=lambda: None)

    spent = await first.charge("shared", 90, budget)
    refused = await second.charge("shared", 20, budget)
    returned = await first.charge("shared", -50, budget)
    admitted = await second.charge("shared", 20, budget)

    assert spent == Charge(is_admitted=True, available=10, retry_after_ms=0)
    assert not refused.is_admitted
    assert 9_900 <= refused.retry_after_ms <= 10_000
    assert returned.available == 60
    assert admitted.is_admitted


async def test_without_redis_everybody_is_admitted_and_it_is_counted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    failures: list[None] = []
    unreachable: Redis = Redis(port=port)
    bucket = Bucket(unreachable, count_failure=lambda: failures.append(None))

    charges = [await bucket.charge("anybody", 900, Budget()) for _ in range(3)]

    assert charges == [Charge(is_admitted=True, available=1000, retry_after_ms=0)] * 3
    assert len(failures) == 3
    await unreachable.aclose()


async def test_a_redis_that_forgot_its_scripts_is_taught_again(redis: Redis) -> None:
    bucket = Bucket(redis, count_failure=lambda: None)
    await redis.delete("cost:{taught}")
    await redis.script_flush()

    charge = await bucket.charge("taught", 10, Budget())

    assert charge == Charge(is_admitted=True, available=990, retry_after_ms=0)
