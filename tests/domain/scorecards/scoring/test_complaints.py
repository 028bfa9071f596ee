"""What users of other tools complained about, and defects of their code: each holds here the other way round.

Numbers of complaints and of defects are those of the comparison of peers, sections 4 and 6.
"""

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.objectives import progress
from domain.objectives.terms import KeyResultKind
from domain.scorecards.scoring import cards, codec, lights
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lights import Light, Pace
from domain.scorecards.scoring.lines import LargerBetter, Okr, SmallerBetter
from domain.scorecards.scoring.outcome import CardScore
from domain.scorecards.scoring.policy import Lights, Policy
from domain.scorecards.scoring.tables import Bands, Ordinal, Stretch
from domain.scorecards.scoring.terms import Aggregation, Bounds, Card, CardItem
from tests.domain.scorecards.scoring.samples import PLAIN, card, item, numbers, points, scored, sum_of_trace, value

D = Decimal
NO_NEGATIVE = replace(PLAIN, bounds=Bounds())


def ruled(key: str, rule: Rule, seen: Observation, *, weight: int = 1) -> CardItem:
    return replace(item(key, 0, weight=weight), rule=rule, observation=seen)


def of(*items: CardItem, policy: Policy = PLAIN) -> Decimal | None:
    return cards.score(card(*items), policy).value


def test_complaint_1_and_defect_5_what_is_absent_is_not_zero() -> None:
    partly = replace(PLAIN, minimum_covered=D("0.5"))

    assert value(100, 100, None, policy=partly) == 100
    assert value(100, 100, DataState.NOT_APPLICABLE) == 100


def test_complaint_29_and_50_weights_count() -> None:
    assert of(item("a", 100, weight=3), item("b", 60)) == 90
    assert of(item("a", 100), item("b", 60, weight=3)) == 70


def test_complaint_35_a_whole_follows_its_parts() -> None:
    assert [value(40, one) for one in (40, 60, 80)] == [40, 50, 60]


def test_complaint_36_the_newest_value_counts_alone() -> None:
    first = ruled("a", LargerBetter(target=D(10)), Observation(value=D(9)))
    newest = replace(first, observation=Observation(value=D(4)))

    assert (of(first), of(newest)) == (90, 40)


@pytest.mark.parametrize(("current", "expected"), [(200, 0), (150, 25), (100, 50), (0, 100), (250, -25)])
def test_complaints_37_and_39_what_shall_fall_is_measured_downwards(current: int, expected: int) -> None:
    assert points(SmallerBetter(target=D(0), baseline=D(200)), current) == expected


def test_complaint_38_rising_and_falling_parts_make_one_whole() -> None:
    up = ruled("up", LargerBetter(target=D(100)), Observation(value=D(80)))
    down = ruled("down", SmallerBetter(target=D(20), baseline=D(40)), Observation(value=D(28)))

    assert of(up, down) == 70


def test_complaint_40_a_light_follows_the_score_and_not_the_sign() -> None:
    fell = points(SmallerBetter(target=D(20), baseline=D(40)), 20)
    rose = points(SmallerBetter(target=D(20), baseline=D(40)), 45)

    assert (lights.light(fell, Lights()), lights.light(rose, Lights())) == (Light.GREEN, Light.RED)


@pytest.mark.parametrize("kind", ["LARGER_BETTER", "SMALLER_BETTER"])
def test_complaint_41_a_target_where_one_starts_is_refused(kind: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        codec.rule_of({"kind": kind, "target": "5", "baseline": "5"})

    assert (refused.value.field, refused.value.message) == ("rule.target", "The target differs from the baseline.")


def test_complaint_42_half_of_it_near_the_end_is_no_green() -> None:
    assert lights.pace(D(50), D(90)) == Pace.AT_RISK
    assert lights.pace(D(50), D(50)) == Pace.ON_TRACK


def test_complaints_43_and_44_below_the_baseline_is_below_zero_or_at_the_floor() -> None:
    below = ruled("a", LargerBetter(target=D(100), baseline=D(50)), Observation(value=D(40)))

    assert (of(below), of(below, policy=NO_NEGATIVE)) == (-20, 0)


def test_complaints_45_and_46_one_engine_for_every_kind() -> None:
    numbers_and_words = (
        ruled("number", LargerBetter(target=D(100)), Observation(value=D(90))),
        ruled("zone", Ordinal(zones=("FAIL", "TARGET"), points=numbers(0, 70)), Observation(zone="TARGET")),
        ruled("band", Bands(edges=numbers(5), points=numbers(0, 50)), Observation(value=D(5))),
    )

    assert of(*numbers_and_words) == 70


def test_complaint_53_nobody_types_a_score_and_every_score_is_explained() -> None:
    found = scored(100, 50, 75)

    assert sum_of_trace(found) == found.value == 75
    assert {one.name for one in fields(CardScore)} & {one.name for one in (*fields(Card), *fields(CardItem))} == set()


def test_complaint_87_every_score_says_where_its_value_is_from() -> None:
    typed = item("a", Observation(value=D(1), origin="HAND"))

    assert cards.score(card(typed), PLAIN).trace.items[0].origin == "HAND"


def test_defect_3_the_start_counts_nothing_is_truncated_and_nothing_is_out_of_range() -> None:
    rule = LargerBetter(target=D(80), baseline=D(70))

    assert [points(rule, current) for current in (70, 75, 85, 65)] == [0, 50, 150, -50]
    assert value(33, 34) == D("33.5")


def test_defect_4_the_wrong_direction_earns_nothing() -> None:
    falling, rising = SmallerBetter(target=D(0), baseline=D(100)), LargerBetter(target=D(200), baseline=D(100))

    assert (points(falling, 150), points(rising, 50)) == (-50, -50)


def test_defect_7_where_lower_is_better_half_of_the_way_is_half() -> None:
    assert points(SmallerBetter(target=D(10), baseline=D(20)), 15) == 50


def test_defect_8_there_is_one_number_and_the_trace_shows_what_was_cut_off() -> None:
    line = scored(200, policy=NO_NEGATIVE).trace.items[0]

    assert (line.raw, line.score, line.contribution) == (200, 120, 120)


@pytest.mark.parametrize("n", [3, 6, 7, 8, 9, 11, 16])
def test_defect_9_equal_weights_at_a_hundred_make_a_hundred(n: int) -> None:
    found = scored(*[100] * n)

    assert found.value == 100
    assert sum(line.share for line in found.trace.items) == 100


def test_defect_9_nothing_is_rounded_on_the_way() -> None:
    thirds = Okr(target=D(3))
    found = of(*(ruled(f"i{at}", thirds, Observation(value=D(1))) for at in range(3)))

    assert found == D("33.33333333333333333333")
    assert points(SmallerBetter(target=D(0), baseline=D(800)), 799) == D("0.125")


def test_defect_9_the_lowest_of_positives_is_not_zero_nor_the_highest_of_negatives() -> None:
    lowest = replace(PLAIN, aggregation=Aggregation.MINIMUM)

    assert value(70, 90, policy=lowest) == 70
    assert value(-90, -70, policy=lowest) == -90


def test_defect_10_marks_that_coincide_are_refused_and_edges_are_decimal() -> None:
    with pytest.raises(InvalidInput):
        Stretch(threshold=D(5), target=D(5), stretch=D(5))
    with pytest.raises(InvalidInput):
        Okr(target=D(5), start=D(5))

    zones = Bands(edges=numbers("0.3", "0.7", "1"), points=numbers(0, 30, 70, 100))
    assert [points(zones, actual) for actual in ("0.29999", "0.3", "0.69999", "0.7", "0.99999", "1")] == [
        0,
        30,
        30,
        70,
        70,
        100,
    ]


@pytest.mark.parametrize(("start", "target", "actual"), [(0, 3, 1), (70, 80, 75), (5, 12, "6.66"), ("0.1", "0.7", 5)])
def test_a_straight_way_is_that_of_a_key_result(start: object, target: object, actual: object) -> None:
    low, high, reached = numbers(start, target, actual)

    own = progress.of_key_result(KeyResultKind.INCREASE, reached, start=low, target=high, low=None, high=None)
    back = progress.of_key_result(KeyResultKind.DECREASE, reached, start=high, target=low, low=None, high=None)

    assert points(LargerBetter(target=high, baseline=low), actual) == own
    assert points(SmallerBetter(target=low, baseline=high), actual) == back
