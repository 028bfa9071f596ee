"""Which indexes reading needs, derived from the views: what edges compare and order by, what texts look up."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from api.reading.catalogue import Catalogue
from domain.kernel.views import Column, Computed, Many, One, Page, View

Edge = One | Many | Page
PARTS: Mapping[str, Mapping[str, str]] = {
    "Unit": {"id": "unit", "code": "unit", "kind": "unit", "parent_id": "unit_term"},
    "Mode": {"id": "unit", "code": "unit"},
    "ModeFit": {"id": "unit"},
    "FieldChange": {"id": "approval", "at": "approval"},
    "FeedbackReaction": {"id": "feedback_reaction.message_id", "kind": "feedback_reaction"},
    "Cascade": {"id": "objective", "depth": "objective"},
    "InheritedIntent": {"objective_id": "objective.id", "strategic_objective_id": "strategic_objective.id"},
    "IntentFidelity": {"id": "unit"},
    "MapPerspective": {"strategy_id": "strategy.id", "position": "perspective", "perspective_id": "perspective"},
    "Standing": {"season_id": "standing", "person_id": "standing"},
}
"""Views whose rows are put together from tables: in which table each column is, with its name there if it differs."""
_OF_CHILD = re.compile(r"\{child\}\.(\w+)")
_COMPARED = re.compile(r"^\{child\}\.(\w+) (?:=|in) ")
_INNERMOST = re.compile(r"\(([^()]*)\)")
_TABLE = re.compile(r"\b(?:from|join) (\w+) (\w+)\b")
_MANY = re.compile(r"\{child\}\.\w+ (?:= any\(|in )")
_WORD = re.compile(r"\w+")
_SQL = {"is", "not", "null", "and", "text"}


@dataclass(frozen=True, slots=True)
class Need:
    """Rows of a table of a tenant that are found by equal columns, and read in an order."""

    by: str
    """What needs them: an edge, an edge's filter, or a text of a view."""
    table: str
    equal: frozenset[str]
    order: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Index:
    """An index of the migrated database, without the tenant in front; `where` is empty for one of all rows."""

    name: str
    table: str
    columns: tuple[str, ...]
    where: str
    is_unique: bool

    def serves(self, need: Need) -> tuple[int, int]:
        """By how many columns it finds the rows, and by how many of the order's it reads them; 0 where it does not."""
        words = set(_WORD.findall(self.where.lower())) - _SQL
        if need.table != self.table or not words <= set(_WORD.findall(need.text.lower())):
            return 0, 0
        equal = need.equal - words
        found = next((at for at, column in enumerate(self.columns) if column not in equal), len(self.columns))
        if found < len(equal):
            return found, 0
        left = self.columns[found:]
        if not left and self.is_unique:
            return len(need.equal), len(need.order)
        pairs = enumerate(zip(left, need.order, strict=False))
        return len(need.equal), next(
            (at for at, (has, wants) in pairs if has != wants), min(len(left), len(need.order))
        )


def of_edges(catalogue: Catalogue) -> Iterator[Need]:
    """What the edges compare and order by. Rows that have one of several values are sorted, whatever the index."""
    for name, edge in edges(catalogue):
        view = catalogue.views[edge.view]
        orders: dict[str, tuple[str, ...]] = {name: ()}
        if isinstance(edge, Many):
            orders = {name: columns(edge.order)}
        if isinstance(edge, Page):
            orders = {f"{name} {key}": columns(*(sql for sql, _ in one.columns)) for key, one in edge.orders.items()}
        for by, order in orders.items():
            for equal in alternatives(edge.on):
                if equal or order:
                    yield _need(by, view, equal, () if _MANY.search(edge.on) else order, edge.on)


def of_filters(catalogue: Catalogue) -> Iterator[Need]:
    """What edges compare when an argument narrows them."""
    for name, edge in edges(catalogue):
        if isinstance(edge, Many):
            continue
        for path, one in edge.filters.items():
            for equal in alternatives(f"{edge.on} and {one.sql}"):
                yield _need(f"{name}({path})", catalogue.views[edge.view], equal, (), one.sql)


def of_strands(catalogue: Catalogue) -> Iterator[Need]:
    """What the strands are found by, and the orders in which they are read."""
    for name, edge in edges(catalogue):
        if not isinstance(edge, Page):
            continue
        narrowed = {f"{name}({path})": one.strands for path, one in edge.filters.items()}
        for by, strands in ({name: edge.strands} | narrowed).items():
            if strands is None:
                continue
            for order in edge.orders.values():
                found = columns(*(sql for sql, _ in order.columns))
                yield _need(f"{by} in strands", catalogue.views[edge.view], frozenset({strands.column}), found, "")


def edges(catalogue: Catalogue) -> Iterator[tuple[str, Edge]]:
    """Every edge of every view, and the roots."""
    yield from ((f"Query.{name}", root) for name, root in catalogue.roots.items())
    for view in catalogue.views.values():
        for name, declared in view.fields.items():
            if isinstance(declared, One | Many | Page):
                yield f"{view.name}.{name}", declared


def columns(*texts: str) -> tuple[str, ...]:
    return tuple(column for text in texts for column in _OF_CHILD.findall(text))


def alternatives(condition: str) -> list[frozenset[str]]:
    """The sets of columns of `{child}` that a condition compares with something: one for each of its alternatives."""
    condition = condition.strip()
    if condition.startswith("(") and _end(condition) == len(condition) - 1:
        return alternatives(condition[1:-1])
    either = split(condition, " or ")
    if len(either) > 1:
        return [found for one in either for found in alternatives(one)]
    both = split(condition, " and ")
    if len(both) > 1:
        return [frozenset().union(*sets) for sets in product(*map(alternatives, both))]
    return [frozenset(_COMPARED.findall(condition))]


def split(text: str, word: str) -> list[str]:
    """The text at this word, but not inside parentheses."""
    parts, depth, begin = list[str](), 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and text.startswith(word, at):
            parts.append(text[begin:at])
            begin = at + len(word)
    return [*parts, text[begin:]]


def _end(text: str) -> int:
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at
    raise ValueError(text)


def _need(by: str, view: View, equal: frozenset[str], order: Sequence[str], text: str) -> Need:
    parts = PARTS.get(view.name, {})
    column = next(iter(sorted(equal) or order), "id")
    table = parts.get(column, view.source).partition(".")[0]
    equal = frozenset(parts.get(one, "").partition(".")[2] or one for one in equal)
    return Need(by, table, equal, tuple(order), text)


def of_texts(catalogue: Catalogue) -> Iterator[Need]:
    """What sub-selects look up in the texts of views: of rights, facts, reaches, computed columns, edges."""
    for by, text in texts(catalogue):
        for select in selects(text):
            for table, alias in _TABLE.findall(select):
                equal = set(re.findall(rf"(?<!\w){alias}\.(\w+) (?:=|in) ", select))
                equal |= set(re.findall(rf" = {alias}\.(\w+)", select))
                order = re.findall(rf"(?:order by|,) {alias}\.(\w+) desc", select)
                if order or equal - {"tenant_id"}:
                    yield Need(by, table, frozenset(equal - {"tenant_id"}), tuple(order), select)


def texts(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Every SQL text of the views with what it is for."""
    for name, fact in catalogue.facts.items():
        yield f"the fact {name}", fact.sql
    for name, edge in edges(catalogue):
        yield name, edge.on
        if isinstance(edge, Page):
            narrowed = [one.strands for one in edge.filters.values()]
            yield from ((f"the strands of {name}", one.keys) for one in (edge.strands, *narrowed) if one)
    for view in catalogue.views.values():
        yield f"who sees {view.name}", view.visible
        yield f"the source of {view.name}", view.source
        yield from ((f"the mask of {view.name}.{name}", mask) for name, mask in view.masks.items())
        if view.reach:
            yield f"the reach of {view.name}", view.reach.ids
        for name, declared in view.fields.items():
            if isinstance(declared, Column):
                yield f"{view.name}.{name}", declared.sql
            elif isinstance(declared, Computed):
                yield f"{view.name}.{name}", declared.inputs


def selects(text: str) -> Iterator[str]:
    """Each sub-select without those inside it."""
    while found := _INNERMOST.search(text):
        yield from found[1].split(" union all ")
        text = text[: found.start()] + "[]" + text[found.end() :]
    yield from text.split(" union all ")
