"""Fields that rules compute: what SQL found for them is replaced, for all rows of an answer in one call each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

import orjson
from graphql import FieldNode, GraphQLField, GraphQLList, GraphQLNonNull, GraphQLObjectType

from api.guard.cost import named_type
from api.reading.selection import Document
from domain.kernel.views import Computed, Json

Object: TypeAlias = dict[str, Json]
Shape: TypeAlias = Callable[[Json], Json]
"""Turns a computed value into what a selection asks of it."""


class NotComputed(Exception):
    """The rules failed; the executor tells where, field by field."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A computed field of a plan: where in the answer it stands, and how it is shown there.

    In its place stand its number and the inputs: another type may have another field under the same key.
    """

    number: int
    path: tuple[str, ...]
    """Response keys from the top; what is a list on the way holds many."""
    field: str
    """`Type.field`."""
    computed: Computed
    shape: Shape

    def __call__(self, answer: Object) -> None:
        """Puts the values in the places of their inputs. What is masked or missing stays null."""
        *above, key = self.path
        placed = ((one, self._inputs(one.get(key))) for one in _objects(answer, above))
        found = [(one, inputs[1]) for one, inputs in placed if inputs is not None]
        try:
            values = self.computed.compute([inputs for _, inputs in found])
        except Exception as error:
            raise NotComputed(self.field) from error
        for (one, _), value in zip(found, values, strict=True):
            one[key] = self.shape(value)

    def _inputs(self, value: Json) -> Sequence[Json] | None:
        """What stands in a place of this field, if it is one."""
        is_mine = isinstance(value, list) and value[:1] == [self.number]
        return cast("Sequence[Json]", value) if is_mine else None

    def placed(self, inputs: str) -> str:
        """The SQL of what stands in its place."""
        return f"json_build_array({self.number}, {inputs})"


def filled(answer: bytes, fills: Sequence[Fill]) -> bytes:
    """The answer with its computed fields; NotComputed when the rules fail for one of them."""
    if not fills:
        return answer
    read = cast("Object", orjson.loads(answer))
    for fill in fills:
        fill(read)
    return orjson.dumps(read)


def _objects(value: Json, path: Sequence[str]) -> Iterator[Object]:
    """The objects at the end of a path, those of lists one by one; an object of another type may lack the path."""
    if isinstance(value, list):
        for one in cast("list[Json]", value):
            yield from _objects(one, path)
    elif isinstance(value, dict):
        if path:
            yield from _objects(cast("Object", value).get(path[0]), path[1:])
        else:
            yield cast("Object", value)


def shape(document: Document, nodes: Sequence[FieldNode], definition: GraphQLField) -> Shape:
    """How a field's merged nodes ask for its value."""
    return _shape(document, nodes, cast("object", definition.type))  # pyright: ignore[reportUnknownMemberType] - a generic of graphql-core


def _shape(document: Document, nodes: Sequence[FieldNode], type_of: object) -> Shape:
    if isinstance(type_of, GraphQLNonNull | GraphQLList):
        inner = _shape(document, nodes, cast("object", type_of.of_type))  # pyright: ignore[reportUnknownMemberType] - as above
        return inner if isinstance(type_of, GraphQLNonNull) else lambda value: _listed(inner, value)
    return _object(document, nodes, type_of) if isinstance(type_of, GraphQLObjectType) else lambda value: value


def _listed(one: Shape, value: Json) -> Json:
    return None if value is None else [one(item) for item in cast("Sequence[Json]", value)]


def _object(document: Document, nodes: Sequence[FieldNode], type_of: GraphQLObjectType) -> Shape:
    asked = document.below(nodes, type_of.name)
    parts: list[tuple[str, str, Shape]] = []
    for key, below in asked.items():
        name = below[0].name.value
        if name == "__typename":
            parts.append((key, "", lambda _: type_of.name))
        else:
            parts.append((key, name, shape(document, below, type_of.fields[name])))

    def shaped(value: Json) -> Json:
        if value is None:
            return None
        fields = cast("Mapping[str, Json]", value)
        return {key: one(fields[name] if name else None) for key, name, one in parts}

    return shaped


def types_below(definition: GraphQLField) -> Sequence[GraphQLObjectType]:
    """The object types of a computed value."""
    found: dict[str, GraphQLObjectType] = {}
    waiting = [named_type(definition)]
    while waiting:
        named = waiting.pop()
        if isinstance(named, GraphQLObjectType) and named.name not in found:
            found[named.name] = named
            waiting += map(named_type, named.fields.values())
    return list(found.values())
