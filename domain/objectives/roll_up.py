"""How far an objective is with all that serves it, in percent, exact; and what a change carries up to its parent.

S = (100·own + Σ w·s) / (100 + Σ w), the weighted mean S = Σ w·s / Σ w of the domain's paper, section 2.1.1, over the
objective's own progress, which weighs 100, and the scores s of its children with their weights w. Missing is not zero:
without own progress its 100 is left out above and below, and so is a child without a score. A child counts once it is
promised: a draft, a request and what was cancelled carry nothing up. Rounded half up at the finest of `progress` on
each level, so that every way to a score comes to the same digits.

A child may count for several parents: with a share of its weight for each (`sharing`), so that below a parent of both
it counts once. Where weights come from is not decided here: a child is counted with the weight that it is given.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from uuid import UUID

from domain.objectives import sharing
from domain.objectives.progress import FINEST
from domain.objectives.sharing import Edge
from domain.objectives.terms import ObjectiveState

OWN_WEIGHT = Decimal(100)
COUNTED = frozenset({ObjectiveState.ACTIVE, ObjectiveState.ACHIEVED, ObjectiveState.MISSED})
"""States in which an objective counts for its parent: promised, whether its cycle runs or is over."""
LEVELS_MAX = 64
"""How far up a change is followed: twice as far as objectives may serve one another, in case they came to stand in a
circle all the same."""
_EXACT = Context(prec=120, rounding=ROUND_HALF_UP)
"""Holds the sums of millions of children that are each below 10**42 with twenty decimals."""
# Of the context itself: to enter one takes longer than to add.
_add, _subtract, _multiply = _EXACT.add, _EXACT.subtract, _EXACT.multiply


@dataclass(frozen=True, slots=True)
class Share:
    """What children carry up: the sum of weight times score, and the sum of weights."""

    numerator: Decimal = Decimal(0)
    denominator: Decimal = Decimal(0)

    def plus(self, other: "Share") -> "Share":
        """Both together."""
        return Share(_add(self.numerator, other.numerator), _add(self.denominator, other.denominator))

    def minus(self, other: "Share") -> "Share":
        """What is left without the other."""
        return Share(_subtract(self.numerator, other.numerator), _subtract(self.denominator, other.denominator))


NOTHING = Share()


@dataclass(frozen=True, slots=True)
class Counted:
    """Under which parent, with which weight and score an objective counts."""

    parent_id: UUID
    weight: Decimal
    score: Decimal

    @property
    def share(self) -> Share:
        """What it adds to its parent."""
        return Share(_multiply(self.weight, self.score), self.weight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """An objective as it is now."""

    objective_id: UUID
    parent_id: UUID | None
    weight: Decimal
    state: str
    own: Decimal | None
    edges: tuple[Edge[UUID], ...] = ()
    """What agreed alignments say of its edges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was last found of an objective; of one never looked at, nothing."""

    own: Decimal | None = None
    carried: Share = NOTHING
    score: Decimal | None = None
    counted: tuple[Counted, ...] = ()
    """In the order of the ids of the parents."""


@dataclass(frozen=True, slots=True)
class Level:
    """What looking at some objectives comes to: what is new of them, and what changes for parents."""

    found: Mapping[UUID, Kept]
    carried: Mapping[UUID, Share]


def score(own: Decimal | None, carried: Share) -> Decimal | None:
    """Percent, or None when nothing is known or what is known weighs nothing."""
    numerator, denominator = carried.numerator, carried.denominator
    if own is not None:
        numerator = _add(numerator, _multiply(OWN_WEIGHT, own))
        denominator = _add(denominator, OWN_WEIGHT)
    return _EXACT.divide(numerator, denominator).quantize(FINEST, context=_EXACT) if denominator else None


def counted(now: Now, reached: Decimal | None) -> tuple[Counted, ...]:
    """How an objective with this score counts, once for each of its parents; empty if it does not."""
    if reached is None or now.state not in COUNTED:
        return ()
    weights = sharing.weights(now.weight, now.parent_id, now.edges)
    return tuple(Counted(parent_id, weight, reached) for parent_id, weight in weights.items())


def look(objectives: Iterable[tuple[Now, Kept]]) -> Level:
    """Compare what objectives are with what was kept of them.

    A difference of states, not of events: looking twice, late, or for no reason changes nothing.
    """
    found: dict[UUID, Kept] = {}
    carried: dict[UUID, Share] = {}
    for now, kept in objectives:
        reached = score(now.own, kept.carried)
        fresh = Kept(own=now.own, carried=kept.carried, score=reached, counted=counted(now, reached))
        if fresh == kept:
            continue
        found[now.objective_id] = fresh
        for one in kept.counted:
            carried[one.parent_id] = carried.get(one.parent_id, NOTHING).minus(one.share)
        for one in fresh.counted:
            carried[one.parent_id] = carried.get(one.parent_id, NOTHING).plus(one.share)
    return Level(found, {parent: share for parent, share in carried.items() if share != NOTHING})
