"""Gives fields their arguments: as literals, by variables with and without a value, as null, and pages by cursors."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLSchema,
    Undefined,
)

from tests.api.reading.examples import Example, Examples

Argument = GraphQLArgument | GraphQLInputField
WINDOW = ("first", "after", "last", "before")
NULL = Example("null", None)


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the document, and what it comes to; None is absent or null."""

    text: str
    value: object


@dataclass(slots=True)
class Giver:
    """Of one document, whose variables it keeps."""

    schema: GraphQLSchema
    examples: Examples
    random: Random
    declared: list[str] = field(default_factory=list[str])
    variables: dict[str, object] = field(default_factory=dict[str, object])
    others: dict[str, object] = field(default_factory=dict[str, object])
    """Other values for the same document: what was there may be absent or null, and the other way round."""

    def named(self, typed: GraphQLField | Argument) -> GraphQLNamedType:
        """The type inside all lists and exclamation marks."""
        return self.schema.type_map[str(typed.type).strip("[]!")]  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - graphql-core leaves it open

    def arguments(self, name: str, definition: GraphQLField, *, scope: str) -> str:
        """Some arguments of a field, in parentheses."""
        given: dict[str, Given] = {}
        is_page = "after" in definition.args
        for key, argument in definition.args.items():
            is_required = type_of(argument).endswith("!") and argument.default_value is Undefined
            if not (is_page and key in WINDOW) and (is_required or self._chance(40)):
                given[key] = self._value(key, name, argument)
        if is_page:
            given |= self._window(definition.args, scope, given.get("orderBy"))
        texts = [f"{key}: {one.text}" for key, one in given.items()]
        return f"({', '.join(texts)})" if texts else ""

    def directive(self) -> str:
        """`@skip`, `@include` or both."""
        kinds = self.random.choice((("skip",), ("include",), ("skip", "include")))
        return " ".join(f"@{kind}(if: {self._flag()})" for kind in kinds)

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _flag(self) -> str:
        flag = self._chance(50)
        example, other = Example(str(flag).lower(), flag), Example(str(not flag).lower(), not flag)
        match self.random.randrange(4):
            case 0:
                return example.literal
            case 1:
                return f"${self._declare('Boolean!', default=example.literal, other=other)}"
            case _:
                return f"${self._declare('Boolean!', value=example, other=other)}"

    def _declare(
        self, type_name: str, *, other: Example | None, value: Example | None = None, default: str | None = None
    ) -> str:
        name = f"v{len(self.declared) + 1}"
        self.declared.append(f"${name}: {type_name}" + (f" = {default}" if default else ""))
        if value is not None:
            self.variables[name] = value.value
        if other is not None:
            self.others[name] = other.value
        return name

    def _window(self, args: Mapping[str, GraphQLArgument], scope: str, order: Given | None) -> dict[str, Given]:
        """A part of a list from its start or its end, sometimes on one side of a cursor of the same list and order."""
        default = args["orderBy"].default_value if "orderBy" in args else None
        is_backward = self._chance(40)
        size, cursor = ("last", "before") if is_backward else ("first", "after")
        found: dict[str, Given] = {}
        if is_backward or self._chance(50):
            found[size] = (self._present if is_backward else self._value)(size, "", args[size])
        if self._chance(45):
            chosen = order.value if order is not None and order.value is not None else getattr(default, "value", None)
            example = self.examples.cursor(f"{scope}:{chosen or self.examples.only_order(scope)}")
            if example is not None:
                other = self.examples.cursor(f"{scope}:{chosen or self.examples.only_order(scope)}")
                found[cursor] = self._given(example, other or example, type_of(args[cursor]), self.random.randrange(6))
                self._pin(order)
        return found

    def _pin(self, given: Given | None) -> None:
        """A cursor is one of its order, so that stays the same."""
        name = given.text.removeprefix("$") if given is not None else ""
        self.others.pop(name, None)
        if name in self.variables:
            self.others[name] = self.variables[name]

    def _value(self, name: str, field_name: str, argument: Argument) -> Given:
        """Any of the ways to give an argument, or not to."""
        type_name = type_of(argument)
        has_default = argument.default_value is not Undefined
        is_nullable = not type_name.endswith("!")
        match self.random.randrange(16):
            case 0 if is_nullable or has_default:
                other = self._example(argument, name, field_name, may_declare=False)
                return Given(f"${self._declare(type_name.rstrip('!'), other=other)}", None)
            case 1 if is_nullable:
                return Given("null", None)
            case 2 if is_nullable:
                other = self._example(argument, name, field_name, may_declare=False)
                return Given(f"${self._declare(type_name, value=NULL, other=other)}", None)
            case _:
                return self._present(name, field_name, argument)

    def _present(self, name: str, field_name: str, argument: Argument) -> Given:
        """A value, as a literal or by a variable that holds the whole of it."""
        way = self.random.randrange(8)
        example = self._example(argument, name, field_name, may_declare=way > 2)
        other = example
        if way <= 2:
            is_nullable = not type_of(argument).endswith("!") and name != "last"
            other = self._example(argument, name, field_name, may_declare=False)
            other = NULL if is_nullable and self._chance(30) else other
        return self._given(example, other, type_of(argument), way)

    def _given(self, example: Example, other: Example, type_name: str, way: int) -> Given:
        match way:
            case 0:
                return Given(f"${self._declare(type_name, value=example, other=other)}", example.value)
            case 1:
                return Given(f"${self._declare(type_name, default=example.literal, other=other)}", example.value)
            case 2:
                name = self._declare(type_name, value=example, default=example.literal, other=None)
                return Given(f"${name}", example.value)
            case _:
                return Given(example.literal, example.value)

    def _example(self, argument: Argument, name: str, field_name: str, *, may_declare: bool) -> Example:
        named = self.named(argument)
        if isinstance(named, GraphQLInputObjectType):
            return self._object(named, may_declare=may_declare)
        if not type_of(argument).startswith("["):
            return self.examples.scalar(named, name, field_name)
        many = [
            self.examples.state() if named.name == "ObjectiveState" else self.examples.scalar(named, name, field_name)
            for _ in range(self.random.randint(0, 5))
        ]
        texts = [
            f"${self._declare(f'{named.name}!', value=one, other=many[0])}"
            if may_declare and self._chance(10)
            else one.literal
            for one in many
        ]
        return Example(f"[{', '.join(texts)}]", [one.value for one in many])

    def _object(self, named: GraphQLInputObjectType, *, may_declare: bool) -> Example:
        chosen = self.random.sample(list(named.fields), k=self.random.randint(0, min(3, len(named.fields))))
        given: dict[str, Given] = {}
        for name in chosen:
            if may_declare:
                given[name] = self._value(name, "", named.fields[name])
            else:
                example = self._example(named.fields[name], name, "", may_declare=False)
                given[name] = Given(example.literal, example.value)
        literal = ", ".join(f"{name}: {one.text}" for name, one in given.items())
        return Example(f"{{ {literal} }}", {name: one.value for name, one in given.items()})


def type_of(argument: Argument) -> str:
    """The type as a variable of it is declared."""
    return str(argument.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - as above
