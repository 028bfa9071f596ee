"""What the demo group is planned to be, before anything is written."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.demo import dates, figures, goals, names, notes
from api.demo.logins import LOGINS
from api.demo.promises import Fate, Planner, Promise
from api.demo.roster import MEI, Level, Roster
from api.demo.structure import places
from domain.objectives import rules
from domain.objectives.terms import KeyResultKind, ObjectiveDraft
from domain.people.terms import Locale

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
CYCLES = dates.periods(NOW.date())


@pytest.fixture(scope="module")
def roster() -> Roster:
    return Roster(CYCLES)


def planned(cycles_ago: int) -> list[Promise]:
    planner = Planner(Roster(CYCLES), NOW)
    return list(planner.plan(CYCLES[2 - cycles_ago], UUID(int=7), cycles_ago=cycles_ago))


@given(st.dates(date(2020, 1, 1), date(2100, 12, 31)))
def test_whenever_it_is_built_three_months_of_the_cycle_are_over(today: date) -> None:
    first, second, now = dates.periods(today)

    assert first.ends_on + timedelta(days=1) == second.starts_on
    assert second.ends_on + timedelta(days=1) == now.starts_on
    assert dates.shifted(now.starts_on, 3) == today.replace(day=1)
    assert now.starts_on < today < now.ends_on
    assert {one.starts_on.day for one in (first, second, now)} == {1}


@given(st.dates(date(2012, 1, 1), date(2100, 12, 31)), st.integers())
def test_people_work_on_working_days(day: date, seed: int) -> None:
    at = dates.working_time(day, Random(seed))

    local = at + timedelta(hours=8)
    assert local.weekday() < 5
    assert 9 <= local.hour < 18
    assert 0 <= (local.date() - day).days <= 2


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)), st.integers(0, 20), st.integers())  # noqa: DTZ001
def test_what_was_done_lately_lies_in_the_past(now: datetime, days: int, seed: int) -> None:
    at = dates.recently(now.replace(tzinfo=UTC), days, Random(seed))

    assert at <= now.replace(tzinfo=UTC) - timedelta(hours=1)


def test_there_are_240_people_with_logins_of_their_own(roster: Roster) -> None:
    assert len(roster.persons) == 240
    assert len({person.login for person in roster.persons}) == 240
    assert Counter(person.level.name for person in roster.persons) == {
        "CHAIR": 1,
        "CHIEF": 1,
        "COMPANY": 4,
        "DEPARTMENT": 15,
        "TEAM": 32,
        "MEMBER": 187,
    }


def test_the_same_seed_draws_the_same_people(roster: Roster) -> None:
    again = Roster(CYCLES)

    assert [(one.name, one.hired_on, one.slot) for one in again.persons] == [
        (one.name, one.hired_on, one.slot) for one in roster.persons
    ]


def test_nobody_came_before_their_manager_or_their_company(roster: Roster) -> None:
    since = {place.code: place.since for place in places()}

    assert all(person.hired_on >= person.manager.hired_on for person in roster.persons if person.manager)
    assert all(person.hired_on >= since[person.unit] for person in roster.persons)


def test_every_login_that_is_shown_belongs_to_somebody(roster: Roster) -> None:
    assert {login for login, _, _ in LOGINS} <= {person.login for person in roster.persons}


@pytest.mark.parametrize(
    ("name", "login"), [(("Lin Mei", "林梅"), "mei.lin"), (("Daniel Okoye", None), "daniel.okoye")]
)
def test_a_login_is_the_name_with_a_dot(name: names.Name, login: str) -> None:
    assert names.login(name) == login


@pytest.mark.parametrize("cycles_ago", [0, 1, 2])
@pytest.mark.parametrize("locale", list(Locale))
def test_every_goal_can_be_promised_in_every_cycle(cycles_ago: int, locale: Locale) -> None:
    for of_department in goals.read().values():
        for goal in of_department:
            results = [
                goals.key_result(result, locale, cycles_ago=cycles_ago, chance=Random(seed))
                for seed, result in enumerate(goal.results)
            ]
            title = goals.said(goal.title, locale)
            rules.check_draft(ObjectiveDraft(title=title, weight=50, key_results=tuple(results)))
            rules.check_complete([one.weight for one in results], others=50, own=50)


def test_all_kinds_of_key_results_are_used() -> None:
    used = {result.kind for listed in goals.read().values() for goal in listed for result in goal.results}

    assert used == set(KeyResultKind)


def test_every_department_has_goals() -> None:
    departments = {place.code for place in places() if place.code.count("-") < 2}

    assert departments | {"ANY", "RET-ONL-1"} == set(goals.read())


def test_whatever_is_said_is_said_in_both_languages() -> None:
    texts = (*notes.AHEAD, *notes.ON_TRACK, *notes.BEHIND, *notes.REQUESTS, *notes.QUESTIONS, *notes.REFUSALS)

    assert all(english.isascii() and not chinese.isascii() for english, chinese in texts)


@pytest.mark.parametrize("days", range(0, 365, 13))
def test_what_a_promise_serves_was_promised_before_it_was_begun(days: int) -> None:
    now = NOW + timedelta(days=days)
    cycles = dates.periods(now.date())
    promises = list(Planner(Roster(cycles), now).plan(cycles[2], UUID(int=7), cycles_ago=0))
    begun = {promise.id: promise.begun_at for promise in promises}

    gaps = [promise.begun_at - begun[promise.written.parent_id] for promise in promises if promise.written.parent_id]

    # An approval comes on the next working day: at most three days and the hours from nine to six later.
    assert min(gaps) > timedelta(days=3, hours=9)


def test_four_wait_for_the_manager_of_the_young_employee(roster: Roster) -> None:
    waiting = [promise for promise in planned(0) if promise.fate in (Fate.WAITING, Fate.WAITING_AGAIN)]

    manager = roster[MEI].manager
    assert manager is not None
    assert sum(promise.approver.slot == manager.slot for promise in waiting) == 4


def test_members_promise_less_than_their_whole_weight(roster: Roster) -> None:
    weights: Counter[str] = Counter()
    for promise in planned(0):
        weights[promise.owner.slot] += promise.written.weight

    assert max(weights.values()) == 100
    assert all(roster[slot].level is not Level.CHAIR for slot in weights)


def test_the_record_holds_every_departure_of_2013() -> None:
    record = figures.read()
    airports = [counts.scheduled for (subject, _), counts in record.months.items() if subject in figures.AIRPORTS]
    carriers = [counts.scheduled for (subject, _), counts in record.months.items() if subject not in figures.AIRPORTS]

    assert sum(airports) == sum(carriers) == 336_776
    assert len(record.names) == 19


def test_a_months_figures_are_exact() -> None:
    told = figures.read().of("B6", 12)

    assert [(figure.measure, figure.value, figure.unit_of_measure) for figure in told] == [
        ("B6_ON_TIME", Decimal("59.69"), "%"),
        ("B6_CANCELLED", Decimal("1.50"), "%"),
        ("B6_ARRIVAL_DELAY", Decimal("19.50"), "min"),
        ("B6_FLIGHTS", Decimal(4741), "flights"),
        ("B6_ARRIVED", Decimal(4656), "arrivals"),
        ("B6_SEAT_MILES", Decimal("871.36"), "million"),
    ]
    assert {figure.period for figure in told} == {date(2013, 12, 1)}


def test_a_month_without_flights_has_no_figures() -> None:
    assert figures.read().of("OO", 2) == []
