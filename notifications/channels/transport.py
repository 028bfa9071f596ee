"""Carries requests to services outside: pinned addresses, shared connections, a limit on all."""

import asyncio
import ssl
from collections.abc import Mapping
from weakref import WeakValueDictionary

from notifications.channels import addresses, http1
from notifications.channels.addresses import Address, Resolve
from notifications.channels.answers import Answer, Unreachable
from notifications.channels.http2 import Http2Connection

TIMEOUT_SECONDS = 10.0
STREAMS_MAX = 100

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Transport:
    """Posts to services; keeps one HTTP/2 connection per origin and never follows a redirect."""

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        resolve: Resolve = addresses.resolve,
        timeout_seconds: float = TIMEOUT_SECONDS,
        streams_max: int = STREAMS_MAX,
    ) -> None:
        self._tls = tls or ssl.create_default_context()
        self._tls.set_alpn_protocols(["h2", "http/1.1"])
        self._resolve = resolve
        self._timeout_seconds = timeout_seconds
        self._streams_max = streams_max
        self._shared: dict[str, Http2Connection] = {}
        self._dialling: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def post(self, address: Address, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send one request; raises `Unreachable`, and `AddressRefused` if a name leads inside."""
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._post(address, headers, body)
        except TimeoutError as error:
            # The way may be dead without a word; the next request shall find another.
            if shared := self._shared.get(address.origin):
                shared.retire("timeout")
            raise Unreachable("timeout") from error

    async def close(self) -> None:
        """End all shared connections."""
        for connection in self._shared.values():
            await connection.close()
        self._shared.clear()

    async def _post(self, address: Address, headers: Mapping[str, str], body: bytes) -> Answer:
        connection = await self._connection(address)
        if isinstance(connection, Http2Connection):
            return await connection.post(address, headers, body)
        reader, writer = connection
        return await http1.post(reader, writer, address=address, headers=headers, body=body)

    async def _connection(self, address: Address) -> Http2Connection | Streams:
        if address.scheme == "http":
            return await self._dial(address)
        async with self._dialling.setdefault(address.origin, asyncio.Lock()):
            shared = self._shared.get(address.origin)
            if shared is not None and shared.is_usable:
                return shared
            reader, writer = await self._dial(address)
            if not _speaks_http2(writer):
                return reader, writer
            return self._share(address.origin, reader, writer)

    def _share(self, origin: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Http2Connection:
        connection = Http2Connection(reader, writer, streams_max=self._streams_max)
        self._shared = {at: other for at, other in self._shared.items() if other.is_usable}
        self._shared[origin] = connection
        return connection

    async def _dial(self, address: Address) -> Streams:
        try:
            pinned = await addresses.pin(address, self._resolve)
            return await self._connect_first(address, pinned)
        except OSError as error:
            raise Unreachable("connection_failed") from error

    async def _connect_first(self, address: Address, pinned: list[str]) -> Streams:
        for ip in pinned[:-1]:
            try:
                return await self._connect(address, ip)
            except OSError:
                continue
        return await self._connect(address, pinned[-1])

    async def _connect(self, address: Address, ip: str) -> Streams:
        if address.scheme == "http":
            return await asyncio.open_connection(ip, address.port)
        return await asyncio.open_connection(ip, address.port, ssl=self._tls, server_hostname=address.host)


def _speaks_http2(writer: asyncio.StreamWriter) -> bool:
    tls = writer.get_extra_info("ssl_object")
    return tls is not None and tls.selected_alpn_protocol() == "h2"
