"""How a strategy map is written: the inputs of its mutations, and what the domain is given for them."""

from datetime import date
from decimal import Decimal

import strawberry

from api.mutating import optional_id, text
from domain.strategy.terms import (
    CausalLinkDraft,
    IntentDraft,
    LinkSign,
    LongTermGoalDraft,
    MapDraft,
    NewPerspective,
    StrategicObjectiveDraft,
    ThemeDraft,
    WaypointDraft,
)

KEY = "Names this very request: repeated, it is answered as the first time and changes nothing more."
VERSION = "The `version` of the strategy that you decided on; if it moved on since, the answer is StaleVersion."
CODE = "A short name of its own in the map: 1 to 32 Latin letters, digits, dots, dashes, underscores. It never changes."


@strawberry.input(description="A theme as it shall be.")
class ThemeInput:
    code: str = strawberry.field(description=CODE)
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    weight: int = strawberry.field(description="Its declared weight, 0 to 1,000, relative to the other themes.")
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")


@strawberry.input(description="Where a long-term goal shall be at the end of a year.")
class WaypointInput:
    year: int = strawberry.field(description="A year after the baseline's and before the target's.")
    value: Decimal = strawberry.field(description="A value on the way from the waypoint before to the target.")


@strawberry.input(description="A long-term goal as it shall be.")
class LongTermGoalInput:
    code: str = strawberry.field(description=CODE)
    title: str = strawberry.field(description="What is to be reached, in English; at most 200 characters.")
    unit_of_measure: str = strawberry.field(description="In what its values are counted.")
    baseline: Decimal = strawberry.field(description="Where it starts.")
    baseline_year: int = strawberry.field(description="In which year it starts.")
    target: Decimal = strawberry.field(description="Where it shall be; above or below the baseline.")
    target_year: int = strawberry.field(description="By the end of which year.")
    waypoints: list[WaypointInput] = strawberry.field(
        default_factory=list, description="In ascending years, never leading back; at most 30."
    )
    title_zh: str | None = strawberry.field(default=strawberry.UNSET, description="What is to be reached, in Chinese.")
    theme: str | None = strawberry.field(default=strawberry.UNSET, description="The code of its theme.")


@strawberry.input(description="What a strategic objective is for.")
class IntentInput:
    why: str = strawberry.field(description="Why it matters; at most 2,000 characters.")
    what_changes: str = strawberry.field(description="What will be different; at most 2,000 characters.")
    will_not_do: str = strawberry.field(description="What will not be done for it; at most 2,000 characters.")


@strawberry.input(description="A strategic objective as it shall be.")
class StrategicObjectiveInput:
    code: str = strawberry.field(description=CODE)
    title: str = strawberry.field(description="What is to be reached, in English; at most 200 characters.")
    perspective: str = strawberry.field(description="The code of its perspective.")
    theme: str = strawberry.field(description="The code of its theme.")
    weight: int = strawberry.field(description="Its weight, 0 to 1,000, relative to the other strategic objectives.")
    title_zh: str | None = strawberry.field(default=strawberry.UNSET, description="What is to be reached, in Chinese.")
    long_term_goal: str | None = strawberry.field(
        default=strawberry.UNSET, description="The code of the long-term goal that it serves."
    )
    owner: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Who answers for it.")
    intent: IntentInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="What it is for; left out, the intent stays as it is. One that differs becomes its next version "
        "when the map is published.",
    )


@strawberry.input(description="A causal link as it shall be.")
class CausalLinkInput:
    cause: str = strawberry.field(description="The code of the strategic objective that leads to the other.")
    effect: str = strawberry.field(description="The code of the strategic objective that follows.")
    sign: LinkSign = strawberry.field(description="Whether more of the cause leads to more or to less of the effect.")
    lag_months: int = strawberry.field(description="After how many months the effect is expected, 0 to 36.")
    hypothesis: str = strawberry.field(description="Why the one should lead to the other.")


@strawberry.input(description="The whole strategy map of a unit as it shall be: what is left out shall be retired.")
class WriteStrategyMapInput:
    unit: strawberry.ID = strawberry.field(description="Whose strategy it is.")
    starts_on: date = strawberry.field(description="The first day of its horizon.")
    ends_on: date = strawberry.field(description="The last day of its horizon, at most 30 years later.")
    themes: list[ThemeInput] = strawberry.field(description="The themes in their order; at most 20.")
    strategic_objectives: list[StrategicObjectiveInput] = strawberry.field(
        description="The strategic objectives in their order; at most 100."
    )
    expected_version: int = strawberry.field(description=f"{VERSION} Say 0 to begin a strategy.")
    idempotency_key: str = strawberry.field(description=KEY)
    causal_links: list[CausalLinkInput] = strawberry.field(
        default_factory=list, description="What leads to what; at most 200, and never in a circle."
    )
    long_term_goals: list[LongTermGoalInput] = strawberry.field(
        default_factory=list, description="The long-term goals in their order; at most 50."
    )
    mission: str | None = strawberry.field(default=strawberry.UNSET, description="What the unit is there for.")
    mission_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The same in Chinese.")
    vision: str | None = strawberry.field(default=strawberry.UNSET, description="What it wants to become.")
    vision_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The same in Chinese.")


@strawberry.input(description="The strategy to publish.")
class PublishStrategyInput:
    id: strawberry.ID = strawberry.field(description="The strategy.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)
    reason: str | None = strawberry.field(
        default=strawberry.UNSET, description="Why a perspective is left without a strategic objective, if one is."
    )


@strawberry.input(description="A new version of a strategic objective's intent.")
class WriteIntentInput:
    strategic_objective: strawberry.ID = strawberry.field(description="The strategic objective.")
    intent: IntentInput = strawberry.field(description="What it says from now on.")
    expected_version: int = strawberry.field(description=VERSION)
    idempotency_key: str = strawberry.field(description=KEY)


@strawberry.input(description="A perspective as it shall be.")
class PerspectiveInput:
    code: str = strawberry.field(description=CODE)
    name: str = strawberry.field(description="The name in English; at most 200 characters.")
    name_zh: str | None = strawberry.field(default=strawberry.UNSET, description="The name in Chinese.")


@strawberry.input(description="All perspectives of the group.")
class WritePerspectivesInput:
    perspectives: list[PerspectiveInput] = strawberry.field(
        description="In their order; at most 12. One that was named before may be renamed and moved, but not left out."
    )
    idempotency_key: str = strawberry.field(description=KEY)


def drafted(given: WriteStrategyMapInput) -> MapDraft:
    """The map that was given; InvalidInput for an owner who is no person."""
    return MapDraft(
        starts_on=given.starts_on,
        ends_on=given.ends_on,
        mission=text(given.mission),
        mission_zh=text(given.mission_zh),
        vision=text(given.vision),
        vision_zh=text(given.vision_zh),
        themes=tuple(
            ThemeDraft(code=one.code, name=one.name, name_zh=text(one.name_zh), weight=one.weight)
            for one in given.themes
        ),
        goals=tuple(map(_goal, given.long_term_goals)),
        objectives=tuple(
            _objective(one, f"strategicObjectives.{at}") for at, one in enumerate(given.strategic_objectives)
        ),
        links=tuple(map(_link, given.causal_links)),
    )


def _goal(given: LongTermGoalInput) -> LongTermGoalDraft:
    return LongTermGoalDraft(
        code=given.code,
        title=given.title,
        title_zh=text(given.title_zh),
        theme=text(given.theme),
        unit_of_measure=given.unit_of_measure,
        baseline=given.baseline,
        baseline_year=given.baseline_year,
        target=given.target,
        target_year=given.target_year,
        waypoints=tuple(WaypointDraft(year=one.year, value=one.value) for one in given.waypoints),
    )


def _objective(given: StrategicObjectiveInput, path: str) -> StrategicObjectiveDraft:
    return StrategicObjectiveDraft(
        code=given.code,
        title=given.title,
        title_zh=text(given.title_zh),
        perspective=given.perspective,
        theme=given.theme,
        goal=text(given.long_term_goal),
        owner_id=optional_id("per", given.owner, f"{path}.owner"),
        weight=given.weight,
        intent=intended(given.intent) if isinstance(given.intent, IntentInput) else None,
    )


def intended(given: IntentInput) -> IntentDraft:
    """The intent that was given."""
    return IntentDraft(why=given.why, what_changes=given.what_changes, will_not_do=given.will_not_do)


def _link(given: CausalLinkInput) -> CausalLinkDraft:
    return CausalLinkDraft(
        cause=given.cause,
        effect=given.effect,
        sign=given.sign,
        lag_months=given.lag_months,
        hypothesis=given.hypothesis,
    )


def named(given: PerspectiveInput) -> NewPerspective:
    """The perspective that was given."""
    return NewPerspective(code=given.code, name=given.name, name_zh=text(given.name_zh))
