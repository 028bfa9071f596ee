"""Praise in the schema: what the group stands for, and who was praised for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.people.types import Person
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, planned
from api.strategy.types import StrategicObjective

if TYPE_CHECKING:
    from api.feedback.types import FeedbackThread


@strawberry.type(description="Something that the group stands for, and that people are praised for.")
class CompanyValue(Node):
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    meaning: str = strawberry.field(description="What one does who lives it, in English.")
    meaning_zh: str | None = strawberry.field(description="What one does who lives it, in Chinese.")
    retired_at: datetime | None = strawberry.field(
        description="Since when nobody is praised for it any more; null while the group names it."
    )


@strawberry.type(
    description="Praise for living a value of the group, out of the giver's monthly allowance. Its words are the first "
    "message of its thread."
)
class Praise(Node):
    thread: Annotated["FeedbackThread", strawberry.lazy("api.feedback.types")] | None = strawberry.field(
        description="The thread that begins with its words, and holds what others say to it."
    )
    giver: Person | None = strawberry.field(description="Who gave it.")
    recipient: Person | None = strawberry.field(description="Who is praised.")
    value: CompanyValue | None = strawberry.field(description="For which value.")
    strategic_objective: StrategicObjective | None = strawberry.field(
        description="For which strategic objective, if the giver named one."
    )
    given_at: datetime = strawberry.field(description="When it was given.")


@strawberry.type
class PraiseQueries:
    @strawberry.field(description="What the group stands for, by name.")
    def company_values(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        retired: Annotated[
            bool | None, strawberry.argument(description="Only those that are retired, or only those that are not.")
        ] = strawberry.UNSET,
    ) -> Connection[CompanyValue]:
        planned()
