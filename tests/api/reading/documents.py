"""Makes valid documents from the schema: aliases, fragments, directives, variables, arguments, pages behind cursors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from string import ascii_lowercase

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    is_leaf_type,
)

from api.reading import catalogue
from tests.api.reading.examples import Examples
from tests.api.reading.giving import Giver

LEVELS_MAX = 5
FIELDS_MAX = 4
SIZES = (2, 3, 5, 8, 16)
PLANNED = frozenset({"node", "nodes", *catalogue.gather().roots})
"""The roots that views answer: what a resolver in Python computes is no matter of plans."""
LETTERS = (*ascii_lowercase, "t1", "t2", "t3", "_", "place", "units_at_work", "deciding_for")
NODE_TYPES = ("Objective", "Person", "Unit", "KeyResult", "Measure", "Employment", "StrategicObjective")
MASKED_TYPES = ("Approval", "CheckIn")
FAVOURED = frozenset(
    {"inheritors", "viewerCan", "nodes", "edges", "node", "title", "checkIns", "approval", "latestCheckIn"}
)
MASKED = frozenset({"note", "decisionNote", "changes", "confidence"})
ROOTS = ("node", "nodes", "objectives", "objective", "approvals", "people", "home", "checkIns", "board", "scorecards")


@dataclass(frozen=True, slots=True)
class Part:
    """A selection, and what a document around it must declare, hold and be asked with."""

    selection: str
    declared: str
    fragments: str
    variables: Mapping[str, object]


@dataclass(slots=True)
class Author:
    """Writes one document; the same seed writes the same document about the same world."""

    schema: GraphQLSchema
    ids: Mapping[str, str]
    cursors: Mapping[str, Sequence[str]]
    random: Random
    fragments: list[str] = field(default_factory=list[str])
    _giver: Giver = field(init=False)
    _left: int = 0
    _names: int = 0
    _letters: list[str] = field(default_factory=list[str])
    _shared: dict[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        self._giver = Giver(self.schema, Examples(self.ids, self.cursors, self.random), self.random)
        self._letters = self.random.sample(LETTERS, k=len(LETTERS))
        self._left = self.random.choice(SIZES)

    def write(self) -> tuple[str, dict[str, object]]:
        """A query and its variables."""
        query = self.schema.query_type
        assert query is not None
        names = [name for name in query.fields if name in PLANNED]
        number = self.random.choice((1, 1, 1, 1, 2, 3))
        chosen = [self.random.choice(ROOTS if self._chance(50) else names) for _ in range(number)]
        body = " ".join(self._fields(name, query, 1, is_apart=True) for name in chosen)
        declared = self._giver.declared
        head = f"query({' '.join(declared)})" if declared else "query"
        return f"{head} {{ {body} }} {' '.join(self.fragments)}", self._giver.variables

    def others(self) -> dict[str, object]:
        """Other variables for the document that was written, so that its plans are used again or must not be."""
        return self._giver.others

    def write_about(self, type_name: str) -> Part:
        """What may be asked of one thing of this type."""
        parent = self.schema.type_map[type_name]
        assert isinstance(parent, GraphQLObjectType)
        selection = self._selection(parent, 1)
        return Part(selection, " ".join(self._giver.declared), " ".join(self.fragments), self._giver.variables)

    def _name(self, stem: str) -> str:
        self._names += 1
        return f"{stem}{self._names}"

    def _alias(self) -> str:
        """A name of its own; often one that a careless statement would use for a table."""
        return self._letters.pop() if self._letters and self._chance(50) else self._name("a")

    def _chance(self, percent: int) -> bool:
        return self.random.random() * 100 < percent

    def _selection(self, parent: GraphQLObjectType, level: int, *, is_apart: bool = False) -> str:
        """Where it `is_apart`, each field has a name of its own: another type may mean something else by it."""
        names = [
            name
            for name, definition in parent.fields.items()
            if (level < LEVELS_MAX and self._left > 0) or is_leaf_type(self._giver.named(definition))
        ]
        if not names:
            return "{ __typename }"
        weights = [8 if name in MASKED else 4 if name in FAVOURED else 1 for name in names]
        chosen = self.random.choices(names, weights, k=self.random.randint(1, FIELDS_MAX))
        parts = [self._fields(name, parent, level + 1, is_apart=is_apart) for name in chosen]
        if self._chance(15):
            parts.append("__typename" if self._chance(50) else "kind_of: __typename")
        if not is_apart and parent.name in self._shared and self._chance(30):
            parts.append(f"...{self._shared[parent.name]}")
        return "{ " + " ".join(self._wrapped(part, parent, is_apart=is_apart) for part in parts) + " }"

    def _wrapped(self, part: str, parent: GraphQLObjectType, *, is_apart: bool) -> str:
        is_node = any(one.name == "Node" for one in parent.interfaces)
        match self.random.randrange(16):
            case 0:
                return f"... {{ {part} }}"
            case 1:
                return f"... on {parent.name} {self._giver.directive()} {{ {part} }}"
            case 2:
                name = self._fragment(parent.name, part)
                if not is_apart:
                    self._shared[parent.name] = name
                return f"...{name} {self._giver.directive()} ...{name}"
            case 3 if is_node:
                return f"... on Node {{ id ... on {parent.name} {{ {part} }} }}"
            case 4 if is_node:
                return f"...{self._fragment('Node', 'id __typename')} {part}"
            case _:
                return part

    def _fragment(self, type_name: str, body: str) -> str:
        name = self._name("Part")
        self.fragments.append(f"fragment {name} on {type_name} {{ {body} }}")
        return name

    def _fields(self, name: str, parent: GraphQLObjectType, level: int, *, is_apart: bool = False) -> str:
        """A field; sometimes again with other arguments, or again under the same name with another selection."""
        definition = parent.fields[name]
        if is_leaf_type(self._giver.named(definition)):
            self._left -= 1
            alias = f"{self._alias()}: " if is_apart or self._chance(25) else ""
            return f"{alias}{name} {self._some_directive()}"
        texts = [self._composite(name, parent, level)]
        if definition.args and self._chance(12):
            texts.append(self._composite(name, parent, level))
        return " ".join(texts)

    def _composite(self, name: str, parent: GraphQLObjectType, level: int) -> str:
        self._left -= 1
        definition = parent.fields[name]
        arguments = self._giver.arguments(name, definition, scope=f"{parent.name}.{name}")
        head = f"{self._alias()}: {name}{arguments}"
        text = f"{head} {self._some_directive()} {self._below(definition, level)}"
        if self._chance(8):
            text += f" {head} {self._some_directive()} {self._below(definition, level)}"
        return text

    def _some_directive(self) -> str:
        return self._giver.directive() if self._chance(8) else ""

    def _below(self, definition: GraphQLField, level: int) -> str:
        target: GraphQLNamedType = self._giver.named(definition)
        if isinstance(target, GraphQLObjectType):
            is_layer = target.name.endswith(("Connection", "Edge"))
            return self._selection(target, level - 1 if is_layer else level)
        assert isinstance(target, GraphQLInterfaceType)
        parts = ["id", "__typename"]
        for name in (self.random.choice(MASKED_TYPES), *self.random.sample(NODE_TYPES, k=2)):
            concrete = self.schema.type_map[name]
            assert isinstance(concrete, GraphQLObjectType)
            parts.append(self._on(concrete, level))
        return "{ " + " ".join(parts) + " }"

    def _on(self, concrete: GraphQLObjectType, level: int) -> str:
        selection = self._selection(concrete, level, is_apart=True)
        if self._chance(30):
            return f"...{self._fragment(concrete.name, selection[1:-1])}"
        return f"... on {concrete.name} {selection}"
