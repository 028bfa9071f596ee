"""The key folder: made once, readable by its owner alone, and rotated without a break."""

import base64
import hashlib
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from api.identity import keys
from api.identity.keys import Keyring
from api.identity.tokens import Tokens
from domain.kernel import clock
from domain.kernel.settings import SettingsError
from tests.api.identity.test_tokens import PERSON


def age(path: Path, by: timedelta) -> None:
    at = (clock.now() - by).timestamp()
    os.utime(path, (at, at))


def test_the_first_start_makes_keys_that_only_the_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "keys"
    Keyring(folder)

    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        "refresh.secret": 0o600,
        "signing-0001.pem": 0o600,
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len((folder / "refresh.secret").read_bytes()) == 32


def test_a_second_start_finds_the_same_keys(tmp_path: Path) -> None:
    first, second = Keyring(tmp_path), Keyring(tmp_path)

    assert first.signing().kid == second.signing().kid
    assert first.refresh_secret == second.refresh_secret


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        rings = list(threads.map(Keyring, [tmp_path / "keys"] * 8))

    assert len({ring.refresh_secret for ring in rings}) == 1
    assert len({ring.signing().kid for ring in rings}) == 1
    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == ["refresh.secret", "signing-0001.pem"]


def test_a_key_is_named_by_its_thumbprint(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    (jwk,) = ring.published()["keys"]

    members = {name: jwk[name] for name in ("crv", "kty", "x", "y")}
    canonical = json.dumps(members, separators=(",", ":"), sort_keys=True).encode()
    thumbprint = base64.urlsafe_b64encode(hashlib.sha256(canonical).digest()).decode().rstrip("=")
    assert {name: jwk[name] for name in ("kty", "crv", "alg", "use", "kid")} == {
        "kty": "EC",
        "crv": "P-256",
        "alg": "ES256",
        "use": "sig",
        "kid": thumbprint,
    }
    assert sorted(jwk) == ["alg", "crv", "kid", "kty", "use", "x", "y"]


def test_thumbprints_are_those_of_the_rfc() -> None:
    # RFC 7638 section 3.1 gives an RSA key and its thumbprint; the canonical form is the same for every kind of key.
    required = {
        "e": "AQAB",
        "kty": "RSA",
        "n": (
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
            "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA"
            "ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-"
            "kEgU8awapJzKnqDKgw"
        ),
    }

    assert keys.thumbprint(required) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"


def test_a_new_key_is_published_for_a_day_before_it_signs(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    age(tmp_path / "signing-0001.pem", timedelta(days=100))
    ring = Keyring(tmp_path)
    old = ring.signing().kid
    added = keys.add_key(tmp_path)
    age(added, timedelta(0))
    ring.reload()

    assert added.name == "signing-0002.pem"
    assert len(ring.published()["keys"]) == 2
    assert ring.signing().kid == old
    clock.advance(timedelta(hours=24))
    assert ring.signing().kid == keys.read_key(added).kid


def test_another_process_takes_up_a_new_key_when_it_meets_it(tmp_path: Path) -> None:
    here, there = Keyring(tmp_path), Keyring(tmp_path)
    mine, theirs = [Tokens(ring, issuer="i", audience="a") for ring in (here, there)]
    keys.add_key(tmp_path)
    (tmp_path / "signing-0001.pem").touch()
    age(tmp_path / "signing-0002.pem", timedelta(days=2))
    there.reload()

    token = theirs.issue_to_person(PERSON)

    assert there.signing().kid == keys.read_key(tmp_path / "signing-0002.pem").kid
    assert mine.verify(token).actor == PERSON


def test_a_removed_key_verifies_no_more(tmp_path: Path) -> None:
    ring = Keyring(tmp_path)
    kid = ring.signing().kid
    keys.add_key(tmp_path)
    (tmp_path / "signing-0001.pem").unlink()
    ring.reload()

    assert ring.verifying(kid) is None


def pem(key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", pem(ed25519.Ed25519PrivateKey.generate()), pem(ec.generate_private_key(ec.SECP384R1()))],
    ids=["empty", "nonsense", "Ed25519", "P-384"],
)
def test_a_spoilt_key_stops_the_start_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "signing-0001.pem").write_bytes(content)

    with pytest.raises(SettingsError, match="remove it or put the right one back"):
        Keyring(tmp_path)


def test_a_folder_that_cannot_be_made_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="cannot be written: Not a directory"):
        Keyring(tmp_path / "file" / "keys")
