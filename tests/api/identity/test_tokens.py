"""Access tokens: what they carry, and every way in which a token can be wrong."""

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.api_jws import PyJWS

from api.identity import keys
from api.identity.keys import Keyring
from api.identity.tokens import InvalidToken, Tokens
from domain.kernel import clock
from domain.kernel.actor import Actor, Role, Scope

ISSUER, AUDIENCE = "https://catchball.example", "https://catchball.example/graphql"
TENANT = UUID("01990000-0000-7000-8000-000000000001")
ME = UUID("01990000-0000-7000-8000-000000000002")
SESSION = UUID("01990000-0000-7000-8000-000000000003")
CLIENT = UUID("01990000-0000-7000-8000-000000000004")
PERSON = Actor(
    tenant_id=TENANT,
    zone="Asia/Shanghai",
    person_id=ME,
    session_id=SESSION,
    roles=frozenset({Role.EMPLOYEE, Role.MANAGER}),
)
PARTNER = Actor(
    tenant_id=TENANT,
    zone="Asia/Shanghai",
    client_id=CLIENT,
    roles=frozenset({Role.PARTNER}),
    scopes=frozenset({Scope.ACTUALS_WRITE, Scope.SCHEMA_READ}),
)
SECOND = timedelta(seconds=1)
Claims: TypeAlias = dict[str, object]


@dataclass(frozen=True, slots=True)
class Mint:
    """Makes tokens that our own code would never make."""

    keyring: Keyring
    tokens: Tokens

    def good(self) -> Claims:
        token = self.tokens.issue_to_person(PERSON)
        return jwt.decode(token, options={"verify_signature": False})

    def sign(self, claims: Mapping[str, object], **header: object) -> str:
        key = self.keyring.signing()
        headers = {"typ": "at+jwt", "kid": key.kid, **header}
        return PyJWS().encode(json.dumps(claims).encode(), key.private, "ES256", headers)

    def glue(self, header: Mapping[str, object], claims: Mapping[str, object], signature: bytes = b"") -> str:
        parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
        return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


@pytest.fixture
def mint(tmp_path: Path) -> Mint:
    keyring = Keyring(tmp_path / "keys")
    return Mint(keyring, Tokens(keyring, issuer=ISSUER, audience=AUDIENCE))


def test_a_persons_token_stands_for_the_person_for_ten_minutes(mint: Mint) -> None:
    token = mint.tokens.issue_to_person(PERSON)

    assert mint.tokens.verify(token).actor == PERSON
    assert mint.tokens.verify(token).expires_at == int((clock.now() + timedelta(minutes=10)).timestamp())
    clock.advance(timedelta(minutes=10) - SECOND)
    assert mint.tokens.verify(token).actor == PERSON
    clock.advance(SECOND)
    with pytest.raises(InvalidToken):
        mint.tokens.verify(token)


def test_a_clients_token_stands_for_the_client_for_an_hour(mint: Mint) -> None:
    token = mint.tokens.issue_to_client(PARTNER, "cli_x")

    clock.advance(timedelta(hours=1) - SECOND)
    assert mint.tokens.verify(token).actor == PARTNER
    clock.advance(SECOND)
    with pytest.raises(InvalidToken):
        mint.tokens.verify(token)


def test_a_token_carries_exactly_these_claims(mint: Mint) -> None:
    now = int(clock.now().timestamp())
    claims = mint.good()
    token = mint.tokens.issue_to_person(PERSON)

    UUID(str(claims.pop("jti")))
    assert claims == {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": str(ME),
        "sid": str(SESSION),
        "client_id": "catchball",
        "tenant": str(TENANT),
        "zone": "Asia/Shanghai",
        "roles": ["EMPLOYEE", "MANAGER"],
        "scope": "",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
    }
    assert jwt.get_unverified_header(token) == {"alg": "ES256", "typ": "at+jwt", "kid": mint.keyring.signing().kid}


REQUIRED = ("iss", "aud", "sub", "sid", "client_id", "tenant", "zone", "roles", "scope", "jti", "iat", "nbf", "exp")


@pytest.mark.parametrize("missing", REQUIRED)
def test_a_token_without_one_of_its_claims_is_refused(mint: Mint, missing: str) -> None:
    claims = mint.good()
    del claims[missing]

    with pytest.raises(InvalidToken):
        mint.tokens.verify(mint.sign(claims))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://elsewhere.example"),
        ("iss", [ISSUER]),
        ("aud", "https://catchball.example"),
        ("aud", [AUDIENCE]),
        ("aud", [AUDIENCE, "https://elsewhere.example"]),
        ("sub", "me"),
        ("sub", 7),
        ("sid", "here"),
        ("sid", None),
        ("tenant", "group"),
        ("tenant", None),
        ("roles", "ADMINISTRATOR"),
        ("roles", ["EMPEROR"]),
        ("roles", {"ADMINISTRATOR": 1}),
        ("scope", "everything"),
        ("jti", 7),
        ("exp", "4102444800"),
        ("exp", 1e300),
        ("exp", True),
        ("exp", None),
        ("exp", 0),
        ("exp", -1),
        ("nbf", 4_102_444_800),
        ("iat", 4_102_444_800),
        ("iat", "yesterday"),
        ("client_id", None),
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(mint: Mint, claim: str, value: object) -> None:
    with pytest.raises(InvalidToken):
        mint.tokens.verify(mint.sign({**mint.good(), claim: value}))


def test_a_signers_clock_may_be_half_a_minute_ahead(mint: Mint) -> None:
    claims = mint.good()
    now = int(clock.now().timestamp())

    assert mint.tokens.verify(mint.sign({**claims, "nbf": now + 30, "iat": now + 30})).actor == PERSON
    with pytest.raises(InvalidToken):
        mint.tokens.verify(mint.sign({**claims, "nbf": now + 31}))


@pytest.mark.parametrize("kind", ["JWT", "at+JWT", "application/at+jwt", "", None, "refresh+jwt", 1])
def test_only_the_type_of_access_tokens_is_taken(mint: Mint, kind: object) -> None:
    with pytest.raises((InvalidToken, TypeError)):
        mint.tokens.verify(mint.sign(mint.good(), typ=kind))


def hmac_with_our_public_key(mint: Mint) -> str:
    key = mint.keyring.signing()
    pem = key.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return by_hand(mint, pem)


def by_hand(mint: Mint, secret: bytes) -> str:
    header = {"alg": "HS256", "typ": "at+jwt", "kid": mint.keyring.signing().kid}
    unsigned = mint.glue(header, mint.good()).rpartition(".")[0]
    signature = hmac.digest(secret, unsigned.encode(), "sha256")
    return f"{unsigned}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def signed_by(
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey, algorithm: str
) -> Callable[[Mint], str]:
    def forge(mint: Mint) -> str:
        header = {"typ": "at+jwt", "kid": mint.keyring.signing().kid}
        return jwt.encode(mint.good(), key, algorithm, header)

    return forge


def unsigned(word: str) -> Callable[[Mint], str]:
    return lambda mint: mint.glue({"alg": word, "typ": "at+jwt", "kid": mint.keyring.signing().kid}, mint.good())


def tampered(mint: Mint) -> str:
    head, _, signature = mint.tokens.issue_to_person(PERSON).split(".")
    claims = {**mint.good(), "roles": ["ADMINISTRATOR"]}
    return f"{head}.{base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip('=')}.{signature}"


FORGERIES: dict[str, Callable[[Mint], str]] = {
    "nothing": lambda _: "",
    "no token": lambda _: "abc",
    "dots": lambda _: "..",
    "not ASCII": lambda _: "é.é.é",
    "a header that is a list": lambda _: "W10.W10.W10",
    "a header with strays": lambda mint: mint.tokens.issue_to_person(PERSON).replace("e", "e!!!!", 1),
    "alg none": unsigned("none"),
    "alg None": unsigned("NoNe"),
    "alg missing a signature": unsigned("ES256"),
    "HMAC with our public key": hmac_with_our_public_key,
    "HMAC with an empty secret": lambda mint: by_hand(mint, b""),
    "another P-256 key": signed_by(ec.generate_private_key(ec.SECP256R1()), "ES256"),
    "Ed25519": signed_by(ed25519.Ed25519PrivateKey.generate(), "EdDSA"),
    "RSA": signed_by(rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256"),
    "changed claims": tampered,
    "an unknown key": lambda mint: mint.sign(mint.good(), kid="unknown"),
    "a key by number": lambda mint: mint.sign(mint.good(), kid="0"),
    "a key as a path": lambda mint: mint.sign(mint.good(), kid="../signing-0001"),
    "a critical extension": lambda mint: mint.sign(mint.good(), crit=["exp"], exp=1),
    "a token inside a token": lambda mint: mint.glue({"alg": "ES256", "typ": "at+jwt"}, {"a": 1}),
    "deep JSON": lambda _: ".".join([base64.urlsafe_b64encode(b"[" * 2000).decode().rstrip("=")] * 3),
    "too long": lambda mint: mint.sign({**mint.good(), "padding": "x" * 5000}),
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_a_forged_token_is_refused(mint: Mint, forgery: Callable[[Mint], str]) -> None:
    with pytest.raises(InvalidToken):
        mint.tokens.verify(forgery(mint))


def test_a_refusal_never_repeats_the_token(mint: Mint) -> None:
    with pytest.raises(InvalidToken) as refused:
        mint.tokens.verify(mint.sign({**mint.good(), "roles": ["EMPEROR"]}))

    assert str(refused.value) == "The access token is not valid."
    assert refused.value.__cause__ is None


def test_a_key_that_the_token_brings_along_is_not_used(mint: Mint) -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    jwk = keys.public_jwk(stranger.public_key())
    token = jwt.encode(mint.good(), stranger, "ES256", {"typ": "at+jwt", "jwk": jwk, "kid": jwk["kid"]})

    with pytest.raises(InvalidToken, match="not signed here"):
        mint.tokens.verify(token)


def test_a_client_cannot_pass_for_a_person(mint: Mint) -> None:
    claims = {**mint.good(), "client_id": "cli_x"}
    assert mint.tokens.verify(mint.sign(claims)).actor.person_id is None
