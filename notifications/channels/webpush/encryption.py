"""Encrypts a push so that only the receiving browser can read it (RFC 8188 and RFC 8291)."""

import hmac
import os
import struct
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD_SIZE = 4096
SALT_BYTES = 16
POINT_BYTES = 65
SECRET_BYTES = 16
TAG_BYTES = 16
LAST_RECORD = b"\x02"

# Every body has one of these few lengths, so that its size does not tell its kind;
# the largest stays below the 2,744 bytes that Firefox for Android can carry.
BUCKETS = (1024, 2048)


class PayloadTooLarge(ValueError):
    """The text does not fit into the largest bucket."""


class ReceiverKeyInvalid(ValueError):
    """The browser's public key is no point of P-256, or its secret is not 16 bytes."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Where a push is encrypted to: the browser's point (65 bytes) and its secret (16 bytes)."""

    public_key: bytes
    auth_secret: bytes


def encrypt(
    text: bytes,
    receiver: Receiver,
    *,
    padded_to: int,
    sender_key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """Return the body of the push: one record of `padded_to` bytes, its header and its tag.

    `sender_key` and `salt` are fresh for each message; only a test vector gives them.
    Raises `ReceiverKeyInvalid`, and `PayloadTooLarge` if the text leaves no room for its mark.
    """
    sender_key = sender_key or ec.generate_private_key(ec.SECP256R1())
    sender_point = encoded_point(sender_key.public_key())
    shared = _shared_secret(sender_key, sender_point, receiver)
    return seal_record(
        text,
        shared,
        salt=salt or os.urandom(SALT_BYTES),
        key_id=sender_point,
        padded_to=padded_to,
    )


def bucket_for(length: int) -> int:
    """The smallest bucket that holds `length` bytes and the mark of the end."""
    for bucket in BUCKETS:
        if length < bucket:
            return bucket
    raise PayloadTooLarge(f"{length} bytes do not fit into {BUCKETS[-1]}")


def seal_record(text: bytes, key_material: bytes, *, salt: bytes, key_id: bytes, padded_to: int) -> bytes:
    """Encrypt one single record of aes128gcm (RFC 8188) from input keying material."""
    if not len(text) < padded_to <= RECORD_SIZE - TAG_BYTES:
        raise PayloadTooLarge(f"{len(text)} bytes do not fit into {padded_to}")
    extracted = _hmac(salt, key_material)
    key = _expand(extracted, b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _expand(extracted, b"Content-Encoding: nonce\0", length=12)
    record = (text + LAST_RECORD).ljust(padded_to, b"\0")
    header = salt + struct.pack("!IB", RECORD_SIZE, len(key_id)) + key_id
    return header + AESGCM(key).encrypt(nonce, record, None)


def encoded_point(public_key: ec.EllipticCurvePublicKey) -> bytes:
    """The 65 bytes of an uncompressed point."""
    return public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _shared_secret(sender_key: ec.EllipticCurvePrivateKey, sender_point: bytes, receiver: Receiver) -> bytes:
    if len(receiver.auth_secret) != SECRET_BYTES:
        raise ReceiverKeyInvalid("the secret is not 16 bytes long")
    agreed = sender_key.exchange(ec.ECDH(), _receiver_key(receiver.public_key))
    context = b"WebPush: info\0" + receiver.public_key + sender_point
    return _expand(_hmac(receiver.auth_secret, agreed), context, length=32)


@lru_cache(maxsize=4096)
def _receiver_key(point: bytes) -> ec.EllipticCurvePublicKey:
    if len(point) != POINT_BYTES:
        raise ReceiverKeyInvalid("the key is not an uncompressed point of 65 bytes")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except ValueError as error:
        raise ReceiverKeyInvalid("the key is no point of P-256") from error


def _expand(key: bytes, context: bytes, *, length: int) -> bytes:
    """HKDF-Expand of at most one block of SHA-256."""
    return _hmac(key, context + b"\x01")[:length]


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")
