"""Rules that are straight lines of the actual: from a baseline, around a target, in steps.

x is the actual, t the target, b the baseline; the numbers of the rules are those of the domain's paper, section 2.1.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from domain.objectives import progress
from domain.objectives.terms import KeyResultKind
from domain.scorecards.scoring.arithmetic import HUNDRED, ZERO, bounded, refuse


class Direction(StrEnum):
    """Which way is better."""

    LARGER = "LARGER"
    SMALLER = "SMALLER"


class StepCount(StrEnum):
    """Whether only whole steps count, or parts of one as well."""

    WHOLE = "WHOLE"
    PRO_RATA = "PRO_RATA"


@dataclass(frozen=True, slots=True, kw_only=True)
class LargerBetter:
    """1: 100·(x−b)/(t−b)."""

    target: Decimal
    baseline: Decimal = ZERO

    def __post_init__(self) -> None:
        refuse(self.target == self.baseline, "The target differs from the baseline.", "target")
        refuse(self.target < self.baseline, "Where larger is better, the target lies above the baseline.", "target")
        refuse(self.target <= 0, "A target of zero or less is scored by SIGNED_TARGET, RANGE or BANDS.", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallerBetter:
    """2: 100·(b−x)/(b−t), from the baseline down. The ratio t/x explodes near zero and is not offered."""

    target: Decimal
    baseline: Decimal

    def __post_init__(self) -> None:
        refuse(self.target == self.baseline, "The target differs from the baseline.", "target")
        refuse(self.target > self.baseline, "Where smaller is better, the target lies below the baseline.", "target")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """10: `base` plus or minus points for each step away from the target, from `lowest` to `highest`.

    WHOLE counts only steps that are complete, on either side of the target.
    """

    target: Decimal
    step: Decimal
    count: StepCount
    bonus_points: Decimal
    penalty_points: Decimal
    direction: Direction = Direction.LARGER
    base: Decimal = HUNDRED
    lowest: Decimal = ZERO
    highest: Decimal = Decimal(120)

    def __post_init__(self) -> None:
        refuse(self.step <= 0, "A step is more than 0.", "step")
        refuse(self.bonus_points < 0, "A step beyond the target costs nothing.", "bonusPoints")
        refuse(self.penalty_points < 0, "A step short of the target earns nothing.", "penaltyPoints")
        refuse(self.bonus_points == self.penalty_points == 0, "Some step counts.", "penaltyPoints")
        refuse(not self.lowest <= self.base <= self.highest, "The base lies between lowest and highest.", "base")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asymmetric:
    """11: `base` plus `gain` for each percent of |t| beyond the target, minus `loss` for each percent short of it."""

    target: Decimal
    gain: Decimal
    loss: Decimal
    direction: Direction = Direction.LARGER
    base: Decimal = HUNDRED

    def __post_init__(self) -> None:
        refuse(self.target == 0, "There is no percent of zero: use STEPS, RANGE or BANDS.", "target")
        refuse(self.gain < 0, "More than the target costs nothing.", "gain")
        refuse(self.loss < 0, "Less than the target earns nothing.", "loss")
        refuse(self.gain == self.loss == 0, "Some difference counts.", "loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRule:
    """What holds while the target is a loss: a smaller loss counts in part and up to a limit, and grades have ceilings.

    The state supervisor's rule: half, at most three points, C while there is a loss, B once there is a profit.
    """

    gain_share: Decimal = Decimal("0.5")
    gain_max: Decimal = Decimal(3)
    ceiling_in_loss: str = "C"
    ceiling_in_profit: str = "B"

    def __post_init__(self) -> None:
        refuse(not 0 <= self.gain_share <= 1, "A part is 0 to 1.", "gainShare")
        refuse(self.gain_max < 0, "A limit is 0 or more.", "gainMax")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTarget:
    """12: 100·(1 + (x−t)/|t|), right for a target below zero, where x/t calls the larger loss the better one."""

    target: Decimal
    direction: Direction = Direction.LARGER
    losses: LossRule | None = None

    def __post_init__(self) -> None:
        refuse(self.target == 0, "There is no percent of zero: use RANGE or BANDS.", "target")
        wrong = self.losses is not None and (self.target > 0 or self.direction == Direction.SMALLER)
        refuse(wrong, "The rule for losses needs a target below zero, where larger is better.", "losses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Okr:
    """14: done/target from `start` on, from 0 to 100; `all_or_nothing` knows only the two.

    Up or down, as the target lies. The grade from 0.0 to 1.0 is rounded only when it is read: see `grades`.
    """

    target: Decimal
    start: Decimal = ZERO
    all_or_nothing: bool = False

    def __post_init__(self) -> None:
        refuse(self.target == self.start, "The target differs from the start.", "target")


Line = LargerBetter | SmallerBetter | Steps | Asymmetric | SignedTarget | Okr


def points(rule: Line, actual: Decimal) -> Decimal:
    """The points of an actual, unrounded where the caller computes in the exact context."""
    match rule:
        case LargerBetter() | SmallerBetter():
            return _way(rule.baseline, rule.target, actual)
        case Steps():
            return _steps(rule, actual)
        case Asymmetric():
            percent = HUNDRED * _better_by(rule.direction, rule.target, actual) / abs(rule.target)
            return rule.base + percent * (rule.gain if percent >= 0 else rule.loss)
        case SignedTarget():
            return _signed(rule, actual)
        case Okr():
            reached = bounded(_way(rule.start, rule.target, actual), ZERO, HUNDRED)
            return reached if not rule.all_or_nothing or reached == HUNDRED else ZERO


def ceiling(rule: SignedTarget, actual: Decimal) -> str | None:
    """The best grade that a target below zero allows; None if there is no rule for losses."""
    if rule.losses is None:
        return None
    return rule.losses.ceiling_in_loss if actual < 0 else rule.losses.ceiling_in_profit


def _way(start: Decimal, target: Decimal, actual: Decimal) -> Decimal:
    """The straight way of a key result, up or down."""
    return (
        progress.of_key_result(KeyResultKind.INCREASE, actual, start=start, target=target, low=None, high=None) or ZERO
    )


def _better_by(direction: Direction, target: Decimal, actual: Decimal) -> Decimal:
    return actual - target if direction == Direction.LARGER else target - actual


def _steps(rule: Steps, actual: Decimal) -> Decimal:
    better_by = _better_by(rule.direction, rule.target, actual)
    steps = abs(better_by) / rule.step
    if rule.count == StepCount.WHOLE:
        steps = steps.to_integral_value(ROUND_FLOOR)
    each = rule.bonus_points if better_by >= 0 else -rule.penalty_points
    return bounded(rule.base + steps * each, rule.lowest, rule.highest)


def _signed(rule: SignedTarget, actual: Decimal) -> Decimal:
    gain = HUNDRED * _better_by(rule.direction, rule.target, actual) / abs(rule.target)
    if rule.losses is not None and gain > 0:
        gain = min(gain * rule.losses.gain_share, rule.losses.gain_max)
    return HUNDRED + gain
