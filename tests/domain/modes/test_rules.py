"""Which value holds in a unit, how well a mode fits its style, and what an applied template changes."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.kernel.ids import new_id
from domain.modes import rules, templates, values, words
from domain.modes.errors import FeatureLocked, ReasonNeeded
from domain.modes.rules import Wish
from domain.modes.terms import (
    Feature,
    LifeCycle,
    Mode,
    Origin,
    ParentingStyle,
    Placed,
    Span,
)
from domain.people.terms import Dated, EnterpriseForm
from tests.domain.modes.ground import TODAY, chain, placed

STYLE, KPIS, CADENCE = Feature.PARENTING_STYLE, Feature.HQ_KPIS, Feature.REVIEW_CADENCE
FINANCIAL = placed(STYLE, "FINANCIAL_CONTROL")
FORTY_EACH_MONTH = (placed(KPIS, 40), placed(CADENCE, "MONTH"))
SETTINGS = st.lists(
    st.builds(
        placed,
        st.just(KPIS),
        st.integers(0, 200),
        depth=st.integers(0, 6),
        locked=st.booleans(),
    ),
    max_size=7,
    unique_by=lambda one: one.depth,
)


def never(_: Placed) -> bool:
    return False


def mode_of(*settings: Placed, form: str = "HOLDING") -> Mode:
    return rules.resolve(chain(*settings, form=form))


def test_the_nearest_setting_upwards_holds() -> None:
    held = mode_of(placed(KPIS, 9, depth=2), placed(KPIS, 7, depth=1), placed(KPIS, 8, depth=3)).features[KPIS]

    assert (held.value, held.origin) == (7, Origin.SET)
    assert held.setting is not None
    assert held.setting.depth == 1


def test_where_nothing_is_set_the_template_of_form_style_and_life_cycle_holds() -> None:
    mode = mode_of(form="AIRLINE")

    assert (mode.style, mode.life_cycle) == (ParentingStyle.OPERATING_CONTROL, LifeCycle.MATURE)
    assert {one.origin for one in mode.features.values()} == {Origin.DEFAULT}
    assert mode.value(KPIS) == 20
    assert mode.value(Feature.CURRENCY) is None


def test_an_inherited_style_decides_about_the_template_of_a_unit_of_another_form() -> None:
    mode = mode_of(placed(STYLE, "FINANCIAL_CONTROL", depth=2), placed(Feature.LIFE_CYCLE, "START_UP"), form="AIRLINE")

    assert mode.value(KPIS) == 5
    assert mode.value(Feature.CYCLE) == "QUARTER"


def test_the_highest_locked_setting_holds_whatever_is_set_below() -> None:
    top, middle = placed(KPIS, 4, depth=3, locked=True), placed(KPIS, 5, depth=2, locked=True)

    held = mode_of(placed(KPIS, 9), placed(KPIS, 6, depth=1), middle, top, placed(KPIS, 8, depth=4)).features[KPIS]

    assert (held.value, held.locked_by) == (4, top)


def test_a_lock_binds_units_below_and_not_the_unit_itself() -> None:
    held = mode_of(placed(KPIS, 4, locked=True)).features[KPIS]

    assert (held.value, held.locked_by) == (4, None)


@given(SETTINGS)
def test_what_holds_is_the_highest_lock_above_else_the_nearest(settings: list[Placed]) -> None:
    held = mode_of(*settings).features[KPIS]

    locks = [one for one in settings if one.is_locked and one.depth]
    expected = (
        max(locks, key=lambda one: one.depth) if locks else min(settings, key=lambda one: one.depth, default=None)
    )
    assert held.setting == expected
    assert held.value == (expected.value if expected else 5)


def test_forty_key_figures_reviewed_each_month_do_not_fit_financial_control() -> None:
    found = rules.fit(mode_of(FINANCIAL, *FORTY_EACH_MONTH))

    assert found.value == Decimal("0.55")
    assert [one.held.feature for one in found.deviations] == [KPIS, CADENCE]
    said = [words.deviation(one.held.feature, one.observed, one.range, found.style) for one in found.deviations]
    assert said[0].en == "Key figures set by headquarters: 40; what fits financial control is 3 to 6."
    assert said[0].zh == "总部设定的关键指标数:40;财务管控适合3至6。"
    assert said[1].en == "Reviews by headquarters: each month; what fits financial control is each quarter."


def test_after_the_template_is_applied_everything_fits() -> None:
    mode = mode_of(FINANCIAL, *FORTY_EACH_MONTH)

    changed = rules.templated(mode, may_unlock=never)

    assert changed == {KPIS: 5, CADENCE: "QUARTER"}
    assert rules.fit(mode_of(FINANCIAL, placed(KPIS, 5), placed(CADENCE, "QUARTER"))).value == 1


def test_an_applied_template_leaves_what_is_in_range_and_what_is_locked() -> None:
    settings = (
        FINANCIAL,
        placed(KPIS, 6),
        placed(CADENCE, "MONTH", depth=1, locked=True),
        placed(Feature.CYCLE, "QUARTER"),
    )

    assert rules.templated(mode_of(*settings), may_unlock=never) == {Feature.CYCLE: "YEAR"}


def test_better_knowledge_takes_the_place_of_what_the_mode_says() -> None:
    found = rules.fit(mode_of(FINANCIAL), {KPIS: Fraction(41)})

    assert (found.value, [one.observed for one in found.deviations]) == (Decimal("0.75"), [Fraction(41)])


@pytest.mark.parametrize("style", ParentingStyle)
@pytest.mark.parametrize("feature", [KPIS, Feature.PERSPECTIVES])
def test_a_range_holds_both_of_its_ends_and_nothing_beyond(style: ParentingStyle, feature: Feature) -> None:
    fits = templates.RANGES[style][feature]
    assert isinstance(fits, Span)
    hair = Fraction(1, 10_000)

    inside = [rules.is_inside(at, fits) for at in (Fraction(fits.low), Fraction(fits.high))]
    outside = [rules.is_inside(at, fits) for at in (fits.low - hair, fits.high + hair)]

    assert (inside, outside) == ([True, True], [False, False])


def test_a_share_that_misses_a_border_by_one_weight_is_outside_and_shown_so() -> None:
    mode = mode_of(
        placed(STYLE, "STRATEGIC_CONTROL"),
        placed(Feature.PERSPECTIVES, {"FINANCIAL": 601, "CUSTOMER": 400}),
    )

    [line] = rules.fit(mode).deviations

    assert words.number(line.observed if isinstance(line.observed, Fraction) else Fraction(0)) == "60.04"


@pytest.mark.parametrize("form", EnterpriseForm)
@pytest.mark.parametrize("style", ParentingStyle)
@pytest.mark.parametrize("life_cycle", LifeCycle)
def test_every_template_fits_its_own_style(form: str, style: ParentingStyle, life_cycle: LifeCycle) -> None:
    settings = (placed(STYLE, style), placed(Feature.LIFE_CYCLE, life_cycle))
    mode = mode_of(*settings, form=form)
    weights = values.weights(mode, Feature.PERSPECTIVES)
    incentives = values.weights(mode, Feature.INCENTIVES)

    assert rules.fit(mode).value == 1
    assert (sum(weights.values()), min(weights.values()) >= 1) == (100, True)
    assert (sum(incentives.values()), min(incentives.values()) >= 1) == (100, True)
    assert rules.templated(mode, may_unlock=never) == {}


def test_what_is_observed_weighs_a_hundred_and_has_a_range_in_every_style() -> None:
    assert sum(templates.FIT_WEIGHTS.values()) == 100
    assert all(set(ranges) == set(templates.FIT_WEIGHTS) for ranges in templates.RANGES.values())


def test_a_cost_centre_and_a_venture_are_managed_in_different_ways() -> None:
    cost_centre = mode_of(placed(STYLE, "OPERATING_CONTROL"), form="MANUFACTURING")
    venture = mode_of(placed(STYLE, "FINANCIAL_CONTROL"), placed(Feature.LIFE_CYCLE, "START_UP"), form="TECHNOLOGY")

    differing = {here.feature for here, _ in rules.difference(cost_centre, venture)}

    assert {Feature.CYCLE, Feature.DISTRIBUTION, Feature.SCORING, Feature.PERSPECTIVES} <= differing
    assert rules.difference(venture, venture) == []


def test_a_deviation_needs_a_reason_and_what_fits_needs_none() -> None:
    before = chain(FINANCIAL)

    def after(reason: str | None, value: int) -> Mode:
        wish = Wish(values={KPIS: value}, reason=reason)
        return rules.resolve(rules.with_wish(before, wish, lambda name, to: placed(name, to, reason=wish.reason)))

    with pytest.raises(ReasonNeeded, match="Key figures set by headquarters: 7; what fits financial control is 3 to 6"):
        rules.check_reasons(after(None, 7), [KPIS])
    rules.check_reasons(after("The licence asks for it.", 7), [KPIS])
    rules.check_reasons(after(None, 6), [KPIS])


def test_what_is_locked_above_is_refused_naming_who_locked_it() -> None:
    mode = mode_of(placed(KPIS, 4, depth=2, locked=True))

    with pytest.raises(FeatureLocked, match="HQ_KPIS has been locked in Level 2 since 2024-01-01"):
        rules.check_open(mode, [KPIS], may_unlock=lambda _: True)
    rules.check_open(mode, [CADENCE], may_unlock=never)


def test_what_is_locked_in_the_unit_itself_is_changed_by_who_may_unlock_it() -> None:
    mode = mode_of(placed(KPIS, 4, locked=True))

    with pytest.raises(FeatureLocked):
        rules.check_open(mode, [KPIS], may_unlock=never)
    rules.check_open(mode, [KPIS], may_unlock=lambda _: True)


def period(first: int, last: int | None = None) -> Dated:
    return Dated(id=new_id(), valid_from=date(2026, first, 1), valid_to=date(2026, last, 1) if last else date.max)


def test_a_new_setting_holds_until_the_next_recorded_change() -> None:
    first, next_ = period(1, 9), period(9)

    change = rules.take_place([first, next_], period(7), today=TODAY)

    assert change.shortened == ((first.id, date(2026, 7, 1)),)
    assert [(one.valid_from, one.valid_to) for one in change.added] == [(date(2026, 7, 1), date(2026, 9, 1))]


def test_a_setting_before_all_others_holds_until_the_first_of_them() -> None:
    change = rules.take_place([period(9)], period(2), today=TODAY)

    assert [(one.valid_from, one.valid_to) for one in change.added] == [(date(2026, 2, 1), date(2026, 9, 1))]


def test_what_ended_before_today_is_history() -> None:
    rows = [period(1, 3), period(3)]

    with pytest.raises(InvalidInput, match="What held before 2026-03-01 is history"):
        rules.take_place(rows, period(2), today=TODAY)
    with pytest.raises(InvalidInput, match="What held before 2026-03-01 is history"):
        rules.end(rows, date(2026, 2, 1), today=TODAY)


def test_what_ends_ends_for_good() -> None:
    now, later = period(1, 9), period(9)

    change = rules.end([now, later], date(2026, 7, 1), today=TODAY)

    assert (change.removed, change.shortened) == ((later.id,), ((now.id, date(2026, 7, 1)),))
