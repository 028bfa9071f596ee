"""What a document makes use of, found by walking it: so that a run can say which features its documents really had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import graphql
from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    is_leaf_type,
)
from graphql.language import EnumValueNode, NullValueNode

from api.reading.catalogue import Catalogue
from domain.kernel.views import Page
from tests.api.reading.shrinking import fragments_of

NO_FILTERS = ("ids", "first", "after", "last", "before", "orderBy")
OF_CONNECTIONS = ("nodes", "edges", "pageInfo", "totalCount")
OF_DOCUMENTS = (
    "an edge to one",
    "a list of parts",
    "a computed object",
    "a page in a page",
    "several root fields",
    "node",
    "nodes of ids",
    "an inline fragment on an interface",
    "an inline fragment on a type",
    "an inline fragment without a type",
    "a named fragment on an interface",
    "a named fragment on a type",
    "a fragment spread twice",
    "an alias",
    "a field twice with different arguments",
    "a field twice with different selections",
    "a variable",
    "a variable with a default",
    "an absent variable",
    "a variable of null",
    "a literal null",
    "@skip by a variable",
    "@include by a variable",
    "@skip by a literal",
    "@include by a literal",
    "a page forwards behind a cursor",
    "a page backwards before a cursor",
    "a page from the end",
    "a page forwards behind a cursor below others",
    "a page backwards before a cursor below others",
    "asOf",
    "viewerCan",
    *OF_CONNECTIONS,
)


def of_catalogue(catalogue: Catalogue) -> set[str]:
    """Every filter and every order that a view declares."""
    edges = [*catalogue.roots.values(), *(one for view in catalogue.views.values() for one in view.fields.values())]
    pages = [edge for edge in edges if isinstance(edge, Page)]
    filters = {f"filter {path}" for page in pages for path in page.filters}
    return filters | {f"order {name}" for page in pages if len(page.orders) > 1 for name in page.orders}


@dataclass(slots=True)
class Finder:
    """Walks one document."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Mapping[str, object]
    found: set[str] = field(default_factory=set[str])
    _spread: set[str] = field(default_factory=set[str])

    def walk(self, selection_set: SelectionSetNode, parent: GraphQLNamedType, *, is_below: bool) -> None:
        """`is_below` another list."""
        seen: dict[str, list[FieldNode]] = {}
        for node in selection_set.selections:
            self._directives(node.directives)
            if isinstance(node, FieldNode):
                seen.setdefault(node.name.value, []).append(node)
                self._field(node, parent, is_below=is_below)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition.name.value if node.type_condition else None
                inner = self.schema.type_map[condition] if condition else parent
                self.found.add(f"an inline fragment {_kind(inner) if condition else 'without a type'}")
                self.walk(node.selection_set, inner, is_below=is_below)
            elif isinstance(node, FragmentSpreadNode):
                self._spread_of(node, is_below=is_below)
        for nodes in seen.values():
            self._twice(nodes)

    def _spread_of(self, node: FragmentSpreadNode, *, is_below: bool) -> None:
        name = node.name.value
        if name in self._spread:
            self.found.add("a fragment spread twice")
        self._spread.add(name)
        fragment = self.fragments[name]
        inner = self.schema.type_map[fragment.type_condition.name.value]
        self.found.add(f"a named fragment {_kind(inner)}")
        self.walk(fragment.selection_set, inner, is_below=is_below)

    def _twice(self, nodes: list[FieldNode]) -> None:
        if len({graphql.print_ast(one) for node in nodes for one in node.arguments or ()}) > 1 and len(nodes) > 1:
            self.found.add("a field twice with different arguments")
        keys = [node.alias.value for node in nodes if node.alias and node.selection_set]
        if len(set(keys)) < len(keys):
            self.found.add("a field twice with different selections")

    def _field(self, node: FieldNode, parent: GraphQLNamedType, *, is_below: bool) -> None:
        name = node.name.value
        if node.alias:
            self.found.add("an alias")
        if name == "__typename" or not isinstance(parent, GraphQLObjectType | GraphQLInterfaceType):
            return
        definition = parent.fields[name]
        self._arguments(node, is_below=is_below)
        if (parent.name.endswith("Connection") and name in OF_CONNECTIONS) or name == "viewerCan":
            self.found.add(name)
        if parent is self.schema.query_type and name in ("node", "nodes"):
            self.found.add({"node": "node", "nodes": "nodes of ids"}[name])
        if node.selection_set is not None:
            self._below(node.selection_set, definition, is_below=is_below)

    def _below(self, selection_set: SelectionSetNode, definition: GraphQLField, *, is_below: bool) -> None:
        text = str(definition.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - graphql-core leaves it open
        target = self.schema.type_map[text.strip("[]!")]
        is_page = target.name.endswith("Connection")
        if is_page and is_below:
            self.found.add("a page in a page")
        elif text.startswith("[") and target.name in ("KeyResult", "FieldChange"):
            self.found.add("a list of parts")
        elif target.name == "ProgressTrace":
            self.found.add("a computed object")
        elif not text.startswith("[") and not is_page and not is_leaf_type(target):
            self.found.add("an edge to one")
        self.walk(selection_set, target, is_below=is_below or is_page)

    def _arguments(self, node: FieldNode, *, is_below: bool) -> None:
        given = {one.name.value: one.value for one in node.arguments or ()}
        for name, value in given.items():
            if isinstance(value, NullValueNode):
                self.found.add("a literal null")
            elif name == "asOf":
                self.found.add("asOf")
            elif name == "orderBy" and self._value(value):
                self.found.add(f"order {self._value(value)}")
            elif name == "filter":
                self._filter(value)
            elif name not in NO_FILTERS:
                self.found.add(f"filter {name}")
        for cursor, kind in (("after", "forwards behind"), ("before", "backwards before")):
            if cursor in given and self._value(given[cursor]):
                self.found.add(f"a page {kind} a cursor" + (" below others" if is_below else ""))
        if "last" in given and self._value(given["last"]):
            self.found.add("a page from the end")

    def _filter(self, value: ValueNode) -> None:
        names: Iterable[str] = ()
        if isinstance(value, ObjectValueNode):
            names = (one.name.value for one in value.fields)
        elif isinstance(found := self._value(value), Mapping):
            names = (str(name) for name in found)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
        self.found.update(f"filter filter.{name}" for name in names)

    def _value(self, node: ValueNode) -> object:
        if isinstance(node, VariableNode):
            return self.variables.get(node.name.value)
        return node.value if isinstance(node, EnumValueNode) else graphql.print_ast(node)

    def _directives(self, directives: Iterable[DirectiveNode] | None) -> None:
        for one in directives or ():
            is_variable = any(isinstance(argument.value, VariableNode) for argument in one.arguments or ())
            self.found.add(f"@{one.name.value} by a {'variable' if is_variable else 'literal'}")


def _kind(named: GraphQLNamedType) -> str:
    return "on an interface" if isinstance(named, GraphQLInterfaceType) else "on a type"


def of_document(schema: GraphQLSchema, document: DocumentNode, variables: Mapping[str, object]) -> set[str]:
    """The features of one document as it is asked with these variables."""
    operation = next(one for one in document.definitions if isinstance(one, OperationDefinitionNode))
    finder = Finder(schema, fragments_of(document), variables)
    for one in operation.variable_definitions or ():
        name = one.variable.name.value
        if one.default_value is not None:
            finder.found.add("a variable with a default")
        elif name not in variables:
            finder.found.add("an absent variable")
        finder.found.add("a variable of null" if variables.get(name, name) is None else "a variable")
    if len(operation.selection_set.selections) > 1:
        finder.found.add("several root fields")
    query = schema.query_type
    assert query is not None
    finder.walk(operation.selection_set, query, is_below=False)
    return finder.found
