"""The board of the running season in the schema."""

from datetime import date
from typing import Annotated

import strawberry

from api.people.types import Person
from api.planned import planned
from domain.progress.rules import TOP_MAX

TopCount = Annotated[int | None, strawberry.argument(description=f"How many, 1 to {TOP_MAX}.")]


@strawberry.type(description="What somebody has on a board.")
class Standing:
    points: int = strawberry.field(description="The points of the season.")
    rank: int | None = strawberry.field(
        description="How many have more points, plus one: equal points share it. Null for you when you left rankings."
    )
    you: bool = strawberry.field(description="Whether it is yours.")
    person: Person | None = strawberry.field(
        description="Whose it is. Null for others in the lower half: they are never named to anybody."
    )


@strawberry.type(description="The board of the season that runs today. A new season begins from nothing.")
class Board:
    name: str = strawberry.field(description="The name of the season in English.")
    name_zh: str | None = strawberry.field(description="The name of the season in Chinese.")
    starts_on: date = strawberry.field(description="The first day of the season.")
    ends_on: date = strawberry.field(description="The last day of the season.")
    people: int = strawberry.field(description="How many people are ranked.")
    mine: Standing | None = strawberry.field(description="What you have; null as long as you have earned nothing.")

    @strawberry.field(description="Those with the most points. Among equal ones who reached them first stands first.")
    def top(self, first: TopCount = TOP_MAX) -> list[Standing]:
        planned()

    around: list[Standing] = strawberry.field(
        description="You between the two before and the two behind you; empty when you are not ranked."
    )


@strawberry.type
class ProgressQueries:
    board: Board | None = strawberry.field(
        description="The board of the season that runs today; null between seasons and for a partner client."
    )
