"""The health of a cascade in the schema: how much of the strategy arrives in a unit, part by part, month by month."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import strawberry

from api.objectives.types import Cycle, KeyResult, Objective
from api.people.types import Unit
from api.planned import Connection, Node, page, planned
from api.strategy.types import StrategicObjective, Strategy
from api.transmission.interlocks import Interlock
from domain.transmission.terms import Missing, Part

strawberry.enum(Part, name="CascadePartKind", description="What is told of a cascade.")
strawberry.enum(Missing, name="CascadePartMissing", description="Why a part has no value; it is not zero then.")


@strawberry.type(description="A part as it was read in a month: the last reading of that month.")
class CascadeReading:
    month: date = strawberry.field(description="The first day of the month.")
    value: Decimal | None = strawberry.field(description="In percent, to two decimals; null if it was missing.")
    n: int | None = strawberry.field(description="Of how many it was found.")
    missing: Missing | None = strawberry.field(description="Why it was missing.")


@strawberry.type(description="A part of what is told of a cascade, as it is now and as it was.")
class CascadePart:
    kind: Part = strawberry.field(description="Which part.")
    value: Decimal | None = strawberry.field(
        description="In percent, to two decimals; null where it is missing. Rounded half up, and only here."
    )
    n: int | None = strawberry.field(
        description="Of how many targets, people, goals, answers or promises it was found; null where even that is "
        "withheld."
    )
    alarm: bool | None = strawberry.field(
        description="Whether it is above its limit: 110 % of over-assignment, 25 % of distance between weights; null "
        "for parts without a limit."
    )
    missing: Missing | None = strawberry.field(description="Why there is no value.")
    lacks: list[Part] = strawberry.field(description="Of an index without a value, which of its parts lack.")
    trend: list[CascadeReading] = strawberry.field(
        description="The last twelve months that were read, the oldest first; each night writes that of its month anew."
    )


@strawberry.type(description="What targets lose on one level of being thrown down.")
class LevelLoss:
    level: int = strawberry.field(description="How far below the target at the top they stand, which is 1.")
    targets: int = strawberry.field(description="How many targets of that level were thrown further down.")
    value: Decimal | None = strawberry.field(
        description="Which part of them was not thrown down, in percent, to two decimals, weighed by what they are of "
        "the targets at the top."
    )
    trend: list[CascadeReading] = strawberry.field(description="The last twelve months that were read.")


@strawberry.type(description="How much a theme was declared to matter, and how much the goals make it matter.")
class ThemeEmphasis:
    theme: strawberry.ID | None = strawberry.field(
        description="The id of the theme; null for what serves no theme of this strategy."
    )
    name: str | None = strawberry.field(description="Its name in English.")
    name_zh: str | None = strawberry.field(description="Its name in Chinese.")
    declared: Decimal | None = strawberry.field(description="Its weight in the strategy, in percent, to two decimals.")
    given: Decimal | None = strawberry.field(
        description="The weight that goals give it, in percent, to two decimals. Each owner counts once."
    )


@strawberry.type(description="What a perspective is said to weigh, weighs, and really moves.")
class PerspectiveEmphasis:
    code: str = strawberry.field(description="The short name of the perspective.")
    name: str | None = strawberry.field(description="Its name in English; null if the unit's card has no such.")
    name_zh: str | None = strawberry.field(description="Its name in Chinese.")
    declared: Decimal | None = strawberry.field(description="What the unit's mode says, in percent.")
    nominal: Decimal | None = strawberry.field(description="What the unit's own scorecard says, in percent.")
    effective: Decimal | None = strawberry.field(
        description="How much of the differences of the score from month to month it made, in percent; below zero it "
        "worked against the whole. Null for fewer than three months."
    )


@strawberry.type(
    description="The figures of a cascade. They count everything, also goals that are not shared with you; nothing of "
    "those can be told from them but that they are there."
)
class CascadeFigures:
    parts: list[CascadePart] = strawberry.field(description="Every part, those that make an index before it.")
    losses: list[LevelLoss] = strawberry.field(description="Level by level, what targets lose; at most 32.")
    themes: list[ThemeEmphasis] = strawberry.field(
        description="The themes of the strategy, and at the end what goals give to none of them; empty without one."
    )
    perspectives: list[PerspectiveEmphasis] = strawberry.field(
        description="The perspectives of the unit's scorecard and mode."
    )


@strawberry.type(
    description="How much of the strategy arrives in a unit and all units below it, in a cycle. Only promised goals "
    "and edges that both sides agreed to count."
)
class CascadeHealth(Node):
    day: date = strawberry.field(description="As of which day: today, or the end of a cycle that is over.")
    unit: Unit | None = strawberry.field(description="The unit.")
    cycle: Cycle | None = strawberry.field(description="The cycle.")
    strategy: Strategy | None = strawberry.field(
        description="The strategy that is to arrive: of the highest unit, from this one upwards, that published one."
    )
    figures: CascadeFigures = strawberry.field(description="What is told of it.")
    orphan_goals = page(
        Connection[Objective],
        "Promised goals that reach no strategic objective, as far as they are shared with you.",
    )
    unsupported = page(
        Connection[StrategicObjective],
        "Strategic objectives of the strategy that no goal of the ground reaches: of somebody to whom nobody answers.",
    )
    unconfirmed_interlocks = page(
        Connection[Interlock],
        "Interlocks with the unit or one below it on a side that both sides did not confirm, as far as they are shared "
        "with you; the soonest first.",
    )
    over_assigned = page(
        Connection[KeyResult],
        "Targets whose lowest slices come to more than 110 % of them, as far as they are shared with you.",
    )


@strawberry.type
class HealthQueries:
    @strawberry.field(
        description="How much of the strategy arrives in a unit: for who leads it or a unit above, its HR partners, "
        "the strategy office, and partner clients that read strategies; null for others."
    )
    def cascade_health(
        self,
        unit: Annotated[strawberry.ID, strawberry.argument(description="The unit.")],
        cycle: Annotated[
            strawberry.ID | None, strawberry.argument(description="The cycle; the one that began last unless named.")
        ] = strawberry.UNSET,
    ) -> CascadeHealth | None:
        planned()
