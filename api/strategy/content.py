"""A strategy map as a document in the schema: what is being written, and what was published in a version."""

from datetime import date
from decimal import Decimal

import strawberry

from domain.strategy.terms import LinkSign

strawberry.enum(LinkSign, description="Whether more of the cause leads to more or to less of the effect.")


@strawberry.type(description="A theme in a map as it was written.")
class ThemeContent:
    code: str = strawberry.field(description="The short name by which the map knows it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    weight: int = strawberry.field(description="Its declared weight, relative to those of the other themes.")


@strawberry.type(description="A waypoint in a map as it was written.")
class WaypointContent:
    year: int = strawberry.field(description="At the end of which year.")
    value: Decimal = strawberry.field(description="The value, in the goal's unit of measure.")


@strawberry.type(description="A long-term goal in a map as it was written.")
class LongTermGoalContent:
    code: str = strawberry.field(description="The short name by which the map knows it.")
    title: str = strawberry.field(description="What is to be reached, in English.")
    title_zh: str | None = strawberry.field(description="What is to be reached, in Chinese.")
    theme: str | None = strawberry.field(description="The code of its theme.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    baseline: Decimal = strawberry.field(description="Where it starts.")
    baseline_year: int = strawberry.field(description="In which year it starts.")
    target: Decimal = strawberry.field(description="Where it shall be.")
    target_year: int = strawberry.field(description="By the end of which year.")
    waypoints: list[WaypointContent] = strawberry.field(description="Where it shall be in the years between.")


@strawberry.type(description="An intent in a map as it was written.")
class IntentContent:
    why: str = strawberry.field(description="Why it matters.")
    what_changes: str = strawberry.field(description="What will be different.")
    will_not_do: str = strawberry.field(description="What will not be done for it.")


@strawberry.type(description="A strategic objective in a map as it was written.")
class StrategicObjectiveContent:
    code: str = strawberry.field(description="The short name by which the map knows it.")
    title: str = strawberry.field(description="What is to be reached, in English.")
    title_zh: str | None = strawberry.field(description="What is to be reached, in Chinese.")
    perspective: str = strawberry.field(description="The code of its perspective.")
    theme: str = strawberry.field(description="The code of its theme.")
    long_term_goal: str | None = strawberry.field(description="The code of the long-term goal that it serves.")
    owner: strawberry.ID | None = strawberry.field(description="The id of the person who answers for it.")
    weight: int = strawberry.field(description="Its weight, relative to those of the other strategic objectives.")
    intent: IntentContent | None = strawberry.field(description="Its intent; null in a draft that leaves it as it is.")


@strawberry.type(description="A causal link in a map as it was written.")
class CausalLinkContent:
    cause: str = strawberry.field(description="The code of the strategic objective that leads to the other.")
    effect: str = strawberry.field(description="The code of the strategic objective that follows.")
    sign: LinkSign = strawberry.field(description="Whether more of the cause leads to more or to less of the effect.")
    lag_months: int = strawberry.field(description="After how many months the effect is expected.")
    hypothesis: str = strawberry.field(description="Why the one should lead to the other.")


@strawberry.type(description="A whole strategy map as it was written, its parts by their codes.")
class StrategyContent:
    mission: str | None = strawberry.field(description="What the unit is there for, in English.")
    mission_zh: str | None = strawberry.field(description="What the unit is there for, in Chinese.")
    vision: str | None = strawberry.field(description="What it wants to become, in English.")
    vision_zh: str | None = strawberry.field(description="What it wants to become, in Chinese.")
    starts_on: date = strawberry.field(description="The first day of its horizon.")
    ends_on: date = strawberry.field(description="The last day of its horizon.")
    themes: list[ThemeContent] = strawberry.field(description="The themes in their order; at most 20.")
    long_term_goals: list[LongTermGoalContent] = strawberry.field(description="The long-term goals; at most 50.")
    strategic_objectives: list[StrategicObjectiveContent] = strawberry.field(
        description="The strategic objectives in their order; at most 100."
    )
    causal_links: list[CausalLinkContent] = strawberry.field(description="The causal links; at most 200.")
