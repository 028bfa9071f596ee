"""Ranges, bands, standards, marks and zones, with values on both sides of every edge."""

from decimal import Decimal

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import kinds
from domain.scorecards.scoring.facts import Observation
from domain.scorecards.scoring.kinds import NoPoints
from domain.scorecards.scoring.tables import Bands, EdgeSide, Efficacy, Interpolated, Ordinal, Range, Stretch
from tests.domain.scorecards.scoring.samples import TODAY, number, numbers, points

D = Decimal


def trapezoid(*corners: object) -> Range:
    low, full_low, full_high, high = numbers(*corners)
    return Range(zero_low=low, full_low=full_low, full_high=full_high, zero_high=high)


@pytest.mark.parametrize(
    ("corners", "actual", "expected"),
    [
        ((10, 20, 30, 50), "9.99", 0),
        ((10, 20, 30, 50), 10, 0),
        ((10, 20, 30, 50), 15, 50),
        ((10, 20, 30, 50), "19.9", 99),
        ((10, 20, 30, 50), 20, 100),
        ((10, 20, 30, 50), 30, 100),
        ((10, 20, 30, 50), "30.2", 99),
        ((10, 20, 30, 50), 40, 50),
        ((10, 20, 30, 50), 50, 0),
        ((10, 20, 30, 50), 51, 0),
        ((10, 20, 20, 30), 20, 100),
        ((10, 20, 20, 30), 21, 90),
        ((20, 20, 30, 30), "19.999", 0),
        ((20, 20, 30, 30), 20, 100),
        ((20, 20, 30, 30), 30, 100),
        ((20, 20, 30, 30), "30.001", 0),
        ((-5, 0, 0, 5), 0, 100),
        ((-5, 0, 0, 5), -1, 80),
    ],
)
def test_a_range_is_a_trapezoid_with_cliffs_where_corners_meet(
    corners: tuple[object, ...], actual: object, expected: int
) -> None:
    assert points(trapezoid(*corners), actual) == expected


RISING = Bands(edges=numbers(80, 90, 100), points=numbers(0, 60, 80, 100))
FALLING = Bands(edges=numbers(1, 3, 5), points=numbers(100, 80, 60, 0))
AT_MOST = Bands(edges=numbers(1, 3, 5), points=numbers(100, 80, 60, 0), edge_belongs=EdgeSide.LOWER)


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (RISING, "79.999", 0),
        (RISING, 80, 60),
        (RISING, "89.999", 60),
        (RISING, 90, 80),
        (RISING, "99.999", 80),
        (RISING, 100, 100),
        (RISING, 100000, 100),
        (FALLING, "0.999", 100),
        (FALLING, 1, 80),
        (FALLING, "2.999", 80),
        (FALLING, 3, 60),
        (FALLING, "4.999", 60),
        (FALLING, 5, 0),
        (AT_MOST, 1, 100),
        (AT_MOST, "1.001", 80),
        (AT_MOST, 3, 80),
        (AT_MOST, "3.001", 60),
        (AT_MOST, 5, 60),
        (AT_MOST, "5.001", 0),
    ],
)
def test_a_band_is_closed_below_and_open_above_unless_told_otherwise(
    rule: Bands, actual: object, expected: int
) -> None:
    assert points(rule, actual) == expected


LOOKUP = Interpolated(knots=numbers(80, 100, 120), points=numbers(60, 100, 110), below=D(0))
DEFECTS = Interpolated(knots=numbers(0, 2, 10), points=numbers(120, 100, 20), above=D(0))


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (LOOKUP, "79.99", 0),
        (LOOKUP, 80, 60),
        (LOOKUP, 90, 80),
        (LOOKUP, 100, 100),
        (LOOKUP, 110, 105),
        (LOOKUP, 120, 110),
        (LOOKUP, 500, 110),
        (DEFECTS, -1, 120),
        (DEFECTS, 0, 120),
        (DEFECTS, 1, 110),
        (DEFECTS, 6, 60),
        (DEFECTS, 10, 20),
        (DEFECTS, "10.01", 0),
    ],
)
def test_between_knots_lies_a_straight_line_and_outside_nothing_moves(
    rule: Interpolated, actual: object, expected: int
) -> None:
    assert points(rule, actual) == expected


MARGIN = Efficacy(standards=numbers(20, 15, 10, 5, 0))
DEBT = Efficacy(standards=numbers(50, 60, 70, 80, 90))


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (MARGIN, 25, 100),
        (MARGIN, 20, 100),
        (MARGIN, "17.5", 90),
        (MARGIN, 15, 80),
        (MARGIN, "14.5", 78),
        (MARGIN, 10, 60),
        (MARGIN, 5, 40),
        (MARGIN, 0, 20),
        (MARGIN, "-0.01", 0),
        (DEBT, 40, 100),
        (DEBT, 50, 100),
        (DEBT, 55, 90),
        (DEBT, 60, 80),
        (DEBT, 90, 20),
        (DEBT, "90.01", 0),
    ],
)
def test_efficacy_coefficients_between_industry_standards(rule: Efficacy, actual: object, expected: int) -> None:
    assert points(rule, actual) == expected


SALES = Stretch(threshold=D(80), target=D(100), stretch=D(120))
COSTS = Stretch(threshold=D(120), target=D(100), stretch=D(80))


@pytest.mark.parametrize(
    ("rule", "actual", "expected"),
    [
        (SALES, "79.99", 0),
        (SALES, 80, 60),
        (SALES, 90, 80),
        (SALES, 100, 100),
        (SALES, 110, 110),
        (SALES, 120, 120),
        (SALES, 121, 120),
        (COSTS, "120.01", 0),
        (COSTS, 120, 60),
        (COSTS, 110, 80),
        (COSTS, 100, 100),
        (COSTS, 80, 120),
        (COSTS, 0, 120),
    ],
)
def test_threshold_target_and_stretch_in_both_directions(rule: Stretch, actual: object, expected: int) -> None:
    assert points(rule, actual) == expected


def test_half_at_the_threshold_and_half_more_at_the_maximum_is_the_contract_clause_of_incentives() -> None:
    rule = Stretch(
        threshold=D(80),
        target=D(100),
        stretch=D(120),
        threshold_points=D(50),
        stretch_points=D(150),
    )

    assert [points(rule, actual) for actual in (79, 80, 90, 100, 110, 120)] == [0, 50, 75, 100, 125, 150]


ZONES = Ordinal(zones=("FAIL", "COMMIT", "TARGET", "STRETCH"), points=numbers(0, 30, 70, 100))


def test_a_zone_in_words_has_its_points() -> None:
    found = [kinds.score(ZONES, Observation(zone=zone), TODAY) for zone in ("FAIL", "COMMIT", "STRETCH", "OTHER", None)]

    assert [one.points for one in found] == [0, 30, 100, None, None]
    assert [one.reason for one in found[3:]] == [NoPoints.UNKNOWN_ZONE, NoPoints.NO_VALUE]


@pytest.mark.parametrize(
    ("corners", "field"),
    [((20, 10, 30, 40), "fullLow"), ((10, 30, 20, 40), "fullHigh"), ((10, 20, 40, 30), "zeroHigh")],
)
def test_a_range_that_is_none_cannot_be_made(corners: tuple[int, ...], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        trapezoid(*corners)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        (Bands, {"edges": (), "points": (1,)}, "edges"),
        (Bands, {"edges": (2, 1), "points": (0, 1, 2)}, "edges"),
        (Bands, {"edges": (1, 1), "points": (0, 1, 2)}, "edges"),
        (Bands, {"edges": (1, 2), "points": (0, 1)}, "points"),
        (Bands, {"edges": (1, 2), "points": (0, 2, 1)}, "points"),
        (Bands, {"edges": (1, 2), "points": (1, 1, 1)}, "points"),
        (Interpolated, {"knots": (1,), "points": (1,)}, "knots"),
        (Interpolated, {"knots": (2, 1), "points": (1, 2)}, "knots"),
        (Interpolated, {"knots": (1, 2), "points": (1,)}, "points"),
        (Interpolated, {"knots": (1, 2, 3), "points": (1, 3, 2)}, "points"),
        (Interpolated, {"knots": (1, 2), "points": (1, 1)}, "points"),
        (Efficacy, {"standards": (1,), "coefficients": (1,)}, "standards"),
        (Efficacy, {"standards": (5, 4, 4), "coefficients": (1, 0.5, 0)}, "standards"),
        (Efficacy, {"standards": (5, 3, 4), "coefficients": (1, 0.5, 0)}, "standards"),
        (Efficacy, {"standards": (5, 4)}, "coefficients"),
        (Efficacy, {"standards": (5, 4, 3), "coefficients": (1, 0.5, 0.5)}, "coefficients"),
        (Efficacy, {"standards": (5, 4), "coefficients": (0.9, 0.5)}, "coefficients"),
        (Efficacy, {"standards": (5, 4), "coefficients": (1, -1)}, "coefficients"),
        (Ordinal, {"zones": ("A",), "points": (1,)}, "zones"),
        (Ordinal, {"zones": ("A", "A"), "points": (1, 2)}, "zones"),
        (Ordinal, {"zones": ("A", "B"), "points": (1,)}, "points"),
        (Ordinal, {"zones": ("A", "B"), "points": (2, 1)}, "points"),
    ],
)
def test_a_table_that_makes_no_sense_cannot_be_made(
    kind: type, values: dict[str, tuple[object, ...]], field: str
) -> None:
    given = {name: row if name == "zones" else numbers(*row) for name, row in values.items()}

    with pytest.raises(InvalidInput) as refused:
        kind(**given)

    assert refused.value.field == field


@pytest.mark.parametrize(
    "marks",
    [(80, 80, 120), (80, 130, 120), (120, 80, 100), (80, 100, 100)],
)
def test_three_marks_lie_in_order(marks: tuple[int, int, int]) -> None:
    with pytest.raises(InvalidInput) as refused:
        Stretch(threshold=D(marks[0]), target=D(marks[1]), stretch=D(marks[2]))

    assert refused.value.field == "target"


@pytest.mark.parametrize(("low", "middle", "high"), [(-1, 100, 120), (60, 60, 120), (60, 100, 100)])
def test_marks_earn_more_and_more(low: int, middle: int, high: int) -> None:
    with pytest.raises(InvalidInput):
        Stretch(
            threshold=number(80),
            target=number(100),
            stretch=number(120),
            threshold_points=D(low),
            target_points=D(middle),
            stretch_points=D(high),
        )
