"""Identity of rows: UUIDv7 inside, an opaque prefixed string outside."""

import os
import time
from uuid import UUID

from domain.kernel.errors import NotFound

_VERSION_AND_VARIANT = (0x7 << 76) | (0x2 << 62)
_last_instant = 0


def new_id() -> UUID:
    """A new UUIDv7 (RFC 9562): 60 bits of time, 62 random bits; one process makes them in ascending order.

    The 12 bits beside the milliseconds hold a quarter of a microsecond each (section 6.2, method 3), so what
    was made first also sorts first, however fast.
    """
    global _last_instant  # noqa: PLW0603 - the one thing that an id remembers of those before it
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    instant = (milliseconds << 12) | (nanoseconds << 12) // 1_000_000
    _last_instant = instant = max(instant, _last_instant + 1)
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=(instant >> 12 << 80) | _VERSION_AND_VARIANT | (instant & 0xFFF) << 64 | random)


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
