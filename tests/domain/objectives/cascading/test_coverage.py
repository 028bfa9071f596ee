"""What is thrown down, what is carried, and what is lost on the way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.objectives.cascading import coverage
from domain.objectives.cascading.coverage import Slice


def slices(*pairs: tuple[int, str | None]) -> list[Slice[str]]:
    return [Slice(Decimal(amount), child) for amount, child in pairs]


TARGETS = {name: Decimal(amount) for name, amount in {"top": 1000, "a": 500, "b": 400}.items()} | {
    name: Decimal(amount) for name, amount in {"a1": 300, "a2": 200, "b1": 200, "b2": 140}.items()
}
SLICES = {
    "top": slices((500, "a"), (400, "b")),
    "a": slices((300, "a1"), (200, None)),
    "b": slices((200, "b1"), (140, "b2")),
}


def test_the_example_of_the_paper() -> None:
    """Levels lose 10 % and 6.67 %, and 64 % are carried, because one goal of 200 was never accepted."""
    accepted = frozenset({"a1", "b1", "b2"})

    carried = coverage.carried(TARGETS, SLICES, accepted=accepted)
    losses = [
        coverage.level_loss([(TARGETS[one], coverage.assigned(TARGETS[one], SLICES[one])) for one in level])
        for level in (["top"], ["a", "b"])
    ]

    assert [coverage.percent(one) for one in losses if one is not None] == [Decimal("10.00"), Decimal("6.67")]
    assert coverage.percent(carried["top"]) == Decimal("64.00")
    assert (carried["a"], carried["b"]) == (Fraction(3, 5), Fraction(17, 20))


def test_an_accepted_slice_that_nobody_split_further_is_carried_whole() -> None:
    targets = {"top": Decimal(100), "a": Decimal(100)}

    both = [
        coverage.carried(targets, {"top": slices((100, "a"))}, accepted=one)["top"]
        for one in (frozenset({"a"}), frozenset[str]())
    ]

    assert both == [1, 0]


def test_nobody_carries_more_than_all_of_it() -> None:
    targets = {"top": Decimal(100), "a": Decimal(80), "b": Decimal(70)}

    found = coverage.carried(targets, {"top": slices((80, "a"), (70, "b"))}, accepted=frozenset({"a", "b"}))

    assert found["top"] == 1
    assert coverage.assigned(Decimal(100), slices((80, "a"), (70, "b"))) == Fraction(3, 2)


@pytest.mark.parametrize(
    ("amounts", "reserve", "difference"),
    [((30, 30, 40), 0, 0), ((30, 30, 50), 0, 10), ((30, 30, 30), 10, 0), ((30, 30), 10, -30)],
)
def test_a_balance_says_how_much_is_too_much(amounts: tuple[int, ...], reserve: int, difference: int) -> None:
    found = coverage.balance(Decimal(100), map(Decimal, amounts), Decimal(reserve))

    assert found.difference == difference
    assert found.is_even == (difference == 0)


def test_over_assignment_grows_by_the_level() -> None:
    assert coverage.over_assignment(Decimal(100), [Decimal("133.1")]) == Fraction(1331, 1000)


def test_what_slices_reached_is_their_sum_and_not_the_mean_of_their_percentages() -> None:
    reached = [(Decimal(29), Decimal(30)), (Decimal(30), Decimal(30)), (Decimal(20), Decimal(40))]

    value = coverage.value_of((value, amount, amount) for value, amount in reached)
    mean = sum((Fraction(value) / Fraction(amount) for value, amount in reached), Fraction(0)) / 3

    assert value == 79
    assert coverage.percent(mean) == Decimal("82.22")


def test_a_slice_of_two_targets_is_reached_once_in_both_together() -> None:
    here, there = (coverage.value_of([(Decimal(24), Decimal(amount), Decimal(30))]) for amount in (20, 10))

    assert (here, there) == (16, 8)


def test_without_any_data_nothing_is_known() -> None:
    assert coverage.value_of([(None, Decimal(1), Decimal(1))]) is None
    assert coverage.value_of([]) is None


HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("edges", "shares"),
    [
        ([], {"top": 1}),
        ([("a", "top", Fraction(1))], {"top": 1, "a": 1}),
        (
            [("a", "top", Fraction(1)), ("b", "top", Fraction(1)), ("c", "a", HALF), ("c", "b", HALF)],
            {"top": 1, "a": 1, "b": 1, "c": 1},
        ),
        ([("a", "top", Fraction(1)), ("c", "a", HALF), ("c", "top", HALF)], {"top": 1, "a": 1, "c": 1}),
        ([("a", "top", Fraction(1)), ("c", "a", HALF), ("c", "elsewhere", HALF)], {"top": 1, "a": 1, "c": HALF}),
    ],
)
def test_whoever_serves_in_several_ways_counts_once(
    edges: list[tuple[str, str, Fraction]], shares: dict[str, Fraction]
) -> None:
    assert coverage.counted_shares("top", edges) == shares


@st.composite
def cascades(draw: st.DrawFn) -> tuple[dict[int, Decimal], dict[int, list[Slice[int]]], frozenset[int]]:
    """Targets that are split downwards; the larger a number, the further below."""
    count = draw(st.integers(1, 9))
    targets = {node: Decimal(draw(st.integers(1, 1000))) for node in range(count)}
    below = {
        node: [
            Slice(Decimal(draw(st.integers(0, 700))), draw(st.none() | st.sampled_from(range(node + 1, count))))
            for _ in range(draw(st.integers(0, 4)))
        ]
        for node in range(count - 1)
    }
    return (
        targets,
        {node: some for node, some in below.items() if some},
        frozenset(draw(st.sets(st.sampled_from(range(count))))),
    )


@given(cascades())
def test_nothing_is_carried_that_was_not_thrown_down(
    case: tuple[dict[int, Decimal], dict[int, list[Slice[int]]], frozenset[int]],
) -> None:
    targets, below, accepted = case

    found = coverage.carried(targets, below, accepted=accepted)

    for node, part in found.items():
        assert 0 <= part <= 1
        if node in below:
            assert part <= coverage.assigned(targets[node], below[node])
