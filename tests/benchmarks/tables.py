"""What the generated rows have in common: tables to copy, row ids and times that are the same on every machine."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

Row = Sequence[object]
BEGIN = datetime(2025, 1, 6, 8, tzinfo=UTC)
"""The first moment of the group's history."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one table, made anew each time that they are asked for, for a group of this many people."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[int], Iterable[Row]]


def row_id(kind: int, number: int, minute: int) -> str:
    """A UUIDv7 made this many minutes after the beginning; unique by kind, below 4096, and number."""
    return f"{_made(kind, minute)}-{number:012x}"


@cache
def _made(kind: int, minute: int) -> str:
    milliseconds = int(BEGIN.timestamp() * 1000) + minute * 60_000
    return f"{milliseconds >> 16:08x}-{milliseconds & 0xFFFF:04x}-7{kind:03x}-8000"


@cache
def at(minute: int) -> str:
    """The instant this many minutes after the beginning."""
    return (BEGIN + timedelta(minutes=minute)).isoformat()


TENANT = row_id(0, 0, 0)
