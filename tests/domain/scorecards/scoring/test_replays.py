"""A closed score is computed again to the same bytes, and its trace is small."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal, getcontext, localcontext

import pytest

from domain.kernel.errors import InvalidInput
from domain.scorecards.scoring import cards, codec, replays
from domain.scorecards.scoring.facts import DataState, Observation
from domain.scorecards.scoring.lines import SmallerBetter
from domain.scorecards.scoring.policy import Policy
from domain.scorecards.scoring.tables import Efficacy
from domain.scorecards.scoring.terms import (
    Aggregation,
    Card,
    CardItem,
    CardPerspective,
    Extra,
    ExtraKind,
    Gate,
    VetoKind,
)
from tests.domain.scorecards.scoring.samples import numbers, sum_of_trace

D = Decimal
POLICY = Policy(version="2026-1")
WIDE = Efficacy(standards=numbers("95.125", "90.25", "85.5", "80.75", "70.125"))
TIMELY = SmallerBetter(target=D("9.75"), baseline=D("23.125"))


def sixteen() -> Card:
    """A company's card with everything that a card can have."""
    items = tuple(
        CardItem(
            key=f"itm_{at:032d}",
            title=f"Arrivals on time at airport {at}, 准点率",
            perspective=("FINANCE", "CUSTOMERS", "PROCESSES", "LEARNING")[at % 4],
            weight=3 + at,
            rule=WIDE if at % 2 else TIMELY,
            observation=Observation(
                state=DataState.MISSING if at == 13 else DataState.MEASURED,
                value=D("11.0625") + at if at % 2 == 0 else D("71.333") + at,
                age_days=at,
                origin="PARTNER",
                fact=f"act_{at:032d}",
            ),
            gate=Gate(limit=D(100), drops_difficulty=True) if at == 3 else None,
        )
        for at in range(16)
    )
    return Card(
        as_of=date(2026, 11, 21),
        perspectives=tuple(
            CardPerspective(key=key, weight=weight)
            for key, weight in (("FINANCE", 40), ("CUSTOMERS", 25), ("PROCESSES", 20), ("LEARNING", 15))
        ),
        items=items,
        difficulty=D("1.07"),
        extras=(
            Extra(kind=ExtraKind.BONUS, key="b", title="Rescue", evidence="Report", authority="Board", points=D("2.5")),
            Extra(
                kind=ExtraKind.VETO,
                key="v",
                title="Accident",
                evidence="Report",
                authority="Board",
                veto=VetoKind.GRADE_CEILING,
                ceiling="B",
            ),
        ),
    )


def test_the_trace_of_sixteen_items_fits_on_the_phone() -> None:
    written = codec.canonical(replays.trace_json(cards.score(sixteen(), POLICY).trace))

    assert len(written) <= 12 * 1024


def test_a_replay_comes_to_the_same_bytes() -> None:
    first = cards.score(sixteen(), POLICY)
    inputs = replays.inputs_bytes(sixteen(), POLICY)

    assert first.value is not None
    assert replays.score_bytes(replays.replayed(inputs)) == replays.score_bytes(first)
    assert sum_of_trace(first) == first.value


def test_the_hash_of_the_inputs_is_the_same_on_every_machine() -> None:
    small = replace(sixteen(), items=sixteen().items[:1], extras=())

    found = replays.inputs_hash(replays.inputs_bytes(small, POLICY))

    assert found == "f596f8c8ad369e2badfdaecf8db28a36b06b2e2d81b881d0c6e9b95540fb6204"


def test_inputs_from_before_scales_and_coupling_come_out_as_they_did() -> None:
    now = replays.inputs_bytes(sixteen(), POLICY)
    then = json.loads(now)
    del then["card"]["onto"], then["policy"]["coupling"]

    assert replays.score_bytes(replays.replayed(codec.canonical(then))) == replays.score_bytes(replays.replayed(now))


@pytest.mark.parametrize("way", Aggregation)
def test_the_context_of_the_caller_changes_nothing(way: Aggregation) -> None:
    made, policy = sixteen(), replace(POLICY, aggregation=way)
    usual = replays.score_bytes(cards.score(made, policy))

    with localcontext(prec=3, rounding="ROUND_DOWN"):
        assert replays.score_bytes(cards.score(made, policy)) == usual
        assert getcontext().prec == 3


def test_a_rule_that_changed_since_does_not_reach_a_closed_score() -> None:
    inputs = replays.inputs_bytes(sixteen(), POLICY)
    before = replays.score_bytes(replays.replayed(inputs))
    changed = replace(POLICY, version="2027-1", minimum_covered=D(1))

    assert cards.score(sixteen(), changed).value is None
    assert replays.score_bytes(replays.replayed(inputs)) == before


def test_a_trace_comes_back_as_it_was_kept() -> None:
    trace = cards.score(sixteen(), POLICY).trace

    assert replays.trace_of(json.loads(codec.canonical(replays.trace_json(trace)))) == trace


def test_inputs_of_another_engine_are_refused() -> None:
    told = json.loads(replays.inputs_bytes(sixteen(), POLICY)) | {"engine": "0"}

    with pytest.raises(InvalidInput) as refused:
        replays.replayed(json.dumps(told).encode())

    assert refused.value.field == "engine"
