"""A slow reader that knows nothing of plans: it asks the database for one field of one row at a time.

Only what the views declare is taken from the product; documents are walked by graphql-core, pages are cut in Python.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, cast
from uuid import UUID

import graphql
from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema

from api.reading.catalogue import Catalogue
from domain.kernel import database
from domain.kernel.actor import Actor
from domain.kernel.views import Column, Filter, Kind, Many, One, Page, Slots, View

if TYPE_CHECKING:
    import asyncpg

CONSTANTS = {"push_key": "'key'"}
COUNT_MAX = 10_001
Arguments = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a view by its id; a change of a field also by its place."""

    view: View
    id: UUID
    as_of: str | None
    place: int | None = None

    def condition(self, alias: str) -> str:
        at = "" if self.place is None else f" and {alias}.at = {self.place}"
        return f"{alias}.id = '{self.id}'{at}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A connection: all of its rows in order, and which of them are shown."""

    rows: Sequence[Row]
    shown: Sequence[Row]
    is_backward: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Reads as one actor."""

    schema: GraphQLSchema
    catalogue: Catalogue
    actor: Actor

    async def answer(self, text: str, variables: Arguments) -> dict[str, object] | None:
        """The data of the answer."""
        result = await graphql.graphql(  # pyright: ignore[reportUnknownMemberType] - options that we leave out
            self.schema,
            text,
            variable_values=dict(variables),
            field_resolver=self.resolve,
            type_resolver=_type_of,
        )
        assert result.errors is None, result.errors
        return result.data

    async def resolve(self, source: object, info: GraphQLResolveInfo[None], **arguments: object) -> object:
        """One field of one thing."""
        if source is None:
            return await self._root(info.field_name, arguments)
        if isinstance(source, Listed):
            return self._of_list(source, info.field_name)
        if isinstance(source, dict):
            return cast("dict[str, object]", source)[info.field_name]
        row = cast("Row", source)
        if info.field_name == "id":
            return f"{row.view.prefix}_{row.id}"
        declared = row.view.fields[info.field_name]
        mask = row.view.masks.get(info.field_name)
        if mask is not None and not await self._column(row, Column(mask)):
            return [] if isinstance(declared, Many) else None
        return await self._declared(row, declared, arguments)

    async def _root(self, name: str, arguments: Arguments) -> object:
        if name == "node":
            return await self._node(str(arguments["id"]))
        if name == "nodes":
            return [await self._node(str(one)) for one in cast("list[object]", arguments["ids"])]
        return await self._edge(None, self.catalogue.roots[name], arguments)

    async def _node(self, public_id: str) -> Row | None:
        prefix, _, rest = public_id.partition("_")
        view = self.catalogue.by_prefix.get(prefix)
        shown = self.schema.type_map.get(view.name) if view else None
        if view is None or not isinstance(shown, GraphQLObjectType) or not shown.interfaces:
            return None
        found = await self._rows(None, view, f"{{child}}.id = '{UUID(rest)}'", as_of=None, is_implied=False)
        return found[0] if found else None

    async def _declared(self, row: Row, declared: Column | One | Many | Page, arguments: Arguments) -> object:
        if isinstance(declared, Column):
            return await self._column(row, declared)
        return await self._edge(row, declared, arguments)

    async def _column(self, row: Row, column: Column) -> object:
        slots = self._slots(row.as_of, row="r")
        value, source = column.sql.format_map(slots), row.view.source.format_map(slots)
        where = f"r.tenant_id = {slots['tenant']} and {row.condition('r')}"
        [found] = await self._fetch(f"select {value} from {source} r where {where}", slots)
        return plain(found[0], column.kind)

    async def _edge(self, row: Row | None, edge: One | Many | Page, arguments: Arguments) -> object:
        as_of = row.as_of if row else None
        if not isinstance(edge, Many) and edge.takes_as_of and arguments.get("asOf"):
            as_of = f"'{arguments['asOf']}'::date"
        view, on = self.catalogue.views[edge.view], edge.on
        if isinstance(edge, Many):
            return (await self._rows(row, view, on, as_of=as_of, is_implied=edge.implied, order=edge.order))[
                : edge.limit
            ]
        on = " and ".join([f"({on})", *filtered(edge.filters, arguments)])
        if isinstance(edge, One):
            found = await self._rows(row, view, on, as_of=as_of, is_implied=edge.implied)
            return found[0] if found else None
        chosen = edge.orders[str(arguments.get("orderBy") or next(iter(edge.orders)))]
        direction = "desc" if chosen.descending else "asc"
        order = ", ".join(f"{sql} {direction}" for sql, _ in chosen.columns)
        rows = await self._rows(row, view, on, as_of=as_of, is_implied=edge.implied, order=order)
        return cut(rows, arguments)

    async def _rows(
        self, parent: Row | None, view: View, on: str, *, as_of: str | None, is_implied: bool, order: str = "1"
    ) -> list[Row]:
        slots = self._slots(as_of, row="parent", child="child")
        own = self._slots(as_of, row="child")
        own.names = slots.names
        place = "child.at" if view.name == "FieldChange" else "null::bigint"
        sql = f"select child.id, {place} from {view.source.format_map(own)} child"
        conditions = [f"child.tenant_id = {slots['tenant']}", on.format_map(slots)]
        if parent is not None:
            above = self._slots(parent.as_of, row="parent")
            above.names = slots.names
            sql += f", {parent.view.source.format_map(above)} parent"
            conditions += [f"parent.tenant_id = {slots['tenant']}", parent.condition("parent")]
        if not is_implied:
            conditions.append(view.visible.format_map(own))
        sql += " where " + " and ".join(f"({one})" for one in conditions) + f" order by {order.format_map(slots)}"
        return [Row(view, found[0], as_of, found[1]) for found in await self._fetch(sql, slots)]

    def _slots(self, as_of: str | None, **aliases: str) -> Slots:
        return Slots(self.catalogue.facts, **(CONSTANTS | aliases | ({"as_of": as_of} if as_of else {})))

    async def _fetch(self, sql: str, slots: Slots) -> "list[asyncpg.Record]":
        with database.tenant(self.actor.tenant_id):
            async with database.connection() as connection:
                return await connection.fetch(sql, *slots.values_for(self.actor))

    def _of_list(self, found: Listed, name: str) -> object:
        rest = len(found.rows) > len(found.shown)
        match name:
            case "nodes":
                return found.shown
            case "edges":
                return [{"node": row} for row in found.shown]
            case "totalCount":
                return min(len(found.rows), COUNT_MAX)
            case _:
                return {"hasNextPage": rest and not found.is_backward, "hasPreviousPage": rest and found.is_backward}


def _type_of(row: Row, *_: object) -> str:
    return row.view.name


def cut(rows: Sequence[Row], arguments: Arguments) -> Listed:
    """The first or the last of the rows."""
    last = arguments.get("last")
    if isinstance(last, int):
        return Listed(rows, rows[-last:], is_backward=True)
    first = arguments.get("first")
    return Listed(rows, rows[: first if isinstance(first, int) else 20], is_backward=False)


def filtered(filters: Mapping[str, Filter], arguments: Arguments) -> list[str]:
    """The predicates of the arguments that were given, their values written into the text."""
    found: list[str] = []
    for path, one in filters.items():
        name, _, inner = path.partition(".")
        value = arguments.get(name)
        if inner:
            value = cast("Arguments", value or {}).get(inner)
        if value is not None:
            found.append(f"({one.sql.replace('{value}', written(value, one))})")
    return found


def written(value: object, one: Filter) -> str:
    """The value as an SQL literal."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        texts = ", ".join(f"'{text}'" for text in cast("list[str]", value))
        return f"array[{texts}]::text[]"
    text = str(value)
    if one.prefix is not None:
        prefix, _, text = text.partition("_")
        return f"'{text}'::uuid" if prefix == one.prefix else "null::uuid"
    return f"'{text}'::{one.type}"


def plain(value: object, kind: Kind) -> object:
    """The value as the API writes it."""
    if kind is Kind.DECIMAL and isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        fraction = f".{value.microsecond:06d}".rstrip("0").rstrip(".")
        return f"{value:%Y-%m-%dT%H:%M:%S}{fraction}+00:00"
    return value.isoformat() if isinstance(value, date) else value
