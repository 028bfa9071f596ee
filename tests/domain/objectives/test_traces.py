"""A trace explains a progress line by line, and its lines add up to it to the last digit."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from domain.objectives import progress, traces
from domain.objectives.traces import CENT, Part

PROGRESS = st.decimals(-(10**20), 10**20, allow_nan=False, allow_infinity=False, places=20)
PARTS = st.lists(st.tuples(st.integers(1, 100), st.none() | PROGRESS), max_size=10)


def parts(*known: tuple[int, object]) -> list[Part]:
    return [
        Part(
            key_result_id=f"kr_{at}",
            title=f"Number {at}",
            weight=weight,
            progress=None if value is None else Decimal(str(value)),
        )
        for at, (weight, value) in enumerate(known)
    ]


def told(*known: tuple[int, object]) -> list[tuple[str | None, str | None]]:
    """Share and contribution of each line."""
    return [(text(one.share), text(one.contribution)) for one in traces.trace(parts(*known)).shares]


def text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def test_each_key_result_adds_its_progress_by_its_weight() -> None:
    assert told((60, 50), (40, 100)) == [("60.00", "30.00"), ("40.00", "40.00")]
    assert traces.trace(parts((60, 50), (40, 100))).progress == Decimal(70)


def test_what_is_not_known_is_left_out_and_its_weight_goes_to_the_others() -> None:
    assert told((50, None), (30, 100), (20, 0)) == [(None, None), ("60.00", "60.00"), ("40.00", "0.00")]


def test_nothing_known_has_no_progress_but_its_lines() -> None:
    found = traces.trace(parts((70, None), (30, None)))

    assert found.progress is None
    assert [(one.part.title, one.contribution) for one in found.shares] == [("Number 0", None), ("Number 1", None)]


def test_what_rounding_leaves_goes_to_the_largest_remainder_and_of_equal_ones_to_the_first() -> None:
    assert told((1, 10), (1, 10), (1, 10)) == [("33.34", "3.34"), ("33.33", "3.33"), ("33.33", "3.33")]
    assert told((1, -10), (1, -10), (1, -10)) == [("33.34", "-3.33"), ("33.33", "-3.33"), ("33.33", "-3.34")]


@given(PARTS)
def test_the_lines_add_up_to_the_progress_that_is_shown(known: list[tuple[int, Decimal | None]]) -> None:
    found = traces.trace(parts(*known))
    total = progress.of_objective(known)

    with localcontext(progress.EXACT):
        assert found.progress == (None if total is None else total.quantize(CENT, ROUND_HALF_UP))
        if total is not None:
            assert sum(one.contribution or 0 for one in found.shares) == found.progress
            assert sum(one.share or 0 for one in found.shares) == 100
    assert [one.part.weight for one in found.shares] == [weight for weight, _ in known]
    assert [one.contribution is None for one in found.shares] == [value is None for _, value in known]
