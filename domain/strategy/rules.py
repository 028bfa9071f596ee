"""What a strategy map must be: when it is written, and when it is published."""

import re
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from domain.kernel import circles, numbers
from domain.kernel.errors import InvalidInput
from domain.strategy.errors import CausalCircle, StrategyIncomplete
from domain.strategy.terms import (
    CausalLinkDraft,
    Gap,
    GapKind,
    GoalDirection,
    IntentDraft,
    LongTermGoalDraft,
    MapDraft,
    NewPerspective,
    StrategicObjectiveDraft,
)

PERSPECTIVES_MAX = 12
THEMES_MAX = 20
GOALS_MAX = 50
WAYPOINTS_MAX = 30
OBJECTIVES_MAX = 100
LINKS_MAX = 200
YEARS_MAX = 30
YEARS = range(1900, 2201)
WEIGHT_MAX = 1000
LAG_MONTHS_MAX = 36
NAME_CHARACTERS_MAX = 200
TEXT_CHARACTERS_MAX = 2000
UNIT_CHARACTERS_MAX = 40
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
PERSPECTIVES = (
    NewPerspective(code="FINANCIAL", name="Finance", name_zh="财务"),
    NewPerspective(code="CUSTOMER", name="Customers", name_zh="客户"),
    NewPerspective(code="PROCESS", name="Internal processes", name_zh="内部流程"),
    NewPerspective(code="LEARNING", name="Learning and growth", name_zh="学习与成长"),
)
"""Those of the balanced scorecard (Kaplan and Norton 1992), until a group names its own."""


def check_map(draft: MapDraft, *, perspectives: Collection[str]) -> None:
    """InvalidInput or CausalCircle unless the parts fit together; a map need not be complete to be written.

    `perspectives` are the codes that the group has.
    """
    for name, text in (("mission", draft.mission), ("vision", draft.vision)):
        _check_optional(text, name, characters_max=TEXT_CHARACTERS_MAX)
    for name, text in (("missionZh", draft.mission_zh), ("visionZh", draft.vision_zh)):
        _check_optional(text, name, characters_max=TEXT_CHARACTERS_MAX)
    if draft.ends_on < draft.starts_on:
        raise InvalidInput("The last day lies before the first one.", field="endsOn")
    if draft.ends_on.year - draft.starts_on.year > YEARS_MAX:
        raise InvalidInput(f"A strategy looks at most {YEARS_MAX} years ahead.", field="endsOn")
    _check_themes(draft)
    _check_goals(draft)
    _check_objectives(draft, perspectives)
    _check_links(draft)


def _check_themes(draft: MapDraft) -> None:
    _check_codes([one.code for one in draft.themes], "themes", most=THEMES_MAX)
    for at, theme in enumerate(draft.themes):
        path = f"themes.{at}"
        _check_names(theme.name, theme.name_zh, f"{path}.name")
        _check_weight(theme.weight, f"{path}.weight")


def _check_goals(draft: MapDraft) -> None:
    _check_codes([one.code for one in draft.goals], "longTermGoals", most=GOALS_MAX)
    themes = {one.code for one in draft.themes}
    for at, goal in enumerate(draft.goals):
        path = f"longTermGoals.{at}"
        _check_names(goal.title, goal.title_zh, f"{path}.title")
        check_text(goal.unit_of_measure, f"{path}.unitOfMeasure", characters_max=UNIT_CHARACTERS_MAX)
        if goal.theme is not None:
            _check_known(goal.theme, themes, f"{path}.theme")
        _check_ends(goal, path)
        _check_waypoints(goal, path)


def _check_ends(goal: LongTermGoalDraft, path: str) -> None:
    _check_number(goal.baseline, f"{path}.baseline")
    _check_number(goal.target, f"{path}.target")
    if goal.baseline == goal.target:
        raise InvalidInput("The target must differ from the baseline.", field=f"{path}.target")
    if goal.baseline_year not in YEARS or goal.target_year not in YEARS:
        raise InvalidInput(f"A year lies from {YEARS[0]} to {YEARS[-1]}.", field=f"{path}.targetYear")
    if goal.target_year <= goal.baseline_year:
        raise InvalidInput("The target lies in a later year than the baseline.", field=f"{path}.targetYear")


def direction(baseline: Decimal, target: Decimal) -> GoalDirection:
    """Where a goal with these ends leads; they differ."""
    return GoalDirection.INCREASE if target > baseline else GoalDirection.DECREASE


def _check_waypoints(goal: LongTermGoalDraft, path: str) -> None:
    """In years between the ends, one each, and never back: a way that turns has another target."""
    if len(goal.waypoints) > WAYPOINTS_MAX:
        raise InvalidInput(f"A long-term goal has at most {WAYPOINTS_MAX} waypoints.", field=f"{path}.waypoints")
    year, value = goal.baseline_year, goal.baseline
    for at, point in enumerate(goal.waypoints):
        place = f"{path}.waypoints.{at}"
        _check_number(point.value, f"{place}.value")
        if not year < point.year < goal.target_year:
            said = f"Waypoints lie in ascending years between {goal.baseline_year} and {goal.target_year}."
            raise InvalidInput(said, field=f"{place}.year")
        if not _is_between(point.value, value, goal.target):
            raise InvalidInput("A waypoint leads from the one before towards the target.", field=f"{place}.value")
        year, value = point.year, point.value


def _is_between(value: Decimal, one: Decimal, other: Decimal) -> bool:
    return min(one, other) <= value <= max(one, other)


def _check_objectives(draft: MapDraft, perspectives: Collection[str]) -> None:
    _check_codes([one.code for one in draft.objectives], "strategicObjectives", most=OBJECTIVES_MAX)
    themes, goals = {one.code for one in draft.themes}, {one.code for one in draft.goals}
    for at, objective in enumerate(draft.objectives):
        path = f"strategicObjectives.{at}"
        _check_names(objective.title, objective.title_zh, f"{path}.title")
        _check_weight(objective.weight, f"{path}.weight")
        _check_known(objective.perspective, perspectives, f"{path}.perspective")
        _check_known(objective.theme, themes, f"{path}.theme")
        if objective.goal is not None:
            _check_known(objective.goal, goals, f"{path}.longTermGoal")
        if objective.intent is not None:
            check_intent(objective.intent, f"{path}.intent.")


def check_intent(intent: IntentDraft, path: str = "") -> None:
    """InvalidInput unless it says all three; `path` ends in a dot."""
    for name, text in (
        ("why", intent.why),
        ("whatChanges", intent.what_changes),
        ("willNotDo", intent.will_not_do),
    ):
        check_text(text, f"{path}{name}", characters_max=TEXT_CHARACTERS_MAX)


def _check_links(draft: MapDraft) -> None:
    if len(draft.links) > LINKS_MAX:
        raise InvalidInput(f"A map has at most {LINKS_MAX} causal links.", field="causalLinks")
    codes = {one.code for one in draft.objectives}
    seen: set[tuple[str, str]] = set()
    for at, link in enumerate(draft.links):
        _check_link(link, codes, f"causalLinks.{at}")
        if (link.cause, link.effect) in seen:
            raise InvalidInput("These two are linked twice.", field=f"causalLinks.{at}")
        seen.add((link.cause, link.effect))
    if path := circles.find((link.cause, link.effect) for link in draft.links):
        raise CausalCircle(path)


def _check_link(link: CausalLinkDraft, codes: Collection[str], path: str) -> None:
    _check_known(link.cause, codes, f"{path}.cause")
    _check_known(link.effect, codes, f"{path}.effect")
    if link.cause == link.effect:
        raise InvalidInput("Nothing is the cause of itself.", field=f"{path}.effect")
    if not 0 <= link.lag_months <= LAG_MONTHS_MAX:
        raise InvalidInput(f"A lag is 0 to {LAG_MONTHS_MAX} months.", field=f"{path}.lagMonths")
    check_text(link.hypothesis, f"{path}.hypothesis", characters_max=TEXT_CHARACTERS_MAX)


def check_perspectives(perspectives: Sequence[NewPerspective]) -> None:
    """InvalidInput unless they can be the perspectives of a group."""
    if not perspectives:
        raise InvalidInput("Name at least one perspective.", field="perspectives")
    _check_codes([one.code for one in perspectives], "perspectives", most=PERSPECTIVES_MAX)
    for at, one in enumerate(perspectives):
        _check_names(one.name, one.name_zh, f"perspectives.{at}.name")


def check_complete(
    draft: MapDraft, *, perspectives: Iterable[str], with_intent: Collection[str], reason: str | None
) -> None:
    """StrategyIncomplete with everything that is missing, unless the map can be published.

    `with_intent` are the codes of strategic objectives that have an intent already. A reason excuses perspectives
    that are left out, and nothing else.
    """
    found = gaps(draft, perspectives=perspectives, with_intent=with_intent)
    missing = [gap for gap in found if reason is None or gap.kind is not GapKind.PERSPECTIVE]
    if missing:
        raise StrategyIncomplete(missing)


def gaps(draft: MapDraft, *, perspectives: Iterable[str], with_intent: Collection[str]) -> list[Gap]:
    """Everything that the map lacks, in the order of its parts."""
    found: list[Gap] = []
    if not draft.objectives:
        found.append(Gap(kind=GapKind.OBJECTIVES, code=None, sentence="The map has no strategic objective."))
    if not any(theme.weight for theme in draft.themes):
        found.append(Gap(kind=GapKind.THEME_WEIGHTS, code=None, sentence="No theme has a weight above zero."))
    used = {objective.perspective for objective in draft.objectives}
    found += [_without_objective(code) for code in perspectives if code not in used]
    return found + [_without_intent(one) for one in draft.objectives if not (one.intent or one.code in with_intent)]


def _without_objective(code: str) -> Gap:
    said = f"The perspective {code} has no strategic objective."
    return Gap(kind=GapKind.PERSPECTIVE, code=code, sentence=said)


def _without_intent(objective: StrategicObjectiveDraft) -> Gap:
    said = f"The strategic objective {objective.code} has no intent."
    return Gap(kind=GapKind.INTENT, code=objective.code, sentence=said)


def _check_codes(codes: Sequence[str], path: str, *, most: int) -> None:
    if len(codes) > most:
        raise InvalidInput(f"There are at most {most} of these.", field=path)
    for at, code in enumerate(codes):
        if not CODE.fullmatch(code):
            said = "A code has 1 to 32 Latin letters, digits, dots, dashes and underscores."
            raise InvalidInput(said, field=f"{path}.{at}.code")
        if code in codes[:at]:
            raise InvalidInput(f"The code {code} comes twice.", field=f"{path}.{at}.code")


def _check_known(code: str, codes: Collection[str], path: str) -> None:
    if code not in codes:
        raise InvalidInput("No such code is in the map.", field=path)


def _check_names(name: str, name_zh: str | None, path: str) -> None:
    check_text(name, path, characters_max=NAME_CHARACTERS_MAX)
    _check_optional(name_zh, f"{path}Zh", characters_max=NAME_CHARACTERS_MAX)


def _check_optional(text: str | None, path: str, *, characters_max: int) -> None:
    if text is not None:
        check_text(text, path, characters_max=characters_max)


def check_text(text: str, path: str, *, characters_max: int) -> None:
    """InvalidInput for an empty or too long text, or one that cannot be stored."""
    if not text.strip():
        raise InvalidInput("This cannot be empty.", field=path)
    if len(text) > characters_max:
        raise InvalidInput(f"This is longer than {characters_max} characters.", field=path)
    if "\x00" in text:
        raise InvalidInput("This holds a character that cannot be stored.", field=path)


def _check_weight(weight: int, path: str) -> None:
    if not 0 <= weight <= WEIGHT_MAX:
        raise InvalidInput(f"A weight is a whole number from 0 to {WEIGHT_MAX}.", field=path)


def _check_number(value: Decimal, path: str) -> None:
    if not numbers.is_storable(value):
        raise InvalidInput("This is not a number of a sensible size and fineness.", field=path)
