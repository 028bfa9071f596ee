"""How much of a target is thrown down and carried, and what is lost on the way: section 2.2.3 of the domain's paper.

assigned(p) = Σ T_c / T_p. carried(leaf) = 1 if an accountable person accepted it, else 0; carried(p) = min(1,
Σ T_c·carried_c / T_p). A level loses 1 - Σ T_p·min(1, assigned_p) / Σ T_p. All exact; rounded where they are shown.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Generic, TypeVar

from domain.objectives.sharing import ONE

Node = TypeVar("Node", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Slice(Generic[Node]):
    """A slice of a target: `child` is the key result by which its receiver accepted it, None before that."""

    amount: Decimal
    child: Node | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """Slices and reserve against the target: above zero too much is thrown down, below too little."""

    difference: Decimal

    @property
    def is_even(self) -> bool:
        """Whether nothing is lost and nothing added."""
        return not self.difference


def balance(target: Decimal, slices: Iterable[Decimal], reserve: Decimal) -> Balance:
    """What slices and reserve come to beside the target."""
    with localcontext(prec=80):
        return Balance(sum(slices, Decimal(0)) + reserve - target)


def assigned(target: Decimal, slices: Iterable[Slice[Node]]) -> Fraction:
    """The part of a target that was thrown down; may exceed one."""
    return sum((Fraction(one.amount) for one in slices), Fraction(0)) / Fraction(target)


def carried(
    targets: Mapping[Node, Decimal], slices: Mapping[Node, Sequence[Slice[Node]]], *, accepted: frozenset[Node]
) -> Mapping[Node, Fraction]:
    """The part of each target that accountable persons accepted, from 0 to 1; leaves are `accepted` or not.

    Slices never form a circle. Of a target that is split, what is not thrown down is not carried.
    """
    found: dict[Node, Fraction] = {}
    for top in targets:
        waiting = [top]
        while waiting:
            node = waiting[-1]
            below = [one.child for one in slices.get(node, ()) if one.child is not None and one.child in targets]
            missing = [one for one in below if one not in found]
            if missing:
                waiting += missing
                continue
            found[waiting.pop()] = _carried(node, targets, slices, found, accepted)
    return found


def _carried(
    node: Node,
    targets: Mapping[Node, Decimal],
    slices: Mapping[Node, Sequence[Slice[Node]]],
    found: Mapping[Node, Fraction],
    accepted: frozenset[Node],
) -> Fraction:
    own = slices.get(node, ())
    if not own:
        return ONE if node in accepted else Fraction(0)
    parts = (Fraction(one.amount) * found.get(one.child, Fraction(0)) for one in own if one.child is not None)
    return max(Fraction(0), min(ONE, sum(parts, Fraction(0)) / Fraction(targets[node])))


def level_loss(level: Iterable[tuple[Decimal, Fraction]]) -> Fraction | None:
    """What a level loses: of targets with how much of each is assigned; None where there is nothing to lose."""
    pairs = [(abs(Fraction(target)), part) for target, part in level]
    total = sum((target for target, _ in pairs), Fraction(0))
    return ONE - sum((target * min(ONE, part) for target, part in pairs), Fraction(0)) / total if total else None


def over_assignment(root: Decimal, leaves: Iterable[Decimal]) -> Fraction:
    """How many times the root's target is with the leaves together: (1 + b) to the number of levels."""
    return sum((Fraction(one) for one in leaves), Fraction(0)) / Fraction(root)


def counted_shares(top: Node, edges: Iterable[tuple[Node, Node, Fraction]]) -> Mapping[Node, Fraction]:
    """With which part each node counts below the top, over all ways together: (child, parent, part of the child).

    The parts of a child add up to one, so that no node counts more than once.
    """
    below: dict[Node, list[tuple[Node, Fraction]]] = {}
    waits: dict[Node, int] = {}
    known = list(edges)
    reached = _reached(top, known)
    for child, parent, part in known:
        if parent in reached and child != top:
            below.setdefault(parent, []).append((child, part))
            waits[child] = waits.get(child, 0) + 1
    found, ready = {top: ONE}, [top]
    while ready:
        parent = ready.pop()
        whole = found[parent]
        for child, part in below.get(parent, ()):
            # Nearly all parts are the whole, and fractions multiply slowly.
            carried = whole if part is ONE else part if whole is ONE else whole * part
            found[child] = found[child] + carried if child in found else carried
            waits[child] -= 1
            if not waits[child]:
                ready.append(child)
    return found


def _reached(top: Node, edges: Sequence[tuple[Node, Node, Fraction]]) -> set[Node]:
    below: dict[Node, list[Node]] = {}
    for child, parent, _ in edges:
        below.setdefault(parent, []).append(child)
    reached, waiting = {top}, [top]
    while waiting:
        for child in below.get(waiting.pop(), ()):
            if child not in reached:
                reached.add(child)
                waiting.append(child)
    return reached


def value_of(parts: Iterable[tuple[Decimal | None, Decimal, Decimal]]) -> Decimal | None:
    """What slices reached together: of (value, amount here, all amounts of this child); None without any data.

    A child that is a slice of several targets counts in each by its amount there.
    """
    known = [Fraction(value) * Fraction(here) / Fraction(whole) for value, here, whole in parts if value is not None]
    return rounded(sum(known, Fraction(0)), 20) if known else None


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Half up, away from zero."""
    with localcontext(prec=120, rounding=ROUND_HALF_UP):
        scaled = (Decimal(value.numerator).scaleb(decimals) / Decimal(value.denominator)).quantize(Decimal(1))
        return scaled.scaleb(-decimals) + 0


def percent(part: Fraction) -> Decimal:
    """As people are shown it: percent to two decimals."""
    return rounded(part * 100, 2)
