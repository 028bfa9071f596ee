"""What each item weighs in the whole card, when some of them do not count."""

from collections.abc import Sequence
from decimal import Decimal
from math import lcm

from domain.scorecards.scoring.arithmetic import ZERO, finest
from domain.scorecards.scoring.terms import Card


def in_card(card: Card, counts: Sequence[bool]) -> list[int]:
    """Whole weights of one scale for all items: weight of the perspective times share in it; 0 for what does not count.

    What does not count leaves its weight to the others of its perspective; a perspective without any, to the others.
    """
    within = {one.key: 0 for one in card.perspectives}
    for item, is_in in zip(card.items, counts, strict=True):
        within[item.perspective] += item.weight if is_in else 0
    scale = lcm(*(total for total in within.values() if total))
    outer = {one.key: one.weight for one in card.perspectives}
    return [
        outer[item.perspective] * item.weight * scale // within[item.perspective]
        if is_in and within[item.perspective]
        else 0
        for item, is_in in zip(card.items, counts, strict=True)
    ]


def covered(applicable: Sequence[int], scored: Sequence[bool]) -> Decimal:
    """The share of the applicable weight that has a score, from 0 to 1; 0 where nothing weighs anything."""
    total = sum(applicable)
    if not total:
        return ZERO
    return finest(Decimal(_sum_of(applicable, scored)) / total)


def is_covered(applicable: Sequence[int], scored: Sequence[bool], minimum: Decimal) -> bool:
    """Whether that share is the minimum or more, exactly: 7 of 10 are 0.7."""
    return sum(applicable) > 0 and _sum_of(applicable, scored) >= minimum * sum(applicable)


def _sum_of(applicable: Sequence[int], scored: Sequence[bool]) -> int:
    return sum(weight for weight, is_in in zip(applicable, scored, strict=True) if is_in)
