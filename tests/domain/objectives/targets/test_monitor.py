"""Whether targets follow results: lines by hand, and what each shape of the past is called."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.objectives.targets import monitor
from domain.objectives.targets.monitor import Reading, Step
from domain.objectives.terms import KeyResultKind

SMALL = st.integers(-1000, 1000).map(Decimal)
POINTS = st.lists(st.tuples(SMALL, SMALL), min_size=8, max_size=30)


def step(by: object, moved: object, *, felt: int | None = None, is_falling: bool = False) -> Step:
    """A target of 100 that was missed by so much, and moved by so much."""
    sign = -1 if is_falling else 1
    return Step(
        kind=KeyResultKind.DECREASE if is_falling else KeyResultKind.INCREASE,
        target=Decimal(100),
        actual=100 + sign * Decimal(str(by)),
        next_target=100 + sign * Decimal(str(moved)),
        difficulty=None if felt is None else 3,
        next_difficulty=None if felt is None else 3 + felt,
    )


def steps(
    lambda_over: object, lambda_under: object, *, felt: int | None = None, is_falling: bool = False
) -> list[Step]:
    beaten = [
        step(by, by * Decimal(str(lambda_over)), felt=felt and (1 if by > 5 else 0), is_falling=is_falling)
        for by in range(1, 11)
    ]
    missed = [step(-by, -by * Decimal(str(lambda_under)), is_falling=is_falling) for by in range(1, 11)]
    return beaten + missed


def test_a_line_by_hand() -> None:
    found = monitor.line([(Decimal(x), Decimal(2 * x + 1)) for x in range(8)])

    assert found == monitor.Line(slope=Decimal(2), error=Decimal(0), pairs=8)


@pytest.mark.parametrize("points", [[(Decimal(x), Decimal(x)) for x in range(7)], [(Decimal(1), Decimal(2))] * 8])
def test_too_few_or_all_the_same_have_no_line(points: list[tuple[Decimal, Decimal]]) -> None:
    assert monitor.line(points) is None


@pytest.mark.parametrize("is_falling", [False, True])
def test_each_side_has_its_slope(*, is_falling: bool) -> None:
    found = monitor.monitor(steps(0.8, 0.1, is_falling=is_falling))

    assert found.over is not None
    assert found.under is not None
    assert (found.over.slope, found.under.slope) == (Decimal("0.8"), Decimal("0.1"))


@pytest.mark.parametrize(
    ("past", "reading"),
    [
        (steps(0.8, 0.1, felt=1), Reading.RATCHET),
        (steps(0.8, 0.1), Reading.TARGETS_FOLLOW_RESULTS),
        (steps(0.1, 0.8), Reading.NO_SIGN),
        (steps(0, 0), Reading.NO_SIGN),
        (steps(0.8, 0.1)[3:], Reading.NOT_ENOUGH_DATA),
        ([], Reading.NOT_ENOUGH_DATA),
    ],
)
def test_what_the_monitor_says(past: list[Step], reading: Reading) -> None:
    assert monitor.monitor(past).reading is reading


def test_a_target_of_zero_says_nothing() -> None:
    nothing = Step(kind=KeyResultKind.INCREASE, target=Decimal(0), actual=Decimal(1), next_target=Decimal(2))

    assert monitor.monitor([nothing] * 10).reading is Reading.NOT_ENOUGH_DATA


@given(POINTS)
def test_the_slope_is_least_squares_in_fractions(points: list[tuple[Decimal, Decimal]]) -> None:
    exact = [(Fraction(x), Fraction(y)) for x, y in points]
    mean_x, mean_y = (sum(values) / len(exact) for values in zip(*exact, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in exact)
    assume(spread)

    found = monitor.line(points)

    assert found is not None
    assert abs(Fraction(found.slope) - sum((x - mean_x) * (y - mean_y) for x, y in exact) / spread) <= Fraction(
        1, 10**20
    )
