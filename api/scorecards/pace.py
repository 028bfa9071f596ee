"""How the progress of an objective compares with the time that is gone, in the schema."""

from decimal import Decimal

import strawberry

from domain.scorecards.scoring.lights import Pace

strawberry.enum(Pace, description="How progress compares with the time that is gone.")


@strawberry.type(description="How progress compares with the time that is gone.")
class ObjectivePace:
    expected: Decimal = strawberry.field(
        description="The percent of the cycle that is over at the end of today: where even progress would be."
    )
    state: Pace = strawberry.field(description="What that says.")
