"""Strategies in the schema: the map of a unit, its strategic objectives and their intents."""

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.objectives.cascading.alignments import alignment_page
from api.people.types import Person, Unit
from api.planned import AfterCursor, BeforeCursor, Connection, FirstCount, LastCount, Node, page, planned
from api.plans.types import REVISIONS, RevisionList
from api.strategy.content import StrategyContent
from domain.objectives.terms import IntentState
from domain.strategy.terms import GoalDirection, LinkSign

if TYPE_CHECKING:
    from api.plans.investments import Funding
    from api.plans.types import Derivation
    from api.strategy.intents import InheritedIntent, IntentLevel

strawberry.enum(IntentState, description="How an objective stands to an intent that it inherits.")
strawberry.enum(GoalDirection, description="Where a long-term goal leads from its baseline.")


@strawberry.type(description="A point of view from which the group looks at itself, such as finance or customers.")
class Perspective(Node):
    code: str = strawberry.field(description="The short name by which maps and scorecards know it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    position: int = strawberry.field(description="Its place among the perspectives of the group, from 1.")


@strawberry.type(description="A version of what a strategic objective is for: written once, never edited.")
class Intent(Node):
    version: int = strawberry.field(description="Counts the intents of the strategic objective, from 1.")
    current: bool = strawberry.field(description="Whether it holds: no newer version was written.")
    why: str = strawberry.field(description="Why it matters.")
    what_changes: str = strawberry.field(description="What will be different.")
    will_not_do: str = strawberry.field(description="What will not be done for it.")
    written_at: datetime = strawberry.field(description="When it was written; it holds from then on.")
    written_by: Person | None = strawberry.field(description="Who wrote it.")
    strategic_objective: "StrategicObjective | None" = strawberry.field(description="What it explains.")


@strawberry.type(description="Where a long-term goal shall be at the end of a year.")
class Waypoint(Node):
    year: int = strawberry.field(description="At the end of which year.")
    value: Decimal = strawberry.field(description="The value, in the goal's unit of measure.")


@strawberry.type(description="Where a figure shall be in some years, with waypoints on the way.")
class LongTermGoal(Node):
    code: str = strawberry.field(description="The short name by which its map knows it.")
    title: str = strawberry.field(description="What is to be reached, in English.")
    title_zh: str | None = strawberry.field(description="What is to be reached, in Chinese.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    direction: GoalDirection = strawberry.field(description="Where it leads from the baseline.")
    baseline: Decimal = strawberry.field(description="Where it starts.")
    baseline_year: int = strawberry.field(description="In which year it starts.")
    target: Decimal = strawberry.field(description="Where it shall be.")
    target_year: int = strawberry.field(description="By the end of which year.")
    waypoints: list[Waypoint] = strawberry.field(description="Where it shall be in years between; at most 30.")
    position: int = strawberry.field(description="Its place in the map, from 1.")
    theme: "Theme | None" = strawberry.field(description="The theme that it belongs to.")
    strategy: "Strategy | None" = strawberry.field(description="The strategy that it belongs to.")
    retired_at: datetime | None = strawberry.field(description="Since when the map leaves it out; null while it holds.")


@strawberry.type(description="A direction of a strategy: its weight says what the unit declares to matter most.")
class Theme(Node):
    code: str = strawberry.field(description="The short name by which its map knows it.")
    name: str = strawberry.field(description="The name in English.")
    name_zh: str | None = strawberry.field(description="The name in Chinese.")
    weight: int = strawberry.field(description="Its declared weight, relative to those of the other themes.")
    percent: Decimal | None = strawberry.field(
        description="The weight as whole percent: those of all themes in force read 100. Null once it is retired."
    )
    position: int = strawberry.field(description="Its place in the map, from 1.")
    strategic_objectives: list["StrategicObjective"] = strawberry.field(
        description="Its strategic objectives in force; at most 100."
    )
    strategy: "Strategy | None" = strawberry.field(description="The strategy that it belongs to.")
    retired_at: datetime | None = strawberry.field(description="Since when the map leaves it out; null while it holds.")


@strawberry.type(description="A hypothesis of a map: one strategic objective leads to another.")
class CausalLink(Node):
    cause: "StrategicObjective | None" = strawberry.field(description="What leads to the other.")
    effect: "StrategicObjective | None" = strawberry.field(description="What follows.")
    sign: LinkSign = strawberry.field(description="Whether more of the cause leads to more or to less of the effect.")
    lag_months: int = strawberry.field(description="After how many months the effect is expected, 0 to 36.")
    hypothesis: str = strawberry.field(description="Why the one should lead to the other.")
    retired_at: datetime | None = strawberry.field(description="Since when the map leaves it out; null while it holds.")


@strawberry.type(description="What a unit wants to reach, from one perspective and under one theme.")
class StrategicObjective(Node):
    code: str = strawberry.field(description="The short name by which its map knows it.")
    title: str = strawberry.field(description="What is to be reached, in English.")
    title_zh: str | None = strawberry.field(description="What is to be reached, in Chinese.")
    weight: int = strawberry.field(description="Its weight, relative to those of the other strategic objectives.")
    percent: Decimal | None = strawberry.field(
        description="The weight as whole percent: those of all strategic objectives in force read 100. "
        "Null once it is retired."
    )
    position: int = strawberry.field(description="Its place in the map, from 1.")
    owner: Person | None = strawberry.field(description="Who answers for it.")
    served_by = alignment_page("What serves it by agreement or is to serve it: those that you may see, newest first.")
    perspective: Perspective | None = strawberry.field(description="The perspective in which it stands.")
    theme: Theme | None = strawberry.field(description="The theme that it belongs to.")
    long_term_goal: LongTermGoal | None = strawberry.field(description="The long-term goal that it serves.")
    strategy: "Strategy | None" = strawberry.field(description="The strategy that it belongs to.")
    intent: Intent | None = strawberry.field(
        description="Why, what changes and what will not be done, as it holds now."
    )
    intents = page(Connection[Intent], "All versions of its intent, the newest first.")
    leads_to: list[CausalLink] = strawberry.field(description="The links to what follows from it.")
    follows_from: list[CausalLink] = strawberry.field(description="The links to what it follows from.")
    retired_at: datetime | None = strawberry.field(description="Since when the map leaves it out; null while it holds.")
    derivations: list[Annotated["Derivation", strawberry.lazy("api.plans.types")]] = strawberry.field(
        description="The accounts of plans that it comes from; at most 20."
    )
    fundings: list[Annotated["Funding", strawberry.lazy("api.plans.investments")]] = strawberry.field(
        description="The investments that are for it, and how much of each; at most 100."
    )
    funded_share: Decimal | None = strawberry.field(
        description="Percent of the money asked for it that is approved, to two decimals; null if none is asked. What "
        "was stopped asks for nothing any more."
    )
    is_unfunded: bool = strawberry.field(description="Whether money is asked for it and none is approved.")
    open_revisions: RevisionList = strawberry.field(description=REVISIONS)
    levels: list[Annotated["IntentLevel", strawberry.lazy("api.strategy.intents")]] = strawberry.field(
        description="How far its intent has arrived, level by level below; it counts what you may not see as well."
    )

    @strawberry.field(description="The promised objectives that inherit its intent and that you may see.")
    def inheritors(
        self,
        first: FirstCount = 20,
        after: AfterCursor = strawberry.UNSET,
        last: LastCount = strawberry.UNSET,
        before: BeforeCursor = strawberry.UNSET,
        state: IntentState | None = strawberry.UNSET,
        level: int | None = strawberry.UNSET,
    ) -> Connection[Annotated["InheritedIntent", strawberry.lazy("api.strategy.intents")]]:
        planned()


@strawberry.type(description="A perspective of a map with the strategic objectives that stand in it.")
class MapPerspective:
    perspective: Perspective | None = strawberry.field(description="The perspective.")
    strategic_objectives: list[StrategicObjective] = strawberry.field(
        description="The strategic objectives in force, in their order; none where the map leaves it empty."
    )


@strawberry.type(description="A strategy as it was published: it stays as it stood on that day.")
class StrategyVersion(Node):
    version: int = strawberry.field(description="Counts what was published, from 1.")
    content: StrategyContent = strawberry.field(description="The whole map as it stood, with the intents of that day.")
    reason: str | None = strawberry.field(description="Why a perspective was left out, if one was.")
    published_at: datetime = strawberry.field(description="When it was published.")
    published_by: Person | None = strawberry.field(description="Who published it.")
    strategy: "Strategy | None" = strawberry.field(description="The strategy that it is a version of.")


@strawberry.type(
    description="What a unit wants: mission, vision, long-term goals and the map of its strategic objectives, "
    "as it was published last."
)
class Strategy(Node):
    unit: Unit | None = strawberry.field(description="Whose strategy it is.")
    mission: str | None = strawberry.field(description="What the unit is there for, in English.")
    mission_zh: str | None = strawberry.field(description="What the unit is there for, in Chinese.")
    vision: str | None = strawberry.field(description="What it wants to become, in English.")
    vision_zh: str | None = strawberry.field(description="What it wants to become, in Chinese.")
    starts_on: date = strawberry.field(description="The first day of its horizon.")
    ends_on: date = strawberry.field(description="The last day of its horizon.")
    version: int = strawberry.field(
        description="Counts the changes, also of the draft: to be given back as `expectedVersion`."
    )
    published_version: int | None = strawberry.field(description="The number of the version that holds.")
    themes: list[Theme] = strawberry.field(description="The themes in force, in their order; at most 20.")
    perspectives: list[MapPerspective] = strawberry.field(
        description="The perspectives of the group, each with its strategic objectives; at most 12."
    )
    strategic_objectives: list[StrategicObjective] = strawberry.field(
        description="The strategic objectives in force, in their order; at most 100."
    )
    causal_links: list[CausalLink] = strawberry.field(description="The causal links in force; at most 200.")
    long_term_goals: list[LongTermGoal] = strawberry.field(description="The long-term goals in force; at most 50.")
    versions = page(Connection[StrategyVersion], "What was published, the newest first.")
    draft: StrategyContent | None = strawberry.field(
        description="The map as it is being written, for the strategy office and administrators; "
        "null for others, and when nothing was written since it was published."
    )


@strawberry.type
class StrategyQueries:
    @strawberry.field(description="The strategy of a unit with its map; null if it has none that is shared with you.")
    def strategy_map(self, unit: strawberry.ID) -> Strategy | None:
        planned()

    strategies = page(Connection[Strategy], "The strategies of the group's units, the newest first.")
    perspectives = page(Connection[Perspective], "The perspectives of the group, in their order.")
