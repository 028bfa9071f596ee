"""Many requests at once over one connection of HTTP/2."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    DataReceived,
    Event,
    RemoteSettingsChanged,
    ResponseReceived,
    StreamEnded,
    StreamReset,
    WindowUpdated,
)
from h2.exceptions import H2Error
from h2.settings import SettingCodes, Settings
from hpack.huffman import HuffmanEncoder
from hpack.huffman_constants import REQUEST_CODES, REQUEST_CODES_LENGTH

from notifications.channels.addresses import Address
from notifications.channels.answers import BODY_BYTES_MAX, Answer, Unreachable
from notifications.channels.frames import Farewells

READ_BYTES = 65_536


@dataclass(slots=True)
class _Exchange:
    """A request that waits for its answer."""

    answer: asyncio.Future[Answer]
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    is_sent: bool = False
    is_ended: bool = False


class Http2Connection:
    """A shared connection: obeys the other side's limits, and fails every waiter when it ends."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, streams_max: int) -> None:
        self._reader = reader
        self._writer = writer
        self._streams_max = streams_max
        self._http = _client()
        self._farewells = Farewells()
        self._exchanges: dict[int, _Exchange] = {}
        self._changed = asyncio.Event()
        self._ended = ""
        self._flush()
        self._reading = asyncio.create_task(self._read())

    @property
    def is_usable(self) -> bool:
        """Whether new requests may start here."""
        return not self._ended

    async def post(self, address: Address, headers: Mapping[str, str], body: bytes) -> Answer:
        """Send one request and wait for its answer; raises `Unreachable`."""
        while self.is_usable and self._is_full():
            await self._change()
        stream_id, exchange = self._start(address, headers)
        try:
            await self._send(stream_id, body)
            return await exchange.answer
        finally:
            del self._exchanges[stream_id]
            self._leave(stream_id, exchange)

    def retire(self, reason: str) -> None:
        """Take no new requests; the connection ends with the last one under way."""
        self._ended = self._ended or reason
        self._changed.set()
        self._close_when_done()

    async def close(self) -> None:
        """End the connection; whoever still waits gets `Unreachable`."""
        self._reading.cancel()
        await asyncio.wait([self._reading])
        self._end("connection_closed")
        self._writer.close()

    def _start(self, address: Address, headers: Mapping[str, str]) -> tuple[int, _Exchange]:
        if self._ended:
            raise Unreachable(self._ended)
        stream_id = self._http.get_next_available_stream_id()
        self._http.send_headers(
            stream_id,
            [
                (":method", "POST"),
                (":scheme", address.scheme),
                (":authority", address.authority),
                (":path", address.path),
                *headers.items(),
            ],
        )
        exchange = _Exchange(asyncio.get_running_loop().create_future())
        self._exchanges[stream_id] = exchange
        return stream_id, exchange

    async def _send(self, stream_id: int, body: bytes) -> None:
        exchange = self._exchanges[stream_id]
        rest = body
        while not exchange.answer.done():
            size = min(len(rest), self._room(stream_id))
            part, rest = rest[:size], rest[size:]
            if part or not rest:
                self._http.send_data(stream_id, part, end_stream=not rest)
            self._flush()
            if not rest:
                exchange.is_sent = True
                return
            await self._change()

    def _room(self, stream_id: int) -> int:
        window = self._http.local_flow_control_window(stream_id)
        return max(0, min(window, self._http.max_outbound_frame_size))

    def _is_full(self) -> bool:
        limit = min(self._http.remote_settings.max_concurrent_streams, self._streams_max)
        return len(self._exchanges) >= limit

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()

    def _leave(self, stream_id: int, exchange: _Exchange) -> None:
        """Stop what is still under way, free the slot, and close after the last one."""
        _forget(exchange.answer)
        if not (exchange.is_sent and exchange.is_ended):
            self._reset(stream_id)
        self._changed.set()
        self._close_when_done()

    def _reset(self, stream_id: int) -> None:
        try:
            self._http.reset_stream(stream_id, ErrorCodes.CANCEL)
        except H2Error:
            return  # The stream was closed meanwhile: there is nothing to stop.
        self._flush()

    def _flush(self) -> None:
        ready = self._http.data_to_send()
        if ready and not self._writer.is_closing():
            self._writer.write(ready)

    def _close_when_done(self) -> None:
        if self._ended and not self._exchanges:
            self._writer.close()

    async def _read(self) -> None:
        reason = "connection_lost"
        try:
            while received := await self._reader.read(READ_BYTES):
                for event in self._http.receive_data(self._farewells.take(received)):
                    self._take(event)
                self._flush()
                self._take_farewell()
        except (H2Error, ValueError):
            reason = "answer_malformed"
        except OSError:
            reason = "connection_lost"
        finally:
            self._end(reason)
            self._writer.close()

    def _take(self, event: Event) -> None:
        match event:
            case ResponseReceived(stream_id=stream_id):
                self._take_head(stream_id, event)
            case DataReceived(stream_id=stream_id):
                self._take_body(stream_id, event)
            case StreamEnded(stream_id=stream_id):
                self._complete(stream_id)
            case StreamReset(stream_id=stream_id):
                self._fail(stream_id, "stream_reset")
            case WindowUpdated() | RemoteSettingsChanged():
                self._changed.set()
            case _:
                pass

    def _take_head(self, stream_id: int, event: ResponseReceived) -> None:
        if exchange := self._exchanges.get(stream_id):
            headers = {_text(name): _text(value) for name, value in event.headers}
            exchange.status = int(headers.pop(":status", "0"))
            exchange.headers = headers

    def _take_body(self, stream_id: int, event: DataReceived) -> None:
        # Unacknowledged bytes would shut the connection's window and hang every later answer.
        self._http.acknowledge_received_data(event.flow_controlled_length, stream_id)
        if exchange := self._exchanges.get(stream_id):
            exchange.body = (exchange.body + event.data)[:BODY_BYTES_MAX]
            if len(exchange.body) == BODY_BYTES_MAX:
                _answer(exchange)

    def _take_farewell(self) -> None:
        last = self._farewells.last_stream_id
        if last is None:
            return
        for stream_id in [stream_id for stream_id in self._exchanges if stream_id > last]:
            self._fail(stream_id, "connection_closing")
        self.retire("connection_closing")

    def _complete(self, stream_id: int) -> None:
        if exchange := self._exchanges.get(stream_id):
            exchange.is_ended = True
            _answer(exchange)

    def _fail(self, stream_id: int, reason: str) -> None:
        if exchange := self._exchanges.get(stream_id):
            exchange.is_sent = exchange.is_ended = True
            if not exchange.answer.done():
                exchange.answer.set_exception(Unreachable(reason))
            self._changed.set()

    def _end(self, reason: str) -> None:
        self._ended = self._ended or reason
        for stream_id in list(self._exchanges):
            self._fail(stream_id, reason)
        self._changed.set()


def _answer(exchange: _Exchange) -> None:
    if not exchange.answer.done():
        exchange.answer.set_result(Answer(exchange.status, exchange.headers, exchange.body))


def _forget(answer: asyncio.Future[Answer]) -> None:
    """Nobody waits any more: a failure that came at the same moment is not worth a warning."""
    if not answer.cancel() and not answer.cancelled():
        answer.exception()


def _client() -> H2Connection:
    http = H2Connection(H2Configuration(client_side=True, header_encoding="utf-8"))
    http.local_settings = Settings(
        client=True,
        initial_values={
            SettingCodes.ENABLE_PUSH: 0,
            SettingCodes.MAX_HEADER_LIST_SIZE: 16_384,
        },
    )
    http.encoder.huffman_coder = _Packer(REQUEST_CODES, REQUEST_CODES_LENGTH)
    http.initiate_connection()
    return http


class _Packer(HuffmanEncoder):
    """Remembers what it packed: the long identity in each push cost a third of the time to send it."""

    def encode(self, bytes_to_encode: bytes | None) -> bytes:
        return _pack(bytes_to_encode or b"")


@lru_cache(maxsize=1024)
def _pack(value: bytes) -> bytes:
    return HuffmanEncoder(REQUEST_CODES, REQUEST_CODES_LENGTH).encode(value)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
