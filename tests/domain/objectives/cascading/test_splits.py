"""A target is divided so that nothing is lost: slices and reserve add up to it exactly, within their bounds."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import InvalidInput
from domain.objectives.cascading import splits
from domain.objectives.cascading.errors import SplitImpossible
from domain.objectives.cascading.terms import Division, Part, SplitMethod

NAMES = ("Ada", "Bo", "Chen", "Dina")


def parts(**columns: Sequence[object]) -> list[Part]:
    """One part for each value of the columns; None says nothing."""
    count = max(map(len, columns.values()))
    rows = [{name: _decimal(name, values[at]) for name, values in columns.items()} for at in range(count)]
    return [Part(name=NAMES[at], **row) for at, row in enumerate(rows)]  # type: ignore[arg-type]


def _decimal(name: str, value: object) -> object:
    return value if value is None or name == "weight" else Decimal(str(value))


def divided(total: str, some: Sequence[Part], method: SplitMethod, **options: object) -> list[str]:
    division = Division(method=method, **options)  # type: ignore[arg-type]
    return [f"{one:f}" for one in splits.divide(Decimal(total), some, division)]


M = SplitMethod
THREE = parts(weight=[1, 1, 1])


@pytest.mark.parametrize(
    ("total", "some", "method", "options", "slices"),
    [
        ("100", THREE, M.EQUAL, {}, ["33.34", "33.33", "33.33"]),
        ("100", THREE, M.EQUAL, {"whole": True}, ["34", "33", "33"]),
        ("100", THREE, M.EQUAL, {"reserve": Decimal(10)}, ["30.00", "30.00", "30.00"]),
        ("0.0001", THREE, M.EQUAL, {}, ["0.0001", "0.0000", "0.0000"]),
        ("-100", THREE, M.EQUAL, {}, ["-33.33", "-33.33", "-33.34"]),
        ("0", THREE, M.EQUAL, {}, ["0.00", "0.00", "0.00"]),
        ("100", parts(weight=[30, 30, 40]), M.WEIGHT, {}, ["30.00", "30.00", "40.00"]),
        ("100", parts(weight=[0, 1, 1]), M.WEIGHT, {}, ["0.00", "50.00", "50.00"]),
        ("121000", parts(history=[100000, 20000, 1000]), M.HISTORY, {"whole": True}, ["100000", "20000", "1000"]),
        ("10", parts(capacity=[7, 2, 1]), M.CAPACITY, {"whole": True}, ["7", "2", "1"]),
        (
            "100",
            parts(history=[90, 10], capacity=[10, 90]),
            M.HYBRID,
            {"history_share": Decimal("0.75")},
            ["70.00", "30.00"],
        ),
        ("100", parts(amount=[30, 30, 50]), M.GIVEN, {}, ["30", "30", "50"]),
        ("100", parts(weight=[1, 1, 1], high=[20, None, None]), M.EQUAL, {}, ["20.00", "40.00", "40.00"]),
        ("100", parts(weight=[8, 1, 1], high=[50, 30, None]), M.WEIGHT, {}, ["50.00", "25.00", "25.00"]),
        ("100", parts(weight=[8, 1, 1], low=[None, 15, None]), M.WEIGHT, {}, ["75.56", "15.00", "9.44"]),
        ("100", parts(weight=[1, 1], low=[60, None], high=[None, 40]), M.EQUAL, {}, ["60.00", "40.00"]),
        ("100", parts(weight=[0, 1], low=[25, None]), M.WEIGHT, {}, ["25.00", "75.00"]),
        ("10", parts(weight=[1, 1, 1], high=["3.5", "3.5", None]), M.EQUAL, {"whole": True}, ["3", "3", "4"]),
        ("-10", parts(weight=[1, 1], low=[-4, None]), M.EQUAL, {}, ["-4.00", "-6.00"]),
    ],
)
def test_a_target_is_divided_by_its_method(
    total: str, some: list[Part], method: SplitMethod, options: dict[str, object], slices: list[str]
) -> None:
    assert divided(total, some, method, **options) == slices


@pytest.mark.parametrize(
    ("total", "some", "options", "says"),
    [
        ("100", parts(weight=[1, 1], low=[70, 50]), {}, "are 120, more than the 100 to be divided: Ada 70, Bo 50"),
        (
            "100",
            parts(weight=[1, 1], high=[30, "40.5"]),
            {},
            "70.5, less than the 100 to be divided: Ada 30, Bo 40.5",
        ),
        ("100", parts(weight=[1, 1], low=[9, None], high=[8, None]), {}, "lowest slice of Ada lies above its highest"),
        ("10", parts(weight=[1], low=["1.2"], high=["1.8"]), {"whole": True}, "bounds of Ada leave no room"),
        ("10.5", THREE, {"whole": True}, "no whole number"),
        ("100", parts(weight=[1, 1], high=[0, 0]), {}, "are 0, less than the 100 to be divided: all 0"),
        ("10", THREE, {"reserve": Decimal(11), "whole": True}, None),
    ],
)
def test_what_cannot_add_up_says_which(
    total: str, some: list[Part], options: dict[str, object], says: str | None
) -> None:
    if says is None:
        assert divided(total, some, M.EQUAL, **options) == ["0", "0", "-1"]
        return
    with pytest.raises(SplitImpossible, match=says):
        divided(total, some, M.EQUAL, **options)


@pytest.mark.parametrize(
    ("some", "method", "options", "field"),
    [
        ([], M.EQUAL, {}, "receivers"),
        (THREE * 70, M.EQUAL, {}, "receivers"),
        (parts(weight=[1, None]), M.WEIGHT, {}, "receivers.1.weight"),
        (parts(weight=[1, -1]), M.WEIGHT, {}, "receivers.1.weight"),
        (parts(weight=[0, 0]), M.WEIGHT, {}, "receivers.0.weight"),
        (parts(history=[1, 1]), M.CAPACITY, {}, "receivers.0.capacity"),
        (parts(history=[1], capacity=[1]), M.HYBRID, {}, "historyShare"),
        (parts(history=[1], capacity=[1]), M.HYBRID, {"history_share": Decimal("1.1")}, "historyShare"),
        (parts(amount=[1, None]), M.GIVEN, {}, "receivers.1.amount"),
        (parts(amount=["1E+30"]), M.GIVEN, {}, "receivers.0.amount"),
        (parts(low=["NaN"]), M.EQUAL, {}, "receivers.0.low"),
        (THREE, M.EQUAL, {"reserve": Decimal("Infinity")}, "reserve"),
    ],
)
def test_what_is_missing_is_named(
    some: list[Part], method: SplitMethod, options: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        divided("100", some, method, **options)

    assert refused.value.field == field


AMOUNTS = st.decimals(-(10**9), 10**9, places=4)
BOUNDS = st.none() | st.decimals(-(10**4), 10**6, places=3)


@st.composite
def divisions(draw: st.DrawFn) -> tuple[Decimal, list[Part], Division]:
    """Any division at all, feasible or not."""
    some = [
        Part(
            name=f"Receiver {at}",
            weight=draw(st.integers(0, 1000)),
            history=draw(st.decimals(0, 10**6, places=2)),
            capacity=draw(st.integers(0, 500).map(Decimal)),
            low=draw(BOUNDS),
            high=draw(BOUNDS),
        )
        for at in range(draw(st.integers(1, 8)))
    ]
    whole = draw(st.booleans())
    numbers = st.integers(-(10**6), 10**6).map(Decimal) if whole else AMOUNTS
    method = draw(st.sampled_from([one for one in M if one is not M.GIVEN]))
    share = draw(st.decimals(0, 1, places=2))
    division = Division(method=method, reserve=draw(numbers), whole=whole, history_share=share)
    return draw(numbers), some, division


@given(divisions())
def test_slices_and_reserve_are_the_target_exactly(case: tuple[Decimal, list[Part], Division]) -> None:
    total, some, division = case
    try:
        slices = splits.divide(total, some, division)
    except (InvalidInput, SplitImpossible):
        return

    assert sum(map(Fraction, slices)) + Fraction(division.reserve) == Fraction(total)
    for one, part in zip(slices, some, strict=True):
        assert part.low is None or one >= part.low
        assert part.high is None or one <= part.high
        assert not division.whole or one == int(one)


@given(
    weights=st.lists(st.integers(0, 100), min_size=1, max_size=8).filter(any),
    total=st.integers(0, 10**6),
    factor=st.integers(1, 9),
)
def test_weights_matter_only_beside_each_other(weights: list[int], total: int, factor: int) -> None:
    some = [[Part(name="x", weight=one * by) for one in weights] for by in (1, factor)]
    division = Division(method=M.WEIGHT)

    once, scaled = (splits.divide(Decimal(total), one, division) for one in some)

    assert once == scaled
    exact = [Fraction(total * one, sum(weights)) for one in weights]
    assert all(abs(Fraction(one) - wanted) < Fraction(1, 100) for one, wanted in zip(once, exact, strict=True))
