"""Turns a selection over views into SQL: objects, edges to one, short lists; pages are in `paging`."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import cast

from graphql import FieldNode, GraphQLField, GraphQLObjectType

from api.reading import arguments, paging
from api.reading.catalogue import Catalogue
from api.reading.computing import Fill, shape
from api.reading.plan import ROW, Parameters, Plan
from api.reading.selection import Document, Selection
from domain.kernel.actor import Actor
from domain.kernel.views import (
    SLOT_TYPES,
    Column,
    Computed,
    Filter,
    Kind,
    Many,
    One,
    Page,
    Reach,
    View,
    function_of,
    slot_value,
)

TENANT = "current_tenant()"
"""Whom the connection serves. Row-level security says the same words, so that PostgreSQL asks once for each table."""


class NotPlanned(Exception):
    """The selection holds a field that no view declares; it is answered field by field."""


class Slots(dict[str, str]):
    """The slots of one SQL text: fixed aliases, else parameters of the actor."""

    def __init__(self, compiler: "Compiler", **fixed: str) -> None:
        super().__init__(fixed)
        self._compiler = compiler
        self._parameters = compiler.parameters

    def __missing__(self, name: str) -> str:
        if name == "tenant":
            return TENANT
        if name in self._compiler.catalogue.facts:
            return self._compiler.fact(name)
        if name in self._compiler.constants:
            return self._constant(name)
        source = "today" if name == "as_of" else name
        if source not in SLOT_TYPES:
            raise KeyError(name)

        def bind(actor: Actor, _: object) -> object:
            return slot_value(source, actor)

        return self._parameters.slot(("actor", source), SLOT_TYPES[source], bind)

    def _constant(self, name: str) -> str:
        def bind(_: Actor, __: object) -> object:
            return self._compiler.constants[name]

        return self._parameters.slot(("constant", name), "text", bind)


@dataclass(slots=True)
class Compiler:
    """Compiles one operation; every method returns an SQL expression that yields JSON."""

    catalogue: Catalogue
    document: Document
    secret: bytes
    constants: Mapping[str, str]
    """What this installation fills into views, as slots of type text."""
    seen_widely: frozenset[str] = frozenset()
    """The views of which the actor sees most rows."""
    parameters: Parameters = field(default_factory=Parameters)
    _aliases: int = 0
    _facts: dict[str, str] = field(default_factory=dict[str, str])
    _path: list[str] = field(default_factory=list[str])
    _fills: list[Fill] = field(default_factory=list[Fill])

    def alias(self) -> str:
        """A new table alias."""
        self._aliases += 1
        return f"t{self._aliases}"

    def slots(self, as_of: str | None, **aliases: str) -> Slots:
        """Slots in which the date asked for is known, if one was asked for."""
        fixed = aliases | ({"as_of": as_of} if as_of else {})
        return Slots(self, **fixed)

    def fact(self, name: str) -> str:
        """The value of a fact, which stands before the statement once however often it is asked for."""
        fact = self.catalogue.facts[name]
        slots = self.slots(None)
        self._facts[name] = (
            function_of(name, self.catalogue.facts).called(slots) if fact.is_rare else fact.sql.format_map(slots)
        )
        return f"(select value from {name})::{fact.type}"

    def reach(self, view: View, reach: Reach, most: int) -> str:
        """The ids of all rows that the actor may see, and of some others; null for who reaches more."""
        name = f"{view.name.lower()}_reach_{most}"
        return self.few(name, reach.ids.format_map(self.slots(None)), most)

    def few(self, name: str, ids: str, most: int) -> str:
        """The ids that a select yields, found once; null where there are more."""
        few = f"case when count(*) <= {most} then coalesce(array_agg(id), '{{}}') end"
        self._facts[name] = f"(select {few} from ({ids} limit {most} + 1) r (id))"
        return f"(select value from {name})::uuid[]"

    def plan(self, sql: str) -> Plan:
        """The plan of a whole statement, with the facts that it asks for."""
        facts = ", ".join(f"{name} as materialized (select {fact} as value)" for name, fact in self._facts.items())
        sql = f"{sql} where {self._slot_of_tenant()} = {TENANT}"
        return self.parameters.plan(f"with {facts} {sql}" if facts else sql, self._fills)

    def _slot_of_tenant(self) -> str:
        """Whom the connection must serve: on another one there is no answer at all."""
        return self.parameters.slot(
            ("actor", "tenant"), SLOT_TYPES["tenant"], lambda actor, _: slot_value("tenant", actor)
        )

    def view(self, name: str) -> View:
        """The view of this type."""
        return self.catalogue.views[name]

    def row_object(self, selection: Selection, view: View, row: str, as_of: str | None) -> str:
        """The JSON object of one row."""
        return f"(select row_to_json({ROW}) from (select {self.columns(selection, view, row, as_of)}) {ROW})"

    def columns(self, selection: Selection, view: View, row: str, as_of: str | None) -> str:
        """The fields of one row as columns named by response keys."""
        found: list[str] = []
        for key, nodes in selection.items():
            with self.at(key):
                found.append(f"{self._field(nodes, view, row, as_of)} as {quoted(key)}")
        return ", ".join(found)

    @contextmanager
    def at(self, key: str) -> Generator[None]:
        """What is compiled inside stands under this response key."""
        self._path.append(key)
        yield
        self._path.pop()

    def _field(self, nodes: list[FieldNode], view: View, row: str, as_of: str | None) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return f"'{view.name}'::text"
        if name == "id":
            return f"'{view.prefix}_' || {row}.id"
        declared = view.fields.get(name)
        if declared is None:
            raise NotPlanned(f"{view.name}.{name}")
        sql = self._declared(declared, nodes, view, row, as_of)
        mask = view.masks.get(name)
        if mask is None:
            return sql
        hidden = "'[]'::json" if isinstance(declared, Many) else "null"
        return f"case when {mask.format_map(self.slots(as_of, row=row))} then {sql} else {hidden} end"

    def _declared(
        self,
        declared: Column | One | Many | Page | Computed,
        nodes: list[FieldNode],
        view: View,
        row: str,
        as_of: str | None,
    ) -> str:
        definition = self.definition(view.name, nodes)
        scope = f"{view.name}.{nodes[0].name.value}"
        match declared:
            case Column():
                return shaped(declared.sql.format_map(self.slots(as_of, row=row)), declared.kind)
            case One():
                return self.one(declared, nodes, definition, row=row, as_of=as_of)
            case Many():
                return self._many(declared, nodes, definition, row=row, as_of=as_of)
            case Page():
                return paging.page(self, declared, nodes, definition, scope=scope, row=row, as_of=as_of)
            case Computed():
                shown = shape(self.document, nodes, definition)
                fill = Fill(len(self._fills), tuple(self._path), field=scope, computed=declared, shape=shown)
                self._fills.append(fill)
                return fill.placed(declared.inputs.format_map(self.slots(as_of, row=row)))

    def definition(self, type_name: str, nodes: list[FieldNode]) -> GraphQLField:
        """What the schema says of a field."""
        parent = cast("GraphQLObjectType", self.document.schema.type_map[type_name])
        return parent.fields[nodes[0].name.value]

    def one(self, edge: One, nodes: list[FieldNode], definition: GraphQLField, *, row: str, as_of: str | None) -> str:
        """The JSON object at the other end of an edge, or null."""
        view = self.view(edge.view)
        child = self.alias()
        as_of = self.as_of(edge, nodes, definition, as_of)
        columns = self.columns(self.document.below(nodes, view.name), view, child, as_of)
        rows = self.rows(view, edge.on, child, row=row, as_of=as_of, implied=edge.implied)
        filters = self.filters(edge.filters, nodes, definition, child=child, as_of=as_of)
        return f"(select row_to_json({ROW}) from (select {columns} from {rows}{filters}) {ROW})"

    def _many(
        self, edge: Many, nodes: list[FieldNode], definition: GraphQLField, *, row: str, as_of: str | None
    ) -> str:
        view = self.view(edge.view)
        child = self.alias()
        columns = self.columns(self.document.below(nodes, view.name), view, child, as_of)
        rows = self.rows(view, edge.on, child, row=row, as_of=as_of, implied=edge.implied)
        order = edge.order.format_map(self.slots(as_of, row=row, child=child))
        has_size = "first" in definition.args
        size = paging.size_of(self, nodes, definition, "first", most=edge.limit) if has_size else edge.limit
        return listed(f"select {columns} from {rows} order by {order} limit {size}")

    def rows(self, view: View, on: str, child: str, *, row: str, as_of: str | None, implied: bool) -> str:
        """The rows of a view that an edge leads to and the actor may see: source and condition."""
        own = self.slots(as_of, row=child)
        conditions = [f"{child}.tenant_id = {own['tenant']}", on.format_map(self.slots(as_of, row=row, child=child))]
        if not implied:
            conditions.append(view.visible.format_map(own))
        wanted = " and ".join(f"({one})" for one in conditions if one != "true")
        return f"{view.source.format_map(own)} {child} where {wanted}"

    def filters(
        self,
        filters: Mapping[str, Filter],
        nodes: Sequence[FieldNode],
        definition: GraphQLField,
        *,
        child: str,
        as_of: str | None,
    ) -> str:
        """The conditions of the arguments that were given."""
        found: list[str] = []
        for path, one in filters.items():
            read = arguments.reader(nodes, definition, path)
            given = read(self.document.variables)
            if given is None:
                found += [] if one.otherwise is None else [one.otherwise.format_map(self.slots(as_of, child=child))]
                continue
            if isinstance(given, bool):
                # Plans are kept for each truth value, so it stands in the statement, where an index can answer it.
                value = str(given).lower()
            else:
                convert = arguments.converter(one.type, one.prefix)
                value = self.argument((id(nodes[0]), path), one.type, read, convert)
            found.append(one.sql.format_map(self.slots(as_of, child=child, value=value)))
        return "".join(f" and ({condition})" for condition in found)

    def argument(self, key: object, type_name: str, read: arguments.Read, convert: arguments.Convert) -> str:
        """The placeholder of an argument's value."""

        def bind(_: Actor, variables: arguments.Variables) -> object:
            return convert(read(variables))

        return self.parameters.slot(key, type_name, bind)

    def as_of(
        self, edge: One | Page, nodes: Sequence[FieldNode], definition: GraphQLField, inherited: str | None
    ) -> str | None:
        """The date that holds below an edge: its own argument, else that of the edges above."""
        if not edge.takes_as_of:
            return inherited
        read = arguments.reader(nodes, definition, "asOf")
        if read(self.document.variables) is None:
            return inherited
        return self.argument((id(nodes[0]), "asOf"), "date", read, arguments.converter("date", None))


def shaped(sql: str, kind: Kind) -> str:
    """The expression as the API writes values of its kind."""
    return f"trim_scale({sql})::text" if kind is Kind.DECIMAL else sql


def listed(rows: str) -> str:
    """The JSON list of the objects that a query yields, in its order."""
    return f"array_to_json(array(select row_to_json({ROW}) from ({rows}) {ROW}))"


def quoted(key: str) -> str:
    """A response key as an SQL identifier; names in GraphQL hold neither quotes nor backslashes."""
    return f'"{key}"'
