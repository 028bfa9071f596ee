"""What holds for every card and every rule."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.scorecards.scoring import cards, kinds, replays
from domain.scorecards.scoring.evidence import Binary, Peers
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.kinds import Rule
from domain.scorecards.scoring.lines import (
    Asymmetric,
    Direction,
    LargerBetter,
    LossRule,
    Okr,
    SignedTarget,
    SmallerBetter,
    StepCount,
    Steps,
)
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.tables import Bands, Efficacy, Interpolated, Stretch
from domain.scorecards.scoring.terms import (
    Aggregation,
    Bounds,
    Card,
    CardItem,
    CardPerspective,
    Extra,
    ExtraKind,
    Gate,
    Missing,
    ScoreStatus,
    VetoKind,
)
from tests.domain.scorecards.scoring.samples import PLAIN, TO_HUNDRED, TODAY, numbers, sum_of_trace

D = Decimal
ACTUALS = st.decimals(-1000, 1000, places=3)
RISING: dict[str, Rule] = {
    "larger": LargerBetter(target=D(97)),
    "bands": Bands(edges=numbers(10, 20, 90), points=numbers(0, 60, 80, 100)),
    "interpolated": Interpolated(knots=numbers(-10, 20, 90), points=numbers(20, 60, 100), below=D(0)),
    "efficacy": Efficacy(standards=numbers(20, 15, 10, 5, 0)),
    "stretch": Stretch(threshold=D(80), target=D(100), stretch=D(120)),
    "whole steps": Steps(target=D(7), step=D(3), count=StepCount.WHOLE, bonus_points=D(2), penalty_points=D(3)),
    "parts of steps": Steps(target=D(7), step=D(3), count=StepCount.PRO_RATA, bonus_points=D(2), penalty_points=D(3)),
    "asymmetric": Asymmetric(target=D(-30), gain=D(1), loss=D(2)),
    "signed": SignedTarget(target=D(-30)),
    "losses": SignedTarget(target=D(-30), losses=LossRule()),
    "okr": Okr(target=D(10)),
    "binary": Binary(threshold=D(5)),
    "peers": Peers(),
}
FALLING: dict[str, Rule] = {
    "smaller": SmallerBetter(target=D(3), baseline=D(10)),
    "defects": Bands(edges=numbers(1, 3, 5), points=numbers(100, 80, 60, 0)),
    "debt": Efficacy(standards=numbers(50, 60, 70, 80, 90)),
    "costs": Stretch(threshold=D(120), target=D(100), stretch=D(80)),
    "steps down": Steps(
        target=D(7),
        step=D(3),
        count=StepCount.WHOLE,
        bonus_points=D(2),
        penalty_points=D(3),
        direction=Direction.SMALLER,
    ),
    "asymmetric down": Asymmetric(target=D(30), gain=D(1), loss=D(2), direction=Direction.SMALLER),
    "okr down": Okr(target=D(10), start=D(50)),
    "at most": Binary(threshold=D(5), direction=Direction.SMALLER),
}
OTHERS = numbers(1, 1, 5, 9, 30, 200, 900)


def worth(rule: Rule, actual: D) -> D:
    found = kinds.score(rule, Observation(value=actual, peers=OTHERS), TODAY).points
    assert found is not None
    return found


@pytest.mark.parametrize("rule", RISING.values(), ids=RISING)
@given(one=ACTUALS, other=ACTUALS)
def test_more_is_never_worth_less(rule: Rule, one: D, other: D) -> None:
    low, high = sorted((one, other))

    assert worth(rule, low) <= worth(rule, high)


@pytest.mark.parametrize("rule", FALLING.values(), ids=FALLING)
@given(one=ACTUALS, other=ACTUALS)
def test_less_is_never_worth_less(rule: Rule, one: D, other: D) -> None:
    low, high = sorted((one, other))

    assert worth(rule, low) >= worth(rule, high)


OBSERVATIONS = st.one_of(
    st.builds(Observation, value=st.decimals(-50, 200, places=3)),
    st.builds(
        Observation,
        state=st.sampled_from(DataState),
        value=st.none() | st.decimals(-50, 200, places=1),
        age_days=st.integers(0, 60),
        overdue_days=st.integers(0, 20),
        withheld_by_owner=st.booleans(),
    ),
)
GATES = st.none() | st.builds(
    Gate,
    at_least=st.sampled_from(numbers(50, 100)),
    limit=st.sampled_from(numbers(0, 60, 100)),
    perspectives=st.sampled_from([(), ("F",), ("C", "F")]),
    drops_difficulty=st.booleans(),
)
EXTRAS = st.lists(
    st.one_of(
        st.builds(
            Extra,
            kind=st.sampled_from([ExtraKind.BONUS, ExtraKind.PENALTY]),
            key=st.just("x"),
            title=st.just("x"),
            evidence=st.just("Report"),
            authority=st.just("Board"),
            points=st.decimals(0, 12, places=2),
            in_force=st.booleans(),
        ),
        st.just(
            Extra(kind=ExtraKind.VETO, key="v", title="v", evidence="Report", authority="Board", veto=VetoKind.ZERO)
        ),
    ),
    max_size=3,
)


@st.composite
def made_cards(draw: st.DrawFn) -> Card:
    perspectives = [
        CardPerspective(
            key=key, weight=draw(st.integers(0, 100)), aggregation=draw(st.none() | st.sampled_from(Aggregation))
        )
        for key in "FCP"
    ]
    items = [
        CardItem(
            key=f"i{at}",
            title="t",
            perspective=draw(st.sampled_from("FCP")),
            weight=draw(st.integers(0, 50)),
            rule=TO_HUNDRED,
            observation=draw(OBSERVATIONS),
            gate=draw(GATES) if not at else None,
        )
        for at in range(draw(st.integers(1, 7)))
    ]
    return Card(
        as_of=TODAY,
        perspectives=tuple(perspectives),
        items=tuple(items),
        extras=tuple(draw(EXTRAS)),
        difficulty=draw(st.decimals("0.5", 2, places=2)),
    )


POLICIES = st.builds(
    Policy,
    version=st.just("1"),
    missing=st.sampled_from(Missing),
    carry_days_max=st.just(30),
    minimum_covered=st.sampled_from(numbers(0, "0.5", "0.7")),
    aggregation=st.sampled_from(Aggregation),
    bounds=st.sampled_from([Bounds(), PLAIN.bounds]),
)


@given(made=made_cards(), policy=POLICIES)
def test_the_trace_adds_up_to_the_score_to_the_last_digit(made: Card, policy: Policy) -> None:
    found = cards.score(made, policy)

    assert (found.value is not None) == (found.status == ScoreStatus.SCORED)
    if found.value is not None:
        assert sum_of_trace(found) == found.value


@given(made=made_cards(), policy=POLICIES)
def test_no_score_lies_outside_of_its_cap_and_floor(made: Card, policy: Policy) -> None:
    within = replace(policy, bounds=Bounds())

    found = cards.score(made, within)

    assert found.value is None or 0 <= found.value <= 130
    assert all(line.score is None or 0 <= line.score <= 120 for line in found.trace.items)


@given(made=made_cards(), policy=POLICIES, inner=st.integers(1, 99), outer=st.integers(1, 99))
def test_weights_are_relative(made: Card, policy: Policy, inner: int, outer: int) -> None:
    scaled = replace(
        made,
        perspectives=tuple(replace(one, weight=one.weight * outer) for one in made.perspectives),
        items=tuple(replace(one, weight=one.weight * inner) for one in made.items),
    )

    assert cards.score(scaled, policy).value == cards.score(made, policy).value
    assert cards.score(scaled, policy).covered == cards.score(made, policy).covered


@given(made=made_cards(), policy=POLICIES)
def test_what_is_covered_is_a_share_and_shares_read_a_hundred(made: Card, policy: Policy) -> None:
    found = cards.score(made, policy)

    assert 0 <= found.covered <= 1
    assert sum(line.share for line in found.trace.items) in {D(0), D(100)}
    assert sum(line.share_before for line in found.trace.items) in {D(0), D(100)}


@given(made=made_cards(), policy=POLICIES, higher=st.decimals(0, 50, places=2))
def test_a_better_actual_never_makes_a_worse_card(made: Card, policy: Policy, higher: D) -> None:
    first = replace(made.items[0], observation=Observation(value=D(70)))
    better = replace(first, observation=Observation(value=D(70) + higher))

    before = cards.score(replace(made, items=(first, *made.items[1:])), policy).value
    after = cards.score(replace(made, items=(better, *made.items[1:])), policy).value

    assert (before is None) == (after is None)
    assert before is None or after is None or before <= after


@given(made=made_cards(), policy=POLICIES)
def test_a_replay_is_the_same_to_the_byte(made: Card, policy: Policy) -> None:
    again = replays.replayed(replays.inputs_bytes(made, policy))

    assert replays.score_bytes(again) == replays.score_bytes(cards.score(made, policy))


@given(values=st.lists(st.decimals(0, 120, places=2), min_size=1, max_size=8))
def test_lowest_geometric_and_mean_are_in_this_order(values: list[D]) -> None:
    items = tuple(
        CardItem(
            key=f"i{at}", title="t", perspective="F", weight=1, rule=TO_HUNDRED, observation=Observation(value=one)
        )
        for at, one in enumerate(values)
    )
    made = Card(as_of=TODAY, perspectives=(CardPerspective(key="F", weight=1),), items=items)

    found = [cards.score(made, replace(PLAIN, aggregation=way)).value for way in Aggregation]

    mean, geometric, lowest = (one or D(0) for one in found)
    assert lowest <= geometric + D("1E-20")
    assert geometric <= mean + D("1E-20")
