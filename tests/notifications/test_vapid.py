"""We say who we are as RFC 8292 asks, once per push service, and never lose a key."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from notifications.channels.webpush import keys, vapid
from notifications.channels.webpush.keys import KeysUnusable
from notifications.channels.webpush.vapid import Identities, from_base64url

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORIGIN = "https://push.example.net"
CONTACT = "mailto:push@example.com"
EXAMPLE_TOKEN = (
    "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9."
    "eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpw"
    "dXNoQGV4YW1wbGUuY29tIn0."
    "i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA"
)
EXAMPLE_KEY = "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
SCALAR = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
OTHER_SCALAR = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"


def test_what_we_sign_is_the_example_of_rfc_8292_byte_for_byte() -> None:
    expires_at = datetime.fromtimestamp(1453523768, UTC)

    signed = vapid.signing_input(audience=ORIGIN, contact=CONTACT, expires_at=expires_at)

    assert signed.decode() == EXAMPLE_TOKEN.rpartition(".")[0]


def test_the_signature_of_the_example_holds_under_its_key() -> None:
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), from_base64url(EXAMPLE_KEY))

    claims = jwt.decode(EXAMPLE_TOKEN, point, algorithms=["ES256"], audience=ORIGIN, options={"verify_exp": False})

    assert claims == {"aud": ORIGIN, "exp": 1453523768, "sub": CONTACT}


def test_our_token_is_an_es256_token_that_others_verify() -> None:
    key = keys.keyring_from(SCALAR).current

    token = vapid.sign(key, audience=ORIGIN, contact=CONTACT, expires_at=AT)

    assert jwt.get_unverified_header(token) == {"typ": "JWT", "alg": "ES256"}
    claims = jwt.decode(
        token,
        key.private.public_key(),
        algorithms=["ES256"],
        audience=ORIGIN,
        options={"verify_exp": False},
    )
    assert claims == {"aud": ORIGIN, "exp": int(AT.timestamp()), "sub": CONTACT}


def test_one_token_serves_an_origin_for_twelve_hours_and_never_claims_more_than_a_day() -> None:
    identities = Identities(CONTACT)
    key = keys.keyring_from(SCALAR).current
    half_a_day = timedelta(hours=12)

    first = identities.authorization(key, ORIGIN, at=AT)
    same = identities.authorization(key, ORIGIN, at=AT + half_a_day - timedelta(seconds=1))
    renewed = identities.authorization(key, ORIGIN, at=AT + half_a_day)

    assert same == first
    assert expiry(first) == AT + timedelta(hours=23, minutes=55)
    assert expiry(renewed) == AT + half_a_day + timedelta(hours=23, minutes=55)


def test_each_key_and_each_origin_has_a_token_of_its_own() -> None:
    identities = Identities(CONTACT)
    ring = keys.keyring_from(f"{SCALAR},{OTHER_SCALAR}")
    other_key = ring.find(vapid.key_of(keys.keyring_from(OTHER_SCALAR).current.private).id)

    headers = {
        identities.authorization(key, origin, at=AT)
        for key in (ring.current, other_key)
        for origin in (ORIGIN, "https://other.example.net")
    }

    assert len(headers) == 4


@pytest.mark.parametrize("contact", ["push@example.com", "mailto:push team@example.com", ""])
def test_a_contact_that_apple_would_refuse_is_refused_at_the_start(contact: str) -> None:
    with pytest.raises(ValueError, match="mailto: or https:"):
        Identities(contact)


def test_the_first_start_makes_a_key_that_only_its_owner_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "keys"

    made = keys.keyring_in(folder).current
    read = keys.keyring_in(folder).current

    assert read.id == made.id
    assert [file.name for file in folder.iterdir()] == ["vapid-0001.pem"]
    assert stat.S_IMODE((folder / "vapid-0001.pem").stat().st_mode) == 0o600


def test_starting_at_the_same_moment_makes_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(keys.keyring_in, [tmp_path] * 8))

    assert len({ring.current.id for ring in rings}) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["vapid-0001.pem"]


def test_a_new_key_signs_and_the_old_one_still_serves_its_subscriptions(tmp_path: Path) -> None:
    old = keys.keyring_in(tmp_path).current
    keys.add_key(tmp_path)

    ring = keys.keyring_in(tmp_path)

    assert ring.current.id != old.id
    assert ring.find(old.id).public_text == old.public_text


def test_a_key_that_we_no_longer_hold_is_unknown() -> None:
    with pytest.raises(vapid.KeyUnknown):
        keys.keyring_from(SCALAR).find("gone")


def test_keys_of_the_setting_go_before_those_of_the_folder(tmp_path: Path) -> None:
    in_folder = keys.keyring_in(tmp_path).current.id

    assert keys.keyring(tmp_path, SCALAR).current.id == keys.keyring_from(SCALAR).current.id
    assert keys.keyring(tmp_path, "").current.id == in_folder


def test_the_first_key_of_the_setting_is_the_current_one() -> None:
    ring = keys.keyring_from(f" {OTHER_SCALAR} , {SCALAR} ")

    assert ring.current.id == keys.keyring_from(OTHER_SCALAR).current.id


@pytest.mark.parametrize("setting", ["short", f"{SCALAR},%%%", "A" * 43])
def test_a_setting_that_holds_no_key_is_refused_without_showing_it(setting: str) -> None:
    with pytest.raises(KeysUnusable) as refusal:
        keys.keyring_from(setting)

    assert "is not 32 bytes in base64url" in str(refusal.value)
    assert setting not in str(refusal.value)


def test_a_file_that_holds_no_key_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "vapid-0001.pem").write_text("nonsense")

    with pytest.raises(KeysUnusable, match=r"vapid-0001\.pem is no private key"):
        keys.keyring_in(tmp_path)


def expiry(header: str) -> datetime:
    token = header.removeprefix("vapid t=").partition(",")[0]
    claims = json.loads(from_base64url(token.split(".")[1]))
    return datetime.fromtimestamp(claims["exp"], UTC)
