"""What a policy, an exemption and a statement of contributions must be, and what may follow what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.permits import Action
from domain.objectives.rules import TEXT_CHARACTERS_MAX, UNIT_CHARACTERS_MAX, check_number, check_text
from domain.objectives.targets import contributions
from domain.objectives.targets.errors import ExemptionNotOpen, SecondPersonNeeded
from domain.objectives.targets.ratchet import Policy
from domain.objectives.targets.terms import ContributionMethod, ExemptionKind, ExemptionState

PERCENT_MAX = 1000
WEIGHT_MAX = 1000
EXEMPTION_DAYS_MAX = 731
"""An exemption ends; who needs it for longer asks again."""
ADJUSTMENTS_MAX = 10
"""Of one key result."""
GROUPS_MAX = (1 << contributions.PLAYERS_MAX) - 1

_S = ExemptionState
STEPS: Mapping[Action, Mapping[ExemptionState, ExemptionState]] = {
    Action.GRANT_EXEMPTION: {_S.ASKED: _S.GRANTED},
    Action.CONFIRM_EXEMPTION: {_S.GRANTED: _S.CONFIRMED},
    Action.DECLINE_EXEMPTION: {_S.ASKED: _S.DECLINED, _S.GRANTED: _S.DECLINED},
    Action.ASK_EXEMPTION: {_S.ASKED: _S.WITHDRAWN, _S.GRANTED: _S.WITHDRAWN},
}
"""Action → state before → state after; who may ask may withdraw. What is confirmed ends by its last day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plea:
    """What an owner asks for: to stay at or above `lowest_target` until a day, and why."""

    previous_id: UUID
    kind: ExemptionKind
    reason: str
    evidence: str
    lowest_target: Decimal
    expires_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one person or unit contributed: an agreed `share`, or an `amount` of the driver."""

    evidence: str
    person_id: UUID | None = None
    unit_id: UUID | None = None
    share: Decimal | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What some of the lines together are worth; `members` are their places, from 0."""

    members: Sequence[int]
    worth: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who contributed what, and how that is found; `driver` names the figure of the amounts."""

    method: ContributionMethod
    lines: Sequence[Line]
    driver: str | None = None
    groups: Sequence[Group] = ()


def check_policy(policy: Policy) -> None:
    """InvalidInput unless every value is in its range."""
    for name, value in (("growthPercent", policy.growth_percent), ("capPercent", policy.cap_percent)):
        check_number(value, name)
        if not 0 <= value <= PERCENT_MAX:
            raise InvalidInput(f"This goes from 0 to {PERCENT_MAX} %.", field=name)
    check_number(policy.saturation_percent, "saturationPercent")
    if not 0 <= policy.saturation_percent <= 100:
        raise InvalidInput("This goes from 0 to 100 %.", field="saturationPercent")
    weights = {"targetWeight": policy.target_weight, "actualWeight": policy.actual_weight}
    weights |= {"peerWeight": policy.peer_weight}
    for name, weight in weights.items():
        if not 0 <= weight <= WEIGHT_MAX:
            raise InvalidInput(f"A weight is a whole number from 0 to {WEIGHT_MAX}.", field=name)
    if not any(weights.values()):
        raise InvalidInput("One of the weights at least must be above 0.", field="targetWeight")


def check_start(first_day: date, *, today: date, last: date | None) -> None:
    """InvalidInput for a policy that would begin in the past, or not after the one before it."""
    if first_day < today:
        raise InvalidInput("A policy begins today or later: what was tested stands.", field="validFrom")
    if last is not None and first_day <= last:
        message = f"There is a policy that begins on {last.isoformat()}; a later one must begin after it."
        raise InvalidInput(message, field="validFrom")


def check_plea(plea: Plea, today: date) -> None:
    """InvalidInput unless it says why, shows it, and ends."""
    check_text(plea.reason, "reason", characters_max=TEXT_CHARACTERS_MAX)
    check_text(plea.evidence, "evidence", characters_max=TEXT_CHARACTERS_MAX)
    check_number(plea.lowest_target, "lowestTarget")
    if not today <= plea.expires_on <= today + timedelta(days=EXEMPTION_DAYS_MAX):
        raise InvalidInput("An exemption ends between today and two years from now.", field="expiresOn")


def follow(action: Action, state: str) -> ExemptionState:
    """The state of an exemption after the action, or ExemptionNotOpen."""
    after = STEPS[action].get(ExemptionState(state))
    if after is None:
        raise ExemptionNotOpen
    return after


def require_another(person_id: UUID, earlier: Iterable[UUID | None]) -> None:
    """SecondPersonNeeded for who had a part in it before."""
    if person_id in earlier:
        raise SecondPersonNeeded


def shares(claim: Claim) -> list[Decimal]:
    """The shares of the lines in percent, in their order, 100 together; InvalidInput for what cannot be shared so."""
    _check_lines(claim)
    match claim.method:
        case ContributionMethod.AGREED:
            found = [one.share for one in claim.lines if one.share is not None]
            contributions.check_agreed(found)
            return found
        case ContributionMethod.DRIVER:
            check_text(claim.driver or "", "driver", characters_max=UNIT_CHARACTERS_MAX)
            return contributions.by_driver([one.amount for one in claim.lines if one.amount is not None])
        case ContributionMethod.SHAPLEY:
            return _by_groups(claim)


def _check_lines(claim: Claim) -> None:
    if not 2 <= len(claim.lines) <= contributions.LINES_MAX:
        raise InvalidInput(f"A joint result has 2 to {contributions.LINES_MAX} lines.", field="lines")
    for at, one in enumerate(claim.lines):
        _check_line(claim.method, one, f"lines.{at}")
    named = [one.person_id or one.unit_id for one in claim.lines]
    if len(set(named)) < len(named):
        raise InvalidInput("Somebody is listed twice.", field="lines")


def _check_line(method: ContributionMethod, line: Line, path: str) -> None:
    check_text(line.evidence, f"{path}.evidence", characters_max=TEXT_CHARACTERS_MAX)
    if (line.person_id is None) == (line.unit_id is None):
        raise InvalidInput("Name either a person or a unit.", field=path)
    for name, value, of in (
        ("share", line.share, ContributionMethod.AGREED),
        ("amount", line.amount, ContributionMethod.DRIVER),
    ):
        if (value is not None) != (method is of):
            message = f"`{name}` is there if, and only if, the method is {of}."
            raise InvalidInput(message, field=f"{path}.{name}")
        if value is not None:
            check_number(value, f"{path}.{name}")


def _by_groups(claim: Claim) -> list[Decimal]:
    found = contributions.by_shapley(len(claim.lines), worth(claim.groups, len(claim.lines)))
    for at, share in enumerate(found):
        if share < 0:
            message = "This one takes away more than it adds: its share would be negative."
            raise InvalidInput(message, field=f"lines.{at}", help="Leave it out, or agree on shares.")
    return found


def worth(groups: Sequence[Group], players: int) -> dict[int, Decimal]:
    """What groups are worth by the bits of their members; InvalidInput for one that is named twice or wrongly."""
    contributions.check_players(players)
    if not 1 <= len(groups) <= GROUPS_MAX:
        raise InvalidInput(f"Say what 1 to {GROUPS_MAX} groups are worth.", field="groups")
    found: dict[int, Decimal] = {}
    for at, group in enumerate(groups):
        check_number(group.worth, f"groups.{at}.worth")
        if not group.members or not all(0 <= one < players for one in group.members):
            message = "The members of a group are places of lines, from 0."
            raise InvalidInput(message, field=f"groups.{at}.members")
        key = sum(1 << one for one in set(group.members))
        if key in found or len(set(group.members)) < len(group.members):
            raise InvalidInput("This group, or one of its members, is named twice.", field=f"groups.{at}.members")
        found[key] = group.worth
    return found
