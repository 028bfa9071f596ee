"""The records of scoring as JSON and back: for rules that are kept, and for scores that are computed again.

Fields are named as the schema names them, numbers are strings, every field is written: a default that changes later
changes nothing that was kept. Equal values have equal bytes.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin

from domain.kernel import numbers
from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import kinds
from domain.scorecards.scoring.arithmetic import EXACT
from domain.scorecards.scoring.kinds import KIND_OF, KINDS, Rule, RuleKind

TEXT_MAX = 400
ROWS_MAX = 2_000
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
"""What no database keeps, or no bytes can say."""
Json = Mapping[str, "Json"] | Sequence["Json"] | str | int | bool | None
Record = TypeVar("Record")


def rule_of(written: object, path: str = "rule") -> Rule:
    """The rule that is written so; InvalidInput names the path of the mistake."""
    return _rule(written, path)


def json_of(rule: Rule) -> dict[str, Json]:
    """The rule as it is kept."""
    return cast("dict[str, Json]", plain(rule))


def record_of(kind: type[Record], written: object, path: str = "") -> Record:
    """The record of this class that is written so; InvalidInput names the path of the mistake."""
    return cast("Record", _record(kind, written, path))


def plain(value: object) -> Json:
    """A record, or what stands in one, as JSON."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, StrEnum) else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return [plain(one) for one in cast("Sequence[object]", value)]
    written: dict[str, Json] = {}
    if type(value) in KIND_OF:
        written["kind"] = str(kinds.kind_of(cast("Rule", value)))
    for field in fields(cast("Any", value)):
        written[camel(field.name)] = plain(getattr(value, field.name))
    return written


def decimal_text(value: Decimal) -> str:
    """All digits and no exponent; equal values have equal texts."""
    return format(EXACT.normalize(value) if value else Decimal(0), "f")


def canonical(written: Json) -> bytes:
    """The only bytes for this JSON."""
    return json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def number(written: object, path: str) -> Decimal:
    """The number that is written so, if a database can keep it; InvalidInput names its path."""
    if isinstance(written, bool) or not isinstance(written, str | int | Decimal):
        raise InvalidInput('A number is written as a string like "12.5", so that nothing rounds it.', field=path)
    try:
        value = Decimal(written)
    except InvalidOperation:
        raise InvalidInput('A number is written like "12.5".', field=path) from None
    if not numbers.is_storable(value):
        raise InvalidInput("This is not a number of a sensible size.", field=path)
    return value or Decimal(0)


def camel(name: str) -> str:
    """A field as the schema writes it."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _record(kind: type, written: object, path: str) -> object:
    if not isinstance(written, dict):
        raise InvalidInput("This is an object with fields.", field=path or None)
    told = cast("dict[str, object]", written)
    known = _fields(kind)
    for name in told:
        if name not in known:
            raise InvalidInput("There is no such field.", field=_at(path, str(name)))
    values: dict[str, object] = {}
    for name, field in known.items():
        if name in told:
            values[field.name] = _value(field.type, told[name], _at(path, name))
        elif field.default is MISSING and field.default_factory is MISSING:
            raise InvalidInput("This must be told.", field=_at(path, name))
    try:
        return kind(**values)
    except InvalidInput as mistake:
        raise InvalidInput(mistake.message, field=_at(path, mistake.field or "")) from None


@cache
def _fields(kind: type) -> Mapping[str, Field[Any]]:
    return {camel(field.name): field for field in fields(kind)}


def _value(wanted: object, written: object, path: str) -> object:
    """What is written as a value of the wanted type."""
    if isinstance(wanted, UnionType):
        return _union(wanted, written, path)
    if get_origin(wanted) is tuple:
        return _rows(get_args(wanted)[0], written, path)
    if is_dataclass(wanted):
        return _record(cast("type", wanted), written, path)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum):
        return _word(wanted, written, path)
    return _READ[cast("type", wanted)](written, path)


def _union(wanted: UnionType, written: object, path: str) -> object:
    members = get_args(wanted)
    if NoneType in members:
        return None if written is None else _value(members[0], written, path)
    return _rule(written, path)


def _rule(written: object, path: str) -> Rule:
    if not isinstance(written, dict):
        raise InvalidInput("A rule is an object with its kind and its numbers.", field=path)
    told = dict(cast("dict[str, object]", written))
    kind = RuleKind(_word(RuleKind, told.pop("kind", None), _at(path, "kind")))
    return cast("Rule", _record(KINDS[kind], told, path))


def _rows(wanted: object, written: object, path: str) -> tuple[object, ...]:
    if not isinstance(written, list | tuple):
        raise InvalidInput("This is a list.", field=path)
    rows = cast("Sequence[object]", written)
    if len(rows) > ROWS_MAX:
        raise InvalidInput(f"A list has at most {ROWS_MAX:,} entries.", field=path)
    return tuple(_value(wanted, one, _at(path, str(at))) for at, one in enumerate(rows))


def _word(wanted: type[StrEnum], written: object, path: str) -> StrEnum:
    if isinstance(written, str) and written in wanted.__members__:
        return wanted(written)
    raise InvalidInput(f"This is one of {', '.join(wanted)}.", field=path)


def _whole(written: object, path: str) -> int:
    if isinstance(written, bool) or not isinstance(written, int) or abs(written) > numbers.NUMBER_MAX:
        raise InvalidInput("This is a whole number.", field=path)
    return written


def _yes_or_no(written: object, path: str) -> bool:
    if not isinstance(written, bool):
        raise InvalidInput("This is true or false.", field=path)
    return written


def _text(written: object, path: str) -> str:
    if not isinstance(written, str) or len(written) > TEXT_MAX or _UNWRITABLE.search(written):
        raise InvalidInput(f"This is a text of at most {TEXT_MAX} characters.", field=path)
    return written


def _day(written: object, path: str) -> date:
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(cast("str", written))
    except (TypeError, ValueError):
        raise InvalidInput("A day is written like 2026-11-20.", field=path) from None


_READ: Mapping[type, Callable[[object, str], object]] = {
    Decimal: number,
    int: _whole,
    bool: _yes_or_no,
    str: _text,
    date: _day,
}


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path and name else path or name
