"""How the mode of a unit scores its cards, in place of the group's policy; what comes out is on the group's scale."""

from dataclasses import dataclass, replace
from decimal import Decimal

from domain.modes import scales, values
from domain.modes.scales import Scale
from domain.modes.terms import Feature, Mode
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.arithmetic import bounded
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Missing

CARRY_DAYS = 92
"""For how long a known value stands in, a quarter, where a mode carries values forward and the policy names no age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ModeScoring:
    """Between what the items of a card lie, what missing figures count, and how much weight needs a score."""

    floor: Decimal | None
    cap: Decimal | None
    missing: Missing
    covered: Decimal


def of_mode(mode: Mode) -> ModeScoring | None:
    """What the mode says; None while nobody set it, since what a template recommends does not overrule the policy."""
    if mode.features[Feature.SCORING].setting is None:
        return None
    found = values.scoring(mode)
    return ModeScoring(floor=found.floor, cap=found.cap, missing=Missing(found.missing), covered=found.covered)


def read(written: object | None) -> ModeScoring | None:
    """As it is kept with a card; None for one that was published before modes were asked."""
    return None if written is None else codec.record_of(ModeScoring, written)


def under(policy: Policy, own: ModeScoring | None) -> Policy:
    """The policy with what the mode says in place of its own; grades, lights and extras stay the group's."""
    if own is None:
        return policy
    carries = own.missing == Missing.CARRY_FORWARD
    return replace(
        policy,
        missing=own.missing,
        carry_days_max=policy.carry_days_max or (CARRY_DAYS if carries else 0),
        minimum_covered=own.covered,
        bounds=replace(policy.bounds, item_floor=own.floor, item_cap=own.cap),
    )


def onto(policy: Policy, own: ModeScoring | None) -> Scale | None:
    """The group's scale, where the mode scores on another one."""
    if own is None or (own.floor, own.cap) == (policy.bounds.item_floor, policy.bounds.item_cap):
        return None
    return scales.between(policy.bounds.item_floor, policy.bounds.item_cap)


def from_group(value: Decimal, policy: Policy, group: Scale | None) -> Decimal:
    """The score of a card below, which is on the group's scale, on that of a card which has its own, `policy`.

    What the whole is carried back by later, this takes ahead, so that no level changes a score of the one below. Points
    beside the items may have led it beyond the ends of the group's scale: there it counts as at the end.
    """
    if group is None:
        return value
    own = scales.between(policy.bounds.item_floor, policy.bounds.item_cap)
    return scales.carry(bounded(value, group.floor, group.cap), group, own).value
