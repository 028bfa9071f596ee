"""Identity of rows: UUIDv7 inside, an opaque prefixed string outside."""

import os
import time
from uuid import UUID

from domain.kernel.errors import NotFound

_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high, low = (random >> 62) & 0xFFF, random & ((1 << 62) - 1)
    return UUID(int=(milliseconds << 80) | _VERSION_AND_VARIANT | (high << 64) | low)


def public(prefix: str, row_id: UUID) -> str:
    """The opaque id that the API shows, such as `obj_0199…`."""
    return f"{prefix}_{row_id}"


def row_id(prefix: str, public_id: str) -> UUID:
    """The row id behind a public id of this prefix; NotFound for anything else."""
    found, _, rest = public_id.partition("_")
    if found != prefix:
        raise NotFound
    try:
        row_id = UUID(rest)
    except ValueError:
        raise NotFound from None
    if str(row_id) != rest.lower():
        raise NotFound
    return row_id


def prefix_of(public_id: str) -> str:
    """The part before the first underscore, empty when there is none."""
    head, separator, _ = public_id.partition("_")
    return head if separator else ""
