"""What facts earn by rules: limits of the day, the week, the thing and the pair, in the order of things."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel import relay
from domain.kernel.relay import Entry
from domain.progress import awarding
from domain.progress.awarding import DEFAULTS, AwardRule, Condition, Fact

MONDAY = datetime(2026, 6, 8, 4, tzinfo=UTC)
ME, YOU, THEY = (UUID(int=number) for number in (1, 2, 3))
THING, OTHER_THING = UUID(int=8), UUID(int=9)
RULE = AwardRule(code="PRAISED", event="SayBackAccepted", name="n", points=8, day_max=100, week_max=100)


def fact(hours: int, *, source: int = 0, other: UUID | None = YOU, thing: UUID = THING) -> Fact:
    at = MONDAY + timedelta(hours=hours)
    return Fact(
        person_id=ME, event=RULE.event, at=at, source=source or hours + 1, object_id=thing, other_id=other, payload={}
    )


def decided(rule: AwardRule, *facts: Fact) -> list[int]:
    """What these facts earn, in the order given."""
    held = [replace(rule, revision=1, code="PRAISED")]
    week = [one for one in awarding.earnings(held, facts, "UTC") if one.reason == "PRAISED"]
    points = awarding.decide(held, week)
    return [points[one.source] for one in facts if one.source in points]


def entry(kind: str, *, actor: UUID | None, owner: UUID | None = None, hearers: tuple[UUID, ...] = ()) -> Entry:
    payload = {} if owner is None else {"owner_id": str(owner)}
    return Entry(
        tenant_id=THEY,
        id=7,
        at=MONDAY,
        kind=kind,
        subject_type="thing",
        subject_id=THING,
        actor_person_id=actor,
        hearers=hearers,
        payload=payload,
    )


@pytest.mark.parametrize(
    ("told", "earner", "other"),
    [
        (entry("CheckedIn", actor=ME, owner=ME), ME, None),
        (entry("CheckedIn", actor=YOU, owner=ME), None, None),
        (entry("CheckedIn", actor=None, owner=ME), None, None),
        (entry("SayBackAccepted", actor=YOU, owner=ME), ME, YOU),
        (entry("SayBackAccepted", actor=ME, owner=ME), ME, None),
        (entry("InterlockAccepted", actor=YOU, hearers=(ME, YOU)), ME, YOU),
        (entry("RecallGiven", actor=ME), ME, None),
        (entry("ObjectiveApproved", actor=ME, owner=ME), None, None),
    ],
)
def test_who_earns_is_who_did_it_and_never_who_told_it(told: Entry, earner: UUID | None, other: UUID | None) -> None:
    found = awarding.facts([told])

    assert [(one.person_id, one.other_id) for one in found] == ([] if earner is None else [(earner, other)])


def test_what_can_earn_is_what_the_reader_is_shown() -> None:
    assert relay.READERS["progress"] == awarding.EVENTS.keys()
    assert {one.event for one in DEFAULTS} <= awarding.EVENTS.keys()


@pytest.mark.parametrize(
    ("rule", "facts", "points"),
    [
        (RULE, [fact(0), fact(1), fact(2)], [8, 8, 8]),
        (replace(RULE, day_max=10), [fact(0), fact(1), fact(2), fact(24)], [8, 2, 0, 8]),
        (replace(RULE, week_max=20, day_max=10), [fact(0), fact(1), fact(24), fact(25), fact(48)], [8, 2, 8, 2, 0]),
        (
            replace(RULE, object_days=2),
            [fact(0), fact(1), fact(2, thing=OTHER_THING), fact(24), fact(48)],
            [8, 0, 8, 0, 8],
        ),
        (replace(RULE, pair_halves=True), [fact(at) for at in range(6)], [8, 4, 2, 1, 0, 0]),
        (replace(RULE, pair_halves=True), [fact(0), fact(1, other=THEY), fact(2)], [8, 8, 4]),
        (replace(RULE, needs_other=True), [fact(0, other=None), fact(1)], [8]),
        (replace(RULE, conditions=(Condition("kind", "GOOD"),)), [fact(0)], []),
        (replace(RULE, points=0), [fact(0)], []),
    ],
)
def test_limits_are_counted_in_the_order_of_things(rule: AwardRule, facts: list[Fact], points: list[int]) -> None:
    assert decided(rule, *facts) == points
    assert decided(rule, *reversed(facts)) == points[::-1]


def test_a_condition_reads_what_the_event_says() -> None:
    good = replace(fact(0), payload={"kind": "GOOD"})

    assert decided(replace(RULE, conditions=(Condition("kind", "GOOD"),)), good) == [8]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 6, 10, 15, 59, 59, tzinfo=UTC), date(2026, 6, 10)),
        (datetime(2026, 6, 10, 16, tzinfo=UTC), date(2026, 6, 11)),
    ],
)
def test_a_fact_counts_for_the_day_that_it_is_in_the_zone_of_the_group(at: datetime, day: date) -> None:
    [earned] = awarding.earnings([], [replace(fact(0), event="CheckedIn", at=at)], "Asia/Shanghai")

    assert (earned.reason, earned.points, earned.earned_on) == ("CHECKED_IN", 10, day)


def test_a_rule_holds_from_its_instant_on_and_changes_nothing_before() -> None:
    later = replace(RULE, code="CHECKED_IN", event="CheckedIn", points=3, revision=2, holds_from=MONDAY)
    sooner = replace(later, points=5, revision=1, holds_from=MONDAY - timedelta(days=1))

    held = [
        awarding.rules_at([later, sooner], MONDAY + timedelta(hours=hours))["CHECKED_IN"].points
        for hours in (-48, -1, 0)
    ]

    assert held == [10, 5, 3]


@given(
    hours=st.lists(st.tuples(st.integers(0, 163), st.sampled_from([YOU, THEY]), st.sampled_from([THING, OTHER_THING]))),
    day_max=st.integers(0, 30),
    object_days=st.integers(0, 3),
)
def test_no_week_earns_more_than_its_limits_in_whichever_order_it_is_heard(
    hours: list[tuple[int, UUID, UUID]], day_max: int, object_days: int
) -> None:
    rule = replace(RULE, day_max=day_max, week_max=2 * day_max, object_days=object_days, pair_halves=True)
    facts = [fact(at, source=number, other=who, thing=what) for number, (at, who, what) in enumerate(hours, start=1)]

    points = decided(rule, *facts)

    assert decided(rule, *reversed(facts)) == points[::-1]
    assert sum(points) <= rule.week_max
    for day in range(7):
        assert (
            sum(one for one, (at, *_) in zip(points, hours, strict=True) if (at + MONDAY.hour) // 24 == day) <= day_max
        )
