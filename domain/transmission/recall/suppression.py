"""Which units' figures may be told, so that nobody's answer follows, neither at once nor by subtraction.

The figure of a unit is that of the unit with all units below it. Whoever subtracts from it what is told of units below
learns the figure of the rest: the *remainder*. Since units are a tree, whatever can be computed from what is told is a
sum of remainders. So it is enough that each remainder holds nobody, or at least `COUNT_MIN` persons: where it holds
fewer, the smallest unit that is told just below is withheld as well (complementary suppression), until it does not.
"""

import heapq
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

COUNT_MIN = 5
"""domain.md 2.4.5: what fewer persons said is not told."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Those who answered in a unit itself, without the units below it."""

    unit_id: UUID
    parent_id: UUID | None
    """The unit above; one that is no cell counts as none."""
    count: int


@dataclass(slots=True)
class _Node:
    total: int
    """With all units below."""
    rest: int
    """What is left of it once all that is told below is subtracted."""
    told: list[tuple[int, UUID]]
    """The nearest units below that are told, the smallest first."""


def told(cells: Iterable[Cell], *, count_min: int = COUNT_MIN) -> frozenset[UUID]:
    """The units whose figures may be told, for all readers the same.

    All cells of a question must be given, also those that the reader does not see: what is withheld depends on them.
    """
    by_unit = {cell.unit_id: cell for cell in cells}
    below: dict[UUID | None, list[UUID]] = {}
    for cell in by_unit.values():
        below.setdefault(cell.parent_id if cell.parent_id in by_unit else None, []).append(cell.unit_id)
    nodes: dict[UUID, _Node] = {}
    found: set[UUID] = set()
    for unit_id in _upwards(below):
        nodes[unit_id] = node = _gather(by_unit[unit_id].count, below.get(unit_id, ()), nodes, found)
        if node.total >= count_min:
            _complete(node, nodes, found, count_min)
            found.add(unit_id)
    return frozenset(found)


def _upwards(below: Mapping[UUID | None, list[UUID]]) -> list[UUID]:
    """All units, each behind those below it."""
    order: list[UUID] = []
    waiting = list(below.get(None, ()))
    while waiting:
        unit_id = waiting.pop()
        order.append(unit_id)
        waiting += below.get(unit_id, ())
    return order[::-1]


def _gather(own: int, children: Collection[UUID], nodes: Mapping[UUID, _Node], found: Collection[UUID]) -> _Node:
    """A unit from its children, each done: who is not told is a part of the rest, with what is told below it."""
    node = _Node(total=own, rest=own, told=[])
    for child_id in children:
        child = nodes[child_id]
        node.total += child.total
        if child_id in found:
            node.told.append((child.total, child_id))
        else:
            node.rest += child.rest
            node.told += child.told
    heapq.heapify(node.told)
    return node


def _complete(node: _Node, nodes: Mapping[UUID, _Node], found: set[UUID], count_min: int) -> None:
    """Withhold the smallest below until the rest holds nobody or enough. All of it is enough, so this ends."""
    while 0 < node.rest < count_min:
        _, unit_id = heapq.heappop(node.told)
        found.discard(unit_id)
        node.rest += nodes[unit_id].rest
        for one in nodes[unit_id].told:
            heapq.heappush(node.told, one)
