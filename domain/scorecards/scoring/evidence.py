"""Rules that look at more than one number: met or not, milestones, periods, peers.

The numbers of the rules are those of the domain's paper, section 2.1; MAINTAIN comes from goal tools.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.scorecards.scoring.arithmetic import HUNDRED, ONE, ZERO, refuse
from domain.scorecards.scoring.facts import MilestoneFact
from domain.scorecards.scoring.lines import Direction

PEERS_MIN = 8
"""With oneself; a place among fewer says nothing."""
_NOTHING_YET = MilestoneFact(key="")


class PeerScale(StrEnum):
    """How a place among peers becomes points."""

    PERCENTILE = "PERCENTILE"
    Z = "Z"


class Keeping(StrEnum):
    """What is to be kept in each period."""

    ABOVE = "ABOVE"
    BELOW = "BELOW"
    WITHIN = "WITHIN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Binary:
    """4: met is 100, else 0. A yes or no is 1 or 0 against the threshold 1; what is not due is no 0."""

    threshold: Decimal = ONE
    direction: Direction = Direction.LARGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A piece of work; `is_gate`: those after it do not count before it is done."""

    key: str
    weight: int
    due_on: date
    is_gate: bool = False

    def __post_init__(self) -> None:
        refuse(not 1 <= self.weight <= 1_000_000, "A weight is a whole number from 1 to 1,000,000.", "weight")


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """5: Σ w·done·q over those that are due or done, with q = max(0, 1 − `late_loss_per_day` · days late).

    `start_share` is what a milestone earns when it is begun: 0 for 0/100, 0.5 for 50/50. Done counts with evidence.
    """

    milestones: tuple[Milestone, ...]
    late_loss_per_day: Decimal = ZERO
    start_share: Decimal = ZERO

    def __post_init__(self) -> None:
        keys = [one.key for one in self.milestones]
        refuse(not 1 <= len(keys) <= 50, "There are 1 to 50 milestones.", "milestones")
        refuse(len(set(keys)) < len(keys), "Two milestones have the same key.", "milestones")
        refuse(not 0 <= self.late_loss_per_day <= 1, "A day costs 0 to 1 of a milestone.", "lateLossPerDay")
        refuse(not 0 <= self.start_share < 1, "A start earns 0 to less than 1.", "startShare")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peers:
    """13: the percentile (rank − 0.5)/n, where ties share a rank, or `centre` + `spread`·z with the spread of all n."""

    scale: PeerScale = PeerScale.PERCENTILE
    direction: Direction = Direction.LARGER
    centre: Decimal = Decimal(50)
    spread: Decimal = Decimal(10)

    def __post_init__(self) -> None:
        refuse(self.spread <= 0, "A spread is more than 0.", "spread")


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintain:
    """The share of periods in which the plan was kept, up to the newest one with a report; a gap was not kept.

    WITHIN allows the plan plus or minus |plan|·`tolerance`.
    """

    keeping: Keeping
    plan: Decimal
    tolerance: Decimal = Decimal("0.05")

    def __post_init__(self) -> None:
        refuse(not 0 <= self.tolerance <= 1, "A tolerance is 0 to 1 of the plan.", "tolerance")


def met(rule: Binary, actual: Decimal) -> Decimal:
    """100 or 0; the threshold itself is met."""
    reached = actual >= rule.threshold if rule.direction == Direction.LARGER else actual <= rule.threshold
    return HUNDRED if reached else ZERO


def milestone_points(rule: Milestones, facts: Sequence[MilestoneFact], as_of: date) -> Decimal | None:
    """The points of what was done by a day; None as long as nothing is due and nothing begun."""
    known = {fact.key: fact for fact in facts}
    earned, weights, is_open = ZERO, 0, True
    for one in rule.milestones:
        fact = known.get(one.key, _NOTHING_YET)
        counts = is_open and _is_done(fact, as_of)
        if counts or one.due_on <= as_of:
            weights += one.weight
            earned += one.weight * _share(rule, one, fact, as_of) if is_open else 0
        is_open = is_open and not (one.is_gate and not _is_done(fact, as_of))
    return HUNDRED * earned / weights if weights else None


def _share(rule: Milestones, one: Milestone, fact: MilestoneFact, as_of: date) -> Decimal:
    """How much of a milestone is earned, from 0 to 1."""
    if fact.done_on is not None and _is_done(fact, as_of):
        late_days = max(0, (fact.done_on - one.due_on).days)
        return max(ZERO, ONE - rule.late_loss_per_day * late_days)
    begun = fact.started_on or fact.done_on
    return rule.start_share if begun is not None and begun <= as_of else ZERO


def _is_done(fact: MilestoneFact, as_of: date) -> bool:
    return fact.done_on is not None and fact.done_on <= as_of and fact.has_evidence


def kept(rule: Maintain, periods: Sequence[Decimal | None]) -> Decimal | None:
    """The percent of periods that were kept; None before the first report."""
    newest = max((at for at, value in enumerate(periods) if value is not None), default=None)
    if newest is None:
        return None
    good = sum(1 for value in periods[: newest + 1] if value is not None and _is_kept(rule, value))
    return HUNDRED * good / (newest + 1)


def _is_kept(rule: Maintain, value: Decimal) -> bool:
    match rule.keeping:
        case Keeping.ABOVE:
            return value >= rule.plan
        case Keeping.BELOW:
            return value <= rule.plan
        case Keeping.WITHIN:
            return abs(value - rule.plan) <= abs(rule.plan) * rule.tolerance


def place(rule: Peers, actual: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """The points of the place among the others; None among fewer than eight, and for z where all are equal."""
    if len(others) + 1 < PEERS_MIN:
        return None
    if rule.scale == PeerScale.Z:
        return _by_z(rule, actual, others)
    worse = sum(1 for one in others if (one < actual if rule.direction == Direction.LARGER else one > actual))
    level = 1 + sum(1 for one in others if one == actual)
    rank = worse + Decimal(level + 1) / 2
    return HUNDRED * (rank - Decimal("0.5")) / (len(others) + 1)


def _by_z(rule: Peers, actual: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    values = [actual, *others]
    mean = sum(values, ZERO) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), ZERO) / len(values)
    if not variance:
        return None
    z = (actual - mean) / variance.sqrt()
    return rule.centre + rule.spread * (z if rule.direction == Direction.LARGER else -z)
