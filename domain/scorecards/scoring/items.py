"""The score of one item: what its facts are worth by its rule, or what becomes of it without facts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.scorecards.scoring import kinds
from domain.scorecards.scoring.arithmetic import ZERO, bounded
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import NoPoints
from domain.scorecards.scoring.lines import SignedTarget
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import CardItem, LeftOut, Missing, Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What became of an item; `blocks` the score of the whole card."""

    state: DataState
    raw: Decimal | None = None
    score: Decimal | None = None
    ceiling: str | None = None
    left_out: LeftOut | None = None
    treatment: Treatment | None = None
    blocks: bool = False


_LEFT_OUT = {
    NoPoints.NOTHING_DUE: Scored(state=DataState.NOT_DUE, left_out=LeftOut.NOT_DUE),
    NoPoints.TOO_FEW_PEERS: Scored(state=DataState.MEASURED, left_out=LeftOut.TOO_FEW_PEERS),
    NoPoints.NO_VARIATION: Scored(state=DataState.MEASURED, left_out=LeftOut.NO_VARIATION),
}


def score(item: CardItem, policy: Policy, as_of: date) -> Scored:
    """The item at a day; a measured item of which nothing can be made for want of data is missing."""
    seen = item.observation
    match seen.state:
        case DataState.NOT_APPLICABLE:
            return Scored(state=seen.state, left_out=LeftOut.NOT_APPLICABLE)
        case DataState.NOT_DUE:
            return Scored(state=seen.state, left_out=LeftOut.NOT_DUE)
        case DataState.DISPUTED:
            return Scored(state=seen.state, left_out=LeftOut.DISPUTED, blocks=policy.missing == Missing.BLOCK)
        case DataState.MISSING:
            return _missing(item, policy, as_of)
        case DataState.MEASURED:
            return _measured(item, policy, as_of)


def _measured(item: CardItem, policy: Policy, as_of: date) -> Scored:
    found = kinds.score(item.rule, item.observation, as_of)
    if found.points is not None:
        return _within(item, policy, Scored(state=DataState.MEASURED, raw=found.points, ceiling=found.ceiling))
    known = _LEFT_OUT.get(found.reason) if found.reason else None
    return known or _missing(item, policy, as_of)


def _missing(item: CardItem, policy: Policy, as_of: date) -> Scored:
    """By policy; but what the scored unit itself owes counts zero after the grace, or silence would pay."""
    seen, state = item.observation, DataState.MISSING
    if policy.missing == Missing.BLOCK:
        return Scored(state=state, left_out=LeftOut.MISSING, blocks=True)
    if is_withheld(seen, policy):
        return _within(item, policy, Scored(state=state, raw=ZERO, treatment=Treatment.ZERO_WITHHELD))
    if policy.missing == Missing.ZERO:
        return _within(item, policy, Scored(state=state, raw=ZERO, treatment=Treatment.ZERO_BY_POLICY))
    if policy.missing == Missing.CARRY_FORWARD and seen.age_days <= policy.carry_days_max:
        found = kinds.score(item.rule, seen, as_of)
        carried = Scored(state=state, raw=found.points, ceiling=found.ceiling, treatment=Treatment.CARRIED_FORWARD)
        if found.points is not None:
            return _within(item, policy, carried)
    return Scored(state=state, left_out=LeftOut.MISSING)


def is_withheld(seen: Observation, policy: Policy) -> bool:
    """Whether the scored unit has owed this for longer than the grace."""
    return seen.withheld_by_owner and seen.overdue_days > policy.grace_days


def limits(item: CardItem, policy: Policy) -> tuple[Decimal | None, Decimal | None]:
    """Floor and cap of an item: its own, or the policy's."""
    floor = policy.bounds.item_floor if item.floor is None else item.floor
    return floor, policy.bounds.item_cap if item.cap is None else item.cap


def ceilings(item: CardItem) -> tuple[str, ...]:
    """The grades that the item's rule may name as the best allowed."""
    if isinstance(item.rule, SignedTarget) and item.rule.losses is not None:
        return item.rule.losses.ceiling_in_loss, item.rule.losses.ceiling_in_profit
    return ()


def _within(item: CardItem, policy: Policy, found: Scored) -> Scored:
    floor, cap = limits(item, policy)
    return Scored(
        state=found.state,
        raw=found.raw,
        score=None if found.raw is None else bounded(found.raw, floor, cap),
        ceiling=found.ceiling,
        treatment=found.treatment,
    )
