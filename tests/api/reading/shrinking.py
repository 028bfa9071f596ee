"""Makes a failing document smaller while it still fails: fewer selections, arguments, directives, values."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import graphql
from graphql import (
    REMOVE,
    SKIP,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    GraphQLSyntaxError,
    InlineFragmentNode,
    Node,
    ObjectFieldNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
)

Variables = Mapping[str, object]
Fails = Callable[["Case"], Awaitable[bool]]
REMOVABLE = (FieldNode, InlineFragmentNode, FragmentSpreadNode, ArgumentNode, DirectiveNode, ObjectFieldNode)
ATTEMPTS_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what it is asked with."""

    document: DocumentNode
    variables: Variables


async def shrink(schema: GraphQLSchema, case: Case, fails: Fails) -> Case:
    """The smallest case found that still fails; every step is a valid document."""
    attempts, is_smaller = 0, True
    while is_smaller:
        is_smaller = False
        for smaller in _smaller(case):
            attempts += 1
            if attempts > ATTEMPTS_MAX:
                return case
            if not graphql.validate(schema, smaller.document) and await fails(smaller):
                case, is_smaller = smaller, True
                break
    return case


def _smaller(case: Case) -> Iterator[Case]:
    """The case without its fragments; without one thing, from the outside in; with shorter lists of values."""
    yield from _tidied(case, graphql.visit(case.document, _Opening(case.document)))
    for place in range(_count(case.document)):
        yield from _tidied(case, graphql.visit(case.document, _Removal(place)))
    for name, value in case.variables.items():
        if isinstance(value, list):
            many = cast("list[object]", value)
            for at in range(len(many)):
                yield Case(case.document, {**case.variables, name: many[:at] + many[at + 1 :]})


class _Removal(Visitor):
    """Counts what can be taken away, and takes away the one at a place."""

    def __init__(self, place: int | None) -> None:
        super().__init__()
        self.count = 0
        self._place = place

    def enter(self, node: Node, *_: object) -> object:
        """Each node on the way down."""
        if not isinstance(node, REMOVABLE):
            return None
        self.count += 1
        return REMOVE if self.count - 1 == self._place else None


class _Opening(Visitor):
    """Puts the selections of fragments in their place."""

    def __init__(self, document: DocumentNode) -> None:
        super().__init__()
        self._fragments = fragments_of(document)

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> SelectionSetNode:
        """Each selection set on the way up."""
        found: list[SelectionNode] = []
        for one in node.selections:
            if isinstance(one, InlineFragmentNode):
                found += one.selection_set.selections
            elif isinstance(one, FragmentSpreadNode):
                found += self._fragments[one.name.value].selection_set.selections
            else:
                found.append(one)
        return SelectionSetNode(selections=tuple(found))


def _count(document: DocumentNode) -> int:
    visitor = _Removal(None)
    graphql.visit(document, visitor)
    return visitor.count


def _tidied(case: Case, document: DocumentNode) -> Iterator[Case]:
    """Without the fragments and variables that nothing asks for any more; nothing if it is no document."""
    size = len(graphql.print_ast(case.document))
    while True:
        used = _Names()
        graphql.visit(document, used)
        kept = [one for one in document.definitions if not isinstance(one, FragmentDefinitionNode) or used.has(one)]
        if len(kept) == len(document.definitions):
            break
        document = DocumentNode(definitions=tuple(kept))
    document = graphql.visit(document, _Undeclaring(used.variables))
    variables = {name: value for name, value in case.variables.items() if name in used.variables}
    text = graphql.print_ast(document)
    if len(text) < size:
        try:
            yield Case(graphql.parse(text), variables)
        except GraphQLSyntaxError:
            return


class _Names(Visitor):
    """Which fragments are spread, and which variables are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.fragments: set[str] = set()
        self.variables: set[str] = set()

    def has(self, fragment: FragmentDefinitionNode) -> bool:
        """Whether it is spread anywhere."""
        return fragment.name.value in self.fragments

    def enter_variable_definition(self, *_: object) -> object:
        """What declares a variable does not ask for it."""
        return SKIP

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        """A value by a variable."""
        self.variables.add(node.name.value)

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        """A fragment in use."""
        self.fragments.add(node.name.value)


class _Undeclaring(Visitor):
    """Takes away the declarations of other variables than these."""

    def __init__(self, used: set[str]) -> None:
        super().__init__()
        self._used = used

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: object) -> object:
        """A declaration."""
        return None if node.variable.name.value in self._used else REMOVE


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The named fragments of a document."""
    return {one.name.value: one for one in document.definitions if isinstance(one, FragmentDefinitionNode)}
