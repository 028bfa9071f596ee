"""Plans of whole operations and of single fields, compiled once for each shape of the variables and kept."""

import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TypeAlias, cast

import orjson
from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)

from api.guard.refusal import Refusal, too_complex
from api.reading import arguments
from api.reading.catalogue import Catalogue
from api.reading.compiling import Compiler, NotPlanned
from api.reading.paging import page
from api.reading.plan import ROW, ROW_MARK, Plan
from api.reading.selection import Document
from domain.kernel import ids
from domain.kernel.actor import Actor
from domain.kernel.errors import InvalidInput
from domain.kernel.views import One, View

Compile = Callable[[], Plan]
CountPlan = Callable[[float | None], None]
Kept: TypeAlias = Plan | Refusal | NotPlanned
PLANS_MAX = 2000
SQL_BYTES_MAX = 300_000
"""The longest statement that is sent: PostgreSQL plans longer ones for seconds."""
KEPT_BYTES_MAX = 64_000_000
ROW_ID = " id"
"""A variable that no document can name: the row that a resolver asks for."""
NODES_MAX = 100


@dataclass(slots=True)
class Planner:
    """Compiles selections of one schema. `secret` binds cursors to this installation."""

    schema: GraphQLSchema
    catalogue: Catalogue
    secret: bytes
    constants: Mapping[str, str] = field(default_factory=dict[str, str])
    count: CountPlan = lambda _: None
    """Told of each plan that is asked for: of the seconds that it took to compile, or of None when it was kept."""
    kept_bytes: int = 0
    """How long the statements of all kept plans are together."""
    _plans: "OrderedDict[object, Kept]" = field(default_factory=OrderedDict["object", "Kept"])

    def whole(
        self,
        key: object,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
        actor: Actor,
    ) -> Plan | None:
        """The plan of a query, None for another operation; NotPlanned with the field that no view declares."""
        if operation.operation is not OperationType.QUERY:
            return None

        widely = self._seen_widely(actor)

        def made() -> Plan:
            compiler = self._compiler(fragments, variables, widely)
            selection = compiler.document.fields([operation.selection_set], "Query")
            answers: dict[str, str] = {}
            for response_key, nodes in selection.items():
                with compiler.at(response_key):
                    answers[response_key] = self._root(compiler, nodes)
            return self._plan(compiler, answers)

        return self._kept((key, widely, self._shape(variables)), made)

    def root(
        self,
        key: object,
        nodes: list[FieldNode],
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
        actor: Actor,
    ) -> Plan:
        """The plan of one root field, answered under the key `value`."""

        widely = self._seen_widely(actor)

        def made() -> Plan:
            compiler = self._compiler(fragments, variables, widely)
            return self._plan(compiler, {"value": self._root(compiler, nodes)})

        return self._kept((key, widely, self._shape(variables)), made)

    def single(
        self,
        key: object,
        nodes: Sequence[FieldNode],
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
        actor: Actor,
        *,
        view: str,
    ) -> Plan:
        """The plan of one row of a view, found by the variable ROW_ID, answered under the key `value`."""

        widely = self._seen_widely(actor)

        def made() -> Plan:
            compiler = self._compiler(fragments, variables, widely)
            value = compiler.argument("id", "uuid", lambda found: found[ROW_ID], lambda found: found)
            selection = compiler.document.below(nodes, view)
            plan = self._plan(compiler, {"value": _row(compiler, view, selection, value)})
            return replace(plan, outline=_outline(compiler.view(view), selection))

        return self._kept((key, view, widely, self._shape(variables)), made)

    def several(
        self,
        key: object,
        nodes: Sequence[FieldNode],
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
        actor: Actor,
        *,
        view: str,
    ) -> Plan:
        """The plan of many rows of a view, found by the list in ROW_ID: an object by row ids, under the key `value`."""

        widely = self._seen_widely(actor)

        def made() -> Plan:
            compiler = self._compiler(fragments, variables, widely)
            value = compiler.argument("ids", "uuid[]", lambda found: found[ROW_ID], lambda found: found)
            selection = compiler.document.below(nodes, view)
            return self._plan(compiler, {"value": _rows(compiler, view, selection, value)})

        return self._kept((key, view, widely, self._shape(variables)), made)

    def _shape(self, value: object) -> object:
        """What of the variables decides the text of the statement: what is there, flags, words, kinds of ids."""
        if isinstance(value, Mapping):
            items = cast("Mapping[str, object]", value).items()
            return tuple((name, self._shape(one)) for name, one in items if name != ROW_ID)
        if isinstance(value, list | tuple):
            return frozenset(self._shape(one) for one in cast("Sequence[object]", value))
        if value is None or isinstance(value, bool | Enum):
            return value
        prefix = ids.prefix_of(value) if isinstance(value, str) else ""
        return prefix if prefix in self.catalogue.by_prefix else True

    def _seen_widely(self, actor: Actor) -> frozenset[str]:
        """The views of which the actor sees most rows; with the shape of the variables it decides the text."""
        return frozenset(view.name for view in self.catalogue.reached if view.reach and view.reach.widely(actor))

    def _compiler(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
        widely: frozenset[str],
    ) -> Compiler:
        document = Document(self.schema, fragments, variables)
        return Compiler(self.catalogue, document, self.secret, self.constants, widely)

    def _kept(self, key: object, make: Compile) -> Plan:
        """The plan of this key; why there is none is kept as well, and said as often as it is asked for."""
        if key in self._plans:
            self._plans.move_to_end(key)
            kept = self._plans[key]
            self.count(None)
        else:
            kept = self._keep(key, make)
        if not isinstance(kept, Plan):
            raise kept.with_traceback(None)
        return kept

    def _keep(self, key: object, make: Compile) -> Kept:
        begun = time.perf_counter()
        try:
            kept: Kept = make()
        except (NotPlanned, Refusal) as reason:
            kept = reason
        self.count(time.perf_counter() - begun)
        self._plans[key] = kept
        self.kept_bytes += size_of(kept)
        while len(self._plans) > PLANS_MAX or self.kept_bytes > KEPT_BYTES_MAX:
            self.kept_bytes -= size_of(self._plans.popitem(last=False)[1])
        return kept

    def _plan(self, compiler: Compiler, answers: Mapping[str, str]) -> Plan:
        columns = ", ".join(f'{sql} as "{key}"' for key, sql in answers.items())
        sql = f"select convert_to(row_to_json({ROW})::text, 'UTF8') from (select {columns}) {ROW}"
        plan = compiler.plan(sql)
        if len(plan.sql) > SQL_BYTES_MAX:
            message = "The operation asks for too much at once: send it in parts."
            raise too_complex(message, limit="statement bytes", allowed=SQL_BYTES_MAX)
        return plan

    def _root(self, compiler: Compiler, nodes: list[FieldNode]) -> str:
        name = nodes[0].name.value
        if name == "__typename":
            return "'Query'::text"
        if name == "node":
            return self._node(compiler, nodes)
        if name == "nodes":
            return self._nodes(compiler, nodes)
        root = self.catalogue.roots.get(name)
        if root is None:
            raise NotPlanned(f"Query.{name}")
        definition = compiler.definition("Query", nodes)
        if isinstance(root, One):
            return compiler.one(root, nodes, definition, row="", as_of=None)
        return page(compiler, root, nodes, definition, scope=f"Query.{name}", row="", as_of=None)

    def _node(self, compiler: Compiler, nodes: list[FieldNode]) -> str:
        read = arguments.reader(nodes, compiler.definition("Query", nodes), "id")
        view = self._view_of(read(compiler.document.variables))
        if view is None:
            return "null::json"
        value = compiler.argument((id(nodes[0]), "id"), "uuid", read, arguments.converter("uuid", view.prefix))
        return _row(compiler, view.name, compiler.document.below(nodes, view.name), value)

    def _nodes(self, compiler: Compiler, nodes: list[FieldNode]) -> str:
        """Each kind of id once, as a list with nulls in the places of the others."""
        read = arguments.reader(nodes, compiler.definition("Query", nodes), "ids")
        wanted = _texts(read(compiler.document.variables))
        views = {view.prefix: view for view in map(self._view_of, wanted) if view is not None}
        row = compiler.alias()
        lists, found = [self._row_ids(compiler, nodes, read, "")], ["null::json"]
        for at, (prefix, view) in enumerate(sorted(views.items()), start=1):
            lists.append(self._row_ids(compiler, nodes, read, prefix))
            found.append(_row(compiler, view.name, compiler.document.below(nodes, view.name), f"{row}.k{at}"))
        keys = ", ".join(f"k{at}" for at in range(len(lists)))
        rows = f"unnest({', '.join(lists)}) with ordinality {row} ({keys}, place)"
        return (
            f"(select array_to_json(coalesce(array_agg(coalesce({', '.join(found)}) order by {row}.place),"
            f" '{{}}'::json[])) from {rows})"
        )

    def _row_ids(self, compiler: Compiler, nodes: list[FieldNode], read: arguments.Read, prefix: str) -> str:
        def converted(value: object) -> object:
            wanted = _texts(value)
            if len(wanted) > NODES_MAX:
                raise InvalidInput(f"Ask for at most {NODES_MAX} nodes.", field="ids")
            return [arguments.row_id(prefix, one) for one in wanted]

        return compiler.argument((id(nodes[0]), "ids", prefix), "uuid[]", read, converted)

    def _view_of(self, public_id: object) -> View | None:
        """The view that a public id names a row of, if it can be a node."""
        view = self.catalogue.by_prefix.get(ids.prefix_of(str(public_id)))
        return view if view is not None and self._is_node(view.name) else None

    def _is_node(self, type_name: str) -> bool:
        interfaces = getattr(self.schema.type_map.get(type_name), "interfaces", ())
        return any(one.name == "Node" for one in interfaces)


def _row(compiler: Compiler, view_name: str, selection: Mapping[str, list[FieldNode]], value: str) -> str:
    view = compiler.view(view_name)
    child = compiler.alias()
    body = compiler.row_object(selection, view, child, None)
    rows = compiler.rows(view, f"{child}.id = {value}", child, row="", as_of=None, implied=False)
    return f"(select {body} from {rows})"


def _outline(view: View, selection: Mapping[str, list[FieldNode]]) -> str | None:
    known = {"__typename": view.name, "id": f"{view.prefix}_{ROW_MARK}"}
    asked = {key: nodes[0].name.value for key, nodes in selection.items()}
    if not known.keys() >= set(asked.values()):
        return None
    return orjson.dumps({key: known[name] for key, name in asked.items()}).decode()


def _rows(compiler: Compiler, view_name: str, selection: Mapping[str, list[FieldNode]], values: str) -> str:
    view = compiler.view(view_name)
    child = compiler.alias()
    body = compiler.row_object(selection, view, child, None)
    rows = compiler.rows(view, f"{child}.id = any({values})", child, row="", as_of=None, implied=False)
    return f"(select coalesce(json_object_agg({child}.id, {body}), '{{}}') from {rows})"


def _texts(value: object) -> list[str]:
    """The ids of a list; one alone counts as a list of one."""
    return [str(one) for one in cast("Sequence[object]", value)] if isinstance(value, list | tuple) else [str(value)]


def size_of(kept: Kept) -> int:
    """The length of the statement that is kept."""
    return len(kept.sql) if isinstance(kept, Plan) else 0
