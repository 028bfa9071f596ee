"""The installation's keys: those that sign access tokens, and the secret from which refresh tokens are derived.

They are files that only their owner can read. The first start makes them; processes that share the folder and start
together agree on one. A new signing key is published for a day before it signs, and an old one goes on verifying
until its file is removed.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)

from domain.kernel import clock
from domain.kernel.settings import SettingsError

ALGORITHM = "ES256"
PUBLISHED_BEFORE_USE = timedelta(hours=24)
SECRET_FILE = "refresh.secret"
SECRET_BYTES = 32
SIGNING_FILES = "signing-*.pem"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A P-256 key; `kid` is its thumbprint by RFC 7638."""

    kid: str
    made_at: datetime
    private: EllipticCurvePrivateKey
    public: EllipticCurvePublicKey
    jwk: Mapping[str, str]


class Keyring:
    """The keys of one folder, read once and again when a token names a key that is not known."""

    def __init__(self, folder: Path) -> None:
        prepare(folder)
        self._folder = folder
        self._keys: dict[Path, SigningKey] = {}
        self._by_kid: dict[str, SigningKey] = {}
        self.refresh_secret = (folder / SECRET_FILE).read_bytes()
        self.reload()

    def reload(self) -> None:
        """Take up keys that were added to the folder, and drop those that were removed."""
        paths = sorted(self._folder.glob(SIGNING_FILES))
        self._keys = {path: self._keys.get(path) or read_key(path) for path in paths}
        self._by_kid = {key.kid: key for key in self._keys.values()}

    def signing(self) -> SigningKey:
        """The newest key that was published long enough; the oldest when there is none."""
        keys = list(self._keys.values())
        ripe = [key for key in keys if key.made_at + PUBLISHED_BEFORE_USE <= clock.now()]
        return ripe[-1] if ripe else keys[0]

    def verifying(self, kid: str) -> EllipticCurvePublicKey | None:
        """The public key of this name, None when it is not one of ours."""
        if kid not in self._by_kid and len(list(self._folder.glob(SIGNING_FILES))) != len(self._keys):
            self.reload()
        key = self._by_kid.get(kid)
        return key.public if key is not None else None

    def published(self) -> dict[str, list[Mapping[str, str]]]:
        """The JSON Web Key Set (RFC 7517) of every key that verifies."""
        return {"keys": [key.jwk for key in self._keys.values()]}


def prepare(folder: Path) -> None:
    """Make the folder, the first signing key and the secret where they are missing; raises SettingsError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_once(folder / SECRET_FILE, secrets.token_bytes(SECRET_BYTES))
        if not any(folder.glob(SIGNING_FILES)):
            write_once(folder / "signing-0001.pem", new_key())
    except OSError as error:
        raise SettingsError(f"The key folder {folder} cannot be written: {error.strerror}.") from error


def add_key(folder: Path) -> Path:
    """Put the next signing key into the folder; it signs a day later."""
    number = 1 + max((int(path.stem.removeprefix("signing-")) for path in folder.glob(SIGNING_FILES)), default=0)
    path = folder / f"signing-{number:04}.pem"
    write_once(path, new_key())
    return path


def new_key() -> bytes:
    return generate_private_key(SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write_once(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all; the first writer wins."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)


def read_key(path: Path) -> SigningKey:
    """The key of a PEM file; raises SettingsError when it is not one on P-256."""
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise SettingsError(f"{path} is not a private key: remove it or put the right one back.") from error
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise SettingsError(f"{path} is not a key on P-256: remove it or put the right one back.")
    made_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    public = private.public_key()
    jwk = public_jwk(public)
    return SigningKey(kid=jwk["kid"], made_at=made_at, private=private, public=public, jwk=jwk)


def public_jwk(public: EllipticCurvePublicKey) -> dict[str, str]:
    """The key as RFC 7517 writes it, named by its RFC 7638 thumbprint."""
    numbers = public.public_numbers()
    required = {"crv": "P-256", "kty": "EC", "x": coordinate(numbers.x), "y": coordinate(numbers.y)}
    return {**required, "alg": ALGORITHM, "use": "sig", "kid": thumbprint(required)}


def thumbprint(required: Mapping[str, str]) -> str:
    """RFC 7638: SHA-256 over the required members in the order of their names, without spaces."""
    return base64url(hashlib.sha256(orjson.dumps(dict(required), option=orjson.OPT_SORT_KEYS)).digest())


def coordinate(value: int) -> str:
    return base64url(value.to_bytes(32, "big"))


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
