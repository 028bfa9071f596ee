"""For which parents an objective counts, and with which part of its weight for each.

An objective names one parent; alignments lead to others, or say more of the edge to the one it names. The parts are in
the proportion of the edges' weights and add up to the whole: below a common parent of its parents, it counts once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from typing import Generic, TypeVar
from uuid import UUID

from domain.objectives.progress import FINEST

USUAL = 100
"""The relative weight of an edge of which nothing is said."""
ONE = Fraction(1)
Id = TypeVar("Id", UUID, str)
"""Ids as the database gives them, or as JSON writes them: both are in the same order."""
_DOWN = Context(prec=80, rounding=ROUND_DOWN)


@dataclass(frozen=True, slots=True)
class Edge(Generic[Id]):
    """What an agreed alignment says of the edge to a parent; `weight` is relative to `USUAL`."""

    parent_id: Id
    is_counted: bool = True
    weight: int = USUAL


def relative(parent_id: Id | None, edges: Iterable[Edge[Id]]) -> Mapping[Id, int]:
    """The relative weights of the edges that count, by parent, in the order of their ids.

    Of several alignments to the same parent the heaviest that counts holds; of the parent that the objective names
    itself, what alignments to it say.
    """
    found: dict[Id, int] = {} if parent_id is None else {parent_id: USUAL}
    said: dict[Id, int] = {}
    for edge in edges:
        said[edge.parent_id] = max(said.get(edge.parent_id, 0), edge.weight if edge.is_counted else 0)
    found |= said
    return {parent: found[parent] for parent in sorted(found) if found[parent]}


def shares(parent_id: Id | None, edges: Collection[Edge[Id]]) -> Mapping[Id, Fraction]:
    """The parts of one that add up to one, by parent; empty where no edge counts."""
    if not edges:
        return {} if parent_id is None else {parent_id: ONE}
    found = relative(parent_id, edges)
    total = sum(found.values())
    return {parent: Fraction(weight, total) for parent, weight in found.items()}


def weights(weight: Decimal, parent_id: UUID | None, edges: Collection[Edge[UUID]]) -> Mapping[UUID, Decimal]:
    """The parts of a weight, by parent: cut at twenty decimals, and the first takes what the cuts leave over.

    In SQL once more: `service_roll_up_proof`.
    """
    if not edges:
        return {} if parent_id is None else {parent_id: weight}
    found = relative(parent_id, edges)
    total = sum(found.values())
    parts = {
        parent: _DOWN.divide(_DOWN.multiply(weight, Decimal(one)), Decimal(total)).quantize(FINEST, context=_DOWN)
        for parent, one in found.items()
    }
    if parts:
        first = next(iter(parts))
        parts[first] += weight - sum(parts.values(), Decimal(0))
    return parts
