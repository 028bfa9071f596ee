"""Circles among things of which one leads to another: whoever refuses one names its path."""

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def find(edges: Iterable[tuple[Thing, Thing]]) -> tuple[Thing, ...]:
    """The path of a circle, which begins and ends with the same thing; empty where there is none.

    Of several circles, that which is met first from the first edge on: the same edges give the same answer.
    """
    ways: dict[Thing, list[Thing]] = {}
    for source, target in edges:
        ways.setdefault(source, []).append(target)
    done: set[Thing] = set()
    for begin in ways:
        if begin not in done and (found := _walk(begin, ways, done)):
            return found
    return ()


def _walk(begin: Thing, ways: dict[Thing, list[Thing]], done: set[Thing]) -> tuple[Thing, ...]:
    """Depth first, without recursion: a chain may be longer than Python's stack."""
    path: dict[Thing, Iterator[Thing]] = {begin: iter(ways[begin])}
    while path:
        last = next(reversed(path))
        target = next(path[last], None)
        if target is None:
            done.add(last)
            del path[last]
        elif target in path:
            steps = list(path)
            return (*steps[steps.index(target) :], target)
        elif target not in done:
            path[target] = iter(ways.get(target, ()))
    return ()
