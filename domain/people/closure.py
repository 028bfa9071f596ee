"""Ways upwards: the chain between two members, and a cycle among dated edges."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

Member = TypeVar("Member", str, UUID)


class Edge(NamedTuple):
    """`lower` stands under `upper` from `valid_from` up to but without `valid_to`."""

    lower: UUID
    upper: UUID
    valid_from: date
    valid_to: date

    def holds(self, on: date) -> bool:
        """Whether the date lies in the period."""
        return self.valid_from <= on < self.valid_to


def chain(uppers: Mapping[Member, Sequence[Member]], start: Member, goal: Member) -> list[Member]:
    """A shortest way upwards from `start` to `goal`, both included; empty when there is none."""
    came_from: dict[Member, Member] = {}
    waiting = deque([start])
    while waiting:
        member = waiting.popleft()
        if member == goal:
            return _walked(came_from, start, goal)
        for upper in uppers.get(member, ()):
            if upper not in came_from and upper != start:
                came_from[upper] = member
                waiting.append(upper)
    return []


def _walked(came_from: Mapping[Member, Member], start: Member, goal: Member) -> list[Member]:
    way = [goal]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def cycle(uppers: Mapping[Member, Sequence[Member]]) -> list[Member]:
    """The members of one cycle, the first again at the end; empty when there is none."""
    left = _in_cycles_or_between(uppers)
    for member in sorted(left):
        for upper in uppers[member]:
            way = chain(uppers, upper, member)
            if way:
                return [member, *way]
    return []


def _in_cycles_or_between(uppers: Mapping[Member, Sequence[Member]]) -> set[Member]:
    """Members that remain when those without anybody above are taken away again and again."""
    lowers: dict[Member, list[Member]] = {}
    open_uppers = {member: len(above) for member, above in uppers.items()}
    for member, above in uppers.items():
        for upper in above:
            lowers.setdefault(upper, []).append(member)
    free = [member for member in lowers if not open_uppers.get(member)]
    while free:
        for lower in lowers.get(free.pop(), ()):
            open_uppers[lower] -= 1
            if not open_uppers[lower]:
                free.append(lower)
    return {member for member, count in open_uppers.items() if count}


def cycle_in_time(edges: Iterable[Edge]) -> tuple[date, list[UUID]] | None:
    """The first date on which the edges form a cycle, and its members; None when they never do."""
    suspects = _suspects(edges)
    for on in sorted({edge.valid_from for edge in suspects}):
        found = cycle(_uppers(edge for edge in suspects if edge.holds(on)))
        if found:
            return on, found
    return None


def _suspects(edges: Iterable[Edge]) -> list[Edge]:
    """The edges that could lie on a cycle if all of them held at once: mostly none, so that few dates are looked at."""
    known: list[Edge] = list(edges)
    while True:
        left = _in_cycles_or_between(_uppers(known))
        remaining = [edge for edge in known if edge.lower in left and edge.upper in left]
        if len(remaining) == len(known):
            return known
        known = remaining


def _uppers(edges: Iterable[Edge]) -> dict[UUID, list[UUID]]:
    above: dict[UUID, list[UUID]] = {}
    for edge in edges:
        above.setdefault(edge.lower, []).append(edge.upper)
    return above
