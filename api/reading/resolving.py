"""Resolvers over plans, for what the executor runs field by field: still one statement for each root field."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast
from uuid import UUID

import orjson
from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    GraphQLTypeResolver,
    GraphQLUnionType,
)
from strawberry import Info

from api.guard.callers import Context
from api.reading.compiling import NotPlanned
from api.reading.computing import types_below
from api.reading.execution import run
from api.reading.plan import ROW_MARK, Plan
from api.reading.planning import ROW_ID, Planner
from domain.kernel import ids
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.views import Computed

Row = Mapping[str, object]
TYPE_NAME = " type"
"""A key of a row that no document can name: of which type it is, where the schema leaves several open."""
_NO_ROW = UUID(int=0)
Asked = GraphQLResolveInfo[Context]
"""The field being resolved, in the context of its request."""


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A key that is equal to itself alone, and keeps what it names alive."""

    operation: object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.operation is other.operation

    def __hash__(self) -> int:
        return id(self.operation)


def attach(schema: GraphQLSchema, planner: Planner) -> None:
    """Give every viewed type and every root field of the schema the planner's resolvers."""
    names = {name for view in planner.catalogue.views for name in (view, f"{view}Connection", f"{view}Edge")}
    for name in names | {"PageInfo"}:
        viewed = schema.type_map.get(name)
        if isinstance(viewed, GraphQLObjectType):
            for field in viewed.fields.values():
                field.resolve = _by_response_key
            viewed.is_type_of = None
    for view in planner.catalogue.views.values():
        for name, declared in view.fields.items():
            if isinstance(declared, Computed):
                _attach_computed(cast("GraphQLObjectType", schema.type_map[view.name]).fields[name], declared)
    query = cast("GraphQLObjectType", schema.query_type)
    for name in (*planner.catalogue.roots, "node", "nodes"):
        query.fields[name].resolve = _root
    for abstract in schema.type_map.values():
        if isinstance(abstract, GraphQLUnionType | GraphQLInterfaceType):
            abstract.resolve_type = _type_of(abstract.resolve_type)
    schema.extensions["planner"] = planner


def _attach_computed(field: GraphQLField, declared: Computed) -> None:
    """The same rules row by row, so that an error is that of its row."""

    def resolve(source: Row, info: Asked, **_: object) -> object:
        found = source[str(info.path.key)]
        return None if found is None else declared.compute([cast("Sequence[object]", found)[1]])[0]

    field.resolve = resolve
    for below in types_below(field):
        below.is_type_of = None
        for part in below.fields.values():
            part.resolve = _by_field_name


def _by_field_name(source: Row, info: Asked, **_: object) -> object:
    return source[info.field_name]


def _by_response_key(source: Row, info: Asked, **_: object) -> object:
    return source[str(info.path.key)]


def _type_of(otherwise: GraphQLTypeResolver | None) -> GraphQLTypeResolver:
    def resolve_type(value: object, info: Asked, abstract: object) -> object:
        if isinstance(value, Mapping):
            return cast("Row", value)[TYPE_NAME]
        return otherwise(value, info, abstract) if otherwise else type(value).__name__  # type: ignore[arg-type]

    return cast("GraphQLTypeResolver", resolve_type)


def raw(info: Info) -> Asked:
    """The executor's own description of the field being resolved, which Strawberry keeps to itself."""
    return cast("Asked", getattr(info, "_raw_info"))  # noqa: B009 - a private name


def actor_of(info: Asked) -> Actor:
    """Who asks; an error with the code UNAUTHENTICATED when nobody is signed in."""
    actor = info.context.actor
    if not isinstance(actor, Actor):
        raise GraphQLError("Sign in first.", extensions={"code": "UNAUTHENTICATED"})
    return actor


async def _root(_: object, info: Asked, **arguments: object) -> object:
    actor = actor_of(info)
    variables = info.variable_values.coerced
    with _told(info):
        key = (_Same(info.operation), info.path.key)
        plan = _planner(info).root(key, info.field_nodes, info.fragments, variables, actor)
        found = await _value(plan, actor, variables)
    match info.field_name:
        case "node":
            return _named(found, arguments["id"], info)
        case "nodes":
            pairs = zip(cast("list[object]", found), cast("list[object]", arguments["ids"]), strict=True)
            return [_named(one, public_id, info) for one, public_id in pairs]
        case _:
            return found


def _named(found: object, public_id: object, info: Asked) -> object:
    if found is None:
        return None
    view = _planner(info).catalogue.by_prefix[ids.prefix_of(str(public_id))]
    return {**cast("Row", found), TYPE_NAME: view.name}


def _planner(info: Asked) -> Planner:
    return cast("Planner", info.schema.extensions["planner"])


@contextmanager
def _told(info: Asked) -> Generator[None]:
    """What a selection may not ask for is an error of its field."""
    try:
        yield
    except InvalidInput as refusal:
        raise GraphQLError(refusal.message, extensions={"code": "BAD_USER_INPUT"}) from refusal
    except NotPlanned as reason:
        raise GraphQLError(f"`{info.field_name}` cannot be answered with this selection.") from reason


async def _value(plan: Plan, actor: Actor, variables: Mapping[str, object]) -> object:
    return orjson.loads(await run(plan, actor, variables))["value"]


class Found(Mapping[str, object]):
    """A row of a view as PostgreSQL wrote it, to be passed on; it is read when somebody looks into it."""

    def __init__(self, view: str, written: bytes) -> None:
        self.view = view
        self.written = written
        self._read: Row | None = None

    def _row(self) -> Row:
        if self._read is None:
            self._read = {**cast("Row", orjson.loads(self.written)), TYPE_NAME: self.view}
        return self._read

    def __getitem__(self, key: str) -> object:
        return self._row()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._row())

    def __len__(self) -> int:
        return len(self._row())


@dataclass(frozen=True, slots=True)
class Question:
    """What a field being resolved asks of one row of a view, and may ask."""

    view: str
    plan: Plan
    actor: Actor
    variables: Mapping[str, object]

    async def of(self, row_id: UUID) -> Row | None:
        """The answer by one statement; None if the row is not visible."""
        answer = await run(self.plan, self.actor, {**self.variables, ROW_ID: row_id})
        if self.plan.fills:
            found = orjson.loads(answer)["value"]
            return None if found is None else {**found, TYPE_NAME: self.view}
        written = answer[len(_BEFORE) : -len(_AFTER)]
        return None if written == b"null" else Found(self.view, written)

    async def of_own(self, row_id: UUID) -> Row | None:
        """The same of a row that the actor sees whatever becomes of it: for its id alone nobody is asked."""
        if self.plan.outline is None:
            return await self.of(row_id)
        return Found(self.view, self.plan.outline.replace(ROW_MARK, str(row_id)).encode())


_BEFORE, _AFTER = b'{"value":', b"}"
"""How the bytes of a plan of one value begin and end."""


def question(info: Asked, view: str, *, actor: Actor | None = None) -> Question:
    """What the field being resolved asks of a view; an error if it may not: before anything is changed."""
    asks = actor or actor_of(info)
    variables = {**info.variable_values.coerced, ROW_ID: _NO_ROW}
    with _told(info):
        plan = _single(info, view, variables, asks)
        plan.values(asks, variables)
    return Question(view, plan, asks, variables)


async def select(info: Asked, view: str, row_id: UUID, *, actor: Actor | None = None) -> Row | None:
    """What the field being resolved asks of one row of a view, by one statement; None if it is not visible."""
    return await question(info, view, actor=actor).of(row_id)


def _single(info: Asked, view: str, variables: Mapping[str, object], actor: Actor) -> Plan:
    key = (_Same(info.operation), *info.path.as_list())
    return _planner(info).single(key, info.field_nodes, info.fragments, variables, actor, view=view)


async def select_all(info: Asked, view: str, row_ids: Sequence[UUID]) -> Mapping[UUID, Row]:
    """What a field below a list asks of many rows of a view, by one statement for the whole list; by row id.

    The field must be the same for all of them: only the places in lists may differ in their paths.
    """
    variables = {**info.variable_values.coerced, ROW_ID: list(row_ids)}
    key = (_Same(info.operation), *(step for step in info.path.as_list() if isinstance(step, str)), "*")
    actor = actor_of(info)
    with _told(info):
        plan = _planner(info).several(key, info.field_nodes, info.fragments, variables, actor, view=view)
        found = cast("Mapping[str, Row]", await _value(plan, actor, variables))
    return {UUID(row_id): {**row, TYPE_NAME: view} for row_id, row in found.items()}
