"""Requests share connections, obey the other side's limits, and always come to an end."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from notifications.channels import addresses
from notifications.channels.addresses import Address, AddressRules
from notifications.channels.answers import BODY_BYTES_MAX, Answer, Unreachable
from notifications.channels.frames import Farewells
from notifications.channels.transport import Transport
from tests.notifications import http2_peer
from tests.notifications.http2_peer import Behaviour, Peer

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def test_many_requests_at_once_share_one_connection(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path) as peer:
        transport = Transport(tls=peer.trusting)

        answers = await post_many(transport, peer, count=300)

        assert [answer.status for answer in answers] == [201] * 300
        assert peer.connections == 1
        assert sorted(peer.bodies) == sorted(body(number) for number in range(300))
        await transport.close()


async def test_the_request_says_what_the_caller_wanted(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path) as peer:
        transport = Transport(tls=peer.trusting)

        await transport.post(address_of(peer), {"ttl": "60", "topic": "x"}, b"body")

        assert peer.headers == [
            {
                ":method": "POST",
                ":scheme": "https",
                ":authority": f"127.0.0.1:{peer.port}",
                ":path": "/push/1",
                "ttl": "60",
                "topic": "x",
            }
        ]
        await transport.close()


async def test_never_more_streams_are_open_than_the_peer_allows(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(streams_max=3)) as peer:
        transport = Transport(tls=peer.trusting)
        await transport.post(address_of(peer), {}, b"the settings have arrived by now")

        answers = await post_many(transport, peer, count=50)

        assert len(answers) == 50
        assert peer.open_most == 3
        await transport.close()


async def test_tiny_windows_slow_us_down_but_lose_nothing(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(window_bytes=100)) as peer:
        transport = Transport(tls=peer.trusting)
        await transport.post(address_of(peer), {}, b"")

        answers = await post_many(transport, peer, count=40, size=2150)

        assert [answer.status for answer in answers] == [201] * 40
        assert sorted({len(received) for received in peer.bodies}) == [0, 2150]
        await transport.close()


async def test_long_answers_do_not_shut_the_connection_for_later_ones(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(answer_bytes=1000)) as peer:
        transport = Transport(tls=peer.trusting)

        answers = await post_many(transport, peer, count=300)

        assert {len(answer.body) for answer in answers} == {1000}
        assert peer.connections == 1
        await transport.close()


async def test_of_an_endless_answer_only_the_beginning_is_kept(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(answer_bytes=60_000)) as peer:
        transport = Transport(tls=peer.trusting)

        answer = await transport.post(address_of(peer), {}, b"")

        assert (answer.status, len(answer.body)) == (201, BODY_BYTES_MAX)
        await transport.close()


async def test_a_farewell_lets_running_requests_end_and_later_ones_take_a_new_way(
    tmp_path: Path,
) -> None:
    behaviour = Behaviour(farewell_after=20, answers_held=True)
    async with http2_peer.running(tmp_path, behaviour) as peer:
        transport = Transport(tls=peer.trusting)
        running = [asyncio.create_task(transport.post(address_of(peer), {}, body(number))) for number in range(20)]
        await until(lambda: len(peer.bodies) == 20)

        behaviour.farewell_after = None
        peer.release()
        answers = await asyncio.gather(*running)
        later = await transport.post(address_of(peer), {}, b"later")

        assert [answer.status for answer in (*answers, later)] == [201] * 21
        assert peer.connections == 2
        await transport.close()


async def test_a_reset_request_is_unreachable_and_the_connection_stays(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(resets=True)) as peer:
        transport = Transport(tls=peer.trusting)

        with pytest.raises(Unreachable) as failure:
            await transport.post(address_of(peer), {}, b"")
        peer.behaviour.resets = False
        answer = await transport.post(address_of(peer), {}, b"")

        assert failure.value.reason == "stream_reset"
        assert (answer.status, peer.connections) == (201, 1)
        await transport.close()


async def test_a_peer_that_falls_silent_costs_one_timeout_and_not_the_next_request(
    tmp_path: Path,
) -> None:
    async with http2_peer.running(tmp_path, Behaviour(answers_held=True)) as peer:
        transport = Transport(tls=peer.trusting, timeout_seconds=0.2)

        with pytest.raises(Unreachable) as failure:
            await transport.post(address_of(peer), {}, b"")
        peer.behaviour.answers_held = False
        answer = await transport.post(address_of(peer), {}, b"")

        assert failure.value.reason == "timeout"
        assert (answer.status, peer.connections) == (201, 2)
        assert peer.resets_seen == 1
        await transport.close()


async def test_a_lost_connection_fails_all_who_wait_at_once(tmp_path: Path) -> None:
    transport = Transport()
    async with http2_peer.running(tmp_path, Behaviour(answers_held=True)) as peer:
        transport = Transport(tls=peer.trusting)
        waiting = [asyncio.create_task(transport.post(address_of(peer), {}, b"")) for _ in range(5)]
        await until(lambda: peer.requests == 5)

    outcomes = await asyncio.gather(*waiting, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [Unreachable] * 5
    await transport.close()


async def test_closing_ends_what_is_under_way(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path, Behaviour(answers_held=True)) as peer:
        transport = Transport(tls=peer.trusting)
        waiting = asyncio.create_task(transport.post(address_of(peer), {}, b""))
        await until(lambda: peer.requests == 1)

        await transport.close()

        with pytest.raises(Unreachable):
            await waiting


async def test_a_certificate_that_nobody_trusts_is_not_talked_to(tmp_path: Path) -> None:
    async with http2_peer.running(tmp_path) as peer:
        transport = Transport(tls=ssl.create_default_context())

        with pytest.raises(Unreachable) as failure:
            await transport.post(address_of(peer), {}, b"secret")

        assert failure.value.reason == "connection_failed"
        assert peer.requests == 0


async def test_nobody_listening_is_unreachable() -> None:
    server = await asyncio.start_server(silence, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()

    with pytest.raises(Unreachable) as failure:
        await Transport().post(plain_address(port), {}, b"")

    assert failure.value.reason == "connection_failed"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            b"HTTP/1.1 201 Created\r\nLocation: /m\r\nContent-Length: 0\r\n\r\n",
            Answer(201, {"location": "/m", "content-length": "0"}, b""),
        ),
        (
            b"HTTP/1.1 429 Too Many Requests\r\nretry-after:  7 \r\n\r\nslow down",
            Answer(429, {"retry-after": "7"}, b"slow down"),
        ),
        (b"HTTP/1.0 410\r\n\r\n", Answer(410, {}, b"")),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 9000, Answer(200, {}, b"x" * BODY_BYTES_MAX)),
        (
            b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\n\r\n",
            Answer(302, {"location": "http://169.254.169.254/"}, b""),
        ),
    ],
    ids=["created", "with a body", "without a phrase", "endless", "redirect is only an answer"],
)
async def test_an_answer_over_http_1_is_read(said: bytes, answer: Answer) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    assert await post_plainly(say) == answer


@pytest.mark.parametrize(
    "said",
    [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"x" * 70_000],
    ids=["nothing", "another protocol", "no number", "endless head"],
)
async def test_what_is_no_answer_is_unreachable(said: bytes) -> None:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(said)
        writer.close()

    with pytest.raises(Unreachable) as failure:
        await post_plainly(say)

    assert failure.value.reason == "answer_malformed"


async def test_a_peer_that_drips_its_answer_is_left_after_the_timeout() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 201")
        await reader.read()
        writer.close()

    with pytest.raises(Unreachable) as failure:
        await post_plainly(drip, timeout_seconds=0.2)

    assert failure.value.reason == "timeout"


def test_frames_pass_whole_and_farewells_stay_out_however_they_are_cut() -> None:
    data = b"\x00\x00\x03\x00\x01\x00\x00\x00\x01abc"
    farewell = b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + b"\x80\x00\x00\x2a" + bytes(4)
    stream = data + farewell + data

    for size in (1, 2, 9, 10, len(stream)):
        farewells = Farewells()
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        passed = b"".join(farewells.take(piece) for piece in pieces)

        assert passed == data + data
        assert farewells.last_stream_id == 42


async def post_many(transport: Transport, peer: Peer, *, count: int, size: int = 0) -> list[Answer]:
    posts = (transport.post(address_of(peer), {}, body(number).ljust(size)) for number in range(count))
    return await asyncio.gather(*posts)


async def post_plainly(talk: Talk, *, timeout_seconds: float = 5.0) -> Answer:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    transport = Transport(timeout_seconds=timeout_seconds)
    try:
        return await transport.post(plain_address(port), {"ttl": "1"}, b"body")
    finally:
        server.close()
        await server.wait_closed()


def body(number: int) -> bytes:
    return f"body {number}".encode()


def address_of(peer: Peer) -> Address:
    rules = AddressRules(loopback_origins=frozenset({peer.origin}))
    return addresses.check(f"{peer.origin}/push/1", rules)


def plain_address(port: int) -> Address:
    origin = f"http://127.0.0.1:{port}"
    return addresses.check(f"{origin}/x", AddressRules(loopback_origins=frozenset({origin})))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110  # the peer tells nobody what it counts
            await asyncio.sleep(0.001)


async def silence(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()
