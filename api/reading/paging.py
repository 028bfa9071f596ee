"""Keyset pages in SQL: n + 1 rows in order, cursors that bind to the list, and what lies before and behind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField

from api.reading import arguments
from api.reading.arguments import PAGE_MAX
from api.reading.plan import ROW
from api.reading.selection import Selection
from api.reading.weaving import Weave, weave
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.views import Order, Page, Reach, View

if TYPE_CHECKING:
    from api.reading.compiling import Compiler

COUNT_MAX = 10_000
REACH_MAX = 500
"""How many rows an actor may reach to be given a page out of them; who reaches more finds a page soon by walking."""
REACH_COUNTED_MAX = 5_000
"""The same for a count, which walks to the end."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the list: from the start or from the end, how many, behind or before which cursor."""

    backward: bool
    size: str
    continues: bool
    """Whether a cursor was given, so that there is something on its other side."""
    keyset: str
    """The condition of the cursor on `{child}`, empty without one."""


def page(
    compiler: "Compiler",
    edge: Page,
    nodes: list[FieldNode],
    definition: GraphQLField,
    *,
    scope: str,
    row: str,
    as_of: str | None,
) -> str:
    """The JSON object of a connection."""
    view = compiler.view(edge.view)
    as_of = compiler.as_of(edge, nodes, definition, as_of)
    child = compiler.alias()
    rows = compiler.rows(view, edge.on, child, row=row, as_of=as_of, implied=edge.implied)
    rows += compiler.filters(edge.filters, nodes, definition, child=child, as_of=as_of)
    name, order = _order(compiler, edge, nodes, definition)
    scope = f"{scope}:{name}"
    window = _window(compiler, order, nodes, definition, scope=scope, child=child)
    reach = _reach(compiler, view, edge, nodes, definition)
    woven = weave(compiler, edge, nodes, definition, child=child, order=order, window=window)
    parts = _Parts(compiler, view, child, compiler.alias(), as_of, scope, window, rows, reach, woven)
    selection = compiler.document.below(nodes, f"{view.name}Connection")
    if all(below[0].name.value == "nodes" for below in selection.values()) and not window.backward:
        lists = _named(compiler, selection, lambda below: parts.plain_list(below, order))
        return f"(select row_to_json({ROW}) from (select {lists}) {ROW})"
    answers = _named(compiler, selection, parts.answer)
    # `having true` makes one group of no rows too, whichever fields are asked for.
    counted = f"select {answers} from ({parts.ordered(order)}) {parts.row} having true"
    return f"(select row_to_json({ROW}) from ({counted}) {ROW})"


def _named(compiler: "Compiler", selection: Selection, make: Callable[[list[FieldNode]], str]) -> str:
    """Columns by response key."""
    found: list[str] = []
    for key, below in selection.items():
        with compiler.at(key):
            found.append(f'{make(below)} as "{key}"')
    return ", ".join(found)


def _order(compiler: "Compiler", edge: Page, nodes: Sequence[FieldNode], definition: GraphQLField) -> tuple[str, Order]:
    chosen = arguments.reader(nodes, definition, "orderBy")(compiler.document.variables)
    name = next(iter(edge.orders)) if chosen is None else str(chosen)
    return name, edge.orders[name]


def _reach(
    compiler: "Compiler", view: View, edge: Page, nodes: Sequence[FieldNode], definition: GraphQLField
) -> Reach | None:
    """The way to what the actor sees, where the list is as long as the table and the actor sees little of it."""
    variables = compiler.document.variables
    given = [
        arguments.reader(nodes, definition, path)(variables) for path, one in edge.filters.items() if one.leaves_few
    ]
    is_walked = edge.on != "true" or any(given) or view.name in compiler.seen_widely
    return None if is_walked else view.reach


def _window(
    compiler: "Compiler",
    order: Order,
    nodes: Sequence[FieldNode],
    definition: GraphQLField,
    *,
    scope: str,
    child: str,
) -> Window:
    variables = compiler.document.variables

    def given(name: str) -> bool:
        return arguments.is_given(nodes, name, variables)

    backward = given("last")
    if backward and given("first"):
        raise InvalidInput("Ask for `first` or for `last`, not for both.", field="last")
    if (given("before") != backward and given("before")) or (given("after") and backward):
        raise InvalidInput("`after` goes with `first`, `before` with `last`.", field="after")
    size_name, cursor_name = ("last", "before") if backward else ("first", "after")
    size = size_of(compiler, nodes, definition, size_name)
    if not given(cursor_name):
        return Window(backward=backward, size=size, continues=False, keyset="")
    keyset = _keyset(compiler, order, nodes, definition, scope=scope, name=cursor_name, child=child)
    return Window(backward=backward, size=size, continues=True, keyset=keyset)


def size_of(
    compiler: "Compiler", nodes: Sequence[FieldNode], definition: GraphQLField, name: str, *, most: int = PAGE_MAX
) -> str:
    """A size that the document itself says stands in the statement, so that PostgreSQL plans for it."""
    read = arguments.reader(nodes, definition, name)
    if read(compiler.document.variables) is None:
        return str(definition.args[name].default_value)
    if not arguments.is_variable(nodes, name):
        return str(arguments.page_size(read(compiler.document.variables), name, most))
    return compiler.argument((id(nodes[0]), name), "int", read, lambda value: arguments.page_size(value, name, most))


def _keyset(
    compiler: "Compiler",
    order: Order,
    nodes: Sequence[FieldNode],
    definition: GraphQLField,
    *,
    scope: str,
    name: str,
    child: str,
) -> str:
    read = arguments.reader(nodes, definition, name)
    types = [kind for _, kind in order.columns]

    def part(at: int) -> Callable[[Actor, arguments.Variables], object]:
        return lambda _, variables: arguments.cursor(compiler.secret, scope, read(variables), types, name=name)[at]

    values = [compiler.parameters.slot((id(nodes[0]), name, at), kind, part(at)) for at, kind in enumerate(types)]
    columns = [sql.format_map({"child": child}) for sql, _ in order.columns]
    behind = "<" if order.descending != (name == "before") else ">"
    return _after(columns, values, behind)


def _after(columns: Sequence[str], values: Sequence[str], behind: str) -> str:
    column, value = columns[0], values[0]
    if len(columns) == 1:
        return f"{column} {behind} {value}"
    return f"{column} {behind}= {value} and ({column} {behind} {value} or {_after(columns[1:], values[1:], behind)})"


@dataclass(frozen=True, slots=True)
class _Parts:
    """The fields of one connection."""

    compiler: "Compiler"
    view: View
    child: str
    row: str
    as_of: str | None
    scope: str
    window: Window
    rows: str
    reach: Reach | None
    weave: Weave | None

    def ordered(self, order: Order) -> str:
        """The rows of the page and one more, numbered in the order in which they were read."""
        values = ", ".join(sql.format_map({"child": self.child}) for sql, _ in order.columns)
        columns = f"{self.child}.*, json_build_array({values})::text as cursor_values"
        wanted = self._wanted(columns, order, limit=f"{self.window.size} + 1")
        return f"select q.*, row_number() over () as place from ({wanted}) q"

    def plain_list(self, nodes: list[FieldNode], order: Order) -> str:
        """The nodes where nothing else is asked of the connection, so that no row needs to be counted."""
        selection = self.compiler.document.below(nodes, self.view.name)
        columns = self.compiler.columns(selection, self.view, self.child, self.as_of)
        wanted = self._wanted(columns, order, limit=self.window.size)
        return f"array_to_json(array(select row_to_json({ROW}) from ({wanted}) {ROW}))"

    def _wanted(self, columns: str, order: Order, *, limit: str) -> str:
        by = f"order by {self._by(order)}"
        if self.weave:
            return f"select {columns} from ({self.weave.page(f'({limit})')}) {self.child} {by}"
        rows = f"{self.rows}{self._keyset()}"
        if self.reach is None:
            return f"select {columns} from {rows} {by} limit {limit}"
        reached = self.compiler.reach(self.view, self.reach, REACH_MAX)
        found = self._either(reached, f"select {self.child}.* from {rows}", f"{by} limit {limit}")
        return f"select {columns} from ({found}) {self.child} {by}"

    def _either(self, reached: str, wanted: str, limit: str) -> str:
        """The rows out of those that the actor reaches, or else out of all: one of the two is not executed."""
        ways = (f"{self.child}.id = any({reached})", f"{reached} is null")
        return " union all ".join(f"({wanted} and {way} {limit})" for way in ways)

    def _keyset(self) -> str:
        return f" and ({self.window.keyset})" if self.window.keyset else ""

    def _by(self, order: Order) -> str:
        direction = "desc" if order.descending != self.window.backward else "asc"
        return ", ".join(f"{sql.format_map({'child': self.child})} {direction}" for sql, _ in order.columns)

    def answer(self, nodes: list[FieldNode]) -> str:
        """One field of the connection."""
        match nodes[0].name.value:
            case "nodes":
                return self._list(self._node(nodes))
            case "edges":
                return self._list(self._edge(nodes))
            case "pageInfo":
                return self._page_info(nodes)
            case "totalCount":
                return f"(select least(count(*), {COUNT_MAX + 1}) from ({self._counted()}) c)"
            case _:
                return f"'{self.view.name}Connection'::text"

    def _counted(self) -> str:
        limit = f"limit {COUNT_MAX + 1}"
        if self.weave:
            return self.weave.counted(limit)
        if self.reach is None:
            return f"select from {self.rows} {limit}"
        reached = self.compiler.reach(self.view, self.reach, REACH_COUNTED_MAX)
        return self._either(reached, f"select from {self.rows}", limit)

    def _node(self, nodes: list[FieldNode]) -> str:
        selection = self.compiler.document.below(nodes, self.view.name)
        return self.compiler.row_object(selection, self.view, self.row, self.as_of)

    def _edge(self, nodes: list[FieldNode]) -> str:
        selection = self.compiler.document.below(nodes, f"{self.view.name}Edge")
        columns = _named(self.compiler, selection, self._edge_field)
        return f"(select row_to_json({ROW}) from (select {columns}) {ROW})"

    def _edge_field(self, nodes: list[FieldNode]) -> str:
        match nodes[0].name.value:
            case "cursor":
                return self._cursor(f"{self.row}.cursor_values")
            case "node":
                return self._node(nodes)
            case _:
                return f"'{self.view.name}Edge'::text"

    def _list(self, item: str) -> str:
        direction = "desc" if self.window.backward else "asc"
        kept = f"filter (where {self.row}.place <= {self.window.size})"
        return f"coalesce(array_to_json(array_agg({item} order by {self.row}.place {direction}) {kept}), '[]'::json)"

    def _cursor(self, values: str) -> str:
        def bind(_: Actor, __: arguments.Variables) -> object:
            return self.compiler.secret

        secret = self.compiler.parameters.slot("secret", "bytea", bind)
        return f"cursor_of({secret}, '{self.scope}', {values})"

    def _page_info(self, nodes: list[FieldNode]) -> str:
        selection = self.compiler.document.below(nodes, "PageInfo")
        columns = _named(self.compiler, selection, self._page_info_field)
        return f"(select row_to_json({ROW}) from (select {columns}) {ROW})"

    def _page_info_field(self, nodes: list[FieldNode]) -> str:
        more = f"count({self.row}.place) > {self.window.size}"
        other = "true" if self.window.continues else "false"
        forward, back = (other, more) if self.window.backward else (more, other)
        match nodes[0].name.value:
            case "hasNextPage":
                return forward
            case "hasPreviousPage":
                return back
            case "startCursor":
                return self._end("desc" if self.window.backward else "asc")
            case "endCursor":
                return self._end("asc" if self.window.backward else "desc")
            case _:
                return "'PageInfo'::text"

    def _end(self, direction: str) -> str:
        kept = f"filter (where {self.row}.place <= {self.window.size})"
        return self._cursor(f"(array_agg({self.row}.cursor_values order by {self.row}.place {direction}) {kept})[1]")
