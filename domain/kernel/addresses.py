"""What the address of a PostgreSQL says: where it is, who asks, and whether a pooler lends it by the transaction."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import asyncpg

from domain.kernel.sessions import GATE, NOBODY, SETTINGS, Own, shared
from domain.kernel.settings import SettingsError

POOL_MODE = "pool_mode"
"""The parameter of an address by which it says that a pooler stands there; named as in PgBouncer's own file."""
POOL_MODES = ("transaction", "session")


def is_pooled(url: str) -> bool:
    """Whether a server is lent for one transaction only; SettingsError for a mode that nobody knows."""
    mode = _parameters(url).get(POOL_MODE, "session")
    if mode not in POOL_MODES:
        raise SettingsError(f"The database's address says pool_mode={mode}: say transaction, or leave it out.")
    return mode == "transaction"


def without_mode(url: str) -> str:
    """The address as any other program understands it."""
    parts = urlsplit(url)
    left = {name: value for name, value in _parameters(url).items() if name != POOL_MODE}
    return parts._replace(query=urlencode(left, safe="/")).geturl()


def credentials(url: str, *, role: str | None, statement_seconds: int = 0) -> dict[str, Any]:
    """What asyncpg needs for a connection that works as a role; SettingsError where a pooler cannot serve it."""
    parts, query = urlsplit(url), _parameters(url)
    return {
        "host": query.get("host") or parts.hostname or "localhost",
        "port": parts.port or int(query.get("port", "5432")),
        "user": unquote(parts.username) if parts.username else None,
        "password": unquote(parts.password) if parts.password else None,
        "database": parts.path.lstrip("/"),
        **_kind(role, statement_seconds, pooled=is_pooled(url)),
    }


def _kind(role: str | None, statement_seconds: int, *, pooled: bool) -> dict[str, Any]:
    named = {"application_name": "catchball", "timezone": "UTC"}
    if pooled:
        if role is None:
            raise SettingsError("This needs PostgreSQL itself: give the server's own address, not that of its pooler.")
        return {"connection_class": shared(role, statement_seconds=statement_seconds), "server_settings": named}
    settings = {**named, **SETTINGS}
    if statement_seconds:
        settings |= {"statement_timeout": f"{statement_seconds}s"}
    if role:
        settings |= {"role": role}
    if role == GATE:
        return {"connection_class": asyncpg.Connection, "server_settings": settings}
    # Whoever keeps settings back on the way keeps this one back, too: `Own.examine` looks for it.
    return {"connection_class": Own, "server_settings": settings | {"app.tenant_id": str(NOBODY)}}


def _parameters(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
