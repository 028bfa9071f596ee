"""Arguments of fields: where their values are found for each request, and how they become SQL parameters."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import cast
from uuid import UUID

import orjson
from graphql import FieldNode, GraphQLField, Undefined, ValueNode, VariableNode
from graphql.language import (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    StringValueNode,
)

from domain.kernel import ids
from domain.kernel.errors import InvalidInput, NotFound

Variables = Mapping[str, object]
Read = Callable[[Variables], object]
Convert = Callable[[object], object]
PAGE_MAX = 100
CURSOR_CHARACTERS_MAX = 500
CURSORS_KEPT = 1000


def reader(nodes: Sequence[FieldNode], definition: GraphQLField, path: str) -> Read:
    """Reads an argument, or with a dot a field of an input object, from a request's variables.

    None stands for absent and for null alike; the schema's default fills in what is absent.
    """
    name, _, inner = path.partition(".")
    argument = definition.args.get(name)
    default = None if argument is None or argument.default_value is Undefined else argument.default_value
    node = next((one.value for one in nodes[0].arguments or () if one.name.value == name), None)

    def read(variables: Variables) -> object:
        found = default if node is None or _is_absent(node, variables) else literal(node, variables)
        if inner:
            found = cast("Variables", found).get(inner) if isinstance(found, Mapping) else None
        return found

    return read


def is_variable(nodes: Sequence[FieldNode], name: str) -> bool:
    """Whether an argument is given by a variable as a whole."""
    return any(one.name.value == name and isinstance(one.value, VariableNode) for one in nodes[0].arguments or ())


def is_given(nodes: Sequence[FieldNode], name: str, variables: Variables) -> bool:
    """Whether the request itself gives an argument, and not as null."""
    node = next((one.value for one in nodes[0].arguments or () if one.name.value == name), None)
    return node is not None and literal(node, variables) is not None


def _is_absent(node: ValueNode, variables: Variables) -> bool:
    return isinstance(node, VariableNode) and node.name.value not in variables


def literal(node: ValueNode, variables: Variables) -> object:
    """The plain value of a literal in a document, variables filled in."""
    match node:
        case VariableNode():
            return variables.get(node.name.value)
        case ListValueNode():
            return [literal(one, variables) for one in node.values]
        case ObjectValueNode():
            return {one.name.value: literal(one.value, variables) for one in node.fields}
        case IntValueNode():
            return int(node.value)
        case FloatValueNode():
            return Decimal(node.value)
        case StringValueNode() | EnumValueNode() | BooleanValueNode():
            return node.value
        case _:
            return None


def converter(type_name: str, prefix: str | None) -> Convert:
    """Turns an argument's value into a parameter of this PostgreSQL type; a foreign id becomes null."""
    if type_name == "uuid":
        return lambda value: row_id(prefix or "", value)
    if type_name == "date":
        return _date
    if type_name == "text[]":
        return _texts
    return _storable


def row_id(prefix: str, value: object) -> UUID | None:
    """The row id in a public id, or None for what is none of this prefix."""
    try:
        return ids.row_id(prefix, str(value))
    except NotFound:
        return None


def _storable(value: object) -> object:
    """No text in the database holds a NUL, so one that does equals nothing, as null does."""
    return None if isinstance(value, str) and "\x00" in value else value


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _texts(value: object) -> list[str]:
    many = cast("Sequence[object]", value) if isinstance(value, list | tuple) else [value]
    return [str(one) for one in many]


def page_size(value: object, name: str, most: int = PAGE_MAX) -> int:
    """The size of a page, 1 to 100, or of a list that is shorter."""
    if not isinstance(value, int) or not 1 <= value <= most:
        raise InvalidInput(f"`{name}` goes from 1 to {most}.", field=name)
    return value


def cursor(secret: bytes, scope: str, text: object, types: Sequence[str], *, name: str) -> Sequence[object]:
    """The values of a cursor made by `cursor_of` in SQL for this list in this order."""
    values = _opened(secret, scope, text, tuple(types)) if isinstance(text, str) else None
    if values is None:
        raise InvalidInput("This cursor does not belong to this list.", field=name)
    return values


@lru_cache(maxsize=CURSORS_KEPT)
def _opened(secret: bytes, scope: str, text: str, types: tuple[str, ...]) -> tuple[object, ...] | None:
    """The values, or None in a cursor of another list. Kept, because each value is a parameter of its own."""
    if len(text) > CURSOR_CHARACTERS_MAX:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        inner = hashlib.sha256(secret + scope.encode() + raw[8:]).digest()
        is_ours = hashlib.sha256(secret + inner).digest()[:8] == raw[:8]
        if not is_ours or base64.urlsafe_b64encode(raw).decode().rstrip("=") != text:
            return None
        return tuple(_order_value(value, kind) for value, kind in zip(orjson.loads(raw[8:]), types, strict=True))
    except (binascii.Error, ValueError, InvalidOperation):
        return None


def _order_value(value: object, kind: str) -> object:
    match kind:
        case "uuid":
            return UUID(str(value))
        case "timestamptz":
            return datetime.fromisoformat(str(value))
        case "date":
            return date.fromisoformat(str(value))
        case "numeric":
            return Decimal(str(value))
        case _:
            return value
