"""Ambition buys upside, and who was weak and improves gets credit: section 2.3 of the domain's paper, steps 5 and 6."""

from decimal import Decimal, localcontext

from domain.objectives.progress import EXACT, FINEST, HUNDRED
from domain.objectives.terms import KeyResultKind

BONUS_MAX = 6
"""What may be gained beyond the full score by who aims at the baseline or above."""
_STEPS = ((Decimal(20), 5), (Decimal(50), 4))
_BONUS_LEAST = 3
PRIOR_FLOOR = Decimal(30)
"""A lower score before counts as this, so that a tiny beginning gives no enormous growth."""
CREDIT_MAX = Decimal(10)


def bonus_cap(kind: KeyResultKind, target: Decimal, baseline: Decimal) -> int:
    """How many points beyond full score a target can earn: 6 from the baseline on, 5 to 20 % below it, then 4, then 3.

    20 % below still earns 5, and 50 % below earns 3: each step belongs to the one that the paper names with it.
    """
    with localcontext(EXACT):
        short = target - baseline if kind is KeyResultKind.DECREASE else baseline - target
        if short <= 0:
            return BONUS_MAX
        if not baseline:
            return _BONUS_LEAST
        percent = HUNDRED * short / abs(baseline)
    (little, five), (half, four) = _STEPS
    if percent <= little:
        return five
    return four if percent < half else _BONUS_LEAST


def improvement(prior: Decimal, now: Decimal) -> Decimal:
    """How many points of ten an improvement is worth: its percent of the score before, from 0 to 10.

    Scores are of a hundred. A score before below 30 counts as 30 where it divides.
    """
    with localcontext(EXACT):
        percent = (HUNDRED * (now - prior) / max(prior, PRIOR_FLOOR)).quantize(FINEST)
    return _within_ten(percent)


def credit(prior: Decimal | None, now: Decimal) -> Decimal:
    """Points of ten: the better of what was achieved and of how far it improved; both from 0 to 10."""
    with localcontext(EXACT):
        achieved = _within_ten((CREDIT_MAX * now / HUNDRED).quantize(FINEST))
    return achieved if prior is None else max(achieved, improvement(prior, now))


def _within_ten(points: Decimal) -> Decimal:
    return min(CREDIT_MAX, max(Decimal(0), points))
