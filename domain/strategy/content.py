"""A map as JSON, in the names of the schema: how a draft and a published version are kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID

from domain.kernel import numbers
from domain.strategy.terms import (
    CausalLinkDraft,
    IntentDraft,
    LinkSign,
    LongTermGoalDraft,
    MapDraft,
    StrategicObjectiveDraft,
    ThemeDraft,
    WaypointDraft,
)

Content = Mapping[str, object]
PERSON = "per_"


def write(draft: MapDraft) -> Content:
    """The map as JSON: numbers and dates as text, the owner by the public id."""
    return {
        "mission": draft.mission,
        "missionZh": draft.mission_zh,
        "vision": draft.vision,
        "visionZh": draft.vision_zh,
        "startsOn": draft.starts_on.isoformat(),
        "endsOn": draft.ends_on.isoformat(),
        "themes": [
            {"code": one.code, "name": one.name, "nameZh": one.name_zh, "weight": one.weight} for one in draft.themes
        ],
        "longTermGoals": [_goal(one) for one in draft.goals],
        "strategicObjectives": [_objective(one) for one in draft.objectives],
        "causalLinks": [_link(one) for one in draft.links],
    }


def _goal(goal: LongTermGoalDraft) -> Content:
    return {
        "code": goal.code,
        "title": goal.title,
        "titleZh": goal.title_zh,
        "theme": goal.theme,
        "unitOfMeasure": goal.unit_of_measure,
        "baseline": numbers.plain(goal.baseline),
        "baselineYear": goal.baseline_year,
        "target": numbers.plain(goal.target),
        "targetYear": goal.target_year,
        "waypoints": [{"year": one.year, "value": numbers.plain(one.value)} for one in goal.waypoints],
    }


def _objective(objective: StrategicObjectiveDraft) -> Content:
    return {
        "code": objective.code,
        "title": objective.title,
        "titleZh": objective.title_zh,
        "perspective": objective.perspective,
        "theme": objective.theme,
        "longTermGoal": objective.goal,
        "owner": None if objective.owner_id is None else f"{PERSON}{objective.owner_id}",
        "weight": objective.weight,
        "intent": None if objective.intent is None else _intent(objective.intent),
    }


def _intent(intent: IntentDraft) -> Content:
    return {"why": intent.why, "whatChanges": intent.what_changes, "willNotDo": intent.will_not_do}


def _link(link: CausalLinkDraft) -> Content:
    return {
        "cause": link.cause,
        "effect": link.effect,
        "sign": str(link.sign),
        "lagMonths": link.lag_months,
        "hypothesis": link.hypothesis,
    }


def read(content: Content) -> MapDraft:
    """What `write` was given."""
    return MapDraft(
        starts_on=date.fromisoformat(_text(content, "startsOn")),
        ends_on=date.fromisoformat(_text(content, "endsOn")),
        mission=_maybe(content, "mission"),
        mission_zh=_maybe(content, "missionZh"),
        vision=_maybe(content, "vision"),
        vision_zh=_maybe(content, "visionZh"),
        themes=tuple(_read_theme(one) for one in _many(content, "themes")),
        goals=tuple(_read_goal(one) for one in _many(content, "longTermGoals")),
        objectives=tuple(_read_objective(one) for one in _many(content, "strategicObjectives")),
        links=tuple(_read_link(one) for one in _many(content, "causalLinks")),
    )


def _read_theme(kept: Content) -> ThemeDraft:
    return ThemeDraft(
        code=_text(kept, "code"),
        name=_text(kept, "name"),
        name_zh=_maybe(kept, "nameZh"),
        weight=_whole(kept, "weight"),
    )


def _read_goal(kept: Content) -> LongTermGoalDraft:
    return LongTermGoalDraft(
        code=_text(kept, "code"),
        title=_text(kept, "title"),
        title_zh=_maybe(kept, "titleZh"),
        theme=_maybe(kept, "theme"),
        unit_of_measure=_text(kept, "unitOfMeasure"),
        baseline=Decimal(_text(kept, "baseline")),
        baseline_year=_whole(kept, "baselineYear"),
        target=Decimal(_text(kept, "target")),
        target_year=_whole(kept, "targetYear"),
        waypoints=tuple(
            WaypointDraft(year=_whole(one, "year"), value=Decimal(_text(one, "value")))
            for one in _many(kept, "waypoints")
        ),
    )


def _read_objective(kept: Content) -> StrategicObjectiveDraft:
    owner, intent = _maybe(kept, "owner"), kept["intent"]
    return StrategicObjectiveDraft(
        code=_text(kept, "code"),
        title=_text(kept, "title"),
        title_zh=_maybe(kept, "titleZh"),
        perspective=_text(kept, "perspective"),
        theme=_text(kept, "theme"),
        goal=_maybe(kept, "longTermGoal"),
        owner_id=None if owner is None else UUID(owner.removeprefix(PERSON)),
        weight=_whole(kept, "weight"),
        intent=None if intent is None else _read_intent(cast("Content", intent)),
    )


def _read_intent(kept: Content) -> IntentDraft:
    return IntentDraft(
        why=_text(kept, "why"), what_changes=_text(kept, "whatChanges"), will_not_do=_text(kept, "willNotDo")
    )


def _read_link(kept: Content) -> CausalLinkDraft:
    return CausalLinkDraft(
        cause=_text(kept, "cause"),
        effect=_text(kept, "effect"),
        sign=LinkSign(_text(kept, "sign")),
        lag_months=_whole(kept, "lagMonths"),
        hypothesis=_text(kept, "hypothesis"),
    )


def _many(kept: Content, name: str) -> Sequence[Content]:
    return cast("Sequence[Content]", kept[name])


def _text(kept: Content, name: str) -> str:
    return cast("str", kept[name])


def _maybe(kept: Content, name: str) -> str | None:
    return cast("str | None", kept[name])


def _whole(kept: Content, name: str) -> int:
    return cast("int", kept[name])
