"""Refresh tokens of a signed-in device: their form, their lives, and how a stolen one is told from a lost answer.

A device holds one token of a family that is numbered by generations. Each token is derived from the installation's
secret, so that the answer that a client did not hear can be given again, and an old token is known as ours for ever.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

REPLAY_WINDOW = timedelta(seconds=60)
"""How long a replaced token is answered with its successor, and how long a successor is not replaced itself."""
IDLE_LIFE = timedelta(days=30)
WHOLE_LIFE = timedelta(days=90)

PREFIX = "cbr_"
TOKEN_BYTES = 16 + 16 + 4 + 32
NAME_CHARACTERS_MAX = 80


class SessionKind(StrEnum):
    """How a device keeps its refresh token: a browser in a cookie, a native app by itself."""

    BROWSER = "BROWSER"
    NATIVE = "NATIVE"


class EndReason(StrEnum):
    """Why a device has to sign in again."""

    SIGNED_OUT = "SIGNED_OUT"
    SIGNED_OUT_REMOTELY = "SIGNED_OUT_REMOTELY"
    REUSED = "REUSED"
    EXPIRED = "EXPIRED"
    ACCOUNT_DISABLED = "ACCOUNT_DISABLED"


class Verdict(StrEnum):
    """What a presented token deserves."""

    ROTATE = "ROTATE"
    """It is the newest: its successor replaces it."""
    REPEAT = "REPEAT"
    """It asks again for an answer that was given a moment ago."""
    EXPIRED = "EXPIRED"
    REUSED = "REUSED"
    """It was replaced long ago: somebody holds a copy, so the family must end."""
    UNKNOWN = "UNKNOWN"
    """It is not of this family, or the family has ended."""


@dataclass(frozen=True, slots=True)
class RefreshToken:
    """`proof` is 256 bits that only the installation can derive."""

    tenant_id: UUID
    session_id: UUID
    generation: int
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What is stored of a device's tokens."""

    refresh_hash: bytes
    replaced_hash: bytes | None
    replaced_at: datetime | None
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None


def derive(secret: bytes, tenant_id: UUID, *, session_id: UUID, generation: int) -> RefreshToken:
    """The one token of this generation (HMAC-SHA-256 over the ids and the number)."""
    stem = tenant_id.bytes + session_id.bytes + generation.to_bytes(4, "big")
    proof = hmac.digest(secret, b"catchball refresh token\0" + stem, "sha256")
    return RefreshToken(tenant_id, session_id, generation, proof)


def is_genuine(secret: bytes, token: RefreshToken) -> bool:
    """Whether this installation made the token, however long ago."""
    known = derive(secret, token.tenant_id, session_id=token.session_id, generation=token.generation)
    return hmac.compare_digest(known.proof, token.proof)


def write(token: RefreshToken) -> str:
    """The text that the client keeps; it says nothing to the client."""
    stem = token.tenant_id.bytes + token.session_id.bytes + token.generation.to_bytes(4, "big")
    return PREFIX + base64.urlsafe_b64encode(stem + token.proof).decode().rstrip("=")


def parse(text: str) -> RefreshToken | None:
    """The token behind a text, None when it has not the form of one."""
    if not text.isascii() or not text.startswith(PREFIX) or len(text) > 2 * TOKEN_BYTES:
        return None
    body = text.removeprefix(PREFIX)
    try:
        raw = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except binascii.Error:
        return None
    if len(raw) != TOKEN_BYTES:
        return None
    generation = int.from_bytes(raw[32:36], "big")
    return RefreshToken(UUID(bytes=raw[:16]), UUID(bytes=raw[16:32]), generation, raw[36:])


def digest(token: RefreshToken) -> bytes:
    """What is stored of a token: SHA-256 of its text."""
    return hashlib.sha256(write(token).encode()).digest()


def judge(family: Family, token: RefreshToken, *, secret: bytes, now: datetime) -> Verdict:
    """What the token deserves at this instant. A token that we never made can end nobody's session."""
    if family.ended_at is not None or not is_genuine(secret, token):
        return Verdict.UNKNOWN
    if now >= expires_at(family):
        return Verdict.EXPIRED
    presented = digest(token)
    was_replaced_just_now = family.replaced_at is not None and now - family.replaced_at < REPLAY_WINDOW
    if hmac.compare_digest(presented, family.refresh_hash):
        return Verdict.REPEAT if was_replaced_just_now else Verdict.ROTATE
    if was_replaced_just_now and hmac.compare_digest(presented, family.replaced_hash or b""):
        return Verdict.REPEAT
    return Verdict.REUSED


def expires_at(family: Family) -> datetime:
    """When the device must sign in again unless it comes before; an absolute end in any case."""
    return min(family.last_seen_at + IDLE_LIFE, family.created_at + WHOLE_LIFE)


def device_name(given: str) -> str:
    """The name as the list of devices shows it: one line, at most 80 characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in given)
    return " ".join(printable.split())[:NAME_CHARACTERS_MAX] or "?"
