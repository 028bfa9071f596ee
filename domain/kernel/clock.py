"""The only clock: aware UTC instants and the date of a zone; tests stop it with `frozen`."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

FOREVER = date.max
"""The open end of a period; PostgreSQL stores it as infinity."""

_stopped: list[datetime] = []


def now() -> datetime:
    """This instant, aware, in UTC."""
    return _stopped[-1] if _stopped else datetime.now(UTC)


def today(zone: str) -> date:
    """The calendar date of this instant in an IANA zone."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def frozen(at: datetime) -> Generator[None]:
    """Stop the clock of the whole process at an aware instant."""
    if at.tzinfo is None:
        raise ValueError("the clock needs an aware instant")
    _stopped.append(at.astimezone(UTC))
    try:
        yield
    finally:
        _stopped.pop()


def advance(step: timedelta) -> None:
    """Move a stopped clock on."""
    if not _stopped:
        raise RuntimeError("only a stopped clock can be moved")
    _stopped[-1] += step
