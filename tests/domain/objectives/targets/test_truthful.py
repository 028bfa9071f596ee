"""Under a scheme that is accepted, the best report is the truth; one that pays for hiding is refused in words."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.objectives.targets import truthful
from domain.objectives.targets.truthful import JointBase, Scheme, Weitzman

SMALL = st.decimals(0, 5, allow_nan=False, allow_infinity=False, places=2)
WHOLE = st.integers(-50, 50).map(Decimal)
WEITZMAN = st.builds(Weitzman, base=WHOLE, alpha=SMALL, beta=SMALL, gamma=SMALL)
SHARES = st.decimals(0, 1, allow_nan=False, allow_infinity=False, places=2)
JOINT = st.builds(JointBase, demanded=WHOLE, report_weight=SHARES, reward=SMALL, penalty=SMALL)
STEPS = st.decimals("0.01", 5, allow_nan=False, allow_infinity=False, places=2)
INNER = st.decimals("0.01", "0.99", allow_nan=False, allow_infinity=False, places=2)
GRID = [Decimal(value) for value in range(-60, 61)]
SOUND = (
    Weitzman(base=Decimal(100), alpha=Decimal("0.5"), beta=Decimal(1), gamma=Decimal(2)),
    JointBase(demanded=Decimal(10), report_weight=Decimal("0.8"), reward=Decimal(1), penalty=Decimal("0.9")),
)


@st.composite
def sound(draw: st.DrawFn) -> Scheme:
    """Any scheme without a fault."""
    first, second, third = draw(STEPS), draw(STEPS), draw(STEPS)
    if draw(st.booleans()):
        beta = first + second
        return Weitzman(base=draw(WHOLE), alpha=first, beta=beta, gamma=beta + third)
    weight, between = draw(INNER), draw(INNER)
    penalty = first * (weight + between * (1 - weight))
    return JointBase(demanded=draw(WHOLE), report_weight=weight, reward=first, penalty=penalty)


def weitzman(alpha: str, beta: str, gamma: str) -> Weitzman:
    return Weitzman(base=Decimal(0), alpha=Decimal(alpha), beta=Decimal(beta), gamma=Decimal(gamma))


def joint(weight: str, reward: str, penalty: str) -> JointBase:
    return JointBase(
        demanded=Decimal(0), report_weight=Decimal(weight), reward=Decimal(reward), penalty=Decimal(penalty)
    )


def is_truth_alone_best(scheme: Scheme, result: Decimal) -> bool:
    found = truthful.payoffs(scheme, GRID, result=result)
    best = truthful.best(found)
    return best.report == result and [one.pay for one in found].count(best.pay) == 1


@pytest.mark.parametrize("scheme", SOUND)
def test_a_sound_scheme_has_no_fault(scheme: Scheme) -> None:
    assert truthful.faults(scheme) == []


@pytest.mark.parametrize(
    ("scheme", "words"),
    [
        (weitzman("0", "1", "2"), "α must be above 0"),
        (weitzman("1", "1", "2"), "α must be below β, but 1 ≥ 1"),
        (weitzman("0.5", "2", "2"), "β must be below γ, but 2 ≥ 2"),
        (joint("0", "1", "0.5"), "W must lie between 0 and 1"),
        (joint("1", "1", "0.5"), "W must lie between 0 and 1"),
        (joint("0.8", "1", "1"), "Q must be below P, but 1 ≥ 1"),
        (joint("0.8", "1", "0.8"), "Q must be above W·P, but 0.8 ≤ 0.8"),
        (joint("0.8", "-1", "-0.9"), "P must be above 0"),
    ],
)
def test_the_sentence_says_which_inequality_fails(scheme: Scheme, words: str) -> None:
    assert any(found.startswith(words) for found in truthful.faults(scheme))


def test_what_reports_and_results_earn_by_hand() -> None:
    scheme, base = SOUND

    assert truthful.pay(scheme, report=Decimal(10), result=Decimal(10)) == 110
    assert truthful.pay(scheme, report=Decimal(8), result=Decimal(10)) == 109
    assert truthful.pay(scheme, report=Decimal(12), result=Decimal(10)) == 108
    assert truthful.pay(base, report=Decimal(15), result=Decimal(15)) == Decimal("1.0")
    assert truthful.pay(base, report=Decimal(12), result=Decimal(15)) == Decimal("0.7")
    assert truthful.pay(base, report=Decimal(18), result=Decimal(15)) == Decimal("-1.4")


def test_margins_narrower_than_customary_are_told() -> None:
    assert truthful.margins(weitzman("0.7", "1", "1.3")) == []
    assert len(truthful.margins(weitzman("0.71", "1", "1.29"))) == 2
    assert truthful.margins(SOUND[1]) == []


@settings(deadline=None)
@given(sound(), WHOLE)
def test_the_best_report_is_the_truth(scheme: Scheme, result: Decimal) -> None:
    assert truthful.faults(scheme) == []
    assert is_truth_alone_best(scheme, result)


@settings(deadline=None)
@given(WEITZMAN | JOINT)
def test_a_scheme_with_a_fault_pays_for_something_else(scheme: Scheme) -> None:
    """Not every fault makes lying pay: those that keep the truth best cost who does more."""
    assume(truthful.faults(scheme))
    beyond = [truthful.pay(scheme, report=Decimal(0), result=Decimal(result)) for result in (0, 1)]
    costs_to_do_more = beyond[1] <= beyond[0]
    has_no_say = isinstance(scheme, JointBase) and not 0 < scheme.report_weight < 1

    assert costs_to_do_more or has_no_say or not is_truth_alone_best(scheme, Decimal(0))


@given(sound(), WHOLE, st.integers(1, 10))
def test_to_do_more_always_pays_under_a_sound_scheme(scheme: Scheme, result: Decimal, more: int) -> None:
    less, beyond = (truthful.pay(scheme, report=result, result=result + by) for by in (0, more))

    assert beyond > less
