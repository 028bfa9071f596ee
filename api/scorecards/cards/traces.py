"""How a score came about, in the schema: line by line, down to what was read."""

from datetime import date
from decimal import Decimal

import strawberry

from api.scorecards.scoring.card_inputs import Aggregation
from api.scorecards.scoring.inputs import DataState
from api.scorecards.scoring.previews import LeftOut, StepKind, Treatment
from domain.scorecards.cards.terms import GapKind

strawberry.enum(GapKind, name="ScorecardGapKind", description="What a scorecard lacks.")


@strawberry.type(
    description="What one item adds to a score. All that is confidential to you stands together in one line, which "
    "says what it weighs and adds and nothing else."
)
class ScoreTraceItem:
    item: strawberry.ID | None = strawberry.field(description="The id of the item; null in the confidential line.")
    title: str = strawberry.field(description="What the item was called; `confidential` in the confidential line.")
    perspective: str | None = strawberry.field(description="The code of its perspective.")
    rule: str | None = strawberry.field(description="The rule with its numbers as they were, as JSON.")
    state: DataState | None = strawberry.field(description="In which way its figure was known.")
    value: Decimal | None = strawberry.field(description="What was read; of a missing figure the newest known one.")
    age_days: int | None = strawberry.field(description="How old that was at the beginning of the month, in days.")
    origin: str | None = strawberry.field(
        description="Where it came from: PARTNER, CSV, HAND or FORMULA for a measure, ROLL_UP for an objective, "
        "SCORECARD with the version of its policy for a scorecard below."
    )
    fact: strawberry.ID | None = strawberry.field(
        description="The id of the measure, objective or scorecard; ask `node` for what of it is shared with you."
    )
    raw: Decimal | None = strawberry.field(description="What the rule said, in points to two decimals.")
    score: Decimal | None = strawberry.field(description="That between floor and cap; null if it was left out.")
    weight: int | None = strawberry.field(description="Its weight in its perspective, relative to the others.")
    share_before: Decimal | None = strawberry.field(
        description="Its percent of everything that applied; those of all lines read 100."
    )
    share: Decimal | None = strawberry.field(
        description="Its percent after what was left out was spread over the rest; those of all lines read 100."
    )
    contribution: Decimal | None = strawberry.field(
        description="How many points of the score are its doing; null where the scorecard has no score."
    )
    left_out: LeftOut | None = strawberry.field(description="Why it has no score; null if it has one.")
    treatment: Treatment | None = strawberry.field(description="What the policy made of a missing figure.")
    confidential: bool = strawberry.field(description="Whether it is confidential.")


@strawberry.type(description="The score of a perspective.")
class ScoreTracePerspective:
    perspective: str = strawberry.field(description="The code of the perspective.")
    weight: int = strawberry.field(description="Its weight, relative to the others.")
    aggregation: Aggregation = strawberry.field(description="How its items became one score.")
    share: Decimal = strawberry.field(description="Its percent among those that have a score.")
    score: Decimal | None = strawberry.field(description="Its score; null if none of its items has one.")
    gated: Decimal | None = strawberry.field(description="Its score behind gates.")


@strawberry.type(description="What else moved the score, in the order in which it happened.")
class ScoreTraceStep:
    kind: StepKind = strawberry.field(description="What happened.")
    amount: Decimal = strawberry.field(description="By how many points, up or down.")
    key: str | None = strawberry.field(description="The item, perspective or extra that did it, if it was one.")


@strawberry.type(
    description="A score that came from the scale of the unit's mode onto the scale of the group: 100 is target met on "
    "both, and what lies on either side of it is carried in a straight line from end to end."
)
class ScoreCarried:
    score: Decimal = strawberry.field(description="The score on the unit's own scale.")
    value: Decimal = strawberry.field(description="The same on the group's.")
    floor: Decimal | None = strawberry.field(description="Where the unit's scale begins; null for nowhere.")
    cap: Decimal | None = strawberry.field(description="Where it ends; null for nowhere.")
    onto_floor: Decimal | None = strawberry.field(description="Where the group's scale begins; null for nowhere.")
    onto_cap: Decimal | None = strawberry.field(description="Where it ends; null for nowhere.")


@strawberry.type(description="The best grade that an item or a veto left.")
class ScoreTraceCeiling:
    grade: str = strawberry.field(description="The grade.")
    key: str | None = strawberry.field(description="The item or the extra.")


@strawberry.type(
    description="How a score came about: the contributions of the items and the amounts of the steps add up to it, to "
    "the last digit that is shown."
)
class ScoreTrace:
    value: Decimal | None = strawberry.field(description="The score that is explained; null where there is none.")
    policy: str = strawberry.field(description="The version of the policy that it was computed by.")
    as_of: date = strawberry.field(description="The last day of the month.")
    items: list[ScoreTraceItem] = strawberry.field(description="One line for each item, in their order.")
    perspectives: list[ScoreTracePerspective] = strawberry.field(description="One line for each perspective.")
    carried: ScoreCarried | None = strawberry.field(
        description="How it came onto the group's scale; null if the unit's is the same."
    )
    steps: list[ScoreTraceStep] = strawberry.field(description="What moved it beside the items.")
    ceilings: list[ScoreTraceCeiling] = strawberry.field(description="What limited the grade.")


@strawberry.type(description="Something that a scorecard lacks, or says why it lacks it.")
class ScorecardGap:
    kind: GapKind = strawberry.field(description="What is lacking.")
    perspective: str | None = strawberry.field(description="The code of the perspective, if it is about one.")
    item: strawberry.ID | None = strawberry.field(description="The id of the item, if it is about one.")
