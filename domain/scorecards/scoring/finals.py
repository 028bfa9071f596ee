"""From the weighted whole to the value of a card: × difficulty, + bonus, − deduction, total cap, veto."""

from dataclasses import dataclass, field
from decimal import Decimal

from domain.scorecards.scoring.arithmetic import ZERO, bounded, finest
from domain.scorecards.scoring.outcome import Step
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Card, Extra, ExtraKind, StepKind, VetoKind


@dataclass(slots=True)
class Running:
    """A value on its way, with what moved it."""

    value: Decimal
    steps: list[Step] = field(default_factory=list["Step"])

    def move(self, kind: StepKind, amount: Decimal, key: str | None = None) -> None:
        """Add an amount, and remember it unless nothing moved."""
        if amount:
            self.value += amount
            self.steps.append(Step(kind=kind, amount=amount, key=key))


def run(card: Card, policy: Policy, whole: Decimal, *, drops_difficulty: bool) -> Running:
    """The fixed order; the caller computes in the exact context."""
    running = Running(whole)
    harder = finest(whole * card.difficulty) - whole
    # Who misses a gate loses what the coefficient gives, never what it takes: to miss one must not pay.
    running.move(StepKind.DIFFICULTY, min(harder, ZERO) if drops_difficulty else harder)
    in_force = [one for one in card.extras if one.in_force]
    bonuses = [one for one in in_force if one.kind == ExtraKind.BONUS]
    _add(running, bonuses, StepKind.BONUS, limit=policy.bounds.bonus_max)
    penalties = [one for one in in_force if one.kind == ExtraKind.PENALTY]
    _deduct(running, penalties, limit=policy.bounds.penalty_max)
    within = bounded(running.value, policy.bounds.total_floor, policy.bounds.total_cap)
    running.move(StepKind.TOTAL_LIMIT, within - running.value)
    for one in in_force:
        if one.veto == VetoKind.ZERO:
            running.move(StepKind.VETO, -max(running.value, ZERO), one.key)
    return running


def _add(running: Running, bonuses: list[Extra], kind: StepKind, *, limit: Decimal) -> None:
    for one in bonuses:
        running.move(kind, one.points, one.key)
    total = sum((one.points for one in bonuses), ZERO)
    running.move(StepKind.BONUS_LIMIT, min(ZERO, limit - total))


def _deduct(running: Running, penalties: list[Extra], *, limit: Decimal) -> None:
    for one in penalties:
        running.move(StepKind.PENALTY, -one.points, one.key)
    total = sum((one.points for one in penalties), ZERO)
    running.move(StepKind.PENALTY_LIMIT, max(ZERO, total - limit))
