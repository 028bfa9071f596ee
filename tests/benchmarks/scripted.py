"""What the product says to PostgreSQL, listened to and made into a script for pgbench."""

import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import cast
from uuid import UUID

import asyncpg

from domain.kernel import database

_OF_THE_POOL = "set_config('app.tenant_id'"
_COLON = re.compile(r"(?<!:):(?=[A-Za-z_])")
"""Within a literal; to pgbench it begins a variable."""
_COLUMN = re.compile(r'"(\w+)"=\$(\d+)')


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and the values of its parameters."""

    query: str
    values: tuple[object, ...]


@asynccontextmanager
async def listening() -> AsyncGenerator[list[Said]]:
    """What is said inside by connections that are used one after the other, without what the pool says for itself."""
    said: list[Said] = []

    def note(logged: object) -> None:
        query = str(getattr(logged, "query", ""))
        if _OF_THE_POOL not in query:
            said.append(Said(query, tuple(getattr(logged, "args", ()))))

    connections: list[asyncpg.Connection] = []
    pools = [database.writing(), database.pool().acquire(), database.connection()]
    for pool in cast("list[AbstractAsyncContextManager[asyncpg.Connection]]", pools):
        async with pool as connection:
            connections.append(getattr(connection, "_con", connection))
    for connection in connections:
        connection.add_query_logger(note)
    try:
        yield said
    finally:
        for connection in connections:
            connection.remove_query_logger(note)


def script(said: Sequence[Said], known: Mapping[str, str], columns: Mapping[str, str], key: tuple[str, str]) -> str:
    """The statements with literals for their parameters.

    `known` maps values to the variables that stand for them, `columns` those of updated columns, `key` the one key.
    """
    lines: list[str] = []
    for one in said:
        by_column = {int(found[2]): columns[found[1]] for found in _COLUMN.finditer(one.query) if found[1] in columns}
        rendered = [
            by_column.get(at) or _literal(value, {**known, key[0]: key[1]}) for at, value in enumerate(one.values, 1)
        ]
        plain = _COLON.sub("' || ':' || '", one.query)
        text = re.sub(r"\$(\d+)", lambda found, to=rendered: to[int(found[1]) - 1], plain)
        lines.append(f"{' '.join(text.split()).rstrip(';')};")
    return "\n".join(lines) + "\n"


def _literal(value: object, known: Mapping[str, str]) -> str:
    if value is None:
        return "null"
    if isinstance(value, list):
        return _array(cast("list[object]", value), known)
    if str(value) in known:
        return known[str(value)]
    if isinstance(value, bytes):
        return f"'\\x{value.hex()}'::bytea"
    if isinstance(value, bool | int | Decimal):
        return str(value)
    if isinstance(value, UUID | date | datetime):
        return f"'{value}'"
    return _spelled(str(value), known)


def _array(values: list[object], known: Mapping[str, str]) -> str:
    whole = "{" + ",".join(str(value) for value in values) + "}"
    return known.get(whole) or f"'{whole}'"


def _spelled(text: str, known: Mapping[str, str]) -> str:
    """A text, with variables in the places of values that it holds."""
    literal = "'" + text.replace("'", "''") + "'"
    for value, variable in known.items():
        if len(value) == 36 and value in text:  # an id within JSON
            literal = f"replace({literal}, '{value}', {variable})"
    return literal
