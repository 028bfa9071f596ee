"""The line of sight: the shortest way over agreed edges from an objective up to a strategic objective."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Up:
    """An agreed edge, so many steps above where one looks from; to an objective or to a strategic one."""

    child_id: UUID
    parent_id: UUID | None
    strategic_id: UUID | None
    level: int


@dataclass(frozen=True, slots=True)
class Sight:
    """The objectives on the way, from the leaf; and what they reach, if they reach anything."""

    steps: tuple[UUID, ...]
    strategic_id: UUID | None


def line(leaf: UUID, edges: Sequence[Up]) -> Sight:
    """The nearest strategic objective, of equally near ones the first by id; without one, the way to the top."""
    ends = sorted((one.level, one.strategic_id, one.child_id) for one in edges if one.strategic_id is not None)
    if ends:
        _, strategic_id, last = ends[0]
        return Sight(_way(leaf, last, edges), strategic_id)
    tops = sorted((-one.level, one.parent_id) for one in edges if one.parent_id is not None)
    return Sight(_way(leaf, tops[0][1], edges) if tops else (leaf,), None)


def _way(leaf: UUID, last: UUID, edges: Sequence[Up]) -> tuple[UUID, ...]:
    """Down from the last to the leaf by the edge that came first, which is the shortest."""
    first: dict[UUID, Up] = {}
    for one in sorted(edges, key=lambda edge: (edge.level, edge.child_id)):
        if one.parent_id is not None:
            first.setdefault(one.parent_id, one)
    steps = [last]
    while steps[-1] != leaf:
        steps.append(first[steps[-1]].child_id)
    return tuple(reversed(steps))
