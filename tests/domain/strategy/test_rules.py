"""A map is refused where its parts do not fit together, and published only when nothing is missing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.strategy import content, rules
from domain.strategy.errors import CausalCircle, StrategyIncomplete
from domain.strategy.terms import GapKind, MapDraft, NewPerspective, ThemeDraft, WaypointDraft
from tests.domain.strategy.maps import GOAL, INTENT, MAP, THEMES, link, objective

CODES = [one.code for one in rules.PERSPECTIVES]
LONG = "x" * 2001
Change = Callable[[MapDraft], MapDraft]


def goal(**values: object) -> MapDraft:
    return replace(MAP, goals=(replace(GOAL, **values),))  # type: ignore[arg-type]


def way(*points: tuple[int, str]) -> MapDraft:
    return goal(waypoints=tuple(WaypointDraft(year=year, value=Decimal(value)) for year, value in points))


def objectives(**values: object) -> MapDraft:
    changed = replace(MAP.objectives[0], **values)  # type: ignore[arg-type]
    return replace(MAP, objectives=(changed,), links=())


WRONG = {
    "endsOn": [replace(MAP, ends_on=date(2025, 12, 31)), replace(MAP, ends_on=date(2057, 1, 1))],
    "mission": [replace(MAP, mission=" "), replace(MAP, mission=LONG)],
    "visionZh": [replace(MAP, vision_zh="\x00")],
    "themes": [replace(MAP, themes=tuple(ThemeDraft(code=f"T{n}", name="x", weight=1) for n in range(21)))],
    "themes.0.code": [replace(MAP, themes=(replace(THEMES[0], code=""), *THEMES[1:]))],
    "themes.1.code": [replace(MAP, themes=(THEMES[0], replace(THEMES[1], code="T1"), THEMES[2]))],
    "themes.0.weight": [replace(MAP, themes=(replace(THEMES[0], weight=one), *THEMES[1:])) for one in (-1, 1001)],
    "themes.0.nameZh": [replace(MAP, themes=(replace(THEMES[0], name_zh=" "), *THEMES[1:]))],
    "longTermGoals.0.theme": [goal(theme="T9")],
    "longTermGoals.0.unitOfMeasure": [goal(unit_of_measure="")],
    "longTermGoals.0.target": [goal(target=Decimal("78.50"))],
    "longTermGoals.0.baseline": [goal(baseline=Decimal("NaN")), goal(baseline=Decimal("1E+19"))],
    "longTermGoals.0.targetYear": [goal(target_year=2025), goal(target_year=2201)],
    "longTermGoals.0.waypoints.0.year": [way((2025, "79")), way((2029, "89"))],
    "longTermGoals.0.waypoints.1.year": [way((2027, "80"), (2027, "81")), way((2027, "80"), (2026, "81"))],
    "longTermGoals.0.waypoints.0.value": [way((2026, "78.4")), way((2026, "90.1"))],
    "longTermGoals.0.waypoints.1.value": [way((2026, "82"), (2027, "81.9"))],
    "strategicObjectives.0.perspective": [objectives(perspective="PLANET")],
    "strategicObjectives.0.theme": [objectives(theme="T9")],
    "strategicObjectives.0.longTermGoal": [objectives(goal="G9")],
    "strategicObjectives.0.title": [objectives(title=" ")],
    "strategicObjectives.0.intent.willNotDo": [objectives(intent=replace(INTENT, will_not_do=""))],
    "causalLinks.0.cause": [replace(MAP, links=(link("X", "F1"),))],
    "causalLinks.0.effect": [replace(MAP, links=(link("F1", "X"),)), replace(MAP, links=(link("F1", "F1"),))],
    "causalLinks.1": [replace(MAP, links=(link("L1", "P1"), link("L1", "P1", lag_months=1)))],
    "causalLinks.0.lagMonths": [replace(MAP, links=(link("L1", "P1", lag_months=one),)) for one in (-1, 37)],
    "causalLinks.0.hypothesis": [replace(MAP, links=(link("L1", "P1", hypothesis=""),))],
}


@pytest.mark.parametrize(("field", "draft"), [(field, draft) for field, drafts in WRONG.items() for draft in drafts])
def test_what_does_not_fit_is_refused_by_its_path(field: str, draft: MapDraft) -> None:
    with pytest.raises(InvalidInput) as refused:
        rules.check_map(draft, perspectives=CODES)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "draft",
    [
        MAP,
        replace(MAP, themes=(), goals=(), objectives=(), links=()),
        way((2026, "78.5"), (2027, "90"), (2028, "90")),
        goal(baseline=Decimal(40), target=Decimal(10), waypoints=(WaypointDraft(year=2027, value=Decimal(25)),)),
    ],
)
def test_a_map_need_not_be_complete_to_be_written(draft: MapDraft) -> None:
    rules.check_map(draft, perspectives=CODES)


def test_a_circle_of_causes_is_refused_with_its_path() -> None:
    closing = replace(MAP, links=(*MAP.links, link("F1", "P1")))

    with pytest.raises(CausalCircle) as refused:
        rules.check_map(closing, perspectives=CODES)

    assert refused.value.path == ("P1", "C1", "F1", "P1")
    assert "P1 → C1 → F1 → P1" in refused.value.message


def missing(draft: MapDraft, *, known: tuple[str, ...] = (), reason: str | None = None) -> list[tuple[str, str | None]]:
    try:
        rules.check_complete(draft, perspectives=CODES, with_intent=known, reason=reason)
    except StrategyIncomplete as refusal:
        return [(gap.kind, gap.code) for gap in refusal.missing]
    return []


def test_a_complete_map_can_be_published() -> None:
    assert missing(MAP) == []


def test_everything_that_is_missing_is_said_at_once() -> None:
    bare = replace(
        MAP,
        themes=tuple(replace(one, weight=0) for one in THEMES),
        objectives=(objective("F1", "FINANCIAL", intent=None), objective("C1", "CUSTOMER")),
        links=(),
    )

    assert missing(bare) == [
        (GapKind.THEME_WEIGHTS, None),
        (GapKind.PERSPECTIVE, "PROCESS"),
        (GapKind.PERSPECTIVE, "LEARNING"),
        (GapKind.INTENT, "F1"),
    ]


def test_a_reason_excuses_a_missing_perspective_and_nothing_else() -> None:
    without = replace(MAP, objectives=MAP.objectives[:3], links=())
    silent = replace(without, objectives=(*without.objectives[:2], objective("P1", "PROCESS", intent=None)))

    assert missing(without, reason="We hire nobody this year.") == []
    assert missing(silent, reason="We hire nobody this year.") == [(GapKind.INTENT, "P1")]


def test_an_intent_that_is_known_need_not_be_written_again() -> None:
    silent = replace(MAP, objectives=(objective("F1", "FINANCIAL", intent=None), *MAP.objectives[1:]))

    assert missing(silent) == [(GapKind.INTENT, "F1")]
    assert missing(silent, known=("F1",)) == []


def test_a_map_without_objectives_is_not_published() -> None:
    assert (GapKind.OBJECTIVES, None) in missing(replace(MAP, objectives=(), links=()), reason="Later.")


@pytest.mark.parametrize(
    "perspectives",
    [
        [],
        [NewPerspective(code="A", name="")],
        [NewPerspective(code="A", name="a"), NewPerspective(code="A", name="b")],
        [NewPerspective(code="a b", name="a")],
        [NewPerspective(code=f"A{number}", name="a") for number in range(13)],
    ],
)
def test_perspectives_are_named_once_each(perspectives: list[NewPerspective]) -> None:
    with pytest.raises(InvalidInput):
        rules.check_perspectives(perspectives)


NUMBERS = st.decimals(-(10**18), 10**18, allow_nan=False, allow_infinity=False, places=6)


@given(NUMBERS, NUMBERS)
def test_a_map_is_read_as_it_was_written(baseline: Decimal, target: Decimal) -> None:
    draft = goal(baseline=baseline, target=target)

    assert content.read(content.write(draft)) == draft
    assert content.read(content.write(MAP)) == MAP
