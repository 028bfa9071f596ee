"""The scalars of the schema: instants with an offset, dates, and exact decimals as strings."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

from domain.kernel import numbers

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")
_DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WRITTEN = 'A decimal is a string like "12.5".'
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        raise ValueError("An instant is written like 2026-11-20T10:00:00Z, with its offset.")
    return datetime.fromisoformat(value.upper())


def _date(value: object) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        raise ValueError("A date is written like 2026-11-20.")
    return date.fromisoformat(value)


def _decimal(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int):
        # What JSON and GraphQL write with a fraction or an exponent arrives rounded to binary.
        raise TypeError(f"{_WRITTEN} Only a whole number may come without quotes.")
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        raise ValueError(_WRITTEN)
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(_WRITTEN) from None
    # A zero may carry any exponent, which no database keeps.
    return number or Decimal(0)


def _exact(value: object) -> str:
    """As the planner writes it: without exponent, and without zeros at its end."""
    return numbers.plain(value) if isinstance(value, Decimal) else str(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant by RFC 3339, always with its offset from UTC.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_plain,
        parse_value=_instant,
    ),
    date: strawberry.scalar(
        name="Date", description="A calendar date, like 2026-11-20.", serialize=_plain, parse_value=_date
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact number, written as a string like "12.5" so that nothing rounds it on the way.',
        serialize=_exact,
        parse_value=_decimal,
    ),
}

CONFIG = StrawberryConfig(scalar_map=SCALARS)
