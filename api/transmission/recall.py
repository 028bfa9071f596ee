"""Recall in the schema: what a person is asked about the strategy, and what came of a round."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

import strawberry

from api.objectives.types import Cycle
from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, planned
from api.strategy.types import StrategicObjective, Strategy, Theme
from domain.transmission.recall.terms import RecallAbout, RecallState

strawberry.enum(RecallAbout, description="Which priorities of a strategy a round asks for.")
strawberry.enum(RecallState, description="What a question of recall waits for.")


@strawberry.type(
    description="A round of one question to the people of a unit and of all units below it: what does our strategy "
    "want? A person is asked once a quarter, and first says in own words what they remember."
)
class RecallRound(Node):
    unit: Unit | None = strawberry.field(description="Whose people are asked, with those of all units below it.")
    cycle: Cycle | None = strawberry.field(description="The cycle to which it belongs.")
    strategy: Strategy | None = strawberry.field(
        description="The strategy that is asked for: the unit's, or the nearest above."
    )
    about: RecallAbout = strawberry.field(description="Which of its priorities.")
    k: int = strawberry.field(description="How many count: the weightiest as the round was opened, from 1 to 5.")
    quarter: date = strawberry.field(description="The first day of its quarter.")
    opens_at: datetime = strawberry.field(description="From when on it is asked.")
    closes_at: datetime = strawberry.field(description="Until when it can be answered; its results are told then.")
    over: bool = strawberry.field(description="Whether it is over.")
    asked: int = strawberry.field(description="How many persons are asked.")
    answered: int | None = strawberry.field(
        description="How many have answered to the end; for the strategy office, else null."
    )
    asked_by: Person | None = strawberry.field(description="Who opened it.")


@strawberry.type(
    description="A priority of the strategy in a round, as it stood when the round was opened. It is shown to a person "
    "only once their words are fixed."
)
class RecallPriority(Node):
    position: int = strawberry.field(description="Its place in the list, by the title; it does not tell the weight.")
    title: str = strawberry.field(description="What it is, in English.")
    title_zh: str | None = strawberry.field(description="What it is, in Chinese.")
    counts: bool | None = strawberry.field(
        description="Whether it is among the k weightiest; null until you have answered."
    )
    strategic_objective: StrategicObjective | None = strawberry.field(
        description="The strategic objective, in a round about them."
    )
    theme: Theme | None = strawberry.field(description="The theme, in a round about themes.")


@strawberry.type(description="Which priority you meant by a word of yours.")
class RecallMark(Node):
    word: int = strawberry.field(description="The place of the word among yours, from 1.")
    priority: RecallPriority | None = strawberry.field(description="What you meant by it.")


@strawberry.type(
    description="What you are asked about the strategy, and what you said. Nobody but you reads it: others are told "
    "the mean of five persons or more, when the round is over."
)
class RecallQuestion(Node):
    state: RecallState = strawberry.field(description="What it waits for.")
    round: RecallRound | None = strawberry.field(description="The round to which it belongs.")
    unit: Unit | None = strawberry.field(description="The unit whose strategy is asked for.")
    k: int = strawberry.field(description="How many priorities are looked for.")
    closes_at: datetime = strawberry.field(description="Until when you can answer.")
    words: list[str] | None = strawberry.field(
        description="What you said, at most five; null before, and empty if nothing came to your mind."
    )
    said_at: datetime | None = strawberry.field(description="When you said it.")
    priorities: list[RecallPriority] = strawberry.field(
        description="What the strategy wants, at most twelve: empty until your words are fixed."
    )
    marks: list[RecallMark] = strawberry.field(description="What you meant by your words.")
    recalled: Decimal | None = strawberry.field(
        description="How many of the k you named, in percent to two decimals; null until you have answered."
    )
    answered_at: datetime | None = strawberry.field(description="When you finished your answer.")


@strawberry.type
class RecallQueries:
    recall_question: RecallQuestion | None = strawberry.field(
        description="The question of recall that waits for you; null if there is none, or you have answered."
    )

    @strawberry.field(description="Rounds of recall, newest first.")
    def recall_rounds(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        unit: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only those of this very unit.")
        ] = strawberry.UNSET,
    ) -> Connection[RecallRound]:
        planned()
