"""Which formula follows from which: circles, and the order in which formulas are computed."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import TypeVar

CHAIN_MAX = 10
"""So many formulas may stand one upon the other."""
Name = TypeVar("Name", bound=Hashable)


def circle(start: str, inputs: Mapping[str, Collection[str]]) -> Sequence[str] | None:
    """The shortest way from a measure over its inputs back to itself; None if there is none."""
    came_from: dict[str, str] = {}
    waiting = [start]
    for code in waiting:
        for one in sorted(inputs.get(code, ())):
            if one == start:
                return _way(start, code, came_from)
            if one not in came_from:
                came_from[one] = code
                waiting.append(one)
    return None


def _way(start: str, last: str, came_from: Mapping[str, str]) -> Sequence[str]:
    way = [start]
    while last != start:
        way.append(last)
        last = came_from[last]
    return [start, *reversed(way)]


def chain(start: str, inputs: Mapping[str, Collection[str]]) -> int:
    """How many formulas stand one upon the other under a measure, itself included; `inputs` has no circle."""
    lengths: dict[str, int] = {}
    for code in in_order(inputs):
        below = [lengths.get(one, 0) for one in inputs.get(code, ())]
        lengths[code] = max(below, default=0) + (1 if inputs.get(code) else 0)
    return lengths.get(start, 0)


def in_order(inputs: Mapping[Name, Collection[Name]]) -> Sequence[Name]:
    """All that is named, each after its inputs; ValueError for a circle."""
    return list(TopologicalSorter(inputs).static_order())
