"""Emphasis and indexes: exact, between bounds, and never a number made of parts that are missing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.transmission import fidelity
from domain.transmission.terms import Found, Missing, Part, lacking

WEIGHTS = st.dictionaries(st.sampled_from("ABCDE"), st.integers(min_value=0, max_value=1000), max_size=5)
SHARES = WEIGHTS.map(fidelity.parts_of)


def found(**values: str | None) -> dict[Part, Found]:
    return {
        Part(name): lacking(Missing.NOT_ASKED) if value is None else Found(Decimal(value), 1)
        for name, value in values.items()
    }


def test_the_same_distributions_agree_wholly_and_disjoint_ones_not_at_all() -> None:
    recognised = fidelity.parts_of({"A": 3, "B": 1})

    assert fidelity.agreement(recognised, fidelity.parts_of({"A": 6, "B": 2})) == 1
    assert fidelity.agreement(recognised, fidelity.parts_of({"C": 5})) == 0


def test_what_goals_give_to_nothing_of_the_strategy_is_a_bucket_of_its_own() -> None:
    declared = {"A": 1, "B": 1}

    assert fidelity.emphasis(declared, {"A": Fraction(1, 2), "B": Fraction(1, 2)}) == 1
    assert fidelity.emphasis(declared, {"A": Fraction(1, 2), "B": Fraction(1, 4)}) == Fraction(3, 4)
    assert fidelity.emphasis(declared, {"A": Fraction(0), "B": Fraction(0)}) == 0
    assert fidelity.emphasis({"A": 0}, {"A": Fraction(1)}) is None


@given(SHARES, SHARES)
def test_the_distance_is_the_same_both_ways_and_never_above_one(
    left: dict[str, Fraction], right: dict[str, Fraction]
) -> None:
    apart = fidelity.distance(left, right)

    assert apart == fidelity.distance(right, left)
    assert 0 <= apart <= 1
    assert fidelity.distance(left, left) == 0


@given(WEIGHTS, WEIGHTS, st.integers(min_value=1, max_value=50))
def test_emphasis_does_not_change_when_all_weights_are_scaled(
    declared: dict[str, int], given_to: dict[str, int], factor: int
) -> None:
    shares = fidelity.parts_of(given_to)

    scaled = fidelity.emphasis({key: weight * factor for key, weight in declared.items()}, shares)

    assert scaled == fidelity.emphasis(declared, shares)


def test_an_index_is_the_geometric_mean_of_its_parts() -> None:
    parts = found(STRUCTURE="0.64", EMPHASIS="0.5", RECALL="0.25")

    assert fidelity.transmission(parts).value == Decimal("0.43088693800637674435")  # the cube root of 0.08


def test_a_part_of_zero_makes_the_index_zero_and_a_missing_one_leaves_it_without_a_value() -> None:
    zero = fidelity.transmission(found(STRUCTURE="0.64", EMPHASIS="0", RECALL="0.25"))
    missing = fidelity.transmission(found(STRUCTURE=None, EMPHASIS="0", RECALL=None))

    assert zero.value == 0
    assert missing == lacking(Missing.LACKS_PARTS, Part.STRUCTURE, Part.RECALL)


def test_synergy_counts_peace_and_not_conflict() -> None:
    parts = found(TRANSMISSION_FIDELITY="1", INTERLOCK_COVERAGE="1", PROMISES_ACROSS="1", CONFLICTS="0.1")

    assert fidelity.synergy(parts).value == fidelity.geometric([Decimal(1)] * 3 + [Decimal("0.9")])
    assert fidelity.synergy(parts | found(CONFLICTS="1")).value == 0
    assert fidelity.synergy(parts | found(CONFLICTS=None)).lacks == (Part.CONFLICTS,)


def test_without_a_target_thrown_down_the_structure_is_the_reach() -> None:
    none, reach = lacking(Missing.NOTHING_THROWN_DOWN), Found(Decimal("0.5"), 4)

    assert fidelity.structure(Found(Decimal("0.64"), 1), reach).value == Decimal("0.64")
    assert fidelity.structure(none, reach) == reach
    assert fidelity.structure(none, none).lacks == (Part.CARRIED, Part.OBJECTIVE_REACH)


@pytest.mark.parametrize(
    ("part", "value", "alarm"),
    [
        (Part.OVER_ASSIGNMENT, "1.1", False),
        (Part.OVER_ASSIGNMENT, "1.10000000000000000001", True),
        (Part.EFFECTIVE_TO_DECLARED, "0.25", False),
        (Part.EFFECTIVE_TO_DECLARED, "0.25000000000000000001", True),
        (Part.CARRIED, "9", None),
    ],
)
def test_a_part_alarms_above_its_limit_and_not_at_it(part: Part, value: str, alarm: bool | None) -> None:  # noqa: FBT001 - a column
    assert fidelity.is_alarm(part, Decimal(value)) is alarm
    assert fidelity.is_alarm(part, None) is None
