"""Whether a new target exceeds what came before it: the exceed test, done so that nobody is whipped for running fast.

Section 2.3 of the domain's paper. The reference is a blend of the last target, of what was reached and, where known, of
a peer; what was reached counts no further than a cap above the last target, so that to excel does not raise the next
bar out of reach. The minimum is the reference grown by the policy, and never less than the last target. At a physical
limit to stay is enough.

Everything is computed forwards, where more is better: a figure that is to fall is turned around before and after.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from domain.kernel import xmr
from domain.objectives.progress import EXACT, FINEST, HUNDRED
from domain.objectives.targets import comparable
from domain.objectives.targets.terms import Ground, Outcome
from domain.objectives.terms import KeyResultKind

DIRECTED = (KeyResultKind.INCREASE, KeyResultKind.DECREASE)
"""Kinds of key results whose targets can exceed one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How far a target must exceed; weights are relative whole numbers of which one at least is not zero."""

    growth_percent: Decimal = Decimal(0)
    cap_percent: Decimal = Decimal(10)
    """How far above the last target what was reached counts at most."""
    target_weight: int = 1
    actual_weight: int = 0
    peer_weight: int = 0
    saturation_percent: Decimal = Decimal("0.1")
    """How near to its limit a figure is saturated, in percent of the way from its worst to its best value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What came before, on today's terms; `actuals` of the last cycles, the newest first."""

    target: Decimal
    actuals: Sequence[Decimal] = ()
    stretch: Decimal | None = None
    """Up to where what was reached counts, instead of the policy's cap."""
    peer: Decimal | None = None
    best: Decimal | None = None
    """The physical limit of the figure."""
    worst: Decimal | None = None
    history: Sequence[Decimal] = field(default=())
    """The values before the last one, the oldest first: how much it moves by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exemption:
    """A target that may be agreed although it does not exceed: `lowest` is the least ambitious one."""

    lowest: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What a new target is measured by: it must reach `minimum`, and lie beyond it where `is_strict`."""

    minimum: Decimal
    is_strict: bool
    reference: Decimal
    baseline: Decimal | None
    counted: Decimal | None
    """As much of the baseline as counts."""
    guidance: Decimal | None
    """The baseline grown by the policy: where the talk about the target may begin."""
    is_saturated: bool
    is_new_level: bool | None
    """Whether the last actual is more than noise; None when there is too little history to say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the test says; of a target that is measured otherwise than before there is no bar."""

    outcome: Outcome
    ground: Ground
    bar: Bar | None


def bar(kind: KeyResultKind, past: Past, policy: Policy) -> Bar:
    """What the next target must reach."""
    with localcontext(EXACT):
        return _bar(kind, past, policy)


def judge(
    kind: KeyResultKind, target: Decimal, past: Past, policy: Policy, *, exemption: Exemption | None = None
) -> Verdict:
    """PASS beyond the bar, else SATURATED_MAINTAIN where the last target is kept at its limit, EXEMPT, or BLOCKED."""
    with localcontext(EXACT):
        found = _bar(kind, past, policy)
        turn = _turn(kind)
        ahead, minimum, last = turn * target, turn * found.minimum, turn * past.target
        if ahead > minimum or (ahead == minimum and not found.is_strict):
            return Verdict(outcome=Outcome.PASS, ground=Ground.EXCEEDS, bar=found)
        if found.is_saturated and ahead >= last:
            return Verdict(outcome=Outcome.SATURATED_MAINTAIN, ground=Ground.AT_THE_LIMIT, bar=found)
        if exemption is not None and ahead >= turn * exemption.lowest:
            return Verdict(outcome=Outcome.EXEMPT, ground=Ground.EXEMPTED, bar=found)
        ground = Ground.BELOW_MINIMUM if ahead > last else Ground.NOT_BETTER
        return Verdict(outcome=Outcome.BLOCKED, ground=ground, bar=found)


def words(kind: KeyResultKind, bar: Bar) -> str:
    """How a target lies beside the minimum, as said before the number."""
    if kind is KeyResultKind.DECREASE:
        return "less than" if bar.is_strict else "at most"
    return "more than" if bar.is_strict else "at least"


def measured_otherwise(exemption: Exemption | None) -> Verdict:
    """A figure that goes on in another unit or direction cannot be compared: that takes an exemption, too."""
    if exemption is not None:
        return Verdict(outcome=Outcome.EXEMPT, ground=Ground.EXEMPTED, bar=None)
    return Verdict(outcome=Outcome.BLOCKED, ground=Ground.MEASURED_OTHERWISE, bar=None)


def _bar(kind: KeyResultKind, past: Past, policy: Policy) -> Bar:
    turn = _turn(kind)
    last, found = turn * past.target, comparable.baseline(past.actuals, kind)
    reached = None if found is None else turn * found
    counted = None if reached is None else min(reached, _cap(last, past, policy, turn))
    reference = _blend(last, counted, None if past.peer is None else turn * past.peer, policy)
    minimum = max(last, _ahead(reference, policy.growth_percent))
    if past.best is not None:
        minimum = min(minimum, max(last, turn * past.best))
    return Bar(
        minimum=turn * minimum,
        is_strict=minimum == last,
        reference=turn * reference,
        baseline=found,
        counted=None if counted is None else turn * counted,
        guidance=None if reached is None else turn * _ahead(reached, policy.growth_percent),
        is_saturated=_is_saturated(last, past, policy, turn),
        is_new_level=_is_new_level(past),
    )


def _turn(kind: KeyResultKind) -> int:
    if kind not in DIRECTED:
        raise ValueError(f"{kind} has no direction")
    return -1 if kind is KeyResultKind.DECREASE else 1


def _cap(last: Decimal, past: Past, policy: Policy, turn: int) -> Decimal:
    return _ahead(last, policy.cap_percent) if past.stretch is None else max(last, turn * past.stretch)


def _ahead(value: Decimal, percent: Decimal) -> Decimal:
    """So many percent of its size better, also below zero."""
    return (value + percent * abs(value) / HUNDRED).quantize(FINEST)


def _blend(last: Decimal, counted: Decimal | None, peer: Decimal | None, policy: Policy) -> Decimal:
    """The mean by weights of what is known; the last target where that weighs nothing."""
    parts = ((policy.target_weight, last), (policy.actual_weight, counted), (policy.peer_weight, peer))
    known = [(weight, value) for weight, value in parts if value is not None and weight]
    if not known:
        return last
    total = sum((weight * value for weight, value in known), Decimal(0))
    return (total / sum(weight for weight, _ in known)).quantize(FINEST)


def _is_saturated(last: Decimal, past: Past, policy: Policy, turn: int) -> bool:
    if past.best is None:
        return False
    span = abs(past.best if past.worst is None else past.best - past.worst)
    return HUNDRED * (turn * past.best - last) <= policy.saturation_percent * span


def _is_new_level(past: Past) -> bool | None:
    within = xmr.limits(past.history)
    if within is None or not past.actuals:
        return None
    return xmr.signal(past.actuals[0], within) is not xmr.Signal.INSIDE
