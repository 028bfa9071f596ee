"""A new target exceeds what came before it: by hand, on both sides of every edge, and as properties."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.objectives.targets import ratchet
from domain.objectives.targets.ratchet import Exemption, Past, Policy, Verdict
from domain.objectives.targets.terms import Ground, Outcome
from domain.objectives.terms import KeyResultKind

UP, DOWN = KeyResultKind.INCREASE, KeyResultKind.DECREASE
BLEND = Policy(target_weight=1, actual_weight=1)
NUMBERS = st.decimals(-(10**6), 10**6, allow_nan=False, allow_infinity=False, places=2)
ACTUALS = st.lists(NUMBERS, max_size=3)
PERCENT = st.decimals(0, 50, allow_nan=False, allow_infinity=False, places=1)
POLICIES = st.builds(
    Policy,
    growth_percent=PERCENT,
    cap_percent=PERCENT,
    target_weight=st.integers(0, 3),
    actual_weight=st.integers(0, 3),
    peer_weight=st.integers(0, 1),
)
PASTS = st.builds(
    Past,
    target=NUMBERS,
    actuals=ACTUALS,
    peer=st.none() | NUMBERS,
    best=st.none() | NUMBERS,
    worst=st.none() | NUMBERS,
)


def numbers(*values: object) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def past(target: object, *actuals: object, **more: object) -> Past:
    decimals = {name: Decimal(str(value)) for name, value in more.items()}
    return Past(target=Decimal(str(target)), actuals=numbers(*actuals), **decimals)  # type: ignore[arg-type]


def judged(kind: KeyResultKind, target: object, before: Past, policy: Policy, **more: object) -> Verdict:
    return ratchet.judge(kind, Decimal(str(target)), before, policy, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "before", "policy", "minimum", "is_strict"),
    [
        # The last target alone: better than it, by whatever.
        (UP, past(100, 150), Policy(), 100, True),
        (DOWN, past(20, 12), Policy(), 20, True),
        # What was reached counts up to the cap: policy(100, 110), not 150.
        (UP, past(100, 150), BLEND, 105, False),
        (UP, past(100, 150, stretch=110), replace(BLEND, cap_percent=Decimal(40)), 105, False),
        (UP, past(100, 150), Policy(target_weight=0, actual_weight=1), 110, False),
        (DOWN, past(20, 10), BLEND, 19, False),
        # Who fell short is not asked for less than before, nor for more than the policy's growth.
        (UP, past(100, 80), BLEND, 100, True),
        (UP, past(100, 80), replace(BLEND, growth_percent=Decimal(5)), 100, True),
        (UP, past(100, 100), replace(BLEND, growth_percent=Decimal(5)), 105, False),
        # One good year sets no bar: min(last actual, mean of three).
        (UP, past(100, 109, 100, 100), BLEND, "101.5", False),
        (DOWN, past(20, 18.2, 20, 20), BLEND, "19.7", False),
        # Below zero, better is still nearer to more.
        (UP, past(-100, -100), replace(BLEND, growth_percent=Decimal(5)), -95, False),
        (UP, past(0, 0), replace(BLEND, growth_percent=Decimal(5)), 0, True),
        # A peer draws along, and never back.
        (UP, past(100, 100, peer=130), replace(BLEND, peer_weight=2), 115, False),
        (UP, past(100, 100, peer=40), replace(BLEND, peer_weight=2), 100, True),
        # Nobody is asked for more than is possible.
        (UP, past(99, 99, best=100, worst=0), replace(BLEND, growth_percent=Decimal(5)), 100, False),
        (DOWN, past("0.1", "0.1", best=0, worst=10), replace(BLEND, growth_percent=Decimal(200)), 0, False),
        # Without any actual, the last target is all there is.
        (UP, past(100), replace(BLEND, growth_percent=Decimal(3)), 103, False),
    ],
)
def test_the_bar_by_hand(
    kind: KeyResultKind, before: Past, policy: Policy, minimum: object, *, is_strict: bool
) -> None:
    found = ratchet.bar(kind, before, policy)

    assert (found.minimum, found.is_strict) == (Decimal(str(minimum)), is_strict)


@pytest.mark.parametrize(
    ("kind", "target", "before", "outcome", "ground"),
    [
        (UP, "100.01", past(100, 90), Outcome.PASS, Ground.EXCEEDS),
        (UP, "100", past(100, 90), Outcome.BLOCKED, Ground.NOT_BETTER),
        (UP, "99.99", past(100, 90), Outcome.BLOCKED, Ground.NOT_BETTER),
        (UP, "105", past(100, 150), Outcome.PASS, Ground.EXCEEDS),
        (UP, "104.99", past(100, 150), Outcome.BLOCKED, Ground.BELOW_MINIMUM),
        (DOWN, "19.99", past(20, 25), Outcome.PASS, Ground.EXCEEDS),
        (DOWN, "20", past(20, 25), Outcome.BLOCKED, Ground.NOT_BETTER),
        (DOWN, "20.01", past(20, 25), Outcome.BLOCKED, Ground.NOT_BETTER),
        # At a limit of 100, what lies within 0.1 of it may stay.
        (UP, "99.9", past("99.9", "99.9", best=100, worst=0), Outcome.SATURATED_MAINTAIN, Ground.AT_THE_LIMIT),
        (UP, "99.89", past("99.89", "99.89", best=100, worst=0), Outcome.BLOCKED, Ground.NOT_BETTER),
        (UP, "99.89", past("99.9", "99.9", best=100, worst=0), Outcome.BLOCKED, Ground.NOT_BETTER),
        (UP, "100", past(100, 100, best=100, worst=0), Outcome.SATURATED_MAINTAIN, Ground.AT_THE_LIMIT),
        (DOWN, "0", past(0, 0, best=0, worst=50), Outcome.SATURATED_MAINTAIN, Ground.AT_THE_LIMIT),
    ],
)
def test_a_target_on_both_sides_of_the_bar(
    kind: KeyResultKind, target: str, before: Past, outcome: Outcome, ground: Ground
) -> None:
    verdict = judged(kind, target, before, BLEND)

    assert (verdict.outcome, verdict.ground) == (outcome, ground)


@pytest.mark.parametrize(("target", "outcome"), [("90", Outcome.EXEMPT), ("89.99", Outcome.BLOCKED)])
def test_an_exemption_reaches_as_far_as_it_says(target: str, outcome: Outcome) -> None:
    verdict = judged(UP, target, past(100, 100), Policy(), exemption=Exemption(lowest=Decimal(90)))

    assert verdict.outcome is outcome


def test_who_exceeds_needs_no_exemption() -> None:
    assert judged(UP, 101, past(100), Policy(), exemption=Exemption(lowest=Decimal(0))).outcome is Outcome.PASS


def test_a_figure_measured_otherwise_is_blocked_unless_exempt() -> None:
    assert ratchet.measured_otherwise(None) == Verdict(
        outcome=Outcome.BLOCKED, ground=Ground.MEASURED_OTHERWISE, bar=None
    )
    assert ratchet.measured_otherwise(Exemption(lowest=Decimal(0))).outcome is Outcome.EXEMPT


@pytest.mark.parametrize(("actual", "expected"), [("130", True), ("11", False), ("-90", True)])
def test_noise_is_no_new_level(actual: str, *, expected: bool) -> None:
    before = replace(past(10, actual), history=numbers(10, 12, 10, 12, 10, 12, 10, 12))

    assert ratchet.bar(UP, before, Policy()).is_new_level is expected


def test_too_short_a_history_says_nothing_of_noise() -> None:
    assert ratchet.bar(UP, replace(past(10, 11), history=numbers(*[10] * 7)), Policy()).is_new_level is None


def test_the_guidance_is_the_baseline_grown() -> None:
    found = ratchet.bar(UP, past(100, 90, 120, 120), Policy(growth_percent=Decimal(10)))

    assert (found.baseline, found.guidance) == (Decimal(90), Decimal(99))


def test_numbers_as_large_as_can_be_kept_are_not_rounded() -> None:
    huge = "999999999999999999.99999999999999999999"

    assert judged(UP, huge, past(huge), Policy()).outcome is Outcome.BLOCKED
    assert ratchet.bar(UP, past(huge), Policy()).minimum == Decimal(huge)


@given(NUMBERS, PASTS, POLICIES)
def test_nothing_passes_that_is_not_better_than_the_last_target(target: Decimal, before: Past, policy: Policy) -> None:
    verdict = ratchet.judge(UP, target, before, policy)

    if verdict.outcome is Outcome.PASS:
        assert target > before.target


@given(NUMBERS, NUMBERS, PASTS, POLICIES)
def test_a_better_target_never_fares_worse(one: Decimal, other: Decimal, before: Past, policy: Policy) -> None:
    low, high = sorted((one, other))

    if ratchet.judge(UP, low, before, policy).outcome is not Outcome.BLOCKED:
        assert ratchet.judge(UP, high, before, policy).outcome is not Outcome.BLOCKED


@given(NUMBERS, NUMBERS, NUMBERS, POLICIES)
def test_to_excel_beyond_the_cap_raises_nothing(target: Decimal, one: Decimal, other: Decimal, policy: Policy) -> None:
    cap = target + abs(target) * policy.cap_percent / 100
    first, second = (Past(target=target, actuals=[cap + abs(by)]) for by in (one, other))

    assert ratchet.bar(UP, first, policy).minimum == ratchet.bar(UP, second, policy).minimum


@given(NUMBERS, PASTS, POLICIES)
def test_a_figure_that_falls_is_the_mirror_of_one_that_rises(target: Decimal, before: Past, policy: Policy) -> None:
    mirrored = Past(
        target=-before.target,
        actuals=[-value for value in before.actuals],
        peer=None if before.peer is None else -before.peer,
        best=None if before.best is None else -before.best,
        worst=None if before.worst is None else -before.worst,
    )

    rising, falling = ratchet.judge(UP, target, before, policy), ratchet.judge(DOWN, -target, mirrored, policy)

    assert (rising.outcome, rising.ground) == (falling.outcome, falling.ground)
    assert rising.bar is not None
    assert falling.bar is not None
    assert rising.bar.minimum == -falling.bar.minimum
