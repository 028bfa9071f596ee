"""A link is told from chance: what follows at its lag is found, noise is not, and too little says nothing."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.transmission import hypotheses
from domain.transmission.hypotheses import Judged, Untold, Verdict

ROUNDS = 400


def months(values: Sequence[float | Decimal]) -> dict[date, Decimal]:
    """From January 2020 on."""
    return {date(2020 + at // 12, at % 12 + 1, 1): Decimal(str(value)) for at, value in enumerate(values)}


def noise(random: Random, count: int) -> list[float]:
    return [round(random.gauss(50, 5), 3) for _ in range(count)]


def walk(random: Random, count: int) -> list[float]:
    at, found = 50.0, list[float]()
    for _ in range(count):
        at += random.gauss(0, 2)
        found.append(round(at, 3))
    return found


def following(random: Random, cause: Sequence[float], lag: int, *, sign: int = 1, blur: float = 1.0) -> list[float]:
    """An effect that repeats the cause so many months later, blurred."""
    late = [cause[max(at - lag, 0)] for at in range(len(cause))]
    return [round(100 + sign * value + random.gauss(0, blur), 3) for value in late]


def judge(cause: Sequence[float], effect: Sequence[float], *, lag: int, sign: int = 1, orientation: int = 1) -> Judged:
    return hypotheses.judge(months(cause), months(effect), lag_months=lag, sign=sign, orientation=orientation)


def test_an_effect_two_months_later_is_found_at_two_months() -> None:
    verdicts: list[tuple[Verdict, int | None]] = []
    for seed in range(ROUNDS):
        random = Random(seed)
        cause = walk(random, 36)
        found = judge(cause, following(random, cause, 2, blur=0.5), lag=2)
        verdicts.append((found.verdict, found.strongest_lag))

    assert verdicts.count((Verdict.SUPPORTED, 2)) == ROUNDS


def test_at_another_lag_than_the_true_one_it_is_seldom_told() -> None:
    told = 0
    for seed in range(ROUNDS):
        random = Random(seed)
        cause = walk(random, 36)
        told += judge(cause, following(random, cause, 2), lag=4).verdict is not Verdict.OPEN

    assert told <= ROUNDS * 8 // 100


@pytest.mark.parametrize("series", [noise, walk])
@pytest.mark.parametrize("count", [16, 36, 120])
def test_of_figures_that_have_nothing_to_do_with_each_other_few_seem_to_be_told(series: object, count: int) -> None:
    make = noise if series is noise else walk
    found = [judge(make(Random(seed), count), make(Random(seed + 10**6), count), lag=2) for seed in range(ROUNDS)]

    told = [one for one in found if one.verdict is not Verdict.OPEN]

    assert len(told) <= ROUNDS * 8 // 100
    assert {one.why for one in found if one not in told} == {Untold.INTERVAL_HOLDS_ZERO}


@pytest.mark.parametrize(
    ("moves", "sign", "orientation", "verdict"),
    [
        (1, 1, 1, Verdict.SUPPORTED),
        (-1, 1, 1, Verdict.CONTRADICTED),
        (-1, -1, 1, Verdict.SUPPORTED),
        (1, -1, 1, Verdict.CONTRADICTED),
        (-1, 1, -1, Verdict.SUPPORTED),
        (1, 1, -1, Verdict.CONTRADICTED),
        (1, -1, -1, Verdict.SUPPORTED),
    ],
)
def test_sign_and_better_decide_on_which_side_of_zero_it_lies(
    moves: int, sign: int, orientation: int, verdict: Verdict
) -> None:
    random = Random(7)
    cause = walk(random, 36)

    found = judge(cause, following(random, cause, 1, sign=moves), lag=1, sign=sign, orientation=orientation)

    assert found.verdict is verdict
    assert found.low is not None
    assert found.correlation is not None
    assert found.high is not None
    assert found.low < found.correlation < found.high
    assert found.why is None
    assert found.agreeing is not None
    assert (found.agreeing > Decimal("0.5")) == (verdict is Verdict.SUPPORTED)


@pytest.mark.parametrize(("count", "why"), [(14, Untold.NOT_ENOUGH_DATA), (15, None)])
def test_twelve_pairs_are_enough_and_eleven_are_not(count: int, why: Untold | None) -> None:
    random = Random(3)
    cause = walk(random, count)

    found = judge(cause, following(random, cause, 2, blur=0.1), lag=2)

    assert (found.pairs, found.why) == (count - 3, why)


def test_a_month_without_a_figure_takes_its_pairs_with_it() -> None:
    random = Random(5)
    cause = walk(random, 36)
    known = months(cause)
    del known[date(2021, 6, 1)]

    found = hypotheses.judge(known, months(following(random, cause, 0)), lag_months=0, sign=1, orientation=1)

    assert found.pairs == 33


def test_what_always_changes_by_the_same_tells_nothing() -> None:
    steady = months([Decimal("0.1") * at for at in range(40)])
    effect = months(walk(Random(1), 40))

    for cause, follows in ((steady, effect), (effect, steady)):
        found = hypotheses.judge(cause, follows, lag_months=2, sign=1, orientation=1)
        assert (found.verdict, found.why) == (Verdict.OPEN, Untold.NO_VARIATION)


def test_a_perfect_echo_is_exactly_one() -> None:
    cause = [1, 2, 4, 3, 6, 5, 9, 7, 8, 12, 10, 11, 15, 14, 18, 20]

    found = judge(cause, cause, lag=0)

    assert (found.correlation, found.low, found.high, found.agreeing) == (1, 1, 1, 1)
    assert (found.verdict, found.strongest_lag) == (Verdict.SUPPORTED, 0)


def test_only_the_last_ten_years_are_looked_at() -> None:
    values = walk(Random(2), 150)

    assert judge(values, following(Random(2), values, 0), lag=0).pairs == 119


def test_the_interval_is_fishers() -> None:
    """r = 0.5 of 28 pairs: atanh 0.5 = 0.5493, 1.96 / √25 = 0.3920, so tanh 0.1573 and tanh 0.9413."""
    low, high = hypotheses.interval(0.5, 28)

    assert (round(low, 4), round(high, 4)) == (0.1560, 0.7358)


@given(st.lists(st.decimals(-(10**17), 10**17, places=3), min_size=2, max_size=40), st.integers(0, 36))
def test_any_figures_come_to_a_verdict(values: list[Decimal], lag: int) -> None:
    found = hypotheses.judge(months(values), months(values[::-1]), lag_months=lag, sign=1, orientation=-1)

    for told in (found.correlation, found.low, found.high):
        assert told is None or -1 <= told <= 1
    assert (found.why is None) == (found.verdict is not Verdict.OPEN)
    assert len(found.lags) <= max(hypotheses.LAGS_MAX, lag) + 1
