"""Keeps the signing keys: made at the first start, read from a folder or from a setting."""

import os
import tempfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from domain.kernel.settings import SettingsError
from notifications.channels.webpush import vapid

FILE_PATTERN = "vapid-*.pem"
KEYS_MAX = 100


class KeysUnusable(SettingsError):
    """A configured key cannot be read; the sentence says which one and what it should be."""


def keyring(folder: Path, setting: str) -> vapid.Keyring:
    """The keys of the setting if it names any, else those in the folder."""
    return keyring_from(setting) if setting else keyring_in(folder)


def keyring_in(folder: Path) -> vapid.Keyring:
    """The keys in the folder, the newest first; makes the first one if there is none."""
    if not any(folder.glob(FILE_PATTERN)):
        _write(folder, number=1)
    files = sorted(folder.glob(FILE_PATTERN), reverse=True)
    return vapid.Keyring([vapid.key_of(_read(file)) for file in files])


def keyring_from(setting: str) -> vapid.Keyring:
    """The keys of a setting: private scalars in base64url, by commas, the current one first."""
    texts = [text.strip() for text in setting.split(",") if text.strip()]
    keys = [vapid.key_of(_parse(text, position)) for position, text in enumerate(texts, 1)]
    return vapid.Keyring(keys)


def add_key(folder: Path) -> None:
    """Put a new key into the folder; it signs from the next start on, older ones stay valid."""
    numbers = [int(file.stem.removeprefix("vapid-")) for file in folder.glob(FILE_PATTERN)]
    number = max(numbers, default=0) + 1
    if number > KEYS_MAX:
        raise KeysUnusable(f"{folder} already holds {KEYS_MAX} keys; remove those nobody uses.")
    _write(folder, number=number)


def _write(folder: Path, *, number: int) -> None:
    """Put a key under that number, unless somebody else just did."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor, unfinished = tempfile.mkstemp(dir=folder)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(pem)
    try:
        # Web and worker may start together: a link appears whole, and only for the first of them.
        os.link(unfinished, folder / f"vapid-{number:04d}.pem")
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()


def _read(file: Path) -> ec.EllipticCurvePrivateKey:
    try:
        private = load_pem_private_key(file.read_bytes(), password=None)
    except ValueError as error:
        raise KeysUnusable(f"{file} is no private key in PEM form.") from error
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise KeysUnusable(f"{file} is no key of the curve P-256.")
    return private


def _parse(text: str, position: int) -> ec.EllipticCurvePrivateKey:
    try:
        scalar = vapid.from_base64url(text)
        if len(scalar) != vapid.SCALAR_BYTES:
            raise ValueError
        return ec.derive_private_key(int.from_bytes(scalar, "big"), ec.SECP256R1())
    except ValueError:
        sentence = f"Push key {position} of the setting is not 32 bytes in base64url."
        raise KeysUnusable(sentence) from None
