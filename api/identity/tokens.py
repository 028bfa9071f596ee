"""Access tokens: signed by one of our keys, read back into the actor they stand for (RFC 9068, RFC 8725)."""

import base64
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

import jwt
import orjson
from jwt.types import Options

from api.identity.keys import ALGORITHM, Keyring
from domain.kernel import clock
from domain.kernel.actor import Actor, Role, Scope
from domain.kernel.ids import new_id

TYPE = "at+jwt"
PERSON_LIFE = timedelta(minutes=10)
CLIENT_LIFE = timedelta(hours=1)
SKEW_SECONDS = 30
"""How far the clock of the process that signed may be ahead of ours."""
TOKEN_CHARACTERS_MAX = 4096
REMEMBERED_MAX = 10_000
OUR_APP = "catchball"
"""`client_id` of tokens that a person's device holds."""

# The times are judged below by the one clock, which PyJWT does not know.
OPTIONS: Options = {
    "require": ["exp", "iat", "nbf", "aud", "iss", "sub", "jti", "tenant", "zone", "client_id", "scope", "roles"],
    "strict_aud": True,
    "enforce_minimum_key_length": True,
    "verify_signature": True,
    "verify_aud": True,
    "verify_iss": True,
    "verify_sub": True,
    "verify_jti": True,
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}


class InvalidToken(Exception):
    """Not an access token of ours, or not one that is good now; the text never repeats the token."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What a token stands for, and until when, in Unix seconds."""

    actor: Actor
    expires_at: int


class Tokens:
    """Issues and reads the tokens of one issuer for one audience."""

    def __init__(self, keyring: Keyring, *, issuer: str, audience: str) -> None:
        self._keyring = keyring
        self._issuer = issuer
        self._audience = audience
        self._jwt = jwt.PyJWT(options=OPTIONS)
        self._remembered: OrderedDict[str, Verified] = OrderedDict()

    def issue_to_person(self, actor: Actor) -> str:
        """A token of ten minutes for a person's device."""
        claims = {"sub": str(actor.person_id), "sid": str(actor.session_id), "client_id": OUR_APP}
        return self._issue(actor, claims, PERSON_LIFE)

    def issue_to_client(self, actor: Actor, public_client_id: str) -> str:
        """A token of an hour for a partner's system."""
        return self._issue(actor, {"sub": str(actor.client_id), "client_id": public_client_id}, CLIENT_LIFE)

    def _issue(self, actor: Actor, subject: Mapping[str, str], life: timedelta) -> str:
        key, now = self._keyring.signing(), clock.now()
        claims: dict[str, object] = {
            "iss": self._issuer,
            "aud": self._audience,
            **subject,
            "tenant": str(actor.tenant_id),
            "zone": actor.zone,
            "roles": sorted(actor.roles),
            "scope": " ".join(sorted(actor.scopes)),
            "jti": str(new_id()),
            "iat": seconds(now),
            "nbf": seconds(now),
            "exp": seconds(now + life),
        }
        return jwt.encode(claims, key.private, algorithm=ALGORITHM, headers={"typ": TYPE, "kid": key.kid})

    def verify(self, token: str) -> Verified:
        """The actor of a token that is good now; raises InvalidToken."""
        known = self._remembered.get(token)
        if known is None:
            known = self._read(token)
            self._remembered[token] = known
            if len(self._remembered) > REMEMBERED_MAX:
                self._remembered.popitem(last=False)
        if known.expires_at <= clock.now().timestamp():
            self._remembered.pop(token, None)
            raise InvalidToken("The access token has expired.")
        return known

    def _read(self, token: str) -> Verified:
        if len(token) > TOKEN_CHARACTERS_MAX:
            raise InvalidToken("The access token is too long.")
        try:
            claims = self._claims(token)
            check_times(claims)
            return Verified(actor_of(claims), cast("int", claims["exp"]))
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            raise InvalidToken("The access token is not valid.") from None

    def _claims(self, token: str) -> Mapping[str, object]:
        header = header_of(token)
        kid = header.get("kid")
        if header.get("typ") != TYPE or not isinstance(kid, str):
            raise InvalidToken("This is not an access token.")
        key = self._keyring.verifying(kid)
        if key is None:
            raise InvalidToken("The access token was not signed here.")
        return self._jwt.decode(token, key, algorithms=[ALGORITHM], audience=self._audience, issuer=self._issuer)


def header_of(token: str) -> Mapping[str, object]:
    """What a token says of itself, only to choose the key: PyJWT reads it again, strictly, as a part of what is signed.

    ValueError when it cannot be read. PyJWT's own way to it decodes the whole token, character by character.
    """
    head = token.partition(".")[0]
    found: object = orjson.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    return cast("Mapping[str, object]", found) if isinstance(found, dict) else {}


def check_times(claims: Mapping[str, object]) -> None:
    """ValueError unless the times are whole seconds and the token has begun."""
    times = [claims[name] for name in ("iat", "nbf", "exp")]
    if not all(type(time) is int for time in times):
        raise ValueError("times are whole seconds")
    issued_at, begins_at, ends_at = cast("list[int]", times)
    if max(issued_at, begins_at) > seconds(clock.now()) + SKEW_SECONDS or ends_at <= issued_at:
        raise ValueError("the token has not begun")


def actor_of(claims: Mapping[str, object]) -> Actor:
    """The person of a device, or the client; ValueError when the claims fit neither."""
    text = {name: str(claims[name]) for name in ("sub", "tenant", "zone", "scope")}
    roles = claims["roles"]
    if not isinstance(roles, list):
        raise TypeError("roles are a list")
    held = frozenset(Role(str(role)) for role in cast("list[object]", roles))
    scopes = frozenset(Scope(scope) for scope in text["scope"].split())
    tenant_id, subject = UUID(text["tenant"]), UUID(text["sub"])
    if claims["client_id"] == OUR_APP:
        session_id = UUID(str(claims["sid"]) if "sid" in claims else "")
        return Actor(tenant_id, text["zone"], person_id=subject, session_id=session_id, roles=held, scopes=scopes)
    return Actor(tenant_id, text["zone"], client_id=subject, roles=held, scopes=scopes)


def seconds(at: datetime) -> int:
    return int(at.timestamp())
