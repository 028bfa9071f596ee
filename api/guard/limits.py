"""How much one document may ask for, measured in time linear in its text.

Fragments are measured once each and combined by name, never walked again per spread: a rule
that walks spreads takes exponential time on fragments that double one another.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
)

from api.guard import deferring
from api.guard.refusal import too_complex

INTROSPECTION_FIELDS = frozenset({"__schema", "__type"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The largest document that is answered; every number is inclusive.

    PostgreSQL cuts identifiers at 63 bytes, and response keys become such.
    """

    tokens: int = 2000
    depth: int = 12
    introspection_depth: int = 20
    nesting: int = 100
    aliases: int = 30
    deferred: int = 10
    root_fields: int = 20
    duplicates: int = 20
    name_characters: int = 63
    directives: int = 50
    fragments: int = 60
    operations: int = 10
    fields: int = 5000
    cost: int = 1000


@dataclass(slots=True)
class Extent:
    """How far a definition reaches; `depth` counts fields, `nesting` every selection set."""

    depth: int = 0
    introspection_depth: int = 0
    nesting: int = 0
    fields: int = 0
    root_fields: int = 0
    aliases: int = 0
    deferred: int = 0
    introspects: bool = False
    spreads: list["Spread"] = field(default_factory=list["Spread"])

    def include(self, other: "Extent", spread: "Spread") -> None:
        """Adds what a fragment holds at the place of its spread."""
        level = spread.level
        self.nesting = max(self.nesting, level.nesting + other.nesting)
        self.fields += other.fields
        self.aliases += other.aliases
        self.deferred += other.deferred
        self.introspects |= other.introspects
        hidden = other.introspection_depth
        if level.is_introspection:
            hidden = max(other.depth, hidden)
        else:
            self.depth = max(self.depth, level.depth + other.depth)
        if hidden:
            self.introspection_depth = max(self.introspection_depth, level.depth + hidden)
        if level.depth == 0:
            self.root_fields += other.root_fields


@dataclass(frozen=True, slots=True)
class Level:
    """A place in a definition: below how many fields, in how many selection sets."""

    depth: int
    nesting: int
    is_introspection: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Where a definition names a fragment."""

    name: str
    level: Level


def measure(document: DocumentNode, limits: Limits) -> dict[str, Extent]:
    """The extent of each operation by name ("" without one).

    Raises Refusal with QUERY_TOO_COMPLEX for what no limit allows. Unknown and cyclic
    fragments count nothing here: validation refuses them.
    """
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    fragments = [d for d in document.definitions if isinstance(d, FragmentDefinitionNode)]
    require("operations", len(operations), limits.operations)
    require("fragments", len(fragments), limits.fragments)
    measuring = _Measuring(limits)
    own = {node.name.value: measuring.definition(node.selection_set) for node in fragments}
    combine(own)
    extents: dict[str, Extent] = {}
    for operation in operations:
        measuring.count_directives(operation)
        extent = measuring.definition(operation.selection_set)
        include_all(extent, own)
        check(extent, limits)
        extents[operation.name.value if operation.name else ""] = extent
    return extents


def require(what: str, number: int, limit: int) -> None:
    """Refuses a number above its limit, naming both."""
    if number > limit:
        raise too_complex(
            f"The document has too many {what}: at most {limit} are allowed.",
            limit=what,
            allowed=limit,
        )


def check(extent: Extent, limits: Limits) -> None:
    """Refuses an operation that reaches further than the limits."""
    require("levels", extent.depth, limits.depth)
    require("introspection levels", extent.introspection_depth, limits.introspection_depth)
    require("nested selections", extent.nesting, limits.nesting)
    require("aliases", extent.aliases, limits.aliases)
    require("deferred fragments", extent.deferred, limits.deferred)
    require("root fields", extent.root_fields, limits.root_fields)
    require("fields", extent.fields, limits.fields)


def combine(extents: dict[str, Extent]) -> None:
    """Completes the extent of every fragment by those it spreads, each after its own."""
    started: set[str] = set()
    for root in extents:
        path: list[tuple[str, Iterator[Spread]]] = []
        following: str | None = root
        while following is not None or path:
            if following is not None and following not in started:
                started.add(following)
                path.append((following, iter(extents[following].spreads)))
            following = next((s.name for s in path[-1][1] if s.name in extents), None) if path else None
            if following is None and path:
                include_all(extents[path.pop()[0]], extents)


def include_all(extent: Extent, fragments: Mapping[str, Extent]) -> None:
    """Adds every fragment that the extent spreads and that is known."""
    for spread in extent.spreads:
        other = fragments.get(spread.name)
        if other is not None and other is not extent:
            extent.include(other, spread)


class _Measuring:
    """Walks definitions one by one; holds the counts that go over the whole document."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._directives = 0

    def count_directives(
        self, node: FieldNode | FragmentSpreadNode | InlineFragmentNode | OperationDefinitionNode
    ) -> None:
        if node.directives:
            self._directives += len(node.directives)
            require("directives", self._directives, self._limits.directives)

    def definition(self, selection_set: SelectionSetNode) -> Extent:
        """What one definition holds without its fragments, by an explicit stack."""
        extent = Extent()
        stack = [(selection_set, Level(0, 1, False), Counter[str]())]
        while stack:
            node, level, names = stack.pop()
            extent.nesting = max(extent.nesting, level.nesting)
            for selection in node.selections:
                self.count_directives(selection)  # pyright: ignore[reportArgumentType] - the three kinds of selection
                self._count_name(selection_key(selection), names)
                extent.deferred += is_deferred(selection)
                if isinstance(selection, FragmentSpreadNode):
                    extent.spreads.append(Spread(selection.name.value, level))
                elif isinstance(selection, InlineFragmentNode):
                    inner = Level(level.depth, level.nesting + 1, level.is_introspection)
                    stack.append((selection.selection_set, inner, names))
                elif isinstance(selection, FieldNode):
                    inner = enter_field(extent, selection, level)
                    if selection.selection_set:
                        stack.append((selection.selection_set, inner, Counter[str]()))
        return extent

    def _count_name(self, key: str, names: Counter[str]) -> None:
        if key:
            names[key] += 1
            require("repetitions of one name", names[key], self._limits.duplicates)
            require("characters in a name", len(key), self._limits.name_characters)


def enter_field(extent: Extent, node: FieldNode, level: Level) -> Level:
    """Counts a field and returns the level of its selections."""
    is_introspection = level.is_introspection or node.name.value in INTROSPECTION_FIELDS
    depth = level.depth + 1
    extent.fields += 1
    extent.aliases += node.alias is not None
    extent.root_fields += level.depth == 0
    if is_introspection:
        extent.introspects = True
        extent.introspection_depth = max(extent.introspection_depth, depth)
    else:
        extent.depth = max(extent.depth, depth)
    return Level(depth, level.nesting + 1, is_introspection)


def is_deferred(selection: SelectionNode) -> bool:
    """Whether a selection has `@defer`, wherever that is allowed and whatever its condition."""
    return any(one.name.value == deferring.NAME for one in selection.directives or ())


def selection_key(selection: object) -> str:
    """What makes two selections of one set the same; inline fragments are never counted."""
    if isinstance(selection, FieldNode):
        return (selection.alias or selection.name).value
    if isinstance(selection, FragmentSpreadNode):
        return f"...{selection.name.value}"
    return ""
