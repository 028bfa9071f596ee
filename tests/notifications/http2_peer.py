"""A peer that speaks HTTP/2 over TLS on this machine, and can be told to behave badly."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, Event, RequestReceived, StreamEnded, StreamReset, WindowUpdated
from h2.settings import SettingCodes, Settings


@dataclass(slots=True)
class Behaviour:
    """What the peer does; the plain one answers 201 at once."""

    streams_max: int = 100
    window_bytes: int = 65_535
    answer_bytes: int = 0
    farewell_after: int | None = None
    """Says GOAWAY when that many requests have begun, and still answers those."""
    answers_held: bool = False
    """Takes requests and says nothing until `Peer.release`."""
    resets: bool = False


@dataclass(slots=True)
class Peer:
    """The peer as a test sees it."""

    port: int
    trusting: ssl.SSLContext
    """What a client needs in order to trust it."""
    behaviour: Behaviour
    connections: int = 0
    requests: int = 0
    open_now: int = 0
    open_most: int = 0
    resets_seen: int = 0
    bodies: list[bytes] = field(default_factory=list[bytes])
    headers: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    released: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def release(self) -> None:
        """Let the held answers go."""
        self.released.set()


@asynccontextmanager
async def running(
    folder: Path, behaviour: Behaviour | None = None, *, protocols: tuple[str, ...] = ("h2",)
) -> AsyncGenerator[Peer]:
    """Serve on a free port of the loopback interface until the end of the block."""
    serving, trusting = _certificates(folder)
    serving.set_alpn_protocols(list(protocols))
    peer = Peer(0, trusting, behaviour or Behaviour())
    talks: set[_Talk] = set()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer.connections += 1
        conversation = _Talk(peer, reader, writer)
        talks.add(conversation)
        try:
            await conversation.run()
        except (ConnectionError, ssl.SSLError):
            pass  # the client went away
        finally:
            talks.discard(conversation)
            conversation.end_all()

    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=serving)
    peer.port = server.sockets[0].getsockname()[1]
    try:
        yield peer
    finally:
        server.close()
        for conversation in list(talks):
            conversation.end_all()
        await server.wait_closed()


class _Talk:
    """One connection."""

    def __init__(self, peer: Peer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.peer = peer
        self.reader = reader
        self.writer = writer
        self.begun = 0
        self.bodies: dict[int, bytes] = {}
        self.answers: set[asyncio.Task[None]] = set()
        self.widened = asyncio.Event()
        self.http = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.http.local_settings = Settings(
            client=False,
            initial_values={
                SettingCodes.MAX_CONCURRENT_STREAMS: peer.behaviour.streams_max,
                SettingCodes.INITIAL_WINDOW_SIZE: peer.behaviour.window_bytes,
            },
        )
        self.http.initiate_connection()

    async def run(self) -> None:
        self.flush()
        while received := await self.reader.read(65_536):
            for event in self.http.receive_data(received):
                self.take(event)
            self.flush()

    def end_all(self) -> None:
        for task in self.answers:
            task.cancel()
        self.writer.close()

    def flush(self) -> None:
        if not self.writer.is_closing():
            self.writer.write(self.http.data_to_send())

    def take(self, event: Event) -> None:
        match event:
            case RequestReceived(stream_id=stream_id):
                self.begin(stream_id, event)
            case DataReceived(stream_id=stream_id):
                self.bodies[stream_id] += event.data
                self.http.acknowledge_received_data(event.flow_controlled_length, stream_id)
            case StreamEnded(stream_id=stream_id):
                self.end(stream_id)
            case WindowUpdated():
                self.widened.set()
            case StreamReset():
                self.peer.resets_seen += 1
                self.peer.open_now -= 1
            case _:
                pass

    def begin(self, stream_id: int, event: RequestReceived) -> None:
        peer = self.peer
        peer.requests += 1
        peer.open_now += 1
        peer.open_most = max(peer.open_most, peer.open_now)
        peer.headers.append({str(name): str(value) for name, value in event.headers})
        self.bodies[stream_id] = b""
        self.begun += 1
        if self.begun == peer.behaviour.farewell_after:
            self.say_farewell(stream_id)

    def say_farewell(self, last_stream_id: int) -> None:
        """Written by hand, for h2 would close its side at once."""
        payload = last_stream_id.to_bytes(4, "big") + bytes(4)
        self.flush()
        self.writer.write(len(payload).to_bytes(3, "big") + b"\x07\x00" + bytes(4) + payload)

    def end(self, stream_id: int) -> None:
        self.peer.bodies.append(self.bodies.pop(stream_id))
        task = asyncio.create_task(self.answer(stream_id))
        self.answers.add(task)
        task.add_done_callback(self.answers.discard)

    async def answer(self, stream_id: int) -> None:
        if self.peer.behaviour.answers_held:
            await self.peer.released.wait()
        self.peer.open_now -= 1
        if self.peer.behaviour.resets:
            self.http.reset_stream(stream_id)
        else:
            await self.send_answer(stream_id)
        self.flush()

    async def send_answer(self, stream_id: int) -> None:
        self.http.send_headers(stream_id, [(":status", "201")])
        left = self.peer.behaviour.answer_bytes
        while left > (room := self.room(stream_id)):
            self.http.send_data(stream_id, bytes(room))
            left -= room
            self.flush()
            self.widened.clear()
            await self.widened.wait()
        self.http.send_data(stream_id, bytes(left), end_stream=True)

    def room(self, stream_id: int) -> int:
        window = self.http.local_flow_control_window(stream_id)
        return min(window, self.http.max_outbound_frame_size)


def _certificates(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A context that serves 127.0.0.1 with a fresh certificate, and one that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1")), x509.DNSName("localhost")]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "peer.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(file)
    return serving, ssl.create_default_context(cafile=str(file))
