"""How many streams may be open, how they end with the session, and what is never streamed."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.frames import Close
from websockets.typing import Subprotocol

from api.guard.assembly import Options, endpoint
from api.guard.callers import Caller
from api.guard.execution import executor, subscriber
from api.guard.gate import Gate
from api.guard.refusal import Refusal
from api.guard.sse import COMPLETE, HEARTBEAT, frame
from api.guard.streams import Streams
from api.guard.turns import Turns
from api.observing import Metrics
from tests.api.guard.sample import ENDED, identify
from tests.api.guard.serving import served
from tests.api.guard.test_live import read_to_the_end, until

PROTOCOL = Subprotocol("graphql-transport-ws")
FOREVER = {"query": "subscription { forever }"}
COUNTED = {"query": "subscription { count(to: 1) }"}
EVENTS = {"accept": "text/event-stream", "authorization": "Bearer phone"}
CY = Caller(client_key="cy", subject="phone of Cy")


@asynccontextmanager
async def opened(gate: Gate, streams: Streams) -> AsyncGenerator[str]:
    schema = gate.documents.schema
    api = endpoint(
        gate,
        identify=identify,
        execute=executor(schema),
        subscribe=subscriber(schema),
        metrics=Metrics(),
        options=Options(),
        streams=streams,
    )
    async with served(api) as address:
        yield address


@asynccontextmanager
async def socket_of(address: str, word: str | None) -> AsyncGenerator[ClientConnection]:
    url = address.replace("http", "ws") + "/graphql"
    payload = {"authorization": f"Bearer {word}"} if word else {}
    async with connect(url, subprotocols=[PROTOCOL]) as socket:
        with suppress(ConnectionClosed):
            await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
        yield socket


async def ending(socket: ClientConnection) -> Close | None:
    with pytest.raises(ConnectionClosed) as ended:
        await read_to_the_end(socket)
    return ended.value.rcvd


@pytest.mark.parametrize("word", [None, "poor"])
async def test_a_socket_of_nobody_is_closed_at_once(address: str, word: str | None) -> None:
    async with socket_of(address, word) as socket:
        assert await ending(socket) == Close(4403, "Forbidden")


async def test_a_caller_may_hold_a_limited_number_of_sockets_and_streams(gate: Gate) -> None:
    async with opened(gate, Streams(of_caller=2)) as address, AsyncExitStack() as held:
        client = await held.enter_async_context(httpx.AsyncClient(base_url=address))
        for _ in range(2):
            socket = await held.enter_async_context(socket_of(address, "phone"))
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        third = await held.enter_async_context(socket_of(address, "phone"))
        other = await held.enter_async_context(socket_of(address, "partner"))

        assert await ending(third) == Close(1013, "Too many sockets")
        assert json.loads(await other.recv()) == {"type": "connection_ack"}
        refused = await client.post("/graphql", json=FOREVER, headers=EVENTS)
        assert refused.status_code == 429
        assert refused.json()["errors"][0]["extensions"] == {"code": "TOO_MANY_STREAMS"}


async def test_a_process_holds_a_limited_number_of_sockets_and_streams(gate: Gate) -> None:
    streams = Streams(at_once=1)
    async with opened(gate, streams) as address, httpx.AsyncClient(base_url=address) as client:
        async with socket_of(address, "phone") as socket:
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
            async with socket_of(address, "partner") as second:
                assert await ending(second) == Close(1013, "Too many sockets")
            refused = await client.post("/graphql", json=FOREVER, headers=EVENTS)
        async with asyncio.timeout(5):
            while (answer := await client.post("/graphql", json=COUNTED, headers=EVENTS)).status_code != 200:
                pass

    assert refused.status_code == 503
    assert answer.text.endswith('data: {"data":{"count":0}}\n\nevent: complete\ndata:\n\n')


async def test_a_place_is_given_back_when_a_stream_ends() -> None:
    streams = Streams(at_once=1, of_caller=1)

    for _ in range(2):
        with streams.opened(), streams.held(CY, address="", end=lambda: None):
            with pytest.raises(Refusal, match="At most 1 streams"), streams.held(CY, address="", end=lambda: None):
                pass
            with pytest.raises(Refusal, match="as many streams as it may"), streams.opened():
                pass


async def test_sign_out_closes_the_sockets_and_streams_of_that_session_alone(gate: Gate) -> None:
    ENDED.clear()
    streams = Streams()
    async with opened(gate, streams) as address, AsyncExitStack() as held:
        mine = await held.enter_async_context(socket_of(address, "phone"))
        other = await held.enter_async_context(socket_of(address, "partner"))
        for socket in (mine, other):
            assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        client = await held.enter_async_context(httpx.AsyncClient(base_url=address))
        response = await held.enter_async_context(client.stream("POST", "/graphql", json=FOREVER, headers=EVENTS))
        lines = response.aiter_lines()
        while await anext(lines) != 'data: {"data":{"forever":0}}':
            pass

        streams.end("phone of Cy")

        assert await ending(mine) == Close(4403, "Signed out")
        assert [line async for line in lines] == ["", "event: complete", "data:", ""]
        await until("forever")
        await other.send(json.dumps({"type": "ping"}))
        assert json.loads(await other.recv()) == {"type": "pong"}


async def test_a_mutation_is_not_run_as_a_stream_of_events(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/graphql", json={"query": "mutation { touch }"}, headers={"accept": "text/event-stream"}
    )

    assert response.status_code == 406
    assert response.json()["errors"][0]["extensions"] == {"code": "NOT_ACCEPTABLE"}
    assert "set-cookie" not in response.headers


async def test_a_query_as_events_has_the_deadline_and_the_cost_of_any_other(client: httpx.AsyncClient) -> None:
    events = {"accept": "text/event-stream"}

    answer = await client.post("/graphql", json={"query": "{ hello }"}, headers=events)
    slow = await client.post("/graphql", json={"query": "{ slow(seconds: 30) }"}, headers=events)

    data = answer.text.splitlines()[3].removeprefix("data: ")
    assert json.loads(data)["data"] == {"hello": "hello world"}
    assert json.loads(data)["extensions"]["cost"]["actualQueryCost"] == 1
    assert slow.status_code == 503
    assert slow.json()["errors"][0]["extensions"] == {"code": "DEADLINE_EXCEEDED"}


@pytest.mark.parametrize("accept", ["application/graphql-response+json", "text/event-stream"])
async def test_an_answer_of_more_than_two_megabytes_is_refused_whole(client: httpx.AsyncClient, accept: str) -> None:
    text = "query($n: String!) { items(first: 25) { nodes { echo(text: $n) } } }"

    fits = await client.post(
        "/graphql", json={"query": text, "variables": {"n": "x" * 70_000}}, headers={"accept": accept}
    )
    refused = await client.post(
        "/graphql", json={"query": text, "variables": {"n": "x" * 90_000}}, headers={"accept": accept}
    )

    assert len(fits.content) > 1_750_000
    assert refused.status_code == 422
    assert refused.json()["errors"] == [
        {
            "message": "The answer is larger than 2000000 bytes: ask for less at once.",
            "extensions": {"code": "QUERY_TOO_COMPLEX", "limit": "answer bytes", "allowed": 2_000_000},
        }
    ]


async def payloads() -> AsyncGenerator[bytes]:
    yield b"1"
    await asyncio.Event().wait()


async def test_a_client_that_leaves_after_the_first_comment_closes_the_source() -> None:
    source = payloads()
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    frames = frame(source, ended, expires_at=None, heartbeat_seconds=25.0)

    first = await anext(frames)
    await frames.aclose()

    assert first == HEARTBEAT
    assert await anext(source, None) is None


async def test_a_stream_that_is_ended_completes() -> None:
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    frames = frame(payloads(), ended, expires_at=None, heartbeat_seconds=25.0)

    begun = [await anext(frames), await anext(frames)]
    ended.set_result(None)

    assert begun == [HEARTBEAT, b"event: next\ndata: 1\n\n"]
    assert [one async for one in frames] == [COMPLETE]


async def test_a_caller_runs_three_operations_at_once_and_others_do_not_wait_for_them() -> None:
    turns, running, release = Turns(), list[str](), asyncio.Event()

    async def run(key: str) -> None:
        await turns.take(key)
        running.append(key)
        await release.wait()
        turns.give_back(key)

    tasks = [asyncio.create_task(run(key)) for key in ("cy",) * 5 + ("ann", "", "", "", "")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    at_once = sorted(running)
    release.set()
    await asyncio.gather(*tasks)

    assert at_once == ["", "", "", "", "ann", "cy", "cy", "cy"]
    assert len(running) == 10


async def test_a_turn_passes_over_whoever_stopped_waiting() -> None:
    turns = Turns(running_max=1)
    await turns.take("cy")
    gone, patient = (asyncio.create_task(turns.take("cy")) for _ in range(2))
    await asyncio.sleep(0)

    gone.cancel()
    turns.give_back("cy")

    await asyncio.wait_for(patient, 1)
    turns.give_back("cy")
    await asyncio.wait_for(turns.take("cy"), 1)


async def test_a_turn_that_came_too_late_passes_on() -> None:
    turns = Turns(running_max=1)
    await turns.take("cy")
    late, patient = (asyncio.create_task(turns.take("cy")) for _ in range(2))
    await asyncio.sleep(0)

    turns.give_back("cy")
    late.cancel()

    await asyncio.wait_for(patient, 1)
