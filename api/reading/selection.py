"""Which fields a selection asks of one concrete type, fragments and directives resolved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)
from graphql.language import BooleanValueNode

Variables = Mapping[str, object]
Selection = Mapping[str, list[FieldNode]]
"""Response key → the field nodes merged under it, in order of first appearance."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is needed to read a selection besides the selection itself."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]
    variables: Variables

    def fields(self, sets: Iterable[SelectionSetNode | None], type_name: str) -> Selection:
        """The fields that these selection sets ask of an object of this type."""
        found: dict[str, list[FieldNode]] = {}
        seen: set[str] = set()
        for selection_set in sets:
            if selection_set is not None:
                self._collect(selection_set, type_name, found, seen)
        return found

    def below(self, nodes: Iterable[FieldNode], type_name: str) -> Selection:
        """The fields that these merged field nodes ask of an object of this type."""
        return self.fields((node.selection_set for node in nodes), type_name)

    def _collect(
        self, selection_set: SelectionSetNode, type_name: str, found: dict[str, list[FieldNode]], seen: set[str]
    ) -> None:
        for node in selection_set.selections:
            if not self._is_included(node.directives):
                continue
            if isinstance(node, FieldNode):
                key = node.alias.value if node.alias else node.name.value
                found.setdefault(key, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition.name.value if node.type_condition else type_name
                if self._applies(condition, type_name):
                    self._collect(node.selection_set, type_name, found, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.fragments[node.name.value]
                if self._applies(fragment.type_condition.name.value, type_name):
                    self._collect(fragment.selection_set, type_name, found, seen)

    def _is_included(self, directives: Iterable[DirectiveNode] | None) -> bool:
        for directive in directives or ():
            if directive.name.value in ("skip", "include"):
                condition = self._flag(directive)
                if condition == (directive.name.value == "skip"):
                    return False
        return True

    def _flag(self, directive: DirectiveNode) -> bool:
        value = next(one.value for one in directive.arguments or ())
        if isinstance(value, VariableNode):
            return bool(self.variables.get(value.name.value))
        return isinstance(value, BooleanValueNode) and value.value

    def _applies(self, condition: str, type_name: str) -> bool:
        if condition == type_name:
            return True
        named = self.schema.type_map[condition]
        return is_abstract_type(named) and self._is_sub_type(named, type_name)

    def _is_sub_type(self, abstract: GraphQLAbstractType, type_name: str) -> bool:
        concrete = self.schema.get_type(type_name)
        return any(one is concrete for one in self.schema.get_possible_types(abstract))
