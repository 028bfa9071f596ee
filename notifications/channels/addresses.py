"""Keeps our requests away from addresses that a user has no business sending us to."""

import asyncio
import ipaddress
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

ADDRESS_LENGTH_MAX = 2048
ADDRESSES_TRIED_MAX = 4

PUSH_HOSTS = frozenset(
    {
        "fcm.googleapis.com",
        "updates.push.services.mozilla.com",
        "*.push.apple.com",
        "*.notify.windows.com",
    }
)

# No user, no fragment, no other port, no name but letters, digits, hyphens and dots: what this
# pattern reads is also what we connect to, so no second reading of the address can differ.
PUBLIC = re.compile(
    r"https://(?P<host>(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])"
    r"(?::443)?(?P<path>/[!-\"$-\[\]-~]*)",
    re.IGNORECASE | re.ASCII,
)
LOOPBACK = re.compile(
    r"(?P<scheme>https?)://(?P<host>127\.0\.0\.1|localhost):(?P<port>[1-9][0-9]{0,4})"
    r"(?P<path>/[!-\"$-\[\]-~]*)",
    re.ASCII,
)

# The special-purpose registries of IANA, and what carries an IPv4 address inside.
NOT_PUBLIC_IPV4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
NOT_PUBLIC_IPV6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")


class AddressRefused(Exception):
    """We do not send to this address; `reason` is a stable word without the address in it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Which hosts may be sent to: names, or `*.name` for all below it; and origins for tests."""

    hosts: frozenset[str] = PUSH_HOSTS
    loopback_origins: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Address:
    """An address that the rules allow, in the parts that a request needs."""

    scheme: str
    host: str
    port: int
    path: str
    is_loopback: bool

    @property
    def origin(self) -> str:
        """Scheme, host and a port other than the usual, as RFC 6454 writes it."""
        usual = {"https": 443, "http": 80}[self.scheme]
        return f"{self.scheme}://{self.authority}" if self.port != usual else f"{self.scheme}://{self.host}"

    @property
    def authority(self) -> str:
        """Host, and the port unless it is 443."""
        return self.host if self.port == 443 else f"{self.host}:{self.port}"


Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


def check(url: str, rules: AddressRules) -> Address:
    """Read an address by the rules, without touching the network; raises `AddressRefused`."""
    if len(url) > ADDRESS_LENGTH_MAX:
        raise AddressRefused("address_too_long")
    found = PUBLIC.fullmatch(url)
    if found is None:
        return _loopback(url, rules)
    host = found["host"].lower()
    if not _is_allowed(host, rules.hosts):
        raise AddressRefused("host_not_allowed")
    return Address("https", host, port=443, path=found["path"], is_loopback=False)


async def pin(address: Address, resolve: Resolve) -> list[str]:
    """The IP addresses to connect to, all of them public; raises `AddressRefused` or OSError.

    The connection goes to these and to no name: a second look-up could answer otherwise.
    """
    found = list(await resolve(address.host, address.port))
    if not found:
        raise AddressRefused("host_unknown")
    fits = is_loopback if address.is_loopback else is_public
    if not all(fits(ip) for ip in found):
        raise AddressRefused("address_not_public")
    return found[:ADDRESSES_TRIED_MAX]


async def resolve(host: str, port: int) -> list[str]:
    """Ask the system for the IP addresses of a host; raises OSError."""
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def is_public(ip: str) -> bool:
    """Whether the address belongs to the public internet, and to nobody's inner network."""
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in NOT_PUBLIC_IPV4)
    return address in PUBLIC_IPV6 and not any(address in network for network in NOT_PUBLIC_IPV6)


def is_loopback(ip: str) -> bool:
    """Whether the address is this machine's own."""
    try:
        return ipaddress.ip_address(ip).is_loopback
    except ValueError:
        return False


def _loopback(url: str, rules: AddressRules) -> Address:
    found = LOOPBACK.fullmatch(url)
    if found is None:
        raise AddressRefused("address_malformed")
    scheme, host, port = found["scheme"], found["host"], int(found["port"])
    if f"{scheme}://{host}:{port}" not in rules.loopback_origins:
        raise AddressRefused("host_not_allowed")
    return Address(scheme, host, port=port, path=found["path"], is_loopback=True)


def _is_allowed(host: str, allowed: frozenset[str]) -> bool:
    if host in allowed:
        return True
    labels = host.split(".")
    return any("*." + ".".join(labels[start:]) in allowed for start in range(1, len(labels)))
