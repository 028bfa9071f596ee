"""A cascade as it is read: everything below an objective in one statement, and what rules make of it.

What the reader may not see counts in every number and is not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import cast

from domain.kernel.views import Column as Field
from domain.kernel.views import Computed, Filter, Json, Kind, One, Roots, View
from domain.objectives.cascading import picture
from domain.objectives.cascading.picture import Below, Cut
from domain.objectives.cascading.views import LED
from domain.objectives.cascading.views_shares import edge, text
from domain.objectives.views import FACTS, VISIBLE

DEPTH_MAX = 7
DEPTH_USUAL = 3
NODES_MAX = 500
"""How many objectives and edges are shown."""
COUNTED_MAX = 2000
"""How many objectives are looked at; the nearest first."""
_LIVE = "('PROPOSED_DOWN', 'PROPOSED_UP', 'COUNTER_PROPOSED', 'ACCEPTED')"
# Each is looked up by itself (`offset 0`): PostgreSQL expects a thousand below, and would read all objectives for them.
_NODES = (
    "(select json_agg(json_build_array(o.id, lower.depth, o.parent_id, o.state, o.approved_at is not null, "
    "case when lower.depth <= {row}.depth and " + VISIBLE.replace("{row}", "o") + " then "
    "json_build_array(o.title, 'per_' || o.owner_id, p.name, p.name_zh, trim_scale(round(o.progress, 2))::text, "
    "trim_scale(round(u.score, 2))::text) end) order by lower.depth, o.id) "
    "from lower cross join lateral "
    "(select * from objective l where l.tenant_id = {tenant} and l.id = lower.id offset 0) o "
    "join person p on p.tenant_id = {tenant} and p.id = o.owner_id "
    "left join roll_up u on u.tenant_id = {tenant} and u.objective_id = o.id)"
)
_DOWN = (
    "(select json_agg(json_build_array(a.id, a.parent_id, a.child_id, a.method, a.state, a.amount::text, "
    "a.parent_key_result_id, k.target::text, k.weight, a.child_key_result_id, c.target::text, "
    "a.child_id is null and (a.receiver_id = {me} or exists (select from objective o where o.tenant_id = {tenant} "
    "and o.id = a.parent_id and (" + LED.replace("{row}", "o") + ")))) order by a.proposed_at, a.id) "
    "from lower join alignment a on a.tenant_id = {tenant} and a.parent_id = lower.id and a.state in " + _LIVE + " "
    "left join key_result k on k.tenant_id = {tenant} and k.id = a.parent_key_result_id "
    "left join key_result c on c.tenant_id = {tenant} and c.id = a.child_key_result_id)"
)
_UP = (
    "(select json_agg(json_build_array(a.child_id, a.parent_id, a.counted, a.weight)) "
    "from lower join alignment a on a.tenant_id = {tenant} and a.child_id = lower.id and a.state = 'ACCEPTED' "
    "and a.parent_id is not null)"
)
GRAPH = Computed(
    inputs=(
        "(with lower as materialized (select * from "
        f"objectives_below({{tenant}}, {{row}}.id, {DEPTH_MAX}, {COUNTED_MAX})) "
        f"select json_build_array({{row}}.id, {{row}}.depth, {_NODES}, {_DOWN}, {_UP}))"
    ),
    compute=lambda rows: [_graph(*cast("tuple[str, int, Json, Json, Json]", row)) for row in rows],
    list_sizes={("CascadeGraph", "nodes"): NODES_MAX, ("CascadeGraph", "edges"): NODES_MAX},
)

CASCADE = View(
    name="Cascade",
    prefix="csc",
    source=f"(select o.*, d.depth from objective o cross join generate_series(1, {DEPTH_MAX}) d (depth))",
    visible=VISIBLE,
    facts=FACTS,
    fields={
        "depth": Field("{row}.depth", Kind.INTEGER),
        "root": One("Objective", on="{child}.id = {row}.id"),
        "graph": GRAPH,
    },
)

VIEWS = (CASCADE,)
ROOTS: Roots = {
    "cascade": One(
        "Cascade",
        on="true",
        filters={
            "root": Filter("{child}.id = {value}", "uuid", prefix="obj"),
            "depth": Filter(
                f"{{child}}.depth = greatest(1, least({DEPTH_MAX}, {{value}}))",
                "integer",
                otherwise=f"{{child}}.depth = {DEPTH_USUAL}",
            ),
        },
    ),
}

_Shown = tuple[str, str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class _Node:
    """A node with what is shown of it; None for one that is not."""

    below: Below
    state: str
    shown: _Shown | None


def _graph(root: str, depth: int, nodes: Json, down: Json, up: Json) -> Mapping[str, Json]:
    """The nodes with their numbers and the edges, as the schema names them."""
    found = _nodes(nodes, up)
    lines = cast("Sequence[_Line]", down or [])
    parts = picture.edges_of([one.below for one in found.values()])
    shares = picture.shares(root, parts)
    covered = picture.covered([cut for line in lines if (cut := _cut(line)) is not None])
    shown = [one for one in found.values() if one.shown is not None][:NODES_MAX]
    edges = _edges({one.below.id: one for one in shown}, lines, parts, depth)
    return {
        "nodes": [_node(one, shares.get(one.below.id), covered.get(one.below.id)) for one in shown],
        "edges": edges[:NODES_MAX],
        "complete": len(found) < COUNTED_MAX and len(shown) < NODES_MAX and len(edges) <= NODES_MAX,
    }


_Line = tuple[
    str, str, str | None, str, str, str | None, str | None, str | None, int | None, str | None, str | None, bool
]


def _nodes(nodes: Json, up: Json) -> Mapping[str, _Node]:
    said: dict[str, list[picture.Edge[str]]] = {}
    for child, parent_id, is_counted, weight in cast("Sequence[tuple[str, str, bool, int | None]]", up or []):
        said.setdefault(child, []).append(edge(parent_id, is_counted, weight))
    found: dict[str, _Node] = {}
    rows = cast("Sequence[tuple[str, int, str | None, str, bool, _Shown | None]]", nodes or [])
    for row_id, depth, parent_id, state, is_promised, shown in rows:
        below = Below(row_id, depth, parent_id, tuple(said.get(row_id, ())), is_promised)
        found[below.id] = _Node(below, state, shown)
    return found


def _cut(line: _Line) -> Cut | None:
    _, parent, _, method, state, amount, key_result, target, weight, child, child_target, _ = line
    if method != "SPLIT" or key_result is None or target is None or weight is None or amount is None:
        return None
    is_taken = state == picture.AGREED and child is not None and child_target is not None
    return Cut(
        parent,
        key_result,
        Decimal(target),
        weight,
        Decimal(amount),
        child if is_taken else None,
        Decimal(child_target) if is_taken and child_target else None,
    )


def _node(one: _Node, share: Fraction | None, covered: picture.Covered | None) -> Mapping[str, Json]:
    assert one.shown is not None
    title, owner, name, name_zh, progress, score = one.shown
    return {
        "objective": f"obj_{one.below.id}",
        "depth": one.below.depth,
        "title": title,
        "state": one.state,
        "owner": owner,
        "ownerName": name,
        "ownerNameZh": name_zh,
        "progress": progress,
        "rolledUpProgress": score,
        "share": text(share or Fraction(0)),
        "assigned": None if covered is None else text(covered.assigned),
        "carried": None if covered is None else text(covered.carried),
    }


def _edges(
    shown: Mapping[str, _Node], lines: Sequence[_Line], parts: Mapping[tuple[str, str], Fraction], depth: int
) -> list[Mapping[str, Json]]:
    """Edges between what is shown: those that alignments say, and the parents that objectives name besides."""
    found: list[Mapping[str, Json]] = []
    said: set[tuple[str, str]] = set()
    for line in lines:
        parent, child = line[1], line[2]
        is_shown = parent in shown and (child in shown if child else line[-1] and shown[parent].below.depth < depth)
        if is_shown:
            part = parts.get((child, parent)) if child and line[4] == picture.AGREED else None
            found.append(_edge(line, parent, child, part))
        if child and line[4] == picture.AGREED:
            said.add((child, parent))
    for one in shown.values():
        pair = (one.below.id, one.below.parent_id)
        if one.below.parent_id in shown and pair not in said:
            named = cast("tuple[str, str]", pair)
            state = picture.AGREED if one.below.is_promised else "PROPOSED_UP"
            found.append(_edge(("", "", "", "WEIGHTED", state, None), named[1], named[0], parts.get(named)))
    return found


def _edge(line: Sequence[object], parent: str, child: str | None, part: Fraction | None) -> Mapping[str, Json]:
    alignment, _, _, method, state, amount, *_ = line
    return {
        "alignment": f"aln_{alignment}" if alignment else None,
        "parent": f"obj_{parent}",
        "child": None if child is None else f"obj_{child}",
        "method": method,
        "state": state,
        "amount": None if amount is None else _plain(str(amount)),
        "counted": bool(part),
        "share": text(part),
    }


def _plain(amount: str) -> str:
    return amount.rstrip("0").rstrip(".") if "." in amount else amount
