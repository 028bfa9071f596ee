"""Whether two lists put the same things first: average overlap, section 2.2.10 of the domain's paper.

At each depth the share that both lists have in common so far; the mean over all depths. 1 for the same order, 0 for
lists that share nothing; what stands first counts at every depth and so the most.
"""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def average_overlap(left: Sequence[Key], right: Sequence[Key]) -> Fraction | None:
    """The mean down to the end of the longer list; None for two lists of nothing. No list names a thing twice."""
    depths = max(len(left), len(right))
    if not depths:
        return None
    seen_left, seen_right = set[Key](), set[Key]()
    total = Fraction(0)
    for depth in range(depths):
        seen_left |= set(left[depth : depth + 1])
        seen_right |= set(right[depth : depth + 1])
        total += Fraction(len(seen_left & seen_right), depth + 1)
    return total / depths


def by_weight(weights: Mapping[Key, Fraction]) -> list[Key]:
    """What weighs something, the heaviest first; of the equally heavy, what is named first."""
    return [key for key, weight in sorted(weights.items(), key=lambda one: -one[1]) if weight]
