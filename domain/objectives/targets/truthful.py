"""Schemes under which the best report of a target is the truth: section 2.2.7 of the domain's paper.

Weitzman: B = B0 + β·r + α·(y − r) where y ≥ r, and B0 + β·r − γ·(r − y) where not; truthful iff 0 < α < β < γ.
The joint base method (联合确定基数法): C = W·S + (1 − W)·D, net = P·(A − C) − Q·max(0, A − S); truthful iff
P > Q > W·P. A scheme that would pay for hiding is refused where it is configured, with the inequality that fails. Both
leave out what effort costs: who can also choose how hard to try may still report a little less.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from domain.objectives.progress import EXACT

CUSTOMARY_GAMMA = Decimal("1.3")
CUSTOMARY_ALPHA = Decimal("0.7")
"""In practice γ was at least 1.3 β and α at most 0.7 β: margins wide enough to be felt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weitzman:
    """Pays `beta` for each unit promised, `alpha` for each beyond the promise; `gamma` is lost for each short of it."""

    base: Decimal
    alpha: Decimal
    beta: Decimal
    gamma: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class JointBase:
    """The target is agreed between what the unit reports and what is demanded of it.

    `report_weight` is W, of the report in the base; `reward` P for each unit above the base; `penalty` Q for each unit
    above the own report; `demanded` D.
    """

    demanded: Decimal
    report_weight: Decimal
    reward: Decimal
    penalty: Decimal


Scheme = Weitzman | JointBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Payoff:
    """What a report earns when the result is known."""

    report: Decimal
    pay: Decimal


def faults(scheme: Scheme) -> list[str]:
    """Sentences that say which inequality fails; none of a scheme under which the truth pays best."""
    with localcontext(EXACT):
        return _of_weitzman(scheme) if isinstance(scheme, Weitzman) else _of_joint_base(scheme)


def _of_weitzman(scheme: Weitzman) -> list[str]:
    found: list[str] = []
    if scheme.alpha <= 0:
        found.append(f"α must be above 0, but is {scheme.alpha:f}: who did more than promised must gain by it.")
    if scheme.alpha >= scheme.beta:
        found.append(f"α must be below β, but {scheme.alpha:f} ≥ {scheme.beta:f}: promising too little would pay.")
    if scheme.beta >= scheme.gamma:
        found.append(f"β must be below γ, but {scheme.beta:f} ≥ {scheme.gamma:f}: promising too much would pay.")
    return found


def _of_joint_base(scheme: JointBase) -> list[str]:
    weight, reward, penalty = scheme.report_weight, scheme.reward, scheme.penalty
    found: list[str] = []
    if not 0 < weight < 1:
        found.append(f"W must lie between 0 and 1, but is {weight:f}: both sides must have a say in the base.")
    if penalty >= reward:
        found.append(f"Q must be below P, but {penalty:f} ≥ {reward:f}: doing more than reported would cost.")
    if penalty <= weight * reward:
        found.append(f"Q must be above W·P, but {penalty:f} ≤ {weight * reward:f}: reporting too little would pay.")
    if reward <= 0:
        found.append(f"P must be above 0, but is {reward:f}: doing more must pay.")
    return found


def margins(scheme: Scheme) -> list[str]:
    """Sentences about a truthful scheme whose margins are narrower than was customary; advice, no refusal."""
    if not isinstance(scheme, Weitzman):
        return []
    found: list[str] = []
    with localcontext(EXACT):
        if scheme.gamma < CUSTOMARY_GAMMA * scheme.beta:
            found.append("γ is below 1.3 β: promising too much costs little.")
        if scheme.alpha > CUSTOMARY_ALPHA * scheme.beta:
            found.append("α is above 0.7 β: promising too little costs little.")
    return found


def pay(scheme: Scheme, *, report: Decimal, result: Decimal) -> Decimal:
    """What the report and the result earn together, exact."""
    with localcontext(EXACT):
        if isinstance(scheme, Weitzman):
            beyond = result - report
            return scheme.base + scheme.beta * report + (scheme.alpha if beyond >= 0 else scheme.gamma) * beyond
        agreed = scheme.report_weight * report + (1 - scheme.report_weight) * scheme.demanded
        return scheme.reward * (result - agreed) - scheme.penalty * max(Decimal(0), result - report)


def payoffs(scheme: Scheme, reports: Iterable[Decimal], *, result: Decimal) -> list[Payoff]:
    """What each of these reports earns when this is the result."""
    return [Payoff(report=report, pay=pay(scheme, report=report, result=result)) for report in reports]


def best(found: Sequence[Payoff]) -> Payoff:
    """The one that earns most; of equal ones the first."""
    return max(found, key=lambda one: one.pay)
