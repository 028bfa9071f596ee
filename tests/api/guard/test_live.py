"""Streams over sockets and server-sent events, driven by the clients that people use."""

import asyncio
import json

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close
from websockets.typing import Subprotocol

from api.guard.assembly import Options, endpoint
from api.guard.events import TOO_SLOW
from api.guard.execution import executor, subscriber
from api.guard.gate import Gate
from api.guard.live import LiveLimits
from api.observing import Metrics
from tests.api.guard.conftest import RunNode
from tests.api.guard.sample import COUNT_ID, ENDED, identify
from tests.api.guard.serving import served

PROTOCOL = Subprotocol("graphql-transport-ws")
INIT = json.dumps({"type": "connection_init", "payload": {"authorization": "Bearer partner"}})
ACKNOWLEDGED = ["connection_ack"]


def counted(to: int) -> dict[str, object]:
    return {"received": [{"data": {"count": number}} for number in range(to)]}


def refused(code: str) -> dict[str, object]:
    return {"received": [], "error": code}


def closed(code: int, reason: str, received: list[str] | None = None) -> dict[str, object]:
    return {"code": code, "reason": reason, "received": received or []}


SOCKETS: dict[str, object] = {
    "subscription": counted(2),
    "variables": counted(1),
    "multiplexed": [2, 3, 4],
    "unsubscribed": [{"data": {"forever": 0}}, counted(1)],
    "masked": [
        {"data": {"breaks": 1}},
        "Something went wrong on our side. Please try again.",
        "INTERNAL_SERVER_ERROR",
    ],
    "coercion": ["BAD_USER_INPUT"],
    "query": refused("SUBSCRIPTION_REQUIRED"),
    "mutation": refused("SUBSCRIPTION_REQUIRED"),
    "syntaxError": refused("GRAPHQL_PARSE_FAILED"),
    "invalid": refused("GRAPHQL_VALIDATION_FAILED"),
    "freeTextOfAnApp": refused("TRUSTED_DOCUMENT_REQUIRED"),
    "trustedIdOfAnApp": counted(2),
    "badToken": {"received": [], "error": [4403, "Forbidden"]},
    "expired": {"received": [{"data": {"forever": 0}}], "error": [4403, "Token expired"]},
    "ping": closed(1000, "", [*ACKNOWLEDGED, "pong"]),
    "pingBeforeInit": closed(1000, "", ["pong"]),
    "notJson": closed(4400, "Messages must be JSON"),
    "notAnObject": closed(4400, "Messages must be objects with a type"),
    "unknownType": closed(4400, "Unknown message type", ACKNOWLEDGED),
    "withoutId": closed(4400, "Messages of operations must have an id", ACKNOWLEDGED),
    "beforeInit": closed(4401, "Unauthorized"),
    "sameId": closed(4409, "Subscriber for 1 already exists", ACKNOWLEDGED),
    "secondInit": closed(4429, "Too many initialisation requests", ACKNOWLEDGED),
    "initTimeout": closed(4408, "Connection initialisation timeout"),
    "otherProtocol": closed(4406, "Subprotocol not acceptable"),
    "foreignOrigin": {"refused": 403},
    "tooMany": 1,
}


async def test_the_client_of_graphql_ws_and_raw_messages_are_served_by_the_protocol(
    run_node: RunNode, address: str
) -> None:
    url = address.replace("http", "ws") + "/graphql"

    assert await run_node("sockets.mjs", url, COUNT_ID) == SOCKETS


async def test_the_client_of_graphql_sse_is_served_in_distinct_connections(run_node: RunNode, address: str) -> None:
    assert await run_node("events.mjs", f"{address}/graphql") == {
        "subscription": counted(3)["received"],
        "query": [{"data": {"hello": "hello world"}}],
        "left": {"data": {"forever": 0}},
        "invalid": {"received": [], "status": 422},
        "badToken": {"received": [], "status": 401},
    }


async def test_events_end_their_lines_in_lf_and_begin_with_a_comment(
    client: httpx.AsyncClient,
) -> None:
    response = await client.post(
        "/graphql",
        json={"query": "subscription { count(to: 1) }"},
        headers={"accept": "text/event-stream"},
    )

    assert response.headers["content-type"].startswith("text/event-stream")
    assert response.headers["cache-control"] == "no-store"
    assert response.text == (':\n\nevent: next\ndata: {"data":{"count":0}}\n\nevent: complete\ndata:\n\n')


async def test_a_query_that_also_takes_streams_is_answered_at_once(
    client: httpx.AsyncClient,
) -> None:
    accept = "application/graphql-response+json, text/event-stream"

    response = await client.post("/graphql", json={"query": "{ hello }"}, headers={"accept": accept})

    assert response.headers["content-type"].startswith("application/graphql-response+json")


async def until(condition: str, *, count: int = 1) -> None:
    """Waits until a source of the sample has ended that often."""
    async with asyncio.timeout(5):
        while ENDED.count(condition) < count:  # noqa: ASYNC110 - the sample has no event to wait on
            await asyncio.sleep(0.005)


async def test_a_socket_that_breaks_ends_its_sources(address: str) -> None:
    ENDED.clear()
    url = address.replace("http", "ws") + "/graphql"
    async with connect(url, subprotocols=[PROTOCOL]) as socket:
        await socket.send(INIT)
        for key in ("1", "2"):
            payload = {"query": "subscription { forever }"}
            await socket.send(json.dumps({"id": key, "type": "subscribe", "payload": payload}))
        assert [json.loads(await socket.recv())["type"] for _ in range(3)] == [
            "connection_ack",
            "next",
            "next",
        ]
        socket.transport.abort()

    await until("forever", count=2)


async def test_a_client_that_leaves_a_stream_of_events_ends_its_source(
    client: httpx.AsyncClient,
) -> None:
    ENDED.clear()
    async with client.stream(
        "POST",
        "/graphql",
        json={"query": "subscription { forever }"},
        headers={"accept": "text/event-stream"},
    ) as response:
        lines = response.aiter_lines()
        while await anext(lines) != 'data: {"data":{"forever":0}}':
            pass

    await until("forever")


async def test_a_stream_of_events_ends_with_the_token(client: httpx.AsyncClient) -> None:
    headers = {"accept": "text/event-stream", "authorization": "Bearer short"}

    response = await client.post("/graphql", json={"query": "subscription { forever }"}, headers=headers)

    assert response.text.endswith("event: complete\ndata:\n\n")


async def read_to_the_end(socket: ClientConnection) -> None:
    while True:
        await socket.recv()


async def test_a_client_that_does_not_read_is_closed_and_its_source_ended(gate: Gate) -> None:
    ENDED.clear()
    metrics = Metrics()
    schema = gate.documents.schema
    api = endpoint(
        gate,
        identify=identify,
        execute=executor(schema),
        subscribe=subscriber(schema),
        metrics=metrics,
        options=Options(live=LiveLimits(send_seconds=0.1)),
    )
    payload = {"query": "subscription { flood(size: 60000) }"}
    async with served(api) as address:
        url = address.replace("http", "ws") + "/graphql"
        async with connect(url, subprotocols=[PROTOCOL], max_queue=1) as socket:
            await socket.send(INIT)
            await socket.send(json.dumps({"id": "1", "type": "subscribe", "payload": payload}))
            await until("flood")
            with pytest.raises(ConnectionClosed) as ended:
                await read_to_the_end(socket)

    assert ended.value.rcvd == Close(4408, TOO_SLOW)
    assert b"catchball_slow_clients_total 1.0" in metrics.render()
