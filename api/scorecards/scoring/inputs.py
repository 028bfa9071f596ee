"""Scoring rules and observations as inputs of the schema: one input for each kind of rule, of which one is told."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

import strawberry

from domain.scorecards.scoring import codec
from domain.scorecards.scoring.evidence import Keeping, PeerScale
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import Direction, StepCount
from domain.scorecards.scoring.tables import EdgeSide

strawberry.enum(Direction, name="ScoringDirection", description="Which way is better.")
strawberry.enum(EdgeSide, description="To which band a value exactly on an edge belongs.")
strawberry.enum(StepCount, description="Whether only whole steps count.")
strawberry.enum(PeerScale, description="How a place among peers becomes points.")
strawberry.enum(Keeping, description="What is to be kept in each period.")
strawberry.enum(DataState, description="In which way an item is known, or not.")


def optional(description: str) -> Any:
    """A field that may be left out; what holds then is said by the description."""
    return strawberry.field(default=strawberry.UNSET, description=description)


@strawberry.input(description="Larger is better: 100·(actual − baseline)/(target − baseline).")
class LargerBetterInput:
    target: Decimal = strawberry.field(description="What is worth 100 points: above zero and above the baseline.")
    baseline: Decimal | None = optional("What is worth nothing; 0 if not told.")


@strawberry.input(description="Smaller is better: 100·(baseline − actual)/(baseline − target).")
class SmallerBetterInput:
    target: Decimal = strawberry.field(description="What is worth 100 points: below the baseline.")
    baseline: Decimal = strawberry.field(description="What is worth nothing.")


@strawberry.input(description="100 inside of a range, 0 far outside, a straight line between.")
class RangeInput:
    zero_low: Decimal = strawberry.field(description="Up to here it is worth nothing.")
    full_low: Decimal = strawberry.field(description="From here on it is worth 100 points.")
    full_high: Decimal = strawberry.field(description="Up to here it is worth 100 points.")
    zero_high: Decimal = strawberry.field(description="From here on it is worth nothing.")


@strawberry.input(description="100 when met, else 0. A yes or no is told as 1 or 0.")
class BinaryInput:
    threshold: Decimal | None = optional("What is to be met, itself included; 1 if not told.")
    direction: Direction | None = optional("Which way it is met; LARGER if not told.")


@strawberry.input(description="A piece of work with a day.")
class MilestoneInput:
    key: str = strawberry.field(description="The name by which observations tell of it.")
    weight: int = strawberry.field(description="Its weight, a whole number from 1, relative to the others.")
    due_on: date = strawberry.field(description="The day by which it is to be done.")
    is_gate: bool | None = optional("Whether those after it count nothing before it is done; no if not told.")


@strawberry.input(description="The share of milestones done, of those that are due or done; late ones lose by the day.")
class MilestonesInput:
    milestones: list[MilestoneInput] = strawberry.field(description="1 to 50, in the order of the work.")
    late_loss_per_day: Decimal | None = optional("What a day late costs, from 0 to 1 of a milestone; 0 if not told.")
    start_share: Decimal | None = optional("What a milestone earns when begun, from 0 to below 1; 0 if not told.")


@strawberry.input(description="Points by band; falling points are for smaller-is-better.")
class BandsInput:
    edges: list[Decimal] = strawberry.field(description="1 to 50 edges between the bands, rising.")
    points: list[Decimal] = strawberry.field(description="One more than edges, from the lowest band to the highest.")
    edge_belongs: EdgeSide | None = optional("To which band an edge belongs; UPPER if not told.")


@strawberry.input(description="Points by a straight line between knots.")
class InterpolatedInput:
    knots: list[Decimal] = strawberry.field(description="2 to 50 values, rising.")
    points: list[Decimal] = strawberry.field(description="The points at each knot, only rising or only falling.")
    below: Decimal | None = optional("The points below the first knot; those of the knot if not told.")
    above: Decimal | None = optional("The points above the last knot; those of the knot if not told.")


@strawberry.input(description="The efficacy coefficient method: points by industry standards.")
class EfficacyInput:
    standards: list[Decimal] = strawberry.field(description="2 to 10 standards, from excellent to worst.")
    coefficients: list[Decimal] | None = optional("The part of 100 points at each; 1, 0.8, 0.6, 0.4, 0.2 if not told.")


@strawberry.input(description="Straight lines through threshold, target and stretch; nothing short of the threshold.")
class StretchInput:
    threshold: Decimal = strawberry.field(description="The least that earns anything.")
    target: Decimal = strawberry.field(description="What is promised.")
    stretch: Decimal = strawberry.field(description="Beyond this nothing more is earned.")
    threshold_points: Decimal | None = optional("The points at the threshold; 60 if not told.")
    target_points: Decimal | None = optional("The points at the target; 100 if not told.")
    stretch_points: Decimal | None = optional("The points at the stretch; 120 if not told.")


@strawberry.input(description="Points for each step beyond the target, and off for each step short of it.")
class StepsInput:
    target: Decimal = strawberry.field(description="What earns the base.")
    step: Decimal = strawberry.field(description="The size of a step, above 0.")
    count: StepCount = strawberry.field(description="Whether only whole steps count.")
    bonus_points: Decimal = strawberry.field(description="What a step beyond the target earns.")
    penalty_points: Decimal = strawberry.field(description="What a step short of the target costs.")
    direction: Direction | None = optional("Which way is beyond; LARGER if not told.")
    base: Decimal | None = optional("The points at the target; 100 if not told.")
    lowest: Decimal | None = optional("The least points; 0 if not told.")
    highest: Decimal | None = optional("The most points; 120 if not told.")


@strawberry.input(description="Different slopes above and below the target, in percent of the target.")
class AsymmetricInput:
    target: Decimal = strawberry.field(description="What earns the base; not zero.")
    gain: Decimal = strawberry.field(description="What each percent beyond the target earns.")
    loss: Decimal = strawberry.field(description="What each percent short of the target costs.")
    direction: Direction | None = optional("Which way is beyond; LARGER if not told.")
    base: Decimal | None = optional("The points at the target; 100 if not told.")


@strawberry.input(
    description="What holds while the target is a loss: smaller losses count in part, grades are limited."
)
class LossRuleInput:
    gain_share: Decimal | None = optional("The part of a smaller loss that counts; 0.5 if not told.")
    gain_max: Decimal | None = optional("The most points for a smaller loss; 3 if not told.")
    ceiling_in_loss: str | None = optional("The best grade while there is a loss; C if not told.")
    ceiling_in_profit: str | None = optional("The best grade once there is a profit; B if not told.")


@strawberry.input(description="Right for a target below zero: 100·(1 + (actual − target)/|target|).")
class SignedTargetInput:
    target: Decimal = strawberry.field(description="What is worth 100 points; not zero.")
    direction: Direction | None = optional("Which way is better; LARGER if not told.")
    losses: LossRuleInput | None = optional("What holds for a planned loss; nothing of it if not told.")


@strawberry.input(description="The place among peers, of whom there must be eight with oneself.")
class PeersInput:
    scale: PeerScale | None = optional("How the place becomes points; PERCENTILE if not told.")
    direction: Direction | None = optional("Which way is better; LARGER if not told.")
    centre: Decimal | None = optional("The points of the mean on the scale Z; 50 if not told.")
    spread: Decimal | None = optional("The points of a standard deviation on the scale Z; 10 if not told.")


@strawberry.input(description="As a key result is graded: done by target, from 0 to 100.")
class OkrInput:
    target: Decimal = strawberry.field(description="What is worth 100 points.")
    start: Decimal | None = optional("Where it begins; 0 if not told.")
    all_or_nothing: bool | None = optional("Whether less than all is nothing; no if not told.")


@strawberry.input(description="The share of periods in which a plan was kept; a gap before the newest report was not.")
class MaintainInput:
    keeping: Keeping = strawberry.field(description="On which side of the plan.")
    plan: Decimal = strawberry.field(description="The plan of each period.")
    tolerance: Decimal | None = optional("For WITHIN, in parts of the plan; 0.05 if not told.")


@strawberry.input(description="Points by zones in words.")
class OrdinalInput:
    zones: list[str] = strawberry.field(description="2 to 20 names, from worst to best.")
    points: list[Decimal] = strawberry.field(description="The points of each, rising.")


@strawberry.input(
    one_of=True, description="A scoring rule: exactly one of its kinds. 100 points say that a target is met."
)
class ScoringRuleInput:
    larger_better: LargerBetterInput | None = optional("Larger is better.")
    smaller_better: SmallerBetterInput | None = optional("Smaller is better.")
    range: RangeInput | None = optional("Inside of a range is best.")
    binary: BinaryInput | None = optional("Met or not.")
    milestones: MilestonesInput | None = optional("Milestones done in time.")
    bands: BandsInput | None = optional("Points by band.")
    interpolated: InterpolatedInput | None = optional("A straight line between knots.")
    efficacy: EfficacyInput | None = optional("Industry standards.")
    stretch: StretchInput | None = optional("Threshold, target and stretch.")
    steps: StepsInput | None = optional("Points by step.")
    asymmetric: AsymmetricInput | None = optional("Losses cost more than gains earn.")
    signed_target: SignedTargetInput | None = optional("A target below zero.")
    peers: PeersInput | None = optional("The place among peers.")
    okr: OkrInput | None = optional("As a key result.")
    maintain: MaintainInput | None = optional("A plan kept in each period.")
    ordinal: OrdinalInput | None = optional("Zones in words.")


@strawberry.input(description="How far a milestone is.")
class MilestoneFactInput:
    key: str = strawberry.field(description="The key of the milestone.")
    started_on: date | None = optional("When it was begun.")
    done_on: date | None = optional("When it was done.")
    has_evidence: bool | None = optional("Whether that is proved: done counts with evidence; no if not told.")


@strawberry.input(description="What is known of an item. Which of it matters is the rule's affair.")
class ObservationInput:
    state: DataState | None = optional("In which way it is known, or not; MEASURED if not told.")
    value: Decimal | None = optional("The actual; of a missing one, the newest that is known.")
    age_days: int | None = optional("How old the value is; 0 if not told.")
    overdue_days: int | None = optional("How long a missing value is owed; 0 if not told.")
    withheld_by_owner: bool | None = optional("Whether the scored unit itself owes it; no if not told.")
    milestones: list[MilestoneFactInput] | None = optional("For MILESTONES; at most 50.")
    periods: list[Decimal | None] | None = optional("For MAINTAIN, oldest first, null for a gap; at most 2,000.")
    peers: list[Decimal] | None = optional("For PEERS, the values of the others; at most 2,000.")
    zone: str | None = optional("For ORDINAL, the zone.")


def rule_of(given: ScoringRuleInput, path: str = "rule") -> Rule:
    """The rule that is told; InvalidInput names the path of the mistake."""
    return codec.rule_of(_rule(given), path)


def observation_of(given: ObservationInput, path: str) -> Observation:
    """The observation that is told; InvalidInput names the path of the mistake."""
    return codec.record_of(Observation, written(given), path)


def written(given: object) -> dict[str, Any]:
    """An input as the codec reads it: what was not told is left out."""
    told = {field.name: getattr(given, field.name) for field in fields(cast("Any", given))}
    return {
        codec.camel(name): _plain(value)
        for name, value in told.items()
        if value is not None and value is not strawberry.UNSET
    }


def _rule(given: ScoringRuleInput) -> dict[str, Any]:
    """Its one kind, with its numbers; none for several, which the codec refuses."""
    told = {field.name: getattr(given, field.name) for field in fields(cast("Any", given))}
    kinds = [name for name, value in told.items() if value is not None and value is not strawberry.UNSET]
    return {"kind": kinds[0].upper(), **written(told[kinds[0]])} if len(kinds) == 1 else {}


def _plain(value: object) -> Any:
    if isinstance(value, Decimal | StrEnum | str | int | date) or value is None:
        return value
    if isinstance(value, ScoringRuleInput):
        return _rule(value)
    if isinstance(value, Sequence):
        return [_plain(one) for one in cast("Sequence[object]", value)]
    return written(value)
