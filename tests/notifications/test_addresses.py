"""Nobody gets us to connect to a place that is not a push service."""

import asyncio
import ipaddress
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.channels import addresses
from notifications.channels.addresses import AddressRefused, AddressRules
from notifications.channels.answers import Unreachable
from notifications.channels.transport import Transport

MORE_HOSTS = frozenset({"push.example.org", "*.wild.example.org"})
RULES = AddressRules(hosts=addresses.PUSH_HOSTS | MORE_HOSTS)
LONG = "https://fcm.googleapis.com/" + "a" * 2022

REFUSED_AS_WRITTEN = [
    "",
    "fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "javascript:alert(1)",
    "data:text/plain,x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:80/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:443443/x",
    "https://fcm.googleapis.com:/x",
    "https://user@fcm.googleapis.com/x",
    "https://user:word@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com:443@127.0.0.1/x",
    "https://127.0.0.1#@fcm.googleapis.com/x",
    "https://127.0.0.1\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com\\@127.0.0.1/x",
    "https:/fcm.googleapis.com/x",
    "https:///fcm.googleapis.com/x",
    "https:\\\\fcm.googleapis.com\\x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x ",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.googleapis.com/\r\nhost: inner",
    "https://fcm.googleapis.com/\tx",
    "https://fcm.google\tapis.com/x",
    "https://fcm.googleapis.com/x#fragment",
    "https://fcm.googleapis.com./x",
    "https://.fcm.googleapis.com/x",
    "https://fcm..googleapis.com/x",
    "https://fcm.googleapis.com%2f@127.0.0.1/x",
    "https://fcm.googleapis.com%00.evil.example/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://xfcm.googleapis.com/x",
    "https://googleapis.com/x",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://a.push.apple.com.evil.example/x",
    "https://wild.example.org/x",
    "https://ｆcm.googleapis.com/x",
    "https://fcm。googleapis。com/x",
    "https://fcm.googleapis.com/ünsafe",
    "https://localhost/x",
    "https://localhost.localdomain/x",
    "http://localhost:8000/x",
    "http://127.0.0.1:8000/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f000001/x",
    "https://0177.0.0.1/x",
    "https://0.0.0.0/x",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/computeMetadata/v1/",
    "https://10.0.0.1/x",
    "https://192.168.1.1/x",
    "https://172.16.0.1/x",
    "https://100.64.0.1/x",
    "https://[::1]/x",
    "https://[::]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[fd00::1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://intranet/x",
    "https://postgres.internal/x",
    LONG,
]

INNER_IPS = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fec0::1",
    "ff02::1",
    "fe80::1%eth0",
    "not an address",
]

_watchers: list[list[object]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for watcher in _watchers:
            watcher.append(arguments[1])


sys.addaudithook(_watch)


@contextmanager
def watched_connects() -> Generator[list[object]]:
    """Every socket that this process tries to connect, whoever does it."""
    connects: list[object] = []
    _watchers.append(connects)
    try:
        yield connects
    finally:
        _watchers.remove(connects)


def answering(*answers: Sequence[str]) -> addresses.Resolve:
    """A name server that gives one answer after the other, the last one for ever."""
    waiting = list(answers)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]

    return resolve


@pytest.mark.parametrize("url", REFUSED_AS_WRITTEN)
def test_an_address_that_is_no_allowed_push_service_is_refused_as_written(url: str) -> None:
    with pytest.raises(AddressRefused):
        addresses.check(url, RULES)


async def test_no_address_of_the_corpus_makes_us_open_a_connection() -> None:
    transport = Transport(resolve=answering(["127.0.0.1"]))
    names = [f"https://push.example.org/{number}" for number in range(len(INNER_IPS))]

    with watched_connects() as connects:
        for url in (*REFUSED_AS_WRITTEN, *names):
            with pytest.raises(AddressRefused):
                await transport.post(addresses.check(url, RULES), {}, b"")

    assert connects == []
    assert len(REFUSED_AS_WRITTEN) == 72


@pytest.mark.parametrize("ip", INNER_IPS)
async def test_an_allowed_name_that_leads_inside_is_not_connected_to(ip: str) -> None:
    transport = Transport(resolve=answering([ip]))

    with watched_connects() as connects, pytest.raises(AddressRefused) as refusal:
        await transport.post(addresses.check("https://push.example.org/x", RULES), {}, b"")

    assert refusal.value.reason == "address_not_public"
    assert connects == []


async def test_one_inner_address_among_public_ones_is_enough_to_refuse() -> None:
    address = addresses.check("https://push.example.org/x", RULES)

    with pytest.raises(AddressRefused):
        await addresses.pin(address, answering(["8.8.8.8", "10.0.0.1"]))


async def test_a_name_that_changes_its_answer_does_not_get_us_inside() -> None:
    address = addresses.check("https://push.example.org/x", RULES)
    resolve = answering(["8.8.8.8"], ["127.0.0.1"])
    assert await addresses.pin(address, resolve) == ["8.8.8.8"]
    transport = Transport(resolve=resolve)

    with watched_connects() as connects, pytest.raises(AddressRefused):
        await transport.post(address, {}, b"")

    assert connects == []


async def test_the_connection_goes_to_the_checked_ip_and_asks_for_no_name_again() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    listening = await asyncio.start_server(close_at_once, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    rules = AddressRules(loopback_origins=frozenset({f"http://localhost:{port}"}))
    address = addresses.check(f"http://localhost:{port}/x", rules)

    with watched_connects() as connects, pytest.raises(Unreachable):
        await Transport(resolve=resolve).post(address, {}, b"")

    assert asked == ["localhost"]
    assert connects == [("127.0.0.1", port)]
    listening.close()
    await listening.wait_closed()


async def test_a_name_without_an_address_is_refused() -> None:
    address = addresses.check("https://push.example.org/x", RULES)

    with pytest.raises(AddressRefused) as refusal:
        await addresses.pin(address, answering([]))

    assert refusal.value.reason == "host_unknown"


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://fcm.googleapis.com/fcm/send/a:b-c_d", "https://fcm.googleapis.com"),
        ("https://FCM.googleapis.com:443/x?y=z&a=%20", "https://fcm.googleapis.com"),
        (
            "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
            "https://updates.push.services.mozilla.com",
        ),
        ("https://web.push.apple.com/QG", "https://web.push.apple.com"),
        ("https://wns2-par02p.notify.windows.com/w/?token=B", "https://wns2-par02p.notify.windows.com"),
        ("https://push.example.org/x", "https://push.example.org"),
        ("https://deep.down.wild.example.org/x", "https://deep.down.wild.example.org"),
    ],
)
def test_the_addresses_that_browsers_give_are_accepted(url: str, origin: str) -> None:
    address = addresses.check(url, RULES)

    assert (address.origin, address.port, address.is_loopback) == (origin, 443, False)


def test_an_address_of_2048_characters_is_accepted_and_one_more_is_not() -> None:
    longest = LONG[:2048]

    assert addresses.check(longest, RULES).host == "fcm.googleapis.com"
    with pytest.raises(AddressRefused) as refusal:
        addresses.check(longest + "a", RULES)
    assert refusal.value.reason == "address_too_long"


def test_a_loopback_origin_is_accepted_only_if_it_is_named() -> None:
    rules = AddressRules(loopback_origins=frozenset({"http://127.0.0.1:8011"}))

    assert addresses.check("http://127.0.0.1:8011/push/x", rules).origin == "http://127.0.0.1:8011"
    for url in ("http://127.0.0.1:8012/x", "https://127.0.0.1:8011/x", "http://localhost:8011/x"):
        with pytest.raises(AddressRefused):
            addresses.check(url, rules)


async def test_a_named_loopback_origin_must_not_lead_elsewhere() -> None:
    rules = AddressRules(loopback_origins=frozenset({"http://localhost:8011"}))
    address = addresses.check("http://localhost:8011/x", rules)

    with pytest.raises(AddressRefused):
        await addresses.pin(address, answering(["10.0.0.1"]))


def test_a_refusal_does_not_repeat_the_address() -> None:
    with pytest.raises(AddressRefused) as refusal:
        addresses.check("https://evil.example/secret", RULES)

    assert str(refusal.value) == "host_not_allowed"


@given(st.ip_addresses())
def test_whatever_we_call_public_is_global_to_python_too(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    assert not addresses.is_public(str(ip)) or (ip.is_global and not ip.is_multicast)


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:4001::5f"])
def test_addresses_of_the_public_internet_are_public(ip: str) -> None:
    assert addresses.is_public(ip)


async def close_at_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()
