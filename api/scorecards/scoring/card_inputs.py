"""Cards and policies of scoring as inputs of the schema."""

from datetime import date
from decimal import Decimal

import strawberry

from api.scorecards.scoring.inputs import ObservationInput, ScoringRuleInput, optional, written
from domain.scorecards.scoring import codec
from domain.scorecards.scoring.coupling import Coupling
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.terms import Aggregation, Card, ExtraKind, Missing, VetoKind

strawberry.enum(Aggregation, name="ScoreAggregation", description="How scores become one.")
strawberry.enum(Missing, name="MissingData", description="What becomes of an item without data.")
strawberry.enum(ExtraKind, name="ScoreExtraKind", description="What counts beside the weighted items.")
strawberry.enum(VetoKind, description="What a veto does.")
strawberry.enum(Coupling, name="ScoreCoupling", description="How a person's result is bounded by the organisation's.")


@strawberry.input(description="A view of the strategy on a card to be tried.")
class PreviewPerspectiveInput:
    key: str = strawberry.field(description="The name by which items are in it.")
    weight: int = strawberry.field(description="Its weight, a whole number from 0, relative to the others.")
    aggregation: Aggregation | None = optional("How its items become one; the policy's way if not told.")


@strawberry.input(description="While the item scores below a mark, the others count at most up to a limit.")
class GateInput:
    at_least: Decimal | None = optional("The mark; 100 if not told.")
    limit: Decimal | None = optional("What the others count at most meanwhile; 0 if not told.")
    perspectives: list[str] | None = optional("The keys of the perspectives behind the gate; all if not told.")
    drops_difficulty: bool | None = optional("Whether meanwhile the coefficient gives nothing; no if not told.")


@strawberry.input(description="An item of a card to be tried.")
class PreviewItemInput:
    key: str = strawberry.field(description="Its name in the answer.")
    perspective: str = strawberry.field(description="The key of its perspective.")
    weight: int = strawberry.field(description="Its weight, a whole number from 0, relative to its perspective.")
    rule: ScoringRuleInput = strawberry.field(description="How it is scored.")
    observation: ObservationInput = strawberry.field(description="What is known of it.")
    title: str | None = optional("What it is called.")
    cap: Decimal | None = optional("The most that it scores; the policy's if not told.")
    floor: Decimal | None = optional("The least that it scores; the policy's if not told.")
    gate: GateInput | None = optional("Whether others depend on it.")


@strawberry.input(description="Bonus, penalty or veto on a card to be tried.")
class PreviewExtraInput:
    kind: ExtraKind = strawberry.field(description="Which of them.")
    key: str = strawberry.field(description="Its name in the answer.")
    evidence: str = strawberry.field(description="What proves it.")
    authority: str = strawberry.field(description="Who decided it.")
    title: str | None = optional("What it is called.")
    points: Decimal | None = optional("How many points, from 0; a penalty is taken off.")
    veto: VetoKind | None = optional("What a veto does.")
    ceiling: str | None = optional("The best grade that a ceiling allows.")
    in_force: bool | None = optional("Whether it counts, as under appeal it does not; yes if not told.")


@strawberry.input(description="A card to be tried.")
class PreviewCardInput:
    as_of: date = strawberry.field(description="The day on which it is scored.")
    perspectives: list[PreviewPerspectiveInput] = strawberry.field(description="1 to 20.")
    items: list[PreviewItemInput] = strawberry.field(description="1 to 100.")
    extras: list[PreviewExtraInput] | None = optional("At most 50.")
    difficulty: Decimal | None = optional("The coefficient of the unit's task, from 0.5 to 2; 1 if not told.")


@strawberry.input(description="Between what an item and the whole may lie, and what bonus and penalty come to at most.")
class ScoreBoundsInput:
    item_floor: Decimal | None = optional("The least of an item; 0 if not told.")
    item_cap: Decimal | None = optional("The most of an item; 120 if not told.")
    total_floor: Decimal | None = optional("The least of the whole; 0 if not told.")
    total_cap: Decimal | None = optional("The most of the whole; 130 if not told.")
    bonus_max: Decimal | None = optional("The most of all bonus together; 5 if not told.")
    penalty_max: Decimal | None = optional("The most of all penalties together; 10 if not told.")


@strawberry.input(description="Where a light turns green or amber, and below what it stops to be.")
class LightsInput:
    green_enter: Decimal | None = optional("From here on it turns green; 95 if not told.")
    green_leave: Decimal | None = optional("Below this it is green no more; 93 if not told.")
    amber_enter: Decimal | None = optional("From here on red turns amber; 75 if not told.")
    amber_leave: Decimal | None = optional("Below this it is amber no more; 73 if not told.")
    stale_days: int | None = optional("What is older than this is grey; 45 if not told.")


@strawberry.input(description="A grade, and what it pays.")
class GradeInput:
    code: str = strawberry.field(description="Its name, such as A.")
    from_score: Decimal | None = optional("The score from which on it holds; only the last has none.")
    pay_low: Decimal = strawberry.field(description="The pay multiple where it begins.")
    pay_high: Decimal = strawberry.field(description="The pay multiple where it ends: where the better one begins.")


@strawberry.input(description="How the results of an organisation and of a person count together.")
class CouplingInput:
    how: Coupling | None = optional("By product, by sum or by a pool; POOL if not told.")
    alpha: Decimal | None = optional("The organisation's part of a sum, from 0 to 1; 0.5 if not told.")
    department_strength: Decimal | None = optional("How much the department's coefficient counts; 1 if not told.")
    quota_strength: Decimal | None = optional("How much quotas by the department's grade count; 0 if not told.")


@strawberry.input(description="The rules of scoring as a whole; what is not told holds as described.")
class ScoringPolicyInput:
    missing: Missing | None = optional("What becomes of missing data; RENORMALISE if not told.")
    carry_days_max: int | None = optional("Up to which age CARRY_FORWARD carries a value.")
    grace_days: int | None = optional("After how many days what the unit itself withholds is zero; 10 if not told.")
    minimum_covered: Decimal | None = optional("The least share of weight with data, from 0 to 1; 0.7 if not told.")
    minimum_perspectives: int | None = optional("The least number of perspectives with data; 1 if not told.")
    aggregation: Aggregation | None = optional("How scores become one; ARITHMETIC if not told.")
    bounds: ScoreBoundsInput | None = optional("What limits scores.")
    bands: LightsInput | None = optional("What lights mean.")
    grades: list[GradeInput] | None = optional(
        "1 to 20, from best to worst; A from 110, B 100, C 80, D 60, E if not told."
    )
    grade_step: Decimal | None = optional(
        "To a multiple of this a score is rounded before its grade; 0 does not round."
    )
    coupling: CouplingInput | None = optional("How a person's result counts together with that of their unit.")


def policy_of(given: ScoringPolicyInput | None, path: str = "policy") -> Policy:
    """The policy that is told; InvalidInput names the path of the mistake."""
    told = written(given) if given else {}
    return codec.record_of(Policy, {"version": "preview", **told}, path)


def card_of(given: PreviewCardInput, path: str = "card") -> Card:
    """The card that is told; InvalidInput names the path of the mistake."""
    told = written(given)
    for one in (*told["items"], *told.get("extras", ())):
        one.setdefault("title", one["key"])
    return codec.record_of(Card, told, path)
