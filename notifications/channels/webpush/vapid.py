"""Tells a push service who is sending: keys and signed, cached identities (RFC 8292)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from notifications.channels.webpush import encryption

JWT_HEADER = b'{"typ":"JWT","alg":"ES256"}'
LIFETIME = timedelta(hours=24)
RENEWED_AFTER = timedelta(hours=12)
# A service's clock may run behind ours, and it refuses what expires after more than 24 hours.
CLOCK_SLACK = timedelta(minutes=5)
SCALAR_BYTES = 32
ID_BYTES = 9
IDENTITIES_MAX = 256


class KeyUnknown(LookupError):
    """A subscription was made with a key that we no longer hold."""


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key: subscriptions remember its `id`, browsers subscribe with `public_text`."""

    id: str
    private: ec.EllipticCurvePrivateKey
    public_text: str


def key_of(private: ec.EllipticCurvePrivateKey) -> Key:
    """Name a private key by its public half: the same key has the same id everywhere."""
    point = encryption.encoded_point(private.public_key())
    name = base64url(sha256(point).digest()[:ID_BYTES])
    return Key(id=name, private=private, public_text=base64url(point))


class Keyring:
    """All keys that subscriptions may have been made with; the first signs new ones."""

    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise ValueError("a keyring holds at least one key")
        self.current = keys[0]
        self._by_id = {key.id: key for key in keys}

    def find(self, key_id: str) -> Key:
        """The key of that id; raises `KeyUnknown`."""
        key = self._by_id.get(key_id)
        if key is None:
            raise KeyUnknown(key_id)
        return key


class Identities:
    """Signed identities, one per key and push service, each used for half of its life."""

    def __init__(self, contact: str) -> None:
        """`contact` is a mailto: or https: address that the push service's people can write to."""
        if not contact.startswith(("mailto:", "https://")) or " " in contact:
            raise ValueError("the contact is a mailto: or https: address without spaces")
        self._contact = contact
        self._signed: dict[tuple[str, str], tuple[datetime, str]] = {}

    def authorization(self, key: Key, origin: str, *, at: datetime) -> str:
        """The Authorization header for a push to `origin`, for example https://push.example.net."""
        renew_at, header = self._signed.get((key.id, origin), (at, ""))
        if at < renew_at:
            return header
        expires_at = at + LIFETIME - CLOCK_SLACK
        token = sign(key, audience=origin, contact=self._contact, expires_at=expires_at)
        header = f"vapid t={token}, k={key.public_text}"
        if len(self._signed) >= IDENTITIES_MAX:
            self._signed.clear()
        self._signed[key.id, origin] = (at + RENEWED_AFTER, header)
        return header


def sign(key: Key, *, audience: str, contact: str, expires_at: datetime) -> str:
    """An ES256 token in which the key claims to be `contact` towards `audience`."""
    unsigned = signing_input(audience=audience, contact=contact, expires_at=expires_at)
    signature = key.private.sign(unsigned, ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(signature)
    raw = r.to_bytes(SCALAR_BYTES, "big") + s.to_bytes(SCALAR_BYTES, "big")
    return f"{unsigned.decode('ascii')}.{base64url(raw)}"


def signing_input(*, audience: str, contact: str, expires_at: datetime) -> bytes:
    """Header and claims of the token, as they are signed."""
    claims = {"aud": audience, "exp": int(expires_at.timestamp()), "sub": contact}
    body = json.dumps(claims, separators=(",", ":")).encode()
    return f"{base64url(JWT_HEADER)}.{base64url(body)}".encode("ascii")


def base64url(value: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def from_base64url(text: str) -> bytes:
    """The bytes of a text in base64 for addresses, padded or not; raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
