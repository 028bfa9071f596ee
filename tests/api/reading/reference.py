"""A slow reader that knows nothing of plans: it asks for one field of one thing at a time, and cuts pages in Python.

Only what the views declare is taken from the product; documents are walked by graphql-core. Each declared text is asked
once for all rows, in `archive`; who sees what, which rows are behind a cursor and what a cursor says is found here.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import cast

import graphql
import orjson
from graphql import DocumentNode, FieldNode, GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema

from api.reading.catalogue import Catalogue
from domain.kernel.views import Column, Computed, Field, Kind, Many, One, Order, Page, View
from tests.api.reading.archive import Archive, Key, filtered
from tests.api.reading.remarks import Remarks

COUNT_MAX = 10_001
ROUNDS_MAX = 40
Arguments = Mapping[str, object]
Info = GraphQLResolveInfo[None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a view, as of a date if one was asked for."""

    view: View
    key: Key
    as_of: str | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A connection: how many rows there are, which are shown with which cursors, and what lies on both sides."""

    count: int
    shown: Sequence[Row]
    cursors: Sequence[str]
    has_before: bool
    has_behind: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """Reads as one actor; `secret` is that of the installation's cursors."""

    schema: GraphQLSchema
    catalogue: Catalogue
    archive: Archive
    secret: bytes
    remarks: Remarks = field(default_factory=Remarks)

    async def answer(self, document: DocumentNode, variables: Arguments) -> bytes:
        """The data of the answer as JSON. What the archive lacks is fetched, and the document is walked again."""
        for _ in range(ROUNDS_MAX):
            self.remarks.clear()
            result = graphql.execute_sync(  # pyright: ignore[reportUnknownMemberType] - options that we leave out
                self.schema,
                document,
                variable_values=dict(variables),
                field_resolver=self.resolve,
                type_resolver=_type_of,
            )
            if not self.archive.store.missing:
                assert result.errors is None, result.errors
                return orjson.dumps(result.data)
            await self.archive.store.fetch()
        raise AssertionError("the archive is never complete")

    def resolve(self, source: object, info: Info, **arguments: object) -> object:
        """One field of one thing."""
        if isinstance(source, Row):
            return self._of_row(source, info, arguments)
        if isinstance(source, Listed):
            return _of_list(source, info.field_name)
        if isinstance(source, dict):
            return cast("dict[str, object]", source)[info.field_name]
        return self._root(info, arguments)

    def _of_row(self, row: Row, info: Info, arguments: Arguments) -> object:
        name = info.field_name
        if name == "id":
            return f"{row.view.prefix}_{row.key}"
        declared = row.view.fields[name]
        mask = row.view.masks.get(name)
        if mask is None or self._columns(row.view, Column(mask), row.as_of)[row.key]:
            return self._declared(row, declared, info, arguments)
        if self._declared(row, declared, info, arguments):
            self.remarks.met.add(f"{row.view.name}.{name} masked")
        return [] if isinstance(declared, Many) else None

    def _declared(self, row: Row, declared: Field, info: Info, arguments: Arguments) -> object:
        if isinstance(declared, Computed):
            inputs = self.archive.values(row.view, declared.inputs, row.as_of)[row.key]
            return None if inputs is None else declared.compute([orjson.loads(str(inputs))])[0]
        if isinstance(declared, Column):
            found = plain(self._columns(row.view, declared, row.as_of)[row.key], declared.kind)
            self.remarks.value(found)
            return found
        return self._edge(row, declared, info, arguments)

    def _root(self, info: Info, arguments: Arguments) -> object:
        name = info.field_name
        if name == "node":
            return self._node(str(arguments["id"]))
        if name == "nodes":
            return [self._node(str(one)) for one in cast("list[object]", arguments["ids"])]
        return self._edge(None, self.catalogue.roots[name], info, arguments)

    def _node(self, public_id: str) -> Row | None:
        prefix, _, rest = public_id.partition("_")
        view = self.catalogue.by_prefix.get(prefix)
        shown = self.schema.type_map.get(view.name) if view else None
        if view is None or not isinstance(shown, GraphQLObjectType) or not shown.interfaces:
            return None
        if rest not in self.archive.where(view, "true", None):
            self.remarks.unknown.add(rest)
            return None
        found = self._seen([rest], view, None, is_implied=False)
        return Row(view, rest, None) if found else None

    def _columns(self, view: View, column: Column, as_of: str | None) -> Mapping[Key, object]:
        return self.archive.values(view, column.sql, as_of)

    def _edge(self, row: Row | None, edge: One | Many | Page, info: Info, arguments: Arguments) -> object:
        as_of = row.as_of if row else None
        if not isinstance(edge, Many) and edge.takes_as_of and arguments.get("asOf"):
            as_of = f"'{arguments['asOf']}'::date"
            self.remarks.met.add("a date asked for")
        view = self.catalogue.views[edge.view]
        keys = self._seen(self._reached(row, edge, view, as_of), view, as_of, is_implied=edge.implied)
        if isinstance(edge, Many):
            keys = sorted(keys, key=self.archive.places(view, edge.order, as_of).__getitem__)
            self.remarks.length(len(keys))
            size = arguments.get("first")
            return [Row(view, key, as_of) for key in keys[: size if isinstance(size, int) else edge.limit]]
        for condition in filtered(edge.filters, arguments):
            wanted = self.archive.where(view, condition, as_of)
            keys = [key for key in keys if key in wanted]
        if isinstance(edge, One):
            assert len(keys) <= 1, (info.path.as_list(), keys)
            return Row(view, keys[0], as_of) if keys else None
        return self._page(edge, view, keys, as_of=as_of, info=info, arguments=arguments)

    def _reached(self, row: Row | None, edge: One | Many | Page, view: View, as_of: str | None) -> Sequence[Key]:
        if row is None:
            return sorted(self.archive.where(view, edge.on, as_of))
        return self.archive.reached((row.view, row.as_of), (view, as_of), edge.on).get(row.key, [])

    def _seen(self, keys: Sequence[Key], view: View, as_of: str | None, *, is_implied: bool) -> list[Key]:
        """Without what the actor may not see."""
        if is_implied or not keys:
            return list(keys)
        visible = self.archive.where(view, view.visible, as_of)
        self.remarks.hide(key for key in keys if key not in visible)
        return [key for key in keys if key in visible]

    def _page(
        self, edge: Page, view: View, keys: list[Key], *, as_of: str | None, info: Info, arguments: Arguments
    ) -> Listed:
        name = str(arguments.get("orderBy") or next(iter(edge.orders)))
        order = edge.orders[name]
        everything = sorted(keys, key=self.archive.places(view, _sql(order), as_of).__getitem__)
        is_backward = isinstance(arguments.get("last"), int)
        rows, is_behind = self._behind_cursor(everything, view, order, arguments, as_of=as_of, is_backward=is_backward)
        size = arguments.get("last" if is_backward else "first")
        if not isinstance(size, int):
            size = _usual_size(info)
        shown = rows[-size:] if is_backward else rows[:size]
        bodies = self.archive.values(view, body_of(order), as_of)
        first = everything.index(shown[0]) if shown else 0
        leading = [str(bodies[key]).rpartition(",")[0] for key in everything]
        self.remarks.page(leading, first, first + len(shown))
        rest = len(rows) > len(shown)
        scope = f"{info.parent_type.name}.{info.field_name}:{name}"
        return Listed(
            count=len(everything),
            shown=[Row(view, key, as_of) for key in shown],
            cursors=[cursor_of(self.secret, scope, str(bodies[key])) for key in shown],
            has_before=rest if is_backward else is_behind,
            has_behind=is_behind if is_backward else rest,
        )

    def _behind_cursor(
        self,
        everything: list[Key],
        view: View,
        order: Order,
        arguments: Arguments,
        *,
        as_of: str | None,
        is_backward: bool,
    ) -> tuple[list[Key], bool]:
        """The rows on the cursor's side, and whether there is a cursor."""
        cursor = arguments.get("before" if is_backward else "after")
        if cursor is None:
            return everything, False
        comparison = "<" if order.descending != is_backward else ">"
        columns = ", ".join(column for column, _ in order.columns)
        there = self.archive.where(view, f"({columns}) {comparison} {values_of(order, str(cursor))}", as_of)
        return [key for key in everything if key in there], True


def _usual_size(info: Info) -> int:
    """What `first` is where nobody says so."""
    without_arguments = FieldNode(name=info.field_nodes[0].name, arguments=())
    definition = info.parent_type.fields[info.field_name]
    return int(graphql.get_argument_values(definition, without_arguments)["first"])


def _of_list(found: Listed, name: str) -> object:
    match name:
        case "nodes":
            return found.shown
        case "edges":
            return [{"node": row, "cursor": cursor} for row, cursor in zip(found.shown, found.cursors, strict=True)]
        case "totalCount":
            return min(found.count, COUNT_MAX)
        case _:
            return {
                "hasNextPage": found.has_behind,
                "hasPreviousPage": found.has_before,
                "startCursor": found.cursors[0] if found.cursors else None,
                "endCursor": found.cursors[-1] if found.cursors else None,
            }


def _type_of(row: Row, *_: object) -> str:
    return row.view.name


def _sql(order: Order) -> str:
    direction = "desc" if order.descending else "asc"
    return ", ".join(f"{column} {direction}" for column, _ in order.columns)


def values_of(order: Order, cursor: str) -> str:
    """The values in a cursor, written as a row that PostgreSQL compares."""
    body: list[object] = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[8:])
    pairs = zip(body, order.columns, strict=True)
    values = ["'{}'::{}".format(str(value).replace("'", "''"), kind) for value, (_, kind) in pairs]
    return f"({', '.join(values)})"


def body_of(order: Order) -> str:
    """What a cursor of this order says of a row."""
    return f"json_build_array({', '.join(column for column, _ in order.columns)})::text"


def cursor_of(secret: bytes, scope: str, body: str) -> str:
    """The cursor of a row, bound to its list."""
    inner = hashlib.sha256(secret + scope.encode() + body.encode()).digest()
    sealed = hashlib.sha256(secret + inner).digest()[:8] + body.encode()
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def plain(value: object, kind: Kind) -> object:
    """The value as the API writes it."""
    if kind is Kind.DECIMAL and isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        fraction = f".{value.microsecond:06d}".rstrip("0").rstrip(".")
        return f"{value:%Y-%m-%dT%H:%M:%S}{fraction}+00:00"
    return value.isoformat() if isinstance(value, date) else value
