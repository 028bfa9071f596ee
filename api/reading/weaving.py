"""Long lists that are woven of short ones: the newest of some persons' rows, whether these are ten or a thousand.

Where the persons are many among all, their rows are soon met by walking the list of everybody; where they are few, the
newest of each are found by an index. Which is shorter is not known before, so the statement walks for as long as the
other way would take, and then goes it. PostgreSQL would have to plan anew for each actor to choose, which takes longer
than either way, and chooses wrongly where rights are asked about.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from graphql import FieldNode, GraphQLField

from api.reading import arguments
from domain.kernel.views import Filter, Order, Page, Strands

if TYPE_CHECKING:
    from api.reading.compiling import Compiler

KEYS_MAX = 20_000
"""How many strands are looked into; who wants more of them walks until the page is full."""
WALKED_EACH = 30
"""How many rows are walked past for each strand: as long as it takes to begin one."""


class Place(Protocol):
    """Which part of the list: `paging.Window`."""

    @property
    def backward(self) -> bool: ...
    @property
    def keyset(self) -> str: ...


def weave(
    compiler: "Compiler",
    edge: Page,
    nodes: Sequence[FieldNode],
    definition: GraphQLField,
    *,
    child: str,
    order: Order,
    window: Place,
) -> "Weave | None":
    """How the page of a root is woven, if it is: of the first filter's strands that is given, else of its own."""
    path, strands = _chosen(compiler, edge, nodes, definition)
    if strands is None:
        return None
    view = compiler.view(edge.view)
    chosen, others = ({name: one for name, one in edge.filters.items() if (name == path) is so} for so in (True, False))
    visible = "true" if edge.implied else f"({view.visible.format_map(compiler.slots(None, row=child))})"
    columns = [sql.format_map({"child": child}) for sql, _ in order.columns]
    is_descending = order.descending != window.backward
    return Weave(
        child=child,
        everything=compiler.rows(view, edge.on, child, row="", as_of=None, implied=True),
        behind=f" and ({window.keyset})" if window.keyset else "",
        wanted=visible + compiler.filters(others, nodes, definition, child=child, as_of=None),
        column=f"{child}.{strands.column}",
        belongs="true" + compiler.filters(chosen, nodes, definition, child=child, as_of=None),
        few=_few(compiler, strands, nodes, definition, child=child, chosen=chosen),
        instant=columns[0],
        by="order by " + ", ".join(f"{column} {'desc' if is_descending else 'asc'}" for column in columns),
        is_descending=is_descending,
    )


def _chosen(
    compiler: "Compiler", edge: Page, nodes: Sequence[FieldNode], definition: GraphQLField
) -> tuple[str, Strands | None]:
    for path, one in edge.filters.items():
        if one.strands and arguments.reader(nodes, definition, path)(compiler.document.variables) is not None:
            return path, one.strands
    return "", edge.strands


def _few(
    compiler: "Compiler",
    strands: Strands,
    nodes: Sequence[FieldNode],
    definition: GraphQLField,
    *,
    child: str,
    chosen: Mapping[str, Filter],
) -> Callable[[int], str]:
    values = dict[str, str]()
    for path, one in chosen.items():
        read, convert = arguments.reader(nodes, definition, path), arguments.converter(one.type, one.prefix)
        values["value"] = compiler.argument((id(nodes[0]), path), one.type, read, convert)

    def few(most: int) -> str:
        if strands.of in compiler.seen_widely:
            return "null::uuid[]"
        keys = strands.keys.format_map(compiler.slots(None, **values))
        return compiler.few(f"{child}_strands_{most}", keys, most)

    return few


@dataclass(frozen=True, slots=True, kw_only=True)
class Weave:
    """A page that is woven; every text is over the alias `child`."""

    child: str
    everything: str
    """All rows of the tenant: source and condition."""
    behind: str
    """The condition of the cursor, with `and` in front; empty without one."""
    wanted: str
    """What is asked of a row besides: who sees it, other filters."""
    column: str
    """To which strand a row belongs."""
    belongs: str
    """Whether a row belongs to any strand that is wanted, however many there are."""
    few: Callable[[int], str]
    """The strands that are wanted, as uuid[]; null where there are more than so many."""
    instant: str
    """The first column of the order."""
    by: str
    is_descending: bool

    def page(self, size: str) -> str:
        """The rows of a page of this size, unordered."""
        keys = self.few(KEYS_MAX)
        return (
            f"with walked as materialized ({self._walked(keys, size)}), "
            f"newest as materialized ({self._newest(keys, size)}) "
            f"select * from walked where {_is_enough(size)} or {keys} is null union all ({self._woven(size)})"
        )

    def counted(self, limit: str) -> str:
        """As many rows without columns as there are, up to the limit."""
        keys = self.few(KEYS_MAX)
        strand = f"select from {self.everything} and {self.column} = f.key and {self.wanted} offset 0"
        # Asked row by row, as far as the limit: else PostgreSQL would first find all that the actor sees.
        each = f"cross join lateral (select where {self.belongs} and {self.wanted} offset 0) seen"
        everybody = f"select * from {self.everything} and {keys} is null {self.by}"
        return (
            f"(select from {_strands(keys)} cross join lateral ({strand}) {self.child} {limit}) union all "
            f"(select from ({everybody} offset 0) {self.child} {each} {limit})"
        )

    def _walked(self, keys: str, size: str) -> str:
        # A limit of null is none.
        steps = f"{WALKED_EACH} * cardinality({keys})"
        # Beside an alternative, `in` is a look into a hash table, and the rows stay in their order.
        belongs = f"{self.column} in (select unnest({keys})) or {keys} is null and {self.belongs}"
        everybody = f"select {self.child}.* from {self.everything}{self.behind} {self.by} limit {steps}"
        return (
            f"select {self.child}.* from ({everybody}) {self.child} "
            f"where ({belongs}) and {self.wanted} {self.by} limit {size}"
        )

    def _newest(self, keys: str, size: str) -> str:
        """The first rows of each strand, as many as together would fill the page, and of these the first."""
        strand = f"{self._strand()} limit {size} / greatest(1, cardinality({keys})) + 1"
        return (
            f"select f.key, {self.instant} as at from {_strands(keys)} cross join lateral ({strand}) {self.child} "
            f"where not {_is_enough(size)} {self.by} limit {size}"
        )

    def _woven(self, size: str) -> str:
        """What of those strands stands before the last of these rows: no other strand has a row on this page."""
        last, none, sign = ("min", "-infinity", ">=") if self.is_descending else ("max", "infinity", "<=")
        until = f"coalesce((select {last}(at) from newest having count(*) >= {size}), '{none}')"
        strand = f"{self._strand(f' and {self.instant} {sign} {until}')} limit {size}"
        return (
            f"select {self.child}.* from (select distinct key from newest) f "
            f"cross join lateral ({strand}) {self.child} {self.by} limit {size}"
        )

    def _strand(self, until: str = "") -> str:
        rows = f"{self.everything}{self.behind} and {self.column} = f.key"
        return f"select {self.child}.* from {rows}{until} and {self.wanted} {self.by}"


def _is_enough(size: str) -> str:
    return f"(select count(*) from walked) >= {size}"


def _strands(keys: str) -> str:
    return f"(select distinct unnest({keys})) f (key)"
