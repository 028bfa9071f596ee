"""What an investment is worth: known values of textbooks, and what always holds."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.plans import investments
from domain.plans.investments import RATE_DECIMALS, RootState

CENT = Decimal("0.01")
TICK = Decimal(1).scaleb(-RATE_DECIMALS)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
FLOWS = st.lists(AMOUNTS, min_size=1, max_size=12)
RATES = st.decimals("-0.5", "3", places=6)
OUT_THEN_IN = st.tuples(
    st.lists(st.decimals(-(10**6), -1, places=2), min_size=1, max_size=4),
    st.lists(st.decimals(1, 10**6, places=2), min_size=1, max_size=8),
).map(lambda both: [*both[0], *both[1]])


def numbers(*texts: int | str) -> list[Decimal]:
    return [Decimal(one) for one in texts]


@pytest.mark.parametrize(
    ("flows", "rate", "value"),
    [
        (numbers(-370_000, 420_000), "0.05", "30000.00"),
        (numbers(-100_000, *[10_000] * 12), "0.10", "-31863.08"),
        (numbers(-1000, 400, 400, 400), "0.10", "-5.26"),
        (numbers(-1000, 400, 400, 400), "0", "200.00"),
        (numbers(-100, 50), "-0.5", "0.00"),
        (numbers(7), "0.2", "7.00"),
    ],
)
def test_the_present_value_is_that_of_the_textbooks(flows: Sequence[Decimal], rate: str, value: str) -> None:
    assert investments.net_present_value(flows, Decimal(rate)).quantize(CENT) == Decimal(value)


@pytest.mark.parametrize(
    ("flows", "rate"),
    [
        (numbers(-123_400, 36_200, 54_800, 48_100), "0.0596163785673"),
        (numbers(-70_000, 12_000, 15_000, 18_000, 21_000), "-0.0212448482731"),
        (numbers(-70_000, 12_000, 15_000, 18_000, 21_000, 26_000), "0.0866309480365"),
        (numbers(-100, 110), "0.1"),
        (numbers(0, 0, -100, 0, 121), "0.1"),
        (numbers(100, -110), "0.1"),
        (numbers(-100, 100), "0"),
        (numbers(-100, 50), "-0.5"),
        (numbers("-0.00000000000000000001", 10**18), str(10**38 - 1)),
    ],
)
def test_the_internal_rate_is_that_of_the_textbooks(flows: Sequence[Decimal], rate: str) -> None:
    found = investments.internal_rate(flows)

    assert found.state is RootState.ONE
    assert found.rate is not None
    assert abs(Fraction(found.rate) - Fraction(rate)) <= Fraction(TICK)


@pytest.mark.parametrize(
    ("flows", "state"),
    [
        (numbers(100, 200), RootState.NONE),
        (numbers(-100, 0, -1), RootState.NONE),
        (numbers(0), RootState.NONE),
        (numbers(-100, 230, -132), RootState.SEVERAL),  # 10 % and 20 %
        (numbers(100, -210, 111), RootState.SEVERAL),  # none at all
        (numbers(-1, 0, 2, 0, -1), RootState.SEVERAL),
    ],
)
def test_where_there_is_not_one_internal_rate_none_is_shown(flows: Sequence[Decimal], state: RootState) -> None:
    assert investments.internal_rate(flows) == investments.Root(state, None)


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        (numbers(-1000, 400, 400, 400), "2.5"),
        (numbers(-1000, 1000), "1"),
        (numbers(-1000, 0, 2000), "1.5"),
        (numbers(-1000, 999), None),
        (numbers(-100, 150, -100, 200), "2.25"),  # it goes below once more
        (numbers(-100, 100, -10), None),
        (numbers(50, 20), "0"),
        (numbers(-300, 100, 100, 100, 100), "3"),
    ],
)
def test_payback_counts_the_years_until_it_came_back_for_good(flows: Sequence[Decimal], years: str | None) -> None:
    assert investments.payback(flows) == (None if years is None else Decimal(years))


def test_the_discounted_payback_takes_longer() -> None:
    flows = numbers(-1000, 600, 600, 600)

    found = investments.discounted_payback(flows, Decimal("0.1"))

    # 545.4545… and 495.8677…: 454.5454… of them are left for the second year.
    assert found == Decimal("1.91666666666666666667")


def test_profitability_is_what_comes_in_for_each_unit_that_goes_out() -> None:
    assert investments.profitability_index(numbers(-100, 55, "60.5"), Decimal("0.1")) == 1
    assert investments.profitability_index(numbers(100), Decimal("0.1")) is None


def test_economic_value_is_what_is_earned_beyond_the_cost_of_capital() -> None:
    found = investments.economic_value_added(
        profit=Decimal(120), capital=Decimal(1000), cost_of_capital=Decimal("0.055")
    )

    assert found == Decimal(65)


@pytest.mark.parametrize(("value", "shown"), [("1/2", "1"), ("-1/2", "-1"), ("2/5", "0"), ("-2/5", "0"), ("5/2", "3")])
def test_ties_are_rounded_away_from_zero(value: str, shown: str) -> None:
    found = investments.rounded(Fraction(value), 0)

    assert (found, found.is_signed()) == (Decimal(shown), shown.startswith("-"))


@given(FLOWS, FLOWS, st.integers(-1000, 1000), RATES)
def test_the_present_value_is_linear_in_the_flows(
    some: list[Decimal], others: list[Decimal], times: int, rate: Decimal
) -> None:
    years = max(len(some), len(others))
    padded = [[*flows, *[Decimal(0)] * (years - len(flows))] for flows in (some, others)]
    both = [one * times + other for one, other in zip(*padded, strict=True)]

    parts = [investments.exact_value(flows, rate) for flows in padded]

    assert investments.exact_value(both, rate) == parts[0] * times + parts[1]


@given(OUT_THEN_IN)
def test_the_value_at_the_internal_rate_is_nothing(flows: list[Decimal]) -> None:
    rate = investments.internal_rate(flows).rate
    assert rate is not None
    below, above = (investments.exact_value(flows, rate + sign * TICK) for sign in (-1, 1))

    assert below >= 0 >= above


@given(OUT_THEN_IN, RATES)
def test_an_investment_is_worth_something_below_its_internal_rate_alone(flows: list[Decimal], rate: Decimal) -> None:
    root = investments.internal_rate(flows).rate
    index = investments.profitability_index(flows, rate)
    assert root is not None
    assert index is not None

    value = investments.net_present_value(flows, rate)

    if abs(rate - root) > TICK:
        assert (value > 0) == (rate < root)
    assert (value > 0) >= (index > 1)


@given(OUT_THEN_IN, st.decimals(0, 1, places=4))
def test_what_pays_back_discounted_pays_back_sooner_without(flows: list[Decimal], rate: Decimal) -> None:
    plain, discounted = investments.payback(flows), investments.discounted_payback(flows, rate)

    if discounted is not None:
        assert plain is not None
        assert plain <= discounted <= len(flows) - 1
        assert investments.exact_value(flows, rate) >= 0
