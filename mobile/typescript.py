"""Renders GraphQL selections, inputs and enums as TypeScript types."""

from typing import cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLType,
    GraphQLUnionType,
    GraphQLWrappingType,
    InlineFragmentNode,
    ListTypeNode,
    NamedTypeNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionSetNode,
    TypeNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    is_required_input_field,
)

SCALARS = {"Int": "number", "Float": "number", "Boolean": "boolean"}
Fields = dict[str, list[FieldNode]]
Abstract = GraphQLInterfaceType | GraphQLUnionType


class MissingTypename(Exception):
    """A selection on an interface or union cannot be told apart without `__typename`."""


class Types:
    """Renders types of one schema; remembers the enums and inputs that were named on the way."""

    def __init__(self, schema: GraphQLSchema, fragments: dict[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self._named: dict[str, str] = {}

    def fragment(self, name: str) -> str:
        """The exported type of a fragment; MissingTypename where a union lacks its tag."""
        node = self._fragments[name]
        parent = self._schema.type_map[node.type_condition.name.value]
        return f"export type {name} = {self._selection(parent, [node.selection_set])};"

    def answer(self, operation: OperationDefinitionNode) -> str:
        """The type of an operation's `data`."""
        root = self._schema.get_root_type(operation.operation)
        assert root is not None
        return self._selection(root, [operation.selection_set])

    def variables(self, operation: OperationDefinitionNode) -> str:
        """The type of an operation's variables; what may be left out is optional."""
        lines: list[str] = []
        for node in operation.variable_definitions or ():
            optional = node.default_value is not None or not isinstance(node.type, NonNullTypeNode)
            lines.append(_property(node.variable.name.value, self._written(node.type), is_optional=optional))
        return "{ " + " ".join(lines) + " }" if lines else "Record<string, never>"

    def named(self) -> list[str]:
        """Every enum and input that was used, as exported types, in the order of their names."""
        return [self._named[name] for name in sorted(self._named)]

    def _selection(self, parent: GraphQLNamedType, sets: list[SelectionSetNode]) -> str:
        if is_abstract_type(parent):
            assert isinstance(parent, Abstract)
            return self._union(parent, sets)
        assert isinstance(parent, GraphQLObjectType)
        fields: Fields = {}
        self._collect(parent, sets, fields)
        return self._object(parent, fields, parent.name)

    def _union(self, parent: Abstract, sets: list[SelectionSetNode]) -> str:
        """Possible types with the same fields share one branch: `__typename: "A" | "B"`."""
        branches: dict[str, list[str]] = {}
        for possible in self._schema.get_possible_types(parent):
            fields: Fields = {}
            self._collect(possible, sets, fields)
            if not any(nodes[0].name.value == "__typename" for nodes in fields.values()):
                raise MissingTypename(f"Select __typename on {parent.name}.")
            shape = self._object(possible, fields, "\0")
            branches.setdefault(shape, []).append(possible.name)
        return " | ".join(_tagged(shape, names) for shape, names in branches.items())

    def _collect(self, concrete: GraphQLObjectType, sets: list[SelectionSetNode], fields: Fields) -> None:
        for selection in (node for one in sets for node in one.selections):
            if isinstance(selection, FieldNode):
                key = selection.alias or selection.name
                fields.setdefault(key.value, []).append(selection)
            else:
                assert isinstance(selection, FragmentSpreadNode | InlineFragmentNode)
                self._collect_spread(concrete, selection, fields)

    def _collect_spread(
        self,
        concrete: GraphQLObjectType,
        spread: FragmentSpreadNode | InlineFragmentNode,
        fields: Fields,
    ) -> None:
        target = self._fragments[spread.name.value] if isinstance(spread, FragmentSpreadNode) else spread
        if target.type_condition is None or self._applies(target.type_condition.name.value, concrete):
            self._collect(concrete, [target.selection_set], fields)

    def _applies(self, condition: str, concrete: GraphQLObjectType) -> bool:
        kind = self._schema.type_map[condition]
        if isinstance(kind, Abstract):
            return self._schema.is_sub_type(kind, concrete)
        return kind is concrete

    def _object(self, parent: GraphQLObjectType, fields: Fields, tag: str) -> str:
        lines: list[str] = []
        for key, nodes in fields.items():
            if nodes[0].name.value == "__typename":
                lines.append(f'{key}: "{tag}";')
                continue
            kind = parent.fields[nodes[0].name.value].type
            lines.append(_property(key, self._output(kind, nodes), is_optional=_is_conditional(nodes)))
        return "{ " + " ".join(lines) + " }"

    def _output(self, kind: GraphQLType, nodes: list[FieldNode]) -> str:
        if _is_required(kind):
            return self._present(_inner(kind), nodes)
        return f"{self._present(kind, nodes)} | null"

    def _present(self, kind: GraphQLType, nodes: list[FieldNode]) -> str:
        if _is_list(kind):
            return f"({self._output(_inner(kind), nodes)})[]"
        named = get_named_type(kind)
        if is_composite_type(named):
            sets = [node.selection_set for node in nodes if node.selection_set]
            return self._selection(named, sets)
        return self._leaf(named)

    def _input(self, kind: GraphQLType) -> str:
        if _is_required(kind):
            return self._given(_inner(kind))
        return f"{self._given(kind)} | null"

    def _given(self, kind: GraphQLType) -> str:
        if _is_list(kind):
            return f"({self._input(_inner(kind))})[]"
        named = get_named_type(kind)
        if isinstance(named, GraphQLInputObjectType):
            return self._input_object(named)
        return self._leaf(named)

    def _written(self, node: TypeNode) -> str:
        """The type of a variable as its declaration spells it."""
        if isinstance(node, NonNullTypeNode):
            return self._written_present(node.type)
        return f"{self._written_present(node)} | null"

    def _written_present(self, node: TypeNode) -> str:
        if isinstance(node, ListTypeNode):
            return f"({self._written(node.type)})[]"
        assert isinstance(node, NamedTypeNode)
        return self._given(self._schema.type_map[node.name.value])

    def _input_object(self, kind: GraphQLInputObjectType) -> str:
        if kind.name not in self._named:
            self._named[kind.name] = ""
            lines = [
                _property(name, self._input(field.type), is_optional=not is_required_input_field(field))
                for name, field in kind.fields.items()
            ]
            self._named[kind.name] = f"export type {kind.name} = {{ {' '.join(lines)} }};"
        return kind.name

    def _leaf(self, kind: GraphQLNamedType) -> str:
        if isinstance(kind, GraphQLEnumType):
            values = " | ".join(f'"{value}"' for value in kind.values)
            self._named[kind.name] = f"export type {kind.name} = {values};"
            return kind.name
        return SCALARS.get(kind.name, "string")


def _is_required(kind: GraphQLType) -> bool:
    return isinstance(kind, GraphQLNonNull)


def _is_list(kind: GraphQLType) -> bool:
    return isinstance(kind, GraphQLList)


def _inner(kind: GraphQLType) -> GraphQLType:
    """What a list or a required type wraps."""
    return cast("GraphQLWrappingType[GraphQLType]", kind).of_type


def _property(name: str, kind: str, *, is_optional: bool) -> str:
    return f"{name}{'?' if is_optional else ''}: {kind};"


def _is_conditional(nodes: list[FieldNode]) -> bool:
    """A field under @skip or @include may be missing from the answer."""
    return all(
        any(directive.name.value in ("skip", "include") for directive in node.directives or ()) for node in nodes
    )


def _tagged(shape: str, names: list[str]) -> str:
    return shape.replace('"\0"', " | ".join(f'"{name}"' for name in names))
