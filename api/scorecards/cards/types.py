"""Scorecards in the schema: what is read of them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from api.objectives.types import Cycle, Objective
from api.people.types import Person, Position, Unit
from api.planned import (
    AfterCursor,
    BeforeCursor,
    Connection,
    FirstCount,
    LastCount,
    Node,
    by_id,
    maybe,
    page,
    planned,
)
from api.scorecards.cards.traces import ScorecardGap, ScoreTrace
from api.scorecards.measures import Measure
from api.scorecards.scoring.card_inputs import Aggregation, Coupling, ExtraKind
from api.scorecards.scoring.inputs import DataState
from api.scorecards.scoring.previews import Light, ScoreStatus, Travel
from api.strategy.types import StrategicObjective
from domain.objectives.terms import Audience
from domain.scorecards.cards.terms import CardState, InitiativeState, ItemKind, Months, Timing
from domain.scorecards.scoring.kinds import RuleKind

strawberry.enum(CardState, name="ScorecardState", description="Where a scorecard stands in its life.")
strawberry.enum(ItemKind, name="ScorecardItemKind", description="From where score flows into an item.")
strawberry.enum(Timing, name="ItemTiming", description="Whether a figure leads or lags.")
strawberry.enum(Months, name="MonthsReading", description="How the months of a cycle make the figure that is scored.")
strawberry.enum(InitiativeState, description="How far an initiative is.")
strawberry.enum(RuleKind, name="ScoringRuleKind", description="Which formula makes points of a figure.")


@strawberry.type(description="A version of the rules by which scores are made.")
class ScoringPolicy(Node):
    version: int = strawberry.field(description="Counts the versions, from 1.")
    reason: str = strawberry.field(description="Why it was written.")
    content: str = strawberry.field(description="All its settings, as JSON.")
    valid_from: date = strawberry.field(description="From when on scorecards are published under it.")
    valid_to: date | None = strawberry.field(description="Until when, exclusive; null while it is open.")
    created_at: datetime = strawberry.field(description="When it was written.")
    by: Person | None = strawberry.field(description="Who wrote it; null for the one that the product came with.")


@strawberry.type(description="Where a score goes.")
class ScoreOutlook:
    travel: Travel = strawberry.field(description="Since the month before.")
    forecast: Decimal | None = strawberry.field(
        description="Where the straight line through the last twelve months will be in the last month of the cycle, "
        "within the limits that hold for it; null through fewer than three."
    )


@strawberry.type(description="What was read of an item for a month, and its score.")
class ItemScore(Node):
    period: date = strawberry.field(description="The month, by its first day.")
    state: DataState = strawberry.field(description="In which way the figure was known.")
    reading: Decimal | None = strawberry.field(
        description="What was read, in the unit of what is counted; null without data, or if that is confidential."
    )
    value: Decimal | None = strawberry.field(description="Its score to two decimals; null as `reading`.")
    light: Light | None = strawberry.field(description="How that looks; null if that is confidential.")
    outlook: ScoreOutlook | None = strawberry.field(description="Where it goes; null if that is confidential.")


@strawberry.type(description="What a scorecard counts, and the rule that scores it.")
class ScorecardItem(Node):
    title: str | None = strawberry.field(description="What it is called in English; null if that is confidential.")
    title_zh: str | None = strawberry.field(description="What it is called in Chinese.")
    kind: ItemKind = strawberry.field(description="From where its score flows.")
    timing: Timing = strawberry.field(description="Whether it leads or lags.")
    weight: int = strawberry.field(description="Its weight in its perspective, relative to the others.")
    percent: int = strawberry.field(description="The weight in whole percent; those of a perspective read 100.")
    rule_kind: RuleKind | None = strawberry.field(description="By which formula it is scored.")
    rule: str | None = strawberry.field(description="The rule with its numbers, as JSON.")
    months: Months = strawberry.field(description="How the months of the cycle make its figure.")
    baseline: Decimal | None = strawberry.field(description="Where it starts, if the rule or its author says so.")
    threshold: Decimal | None = strawberry.field(description="The least that counts.")
    target: Decimal | None = strawberry.field(description="What is worth 100 points.")
    stretch: Decimal | None = strawberry.field(description="What is more than was promised.")
    cap: Decimal | None = strawberry.field(description="The most points; null for the policy's.")
    floor: Decimal | None = strawberry.field(description="The least points; null for the policy's.")
    gate: str | None = strawberry.field(
        description="What it holds down while it is missed, as JSON; null for an item without a gate."
    )
    operational: str | None = strawberry.field(description="Why it serves no strategic objective.")
    confidential: bool = strawberry.field(
        description="Whether it counts without being shown to others than those who keep or are scored by it."
    )
    steps_to_strategy: int | None = strawberry.field(
        description="In how many steps it leads to a strategic objective, 1 to 3; null is a gap."
    )
    scorecard: "Scorecard | None" = strawberry.field(description="The scorecard that it is an item of.")
    measure: Measure | None = strawberry.field(description="The measure that is counted.")
    objective: Objective | None = strawberry.field(description="The objective that counts, with all that serves it.")
    of_scorecard: "Scorecard | None" = strawberry.field(description="The scorecard below that counts.")
    strategic_objective: StrategicObjective | None = strawberry.field(description="What it serves.")
    serves: "ScorecardItem | None" = strawberry.field(description="The item of another scorecard that it serves.")
    score: ItemScore | None = strawberry.field(description="Its newest month.")
    scores: list[ItemScore] = strawberry.field(description="Its months, newest first; at most twelve.")


@strawberry.type(description="A point of view of a scorecard, with its weight.")
class CardPerspective(Node):
    code: str = strawberry.field(description="The short name of the perspective.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    weight: int = strawberry.field(description="Its weight, relative to the others.")
    percent: int = strawberry.field(description="The weight in whole percent; those of a scorecard read 100.")
    aggregation: Aggregation | None = strawberry.field(
        description="How its items become one score; null for the policy's way."
    )
    items: list[ScorecardItem] = strawberry.field(description="What it holds, in their order; at most 40.")


@strawberry.type(description="What is undertaken so that an item is reached.")
class Initiative(Node):
    title: str | None = strawberry.field(description="What is done, in English; null if its item is confidential.")
    title_zh: str | None = strawberry.field(description="What is done, in Chinese.")
    state: InitiativeState = strawberry.field(description="How far it is.")
    starts_on: date | None = strawberry.field(description="When it begins.")
    due_on: date | None = strawberry.field(description="When it is to be done.")
    owner: Person | None = strawberry.field(description="Who answers for it.")
    item: ScorecardItem | None = strawberry.field(description="What it is undertaken for; null for all of it.")


@strawberry.type(description="Points beside the weighted items, or a veto, with its evidence.")
class ScorecardExtra(Node):
    kind: ExtraKind = strawberry.field(description="What it does.")
    period: date = strawberry.field(description="From which month on it counts.")
    title: str = strawberry.field(description="What happened.")
    points: Decimal | None = strawberry.field(description="How many points; null for a veto.")
    ceiling: str | None = strawberry.field(description="The best grade that a veto leaves; null leaves no score.")
    evidence: str | None = strawberry.field(
        description="What proves it; for those who keep or are scored by the card, else null."
    )
    at: datetime = strawberry.field(description="When it was decided.")
    by: Person | None = strawberry.field(description="Who decided it.")
    withdrawn_at: datetime | None = strawberry.field(description="Since when it counts no more.")
    withdrawn_reason: str | None = strawberry.field(description="Why; shown as `evidence` is.")


@strawberry.type(description="A person's result, bounded by that of their unit.")
class CoupledScore:
    how: Coupling = strawberry.field(
        description="By product, by sum, or by a pool, which the unit's score makes and the person's shares in."
    )
    organisation: Decimal = strawberry.field(description="The score of the unit for the same month.")
    value: Decimal = strawberry.field(description="What both come to, where 100 is target met.")
    pay_multiple: Decimal = strawberry.field(
        description="What a base would be multiplied by: linear within the grade, without cliffs between grades."
    )


@strawberry.type(description="The score of a scorecard as of a month.")
class Score(Node):
    period: date = strawberry.field(description="The month, by its first day.")
    value: Decimal | None = strawberry.field(
        description="The score to two decimals, where 100 is target met; null where there is too little data."
    )
    status: ScoreStatus = strawberry.field(description="Whether there is a number, or why not.")
    covered: Decimal = strawberry.field(description="The percent of the weight that applies for which there are data.")
    grade: str | None = strawberry.field(description="The grade by the policy.")
    light: Light | None = strawberry.field(description="How it looks.")
    final: bool = strawberry.field(description="Whether the month is closed: it never changes any more.")
    computed_at: datetime = strawberry.field(description="When it last changed.")
    policy: ScoringPolicy | None = strawberry.field(description="The version of the rules that it was made by.")
    scorecard: "Scorecard | None" = strawberry.field(description="Whose score it is.")
    trace: ScoreTrace | None = strawberry.field(description="How it came about, line by line.")
    outlook: ScoreOutlook | None = strawberry.field(description="Where it goes.")
    coupled: CoupledScore | None = strawberry.field(
        description="The score of a person together with that of their unit, as the policy couples them; null for a "
        "unit's, and where either has no score or the unit's is not shared with you."
    )


@strawberry.type(description="What a unit, or a person, is measured by in a cycle, and how it came out.")
class Scorecard(Node):
    state: CardState = strawberry.field(description="Where it stands in its life.")
    audience: Audience = strawberry.field(
        description="Who besides those who lead the unit sees it: nobody, its unit with those above and below, or all."
    )
    version: int = strawberry.field(description="Counts its changes: to be given back as `expectedVersion`.")
    difficulty: Decimal = strawberry.field(description="The coefficient of the unit's task; 1 is ordinary.")
    published_at: datetime | None = strawberry.field(description="When it was last published.")
    closed_through: date | None = strawberry.field(description="The last month that is closed.")
    updated_at: datetime = strawberry.field(description="When it last changed.")
    unit: Unit | None = strawberry.field(description="The unit; of a person's card the unit of the person.")
    person: Person | None = strawberry.field(description="Whose card it is; null for a unit's.")
    cycle: Cycle | None = strawberry.field(description="For which period.")
    policy: ScoringPolicy | None = strawberry.field(description="By which rules it is scored; null for a draft.")
    perspectives: list[CardPerspective] = strawberry.field(description="Its perspectives, at most ten.")
    items: list[ScorecardItem] = strawberry.field(description="All its items in their order, at most 40.")
    initiatives: list[Initiative] = strawberry.field(description="What is undertaken, at most 40.")
    extras: list[ScorecardExtra] = strawberry.field(description="What counts beside the items, at most 40.")
    score: Score | None = strawberry.field(description="Its newest month; null before it was first published.")
    scores: list[Score] = strawberry.field(description="Its months, newest first; at most twelve.")
    gaps: list[ScorecardGap] = strawberry.field(description="What it lacks.")


@strawberry.type(description="What the incumbents of a position are measured by; their scorecards begin with it.")
class PositionKpi(Node):
    title: str = strawberry.field(description="What it is called in English.")
    title_zh: str | None = strawberry.field(description="What it is called in Chinese.")
    perspective: str = strawberry.field(description="The code of its perspective.")
    timing: Timing = strawberry.field(description="Whether it leads or lags.")
    weight: int = strawberry.field(description="Its weight, relative to the others.")
    rule_kind: RuleKind = strawberry.field(description="By which formula it is scored.")
    rule: str = strawberry.field(description="The rule with its numbers, as JSON.")
    months: Months = strawberry.field(description="How the months of a cycle make its figure.")
    operational: str | None = strawberry.field(description="Why it serves no strategic objective.")
    written_at: datetime = strawberry.field(description="Since when it is in the library.")
    position: Position | None = strawberry.field(description="The position.")
    measure: Measure | None = strawberry.field(description="The measure; null where each incumbent names an own one.")
    strategic_objective: StrategicObjective | None = strawberry.field(description="What it serves.")


@strawberry.input(description="Which scorecards are listed; what is left out does not narrow the list.")
class ScorecardFilter:
    unit: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Of this very unit, and of the people in it."
    )
    person: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this person.")
    cycle: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="For this cycle.")
    state: list[CardState] | None = strawberry.field(default=strawberry.UNSET, description="In one of these states.")


@strawberry.type
class CardQueries:
    scorecard = by_id(maybe("Scorecard", "api.scorecards.cards.types"), "A scorecard, by its id.")
    scoring_policies = page(Connection[ScoringPolicy], "The versions of the rules of scoring, newest first.")
    positions_without_kpis = page(
        Connection[Position], "Positions that somebody holds today and that no key figures were written for."
    )

    @strawberry.field(description="The scorecards that you may see, last changed first.")
    def scorecards(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        filter: Annotated[ScorecardFilter | None, strawberry.argument(description="Which of them.")] = strawberry.UNSET,
    ) -> Connection[Scorecard]:
        planned()
