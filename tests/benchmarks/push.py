"""Prints how many pushes this machine encrypts, signs and sends per second and core.

Run it by `python -m tests.benchmarks.push`. It reports, it judges nothing.
"""

import asyncio
import multiprocessing
import ssl
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import http_ece  # type: ignore[import-untyped]  # the reference codec has no types
import uvloop
from cryptography.hazmat.primitives.asymmetric import ec

from domain.kernel import clock
from notifications.channels.addresses import AddressRules
from notifications.channels.transport import Transport
from notifications.channels.webpush import encryption, vapid
from notifications.channels.webpush.encryption import Receiver
from notifications.channels.webpush.outcomes import Sent
from notifications.channels.webpush.sender import Push, Sender, Subscription
from tests.notifications import http2_peer

SECONDS = 1.0
TEXT_BYTES = 600
PUSHES = 4000
AT_ONCE = 200


def main() -> None:
    """Measure each step alone, then all together against a peer in another process."""
    text, private = bytes(TEXT_BYTES), ec.generate_private_key(ec.SECP256R1())
    receiver = Receiver(encryption.encoded_point(private.public_key()), bytes(16))
    key = vapid.key_of(private)
    identities = vapid.Identities("mailto:bench@example.com")

    report("encrypted", rate(lambda: encryption.encrypt(text, receiver, padded_to=1024)))
    report("encrypted by http_ece", rate(lambda: reference(text, receiver)))
    report("identities signed", rate(lambda: sign(key)))
    report("identities cached", rate(lambda: identities.authorization(key, "x", at=clock.now())))
    report("sent over HTTP/2 and TLS", sent_per_second(receiver, key))


def report(what: str, per_second: float) -> None:
    """One line per figure."""
    sys.stdout.write(f"{what:<26} {per_second:>10,.0f} per second\n")


def rate(step: Callable[[], object]) -> float:
    """Calls per second of one core, by the process's own time."""
    count, begin = 0, time.process_time()
    while (spent := time.process_time() - begin) < SECONDS:
        step()
        count += 1
    return count / spent


def reference(text: bytes, receiver: Receiver) -> object:
    """The reference codec, with the fresh key that each message needs."""
    return http_ece.encrypt(  # type: ignore[no-untyped-call]  # see the import
        text,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=receiver.public_key,
        auth_secret=receiver.auth_secret,
        version="aes128gcm",
    )


def sign(key: vapid.Key) -> str:
    """One identity, as it would be signed without the cache."""
    return vapid.sign(key, audience="x", contact="mailto:x@example.com", expires_at=clock.now())


def sent_per_second(receiver: Receiver, key: vapid.Key) -> float:
    """Pushes per second of this process's own time; the peer has a process of its own."""
    spawning = multiprocessing.get_context("spawn")
    ours, theirs = spawning.Pipe()
    with tempfile.TemporaryDirectory() as folder:
        peer = spawning.Process(target=serve, args=(folder, theirs), daemon=True)
        peer.start()
        try:
            origin = f"https://127.0.0.1:{ours.recv()}"
            tls = ssl.create_default_context(cafile=str(Path(folder) / "peer.pem"))
            rules = AddressRules(loopback_origins=frozenset({origin}))
            return uvloop.run(send_all(tls, rules, Subscription(f"{origin}/push/1", receiver, key.id), key))
        finally:
            ours.send("stop")
            peer.join(5)


def serve(folder: str, parent: "Connection[object, object]") -> None:
    """Answer 201 to everything until the parent has something to say."""

    async def stay() -> None:
        async with http2_peer.running(Path(folder)) as peer:
            parent.send(peer.port)
            await asyncio.to_thread(parent.recv)

    uvloop.run(stay())


async def send_all(tls: ssl.SSLContext, rules: AddressRules, ring: Subscription, key: vapid.Key) -> float:
    """Send in rounds over one connection."""
    transport = Transport(tls=tls, streams_max=AT_ONCE)
    sender = Sender(transport, vapid.Keyring([key]), contact="mailto:x@example.com", rules=rules)
    begin = time.process_time()
    for _ in range(PUSHES // AT_ONCE):
        await send_many(sender, ring)
    spent = time.process_time() - begin
    await transport.close()
    return PUSHES / spent


async def send_many(sender: Sender, ring: Subscription) -> None:
    """As many at once as the worker would."""
    push = Push(bytes(TEXT_BYTES), ttl_seconds=60)
    outcomes = await asyncio.gather(*(sender.send(ring, push) for _ in range(AT_ONCE)))
    assert all(isinstance(outcome, Sent) for outcome in outcomes)


if __name__ == "__main__":
    main()
