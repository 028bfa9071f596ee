"""Measures and actuals in the schema."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from api.feedback.pages import thread_page
from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, by_id, page, planned
from api.plans.types import REVISIONS, RevisionList
from domain.scorecards.staleness import FreshnessState
from domain.scorecards.terms import AdjustmentState, Missing, MissingInputs, Quality, Source

strawberry.enum(Source, name="ActualSource", description="Where an actual comes from.")
strawberry.enum(Quality, name="ActualQuality", description="What an actual is worth.")
strawberry.enum(Missing, name="MissingReason", description="Why a formula came to no value in a month.")
strawberry.enum(MissingInputs, description="What a formula makes of an input that a month lacks.")
strawberry.enum(AdjustmentState, description="What became of a correction.")
strawberry.enum(FreshnessState, description="Whether the newest figure of a measure still says something of today.")


@strawberry.type(
    description="The value of a measure in a month. It is never changed: a correction is a newer revision of the month."
)
class Actual(Node):
    measure: Annotated["Measure", strawberry.lazy("api.scorecards.measures")] | None = strawberry.field(
        description="What was measured."
    )
    period: date = strawberry.field(description="The month, by its first day.")
    value: Decimal | None = strawberry.field(
        description="The value, in the measure's unit of measure; null where a formula came to none."
    )
    missing: Missing | None = strawberry.field(description="Why a formula came to no value; null if there is one.")
    quality: Quality = strawberry.field(description="What it is worth.")
    source: Source = strawberry.field(description="Where it comes from.")
    revision: int = strawberry.field(description="The how many-th of its month it is, from 1; the highest counts.")
    reason: str | None = strawberry.field(
        description="Why it was corrected, or what a formula lacked; words are for persons."
    )
    is_after_closing: bool = strawberry.field(
        description="Whether it came after its cycle was closed, when people had been judged by what was known."
    )
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    recorded_by: Person | None = strawberry.field(description="Who told it, if a person did.")
    approved_by: Person | None = strawberry.field(
        description="The second person who let it count after the closing of its cycle."
    )
    client: str | None = strawberry.field(description="The name of the partner system that told it, if one did.")
    file_name: str | None = strawberry.field(description="The name of the file that it was read from, if it was.")
    file_hash: str | None = strawberry.field(description="The SHA-256 of that file, in hexadecimal digits.")
    file_row: int | None = strawberry.field(description="Its row in that file, counted as a spreadsheet does.")
    inputs: list["Actual"] = strawberry.field(
        description="Out of which actuals a formula computed it, the newest months first; at most 200."
    )
    revisions: list["Actual"] = strawberry.field(
        description="All that its month was told to be, the newest revision first; at most 50."
    )


@strawberry.type(description="How old the newest figure of a measure is, beside when it was expected.")
class Freshness:
    state: FreshnessState = strawberry.field(description="Whether it still says something of today.")
    newest_period: date | None = strawberry.field(description="The newest month with a value, by its first day.")
    age_days: int | None = strawberry.field(description="How many days have passed since the end of that month.")
    due_on: date | None = strawberry.field(description="From which day on the figure of the month after it is late.")
    is_late: bool = strawberry.field(description="Whether a figure is missing that was expected.")
    is_stale: bool = strawberry.field(description="Whether a light made of it is grey.")


@strawberry.type(description="A figure of a unit: told by systems or persons, or computed from other figures.")
class Measure(Node):
    code: str = strawberry.field(description="The short name by which other systems and formulas know it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    low: Decimal | None = strawberry.field(description="The lowest plausible value.")
    high: Decimal | None = strawberry.field(description="The highest plausible value.")
    expected_lag_days: int = strawberry.field(
        description="So many days after the end of a month its figure is expected; then it is late."
    )
    formula: str | None = strawberry.field(description="How it is computed from other measures; null if it is told.")
    missing_inputs: MissingInputs = strawberry.field(
        description="What its formula makes of an input that a month lacks."
    )
    version: int = strawberry.field(description="It counts up with every change of the measure.")
    freshness: Freshness | None = strawberry.field(description="How old its newest figure is.")
    unit: Unit | None = strawberry.field(description="The unit that is measured.")
    owner: Person | None = strawberry.field(description="Who answers for it.")
    provider: Person | None = strawberry.field(description="Who tells its figures.")
    inputs: list["Measure"] = strawberry.field(description="The measures that its formula names; at most 16.")
    open_revisions: RevisionList = strawberry.field(description=REVISIONS)
    latest_actual: Actual | None = strawberry.field(description="The newest actual that has a value.")
    actuals = page(Connection[Actual], "Its actuals, newest first: of each month the newest revision.")
    threads = thread_page("What is said about it and you may read, the newest thread first.")


@strawberry.type(
    description="A correction of an actual. It counts at once while the cycle is open; after the closing it waits for "
    "a second person."
)
class Adjustment(Node):
    measure: Measure | None = strawberry.field(description="The measure that is corrected.")
    period: date = strawberry.field(description="The month, by its first day.")
    revision: int = strawberry.field(description="The revision that it corrects; 0 where the month had none.")
    value: Decimal = strawberry.field(description="What the month shall come to, in the measure's unit of measure.")
    quality: Quality = strawberry.field(description="What the new value is worth.")
    reason: str = strawberry.field(description="Why.")
    state: AdjustmentState = strawberry.field(description="What became of it.")
    is_after_closing: bool = strawberry.field(description="Whether the cycle of the month was closed before.")
    proposed_at: datetime = strawberry.field(description="When it was asked for.")
    proposed_by: Person | None = strawberry.field(description="Who asked for it, if a person did.")
    decided_at: datetime | None = strawberry.field(description="When it was applied, declined or withdrawn.")
    decided_by: Person | None = strawberry.field(description="Who decided; null for what counted at once.")
    answer: str | None = strawberry.field(description="What was said with the decision.")
    before: Actual | None = strawberry.field(description="The revision that it corrects.")
    actual: Actual | None = strawberry.field(description="The revision that came of it, once it is applied.")


@strawberry.type
class ScorecardQueries:
    @strawberry.field(description="Measures of the group.")
    def measures(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        unit: strawberry.ID | None = strawberry.UNSET,
    ) -> Connection[Measure]:
        planned()

    measure = by_id(Measure | None, "The measure of this id; null if it does not exist or is not shared with you.")

    @strawberry.field(description="Corrections of actuals, newest first.")
    def adjustments(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: AdjustmentState | None = strawberry.UNSET,
    ) -> Connection[Adjustment]:
        planned()
