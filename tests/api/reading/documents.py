"""Makes valid documents from the schema: aliases, fragments, directives, variables, arguments, pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from string import ascii_lowercase

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_leaf_type,
)

DEPTH_MAX = 3
FIELDS_MAX = 4
SKIPPED = frozenset({"changes"})
LETTERS = (*ascii_lowercase, "t1", "t2", "t3", "_")
NODE_TYPES = ("Objective", "Person", "Unit", "KeyResult", "Approval", "Measure")


@dataclass(slots=True)
class Author:
    """Writes one document; the same seed writes the same document."""

    schema: GraphQLSchema
    ids: Mapping[str, str]
    random: Random
    without: frozenset[str] = frozenset()
    """Fields that are never asked for."""
    fragments: list[str] = field(default_factory=list[str])
    declared: list[str] = field(default_factory=list[str])
    variables: dict[str, object] = field(default_factory=dict[str, object])
    _names: int = 0
    _letters: list[str] = field(default_factory=list[str])

    def write(self) -> tuple[str, dict[str, object]]:
        """A query and its variables."""
        query = self.schema.query_type
        assert query is not None
        self._letters = self.random.sample(LETTERS, k=len(LETTERS))
        roots = [name for name in query.fields if name not in SKIPPED]
        chosen = self.random.sample(roots, k=self.random.randint(1, 2))
        body = " ".join(self._field(name, query.fields[name], 1) for name in chosen)
        head = f"query({' '.join(self.declared)})" if self.declared else "query"
        return f"{head} {{ {body} }} {' '.join(self.fragments)}", self.variables

    def _name(self, stem: str) -> str:
        self._names += 1
        return f"{stem}{self._names}"

    def _alias(self) -> str:
        """A name of its own; often one that a careless statement would use for a table."""
        return self._letters.pop() if self._letters and self._chance(50) else self._name("a")

    def _named(self, typed: GraphQLField | GraphQLArgument) -> GraphQLNamedType:
        """The type inside all lists and exclamation marks."""
        return self.schema.type_map[str(typed.type).strip("[]!")]  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - graphql-core leaves it open

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _selection(self, parent: GraphQLObjectType, depth: int) -> str:
        names = [
            name
            for name, definition in parent.fields.items()
            if name not in self.without and (depth < DEPTH_MAX or is_leaf_type(self._named(definition)))
        ]
        if not names:
            return "{ __typename }"
        chosen = self.random.choices(names, k=self.random.randint(1, FIELDS_MAX))
        parts = [self._field(name, parent.fields[name], depth + 1) for name in chosen]
        if self._chance(15):
            parts.append("__typename" if self._chance(50) else "kind_of: __typename")
        return "{ " + " ".join(self._wrapped(part, parent) for part in parts) + " }"

    def _wrapped(self, part: str, parent: GraphQLObjectType) -> str:
        match self.random.randrange(14):
            case 0:
                return f"... {{ {part} }}"
            case 1:
                return f"... on {parent.name} {self._directive()} {{ {part} }}"
            case 2:
                name = self._name("Part")
                self.fragments.append(f"fragment {name} on {parent.name} {{ {part} }}")
                return f"...{name} ...{name}"
            case 3 if any(one.name == "Node" for one in parent.interfaces):
                return f"... on Node {{ id }} {part}"
            case _:
                return part

    def _directive(self) -> str:
        kind, flag = self.random.choice(("skip", "include")), self._chance(50)
        if self._chance(50):
            return f"@{kind}(if: {str(flag).lower()})"
        return f"@{kind}(if: ${self._declare('Boolean!', flag)})"

    def _declare(self, type_name: str, value: object, *, default: str | None = None) -> str:
        name = self._name("v")
        self.declared.append(f"${name}: {type_name}" + (f" = {default}" if default else ""))
        if default is None:
            self.variables[name] = value
        return name

    def _field(self, name: str, definition: GraphQLField, depth: int) -> str:
        arguments = self._arguments(definition)
        alias = f"{self._alias()}: " if arguments or self._chance(25) else ""
        directive = self._directive() if self._chance(8) else ""
        target = self._named(definition)
        if is_leaf_type(target):
            return f"{alias}{name}{arguments} {directive}"
        alias = alias or f"{self._alias()}: "
        return f"{alias}{name}{arguments} {directive} {self._below(target, depth)}"

    def _below(self, target: object, depth: int) -> str:
        if isinstance(target, GraphQLObjectType):
            return self._selection(target, depth)
        parts = ["id", "__typename"]
        for name in self.random.sample(NODE_TYPES, k=3):
            concrete = self.schema.type_map[name]
            assert isinstance(concrete, GraphQLObjectType)
            parts.append(f"... on {name} {self._apart(concrete, depth)}")
        return "{ " + " ".join(parts) + " }"

    def _apart(self, parent: GraphQLObjectType, depth: int) -> str:
        """Fields under names that no other type uses, because one name may mean different things there."""
        chosen = self.random.sample(list(parent.fields), k=3)
        parts = [self._field(name, parent.fields[name], depth + 1) for name in chosen if depth < DEPTH_MAX]
        return (
            "{ id " + " ".join(part if ":" in part.split()[0] else f"{self._alias()}: {part}" for part in parts) + " }"
        )

    def _arguments(self, definition: GraphQLField) -> str:
        given = [
            f"{name}: {self._value(argument)}"
            for name, argument in self._consistent(definition.args).items()
            if (name in ("id", "ids")) or self._chance(35)
        ]
        return f"({', '.join(given)})" if given else ""

    def _consistent(self, args: Mapping[str, GraphQLArgument]) -> Mapping[str, GraphQLArgument]:
        """Cursors come from answers and have tests of their own; `first` and `last` exclude one another."""
        dropped = {"after", "before", self.random.choice(("first", "last"))}
        return {name: one for name, one in args.items() if name not in dropped}

    def _value(self, argument: GraphQLArgument) -> str:
        literal, value, type_name = self._example(argument)
        match self.random.randrange(4):
            case 0:
                return f"${self._declare(type_name, value)}"
            case 1:
                return f"${self._declare(type_name, value, default=literal)}"
            case _:
                return literal

    def _example(self, argument: GraphQLArgument) -> tuple[str, object, str]:
        """A literal, the same as JSON, and the type as a variable of it is declared."""
        named, type_name = self._named(argument), str(argument.type)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType] - as above
        if isinstance(named, GraphQLEnumType):
            name = self.random.choice(list(named.values))
            return name, name, type_name
        if isinstance(named, GraphQLInputObjectType):
            return self._filter(named, type_name)
        if type_name.startswith("["):
            chosen = [self.random.choice(list(self.ids.values())) for _ in range(self.random.randint(0, 4))]
            return "[" + ", ".join(f'"{one}"' for one in chosen) + "]", chosen, type_name
        literal, value = self._scalar(named.name)
        return literal, value, type_name

    def _scalar(self, name: str) -> tuple[str, object]:
        match name:
            case "Int":
                number = self.random.choice((1, 2, 3, 7, 100))
                return str(number), number
            case "Date":
                day = self.random.choice(("2026-02-28", "2026-03-01", "2026-06-10", "2020-01-01"))
                return f'"{day}"', day
            case "ID":
                chosen = self.random.choice(list(self.ids.values()))
                return f'"{chosen}"', chosen
            case _:
                text = self.random.choice(("i", "DINA", "%", "_", "no such", "准"))
                return f'"{text}"', text

    def _filter(self, named: GraphQLInputObjectType, type_name: str) -> tuple[str, object, str]:
        states = self.random.sample(("ACTIVE", "DRAFT", "SUBMITTED", "MISSED"), k=self.random.randint(0, 3))
        choices: dict[str, tuple[str, object]] = {
            "state": (f"[{', '.join(states)}]", states),
            "mine": self.random.choice((("true", True), ("false", False))),
            "owner": _quoted(self.ids["person Dina"]),
            "unit": _quoted(self.ids["unit CREW"]),
            "cycle": _quoted(self.ids["cycle"]),
        }
        chosen = self.random.sample(sorted(choices.keys() & named.fields.keys()), k=self.random.randint(0, 3))
        literal = ", ".join(f"{name}: {choices[name][0]}" for name in chosen)
        return f"{{ {literal} }}", {name: choices[name][1] for name in chosen}, type_name


def _quoted(text: str) -> tuple[str, object]:
    return f'"{text}"', text
