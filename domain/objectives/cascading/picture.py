"""What a cascade looks like from its root: which part of it each objective counts with, and how much is carried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.objectives import sharing
from domain.objectives.cascading import coverage
from domain.objectives.cascading.coverage import Node, Slice
from domain.objectives.sharing import Edge

AGREED = "ACCEPTED"


@dataclass(frozen=True, slots=True)
class Below:
    """An objective below the root: the parent that it names, what agreed alignments say of its edges, and whether it
    was promised."""

    id: str
    depth: int
    parent_id: str | None
    edges: tuple[Edge[str], ...]
    is_promised: bool


@dataclass(frozen=True, slots=True)
class Cut:
    """A slice: of which key result of which objective, with its target and weight there; and who took it."""

    parent_id: str
    key_result_id: str
    target: Decimal
    weight: int
    amount: Decimal
    child_key_result_id: str | None
    child_target: Decimal | None


@dataclass(frozen=True, slots=True)
class Covered:
    """The parts of an objective's thrown targets that are assigned and carried, by the weights of its key results."""

    assigned: Fraction
    carried: Fraction


def edges_of(below: Sequence[Below]) -> Mapping[tuple[str, str], Fraction]:
    """With which part of itself each objective counts for each of its parents: (child, parent) → part."""
    return {
        (one.id, parent): part for one in below for parent, part in sharing.shares(one.parent_id, one.edges).items()
    }


def shares(root: str, parts: Mapping[tuple[str, str], Fraction]) -> Mapping[str, Fraction]:
    """With which part each objective counts for the root, over all ways together: never more than once."""
    return coverage.counted_shares(root, [(child, parent, part) for (child, parent), part in parts.items()])


def covered(cuts: Sequence[Cut]) -> Mapping[str, Covered]:
    """What of each objective that threw a target down is assigned and carried."""
    slices: dict[str, list[Slice[str]]] = {}
    targets: dict[str, Decimal] = {}
    own: dict[str, dict[str, int]] = {}
    for one in cuts:
        slices.setdefault(one.key_result_id, []).append(Slice(one.amount, one.child_key_result_id))
        targets[one.key_result_id] = one.target
        own.setdefault(one.parent_id, {})[one.key_result_id] = one.weight
        if one.child_key_result_id is not None and one.child_target is not None:
            targets[one.child_key_result_id] = one.child_target
    taken = frozenset(one.child_key_result_id for one in cuts if one.child_key_result_id is not None)
    carried = coverage.carried(targets, slices, accepted=taken)
    assigned = {one: coverage.assigned(targets[one], some) for one, some in slices.items()}
    return {objective: Covered(_mean(weights, assigned), _mean(weights, carried)) for objective, weights in own.items()}


def _mean(weights: Mapping[str, int], parts: Mapping[str, Fraction]) -> Fraction:
    return sum((weight * parts[one] for one, weight in weights.items()), Fraction(0)) / sum(weights.values())


def level_losses(
    top: Node, targets: Mapping[Node, Decimal], slices: Mapping[Node, Sequence[Slice[Node]]]
) -> list[Fraction]:
    """What each level below a target loses, from the top: of those that were thrown further down."""
    losses: list[Fraction] = []
    level, seen = [top], {top}
    while level:
        thrown = [one for one in level if slices.get(one)]
        loss = coverage.level_loss([(targets[one], coverage.assigned(targets[one], slices[one])) for one in thrown])
        if loss is not None:
            losses.append(loss)
        below = [one.child for parent in thrown for one in slices[parent] if one.child is not None]
        level = [one for one in dict.fromkeys(below) if one not in seen and one in targets]
        seen |= set(level)
    return losses
