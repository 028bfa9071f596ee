"""`@defer` in documents: when it applies, and what is left of a document that is answered at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graphql import (
    REMOVE,
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLDeferDirective,
    GraphQLDirective,
    GraphQLNonNull,
    GraphQLString,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    Visitor,
    visit,
)

NAME = GraphQLDeferDirective.name
DIRECTIVE = GraphQLDirective(
    name=NAME,
    locations=GraphQLDeferDirective.locations,
    args={
        "if": GraphQLArgument(
            GraphQLNonNull(GraphQLBoolean),
            default_value=True,
            description="Whether the fragment may come later; false leaves it where it is.",
        ),
        "label": GraphQLArgument(
            GraphQLString, description="A name by which the answer says which fragment comes; unique in the document."
        ),
    },
    description="Delivers a fragment after the rest of the answer, to clients that accept `multipart/mixed`."
    " Others get the whole answer at once.",
)


@dataclass(frozen=True, slots=True)
class Deferring:
    """A document with its `@defer`, and the `if` of each; None where there is none."""

    document: DocumentNode
    conditions: tuple[ValueNode | None, ...]

    def may_apply(self, operation: OperationDefinitionNode, variables: Mapping[str, object]) -> bool:
        """Whether anything may be deferred; that a fragment is left out altogether is found by who runs it."""
        defaults = {one.variable.name.value: one.default_value for one in operation.variable_definitions or ()}
        return any(applies(condition, variables, defaults) for condition in self.conditions)


def applies(
    condition: ValueNode | None, variables: Mapping[str, object], defaults: Mapping[str, ValueNode | None]
) -> bool:
    """Whether an `if` is not false."""
    if isinstance(condition, VariableNode):
        name = condition.name.value
        if name in variables:
            return variables[name] is not False
        condition = defaults.get(name)
    return not isinstance(condition, BooleanValueNode) or condition.value


class _Found(Visitor):
    """Takes every `@defer` out, and keeps its condition."""

    def __init__(self) -> None:
        super().__init__()
        self.conditions: list[ValueNode | None] = []

    def enter_directive(self, node: DirectiveNode, *_: object) -> object:
        """Called by graphql-core for each directive."""
        if node.name.value != NAME:
            return None
        self.conditions.append(next(conditions_of(node), None))
        return REMOVE


def conditions_of(node: DirectiveNode) -> Iterator[ValueNode]:
    """The value of `if`, when it is given."""
    return (one.value for one in node.arguments or () if one.name.value == "if")


def apart(document: DocumentNode) -> tuple[DocumentNode, Deferring]:
    """The document without any `@defer`, for who is answered at once, and what it defers for the others."""
    found = _Found()
    plain = cast("DocumentNode", visit(document, found))
    return plain, Deferring(document, tuple(found.conditions))
