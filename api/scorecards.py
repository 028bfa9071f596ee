"""Measures and actuals in the schema."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from api.people import Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, page, planned


@strawberry.type(description="The value of a measure in a month.")
class Actual(Node):
    measure: Annotated["Measure", strawberry.lazy("api.scorecards")] | None = strawberry.field(
        description="What was measured."
    )
    period: date = strawberry.field(description="The month, by its first day.")
    value: Decimal = strawberry.field(description="The value, in the measure's unit of measure.")
    recorded_at: datetime = strawberry.field(description="When it was recorded.")


@strawberry.type(description="A figure of a unit that other systems feed.")
class Measure(Node):
    code: str = strawberry.field(description="The short name by which other systems know it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    unit: Unit | None = strawberry.field(description="The unit that is measured.")
    latest_actual: Actual | None = strawberry.field(description="The newest actual.")
    actuals = page(Connection[Actual], "Its actuals, newest first.")


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
